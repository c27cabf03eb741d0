/* The dependent walk of benchmarks/l1-love-letter/linear-or-dependent.ts, as C: the same array, the same loop, the same batches.
 * Usage: dependent FILE BYTES READS SECONDS   FILE holds BYTES / 4 native 32-bit integers.
 * Prints the sum of one complete tour and the median time of a read in nanoseconds. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now(void) {
  struct timespec at;
  clock_gettime(CLOCK_MONOTONIC, &at);
  return at.tv_sec + at.tv_nsec * 1e-9;
}

static int32_t cursor = 0;

static int32_t walk(const int32_t *array, long reads) {
  int32_t at = cursor;
  uint32_t sum = 0;
  for (long read = 0; read < reads; read++) {
    at = array[at];
    sum += (uint32_t)at;
  }
  cursor = at;
  return (int32_t)sum;
}

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

int main(int count, char **given) {
  if (count != 5) return 2;
  size_t bytes = strtoull(given[2], NULL, 10);
  long reads = strtol(given[3], NULL, 10);
  double seconds = strtod(given[4], NULL);
  int32_t *array = malloc(bytes);
  FILE *file = fopen(given[1], "rb");
  if (!array || !file || fread(array, 1, bytes, file) != bytes) return 3;
  fclose(file);

  uint32_t tour = 0;
  long lines = (long)(bytes / 64);
  for (long done = 0; done < lines; done += reads) tour += (uint32_t)walk(array, reads);

  enum { MOST = 4096 };
  static double batches[MOST];
  volatile int32_t kept = 0;
  for (double until = now() + seconds / 2; now() < until;) kept += walk(array, reads);
  int taken = 0;
  for (double until = now() + seconds; (now() < until || taken < 3) && taken < MOST; taken++) {
    double began = now();
    kept += walk(array, reads);
    batches[taken] = (now() - began) / reads;
  }
  qsort(batches, taken, sizeof *batches, ascending);
  printf("%d %.6f\n", (int32_t)tour, batches[taken / 2] * 1e9);
  return 0;
}
