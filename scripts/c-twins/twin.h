/* What all twins share: the array comes from a file, `call` does what one call of a variant does, and batches of calls are timed.
 * Usage: twin FILE BYTES CALLS SECONDS OPERATIONS BATCH [NUMBER …]   BATCH calls are timed together; the numbers are the call's own
 * Prints the sum of the first CALLS results modulo 2^64 and the median time of an operation in nanoseconds. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* What one call of the variant returns, in the same order of calls. */
static uint64_t call(const char *array, size_t bytes, const long *numbers);

static double now(void) {
  struct timespec at;
  clock_gettime(CLOCK_MONOTONIC, &at);
  return at.tv_sec + at.tv_nsec * 1e-9;
}

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

int main(int count, char **given) {
  if (count < 7 || count > 7 + 8) return 2;
  size_t bytes = strtoull(given[2], NULL, 10);
  long calls = strtol(given[3], NULL, 10);
  double seconds = strtod(given[4], NULL);
  double operations = strtod(given[5], NULL);
  long batch = strtol(given[6], NULL, 10);
  long numbers[8] = {0};
  for (int number = 7; number < count; number++) numbers[number - 7] = strtol(given[number], NULL, 10);

  /* As WebAssembly's memory and V8's large arrays do, it begins at a page. */
  char *array = aligned_alloc(4096, (bytes + 4095) / 4096 * 4096);
  FILE *file = fopen(given[1], "rb");
  if (!array || !file || fread(array, 1, bytes, file) != bytes) return 3;
  fclose(file);

  uint64_t sum = 0;
  for (long done = 0; done < calls; done++) sum += call(array, bytes, numbers);

  enum { MOST = 4096 };
  static double batches[MOST];
  volatile uint64_t kept = 0;
  for (double until = now() + seconds / 2; now() < until;) kept += call(array, bytes, numbers);
  int taken = 0;
  for (double until = now() + seconds; (now() < until || taken < 3) && taken < MOST; taken++) {
    double began = now();
    for (long done = 0; done < batch; done++) kept += call(array, bytes, numbers);
    batches[taken] = (now() - began) / operations / batch;
  }
  qsort(batches, taken, sizeof *batches, ascending);
  printf("%llu %.6f\n", (unsigned long long)sum, batches[taken / 2] * 1e9);
  return 0;
}
