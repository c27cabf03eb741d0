/* The dependent walk of benchmarks/l1-love-letter/linear-or-dependent.ts. Number: reads of a call. */
#include "twin.h"

static int32_t cursor = 0;

static uint64_t call(const char *bytes, size_t size, const long *numbers) {
  const uint32_t *array = (const uint32_t *)bytes;
  long reads = numbers[0];
  uint32_t at = cursor;
  uint32_t sum = 0;
  (void)size;
  for (long read = 0; read < reads; read++) {
    at = array[at];
    sum += at;
  }
  cursor = at;
  return sum;
}
