/* The linear walk of benchmarks/l1-love-letter/linear-or-dependent.ts: the first number of every line. Number: reads of a call.
 * Like there, every read looks whether it was the last of the array; without that, compilers of C halve the time in L1. */
#include "twin.h"

enum { STEP = 16 };

static size_t cursor = 0;

static uint64_t call(const char *bytes, size_t size, const long *numbers) {
  const uint32_t *array = (const uint32_t *)bytes;
  size_t length = size / sizeof *array;
  long reads = numbers[0];
  size_t at = cursor;
  uint32_t sum = 0;
  for (long read = 0; read < reads; read++) {
    sum += array[at];
    at += STEP;
    if (at == length) at = 0;
  }
  cursor = at;
  return sum;
}
