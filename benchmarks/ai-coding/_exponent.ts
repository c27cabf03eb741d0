/**
 * How time grows with the size of an input. On logarithmic axes the times of sizes that double lie on a line, and its slope is the
 * exponent: 1 for a single pass, 2 for a pass in a pass.
 */
import { timed } from "#lab";

/** All sizes are measured so many times in turn, once more before that while code is compiled. Of each size the shortest counts. */
const PASSES = 5;
/** Seconds that the calls of a measurement take together, at least. */
const LONG_ENOUGH = 0.0003;

interface Timed {
  readonly call: () => unknown;
  /** So many calls make a measurement that is long enough. */
  calls: number;
  /** Seconds that a call takes. */
  shortest: number;
}

async function measure(it: Timed): Promise<void> {
  for (; ; it.calls *= 2) {
    const { seconds } = await timed(async () => {
      for (let called = 0; called < it.calls; called++) await it.call();
    });
    if (seconds < LONG_ENOUGH) continue;
    it.shortest = Math.min(it.shortest, seconds / it.calls);
    return;
  }
}

/** The slope of the line through points on logarithmic axes, by least squares. */
export function exponentOf(sizes: readonly number[], seconds: readonly number[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, it) => sum + it, 0) / values.length;
  const [x, y] = [sizes.map(Math.log), seconds.map(Math.log)];
  const [centre, height] = [mean(x), mean(y)];
  const rise = x.reduce((sum, it, index) => sum + (it - centre) * (y[index]! - height), 0);
  return rise / x.reduce((sum, it) => sum + (it - centre) ** 2, 0);
}

/** @param calling makes the call with an input of that size. */
export async function fittedExponent(sizes: readonly number[], calling: (size: number) => () => unknown): Promise<number> {
  const all = sizes.map((size): Timed => ({ call: calling(size), calls: 1, shortest: Infinity }));
  for (let pass = 0; pass <= PASSES; pass++) {
    for (const one of all) await measure(one);
    if (pass === 0) for (const one of all) one.shortest = Infinity;
  }
  return exponentOf(
    sizes,
    all.map(({ shortest }) => shortest),
  );
}
