/* The kernel of src/inputs/strided-sum.wat, written as one would in C: a plain loop, which the compiler may unroll as it likes.
 * Numbers: first byte, stride, count, passes. */
#include "twin.h"

static inline uint64_t pass(const char *at, size_t stride, long count) {
  uint64_t sum = 0;
  for (long record = 0; record < count; record++) {
    uint64_t number;
    memcpy(&number, at + record * stride, sizeof number); /* one load, aligned or not */
    sum += number;
  }
  return sum;
}

static uint64_t call(const char *bytes, size_t size, const long *numbers) {
  uint64_t sum = 0;
  (void)size;
  for (long passes = numbers[3]; passes > 0; passes--) {
    /* A compiler that knows the stride can do more with it. */
    switch (numbers[1]) {
      case 8: sum += pass(bytes + numbers[0], 8, numbers[2]); break;
      case 16: sum += pass(bytes + numbers[0], 16, numbers[2]); break;
      default: sum += pass(bytes + numbers[0], (size_t)numbers[1], numbers[2]);
    }
    /* Or the second pass would be known from the first. */
    __asm__ volatile("" ::: "memory");
  }
  return sum;
}
