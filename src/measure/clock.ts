/** What reading the clock costs and how finely it divides time, in seconds. */
export interface ClockError {
  readonly cost: number;
  readonly resolution: number;
}

/** Seconds since the process began; never steps back. */
export const now = (): number => performance.now() / 1e3;

/**
 * Measures the clock by reading it: the smallest step it takes, and the median cost of a reading.
 * Their sum bounds what a pair of readings can add to a span.
 */
export function clockError(readings = 2000): ClockError {
  // The first readings run in the interpreter and would count as the clock's cost.
  for (let warm = 0; warm < readings; warm++) now();
  let resolution = Infinity;
  const began = now();
  let previous = began;
  for (let reading = 0; reading < readings; reading++) {
    const at = now();
    if (at > previous) resolution = Math.min(resolution, at - previous);
    previous = at;
  }
  const cost = (previous - began) / readings;
  return { cost, resolution: Number.isFinite(resolution) ? resolution : cost };
}
