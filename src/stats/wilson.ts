/** Φ⁻¹(0.975). */
const Z = 1.959963984540054;

/**
 * Wilson's score interval for a share, at 95 %. It stays inside [0, 1], and a share of 0 or 1 has a width: the fewer trials, the wider.
 * Source: E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", Journal of the American Statistical Association 22 (1927).
 * @param share of trials with the outcome, in [0, 1].
 * @param n independent trials; what dependent ones amount to need not be whole. None say nothing: [0, 1].
 * @throws {RangeError} on a share outside [0, 1], and on an n that is negative or not finite.
 */
export function wilson(share: number, n: number): { readonly low: number; readonly high: number } {
  if (!(share >= 0 && share <= 1)) throw new RangeError(`a share lies in [0, 1], not at ${share}`);
  if (!(n >= 0 && n < Infinity)) throw new RangeError(`a number of trials is finite and not negative, not ${n}`);
  if (n === 0) return { low: 0, high: 1 };
  const squared = Z * Z;
  const centre = share + squared / (2 * n);
  const half = Z * Math.sqrt((share * (1 - share)) / n + squared / (4 * n * n));
  const whole = 1 + squared / n;
  // Rounding must neither leave out what was observed nor lead out of [0, 1].
  return { low: Math.min(share, Math.max(0, (centre - half) / whole)), high: Math.max(share, Math.min(1, (centre + half) / whole)) };
}
