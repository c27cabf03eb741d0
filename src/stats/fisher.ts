/**
 * Fisher's exact test, one-sided: the chance that `of` or more of the hits fall among the first `n` of n + m trials, if where they fall is chance.
 * @param of hits among the first n trials, `others` those among the m others; whole numbers.
 * @throws {RangeError} more hits than trials.
 * Source: R. A. Fisher, "Statistical Methods for Research Workers" (1925), the two-by-two table.
 */
export function fisher(of: number, n: number, others: number, m: number): number {
  if (of > n || others > m || of < 0 || others < 0) throw new RangeError(`there are ${of} of ${n} and ${others} of ${m} hits`);
  const hits = of + others;
  const all = logChoose(n + m, hits);
  let chance = 0;
  for (let here = of; here <= Math.min(n, hits); here++) {
    if (hits - here <= m) chance += Math.exp(logChoose(n, here) + logChoose(m, hits - here) - all);
  }
  return Math.min(1, chance);
}

/** ln of how many ways there are to choose k of n. */
function logChoose(n: number, k: number): number {
  let sum = 0;
  for (let it = 1; it <= k; it++) sum += Math.log((n - k + it) / it);
  return sum;
}
