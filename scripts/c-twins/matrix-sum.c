/* The kernel of src/inputs/matrix-sum.wat: sums what a table of offsets names, from a base that moves on.
 * Numbers: bytes of the matrix, behind which the table lies; its length; stride of the base; walks of a call; calls of a complete walk. */
#include "twin.h"

static long part = 0;

static uint64_t call(const char *bytes, size_t size, const long *numbers) {
  const uint32_t *table = (const uint32_t *)(bytes + numbers[0]);
  const char *base = bytes + part * numbers[3] * numbers[2];
  uint64_t sum = 0;
  (void)size;
  for (long walk = 0; walk < numbers[3]; walk++) {
    for (long index = 0; index < numbers[1]; index++) {
      uint64_t number;
      memcpy(&number, base + table[index], sizeof number);
      sum += number;
    }
    base += numbers[2];
  }
  part = (part + 1) % numbers[4];
  return sum;
}
