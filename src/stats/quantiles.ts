/** Summaries of unsorted readings. None modifies its argument; all refuse an empty one, because it has no middle. */

/** @throws {RangeError} on an empty series or one that holds NaN. */
function sorted(values: ArrayLike<number>): Float64Array {
  if (values.length === 0) throw new RangeError("an empty series has no quantile, mean or maximum");
  const ascending = Float64Array.from(values).sort();
  if (Number.isNaN(ascending.at(-1))) throw new RangeError("the series holds NaN, which has no rank");
  return ascending;
}

/**
 * The value below which the share `probability` of the readings lies, interpolated between neighbours: type 7, the default of R and NumPy.
 * Source: Hyndman & Fan, "Sample Quantiles in Statistical Packages", The American Statistician 50 (1996).
 * @throws {RangeError} on an empty series, on NaN, and where `probability` is not in [0, 1].
 */
export function quantile(values: ArrayLike<number>, probability: number): number {
  if (!(probability >= 0 && probability <= 1)) throw new RangeError(`a quantile's probability lies in [0, 1], not ${probability}`);
  const ascending = sorted(values);
  const rank = (ascending.length - 1) * probability;
  const below = ascending[Math.floor(rank)]!;
  const above = ascending[Math.ceil(rank)]!;
  return below + (above - below) * (rank - Math.floor(rank));
}

/** @throws {RangeError} on an empty series or one that holds NaN. */
export function median(values: ArrayLike<number>): number {
  return quantile(values, 0.5);
}

/** Arithmetic mean. @throws {RangeError} on an empty series or one that holds NaN. */
export function mean(values: ArrayLike<number>): number {
  const ascending = sorted(values); // the smallest first: less rounding, and the same sum whatever the order of the readings
  return ascending.reduce((sum, value) => sum + value, 0) / ascending.length;
}

/** @throws {RangeError} on an empty series or one that holds NaN. */
export function maximum(values: ArrayLike<number>): number {
  return sorted(values).at(-1)!;
}

/** Sample standard deviation, divisor n − 1. @throws {RangeError} with fewer than two readings, which have no spread. */
export function deviation(values: ArrayLike<number>): number {
  if (values.length < 2) throw new RangeError(`a spread needs two readings, not ${values.length}`);
  const centre = mean(values);
  const squares = Float64Array.from(values, (value) => (value - centre) ** 2);
  return Math.sqrt((mean(squares) * squares.length) / (squares.length - 1));
}
