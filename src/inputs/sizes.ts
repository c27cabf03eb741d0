export const KiB = 1024;
export const MiB = 1024 * KiB;
export const GiB = 1024 * MiB;

/**
 * `from`, twice that, four times that, … up to and including `to` if it is reached exactly.
 * @throws {RangeError} if `from` is not positive or `to` is not finite.
 */
export function doubling(from: number, to: number): number[] {
  if (!(from > 0) || !Number.isFinite(to)) throw new RangeError(`doubling needs 0 < from and a finite to, not ${from} and ${to}`);
  const sizes: number[] = [];
  for (let size = from; size <= to; size *= 2) sizes.push(size);
  return sizes;
}
