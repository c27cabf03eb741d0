/**
 * How time grows with the size of an input. On logarithmic axes the times of sizes that double lie on a line, and its slope is the
 * exponent: 1 for a single pass, 2 for a pass in a pass.
 */
import { timed } from "#lab";

/** A pass measures all sizes in turn. So many of them count, and of each size the shortest of their times. */
const PASSES = 5;
/** Before these, while code is compiled, as many as it takes until two in turn agree within so much, on average over the sizes … */
const AGREED = 0.1;
/** … but no more than these: on a busy machine they may never agree. */
const WARM_UP = 5;
/** Seconds that the calls of a measurement take together, at least. */
const LONG_ENOUGH = 0.0003;

interface Timed {
  readonly call: () => unknown;
  /** So many calls make a measurement that is long enough. */
  calls: number;
}

/** Seconds that a call takes. */
async function measure(it: Timed): Promise<number> {
  for (; ; it.calls *= 2) {
    const { seconds } = await timed(async () => {
      for (let called = 0; called < it.calls; called++) await it.call();
    });
    if (seconds >= LONG_ENOUGH) return seconds / it.calls;
  }
}

async function pass(all: readonly Timed[]): Promise<number[]> {
  const seconds: number[] = [];
  for (const one of all) seconds.push(await measure(one));
  return seconds;
}

const mean = (values: readonly number[]): number => values.reduce((sum, it) => sum + it, 0) / values.length;

/** Whether two passes took the same, on average over the sizes. Faster here and slower there does not cancel out. */
export function agree(one: readonly number[], other: readonly number[]): boolean {
  return mean(one.map((seconds, size) => Math.abs(Math.log(seconds / other[size]!)))) <= Math.log(1 + AGREED);
}

async function warmUp(all: readonly Timed[]): Promise<void> {
  let last = await pass(all);
  for (let done = 1; done < WARM_UP; done++) {
    const next = await pass(all);
    if (agree(last, next)) return;
    last = next;
  }
}

/** The slope of the line through points on logarithmic axes, by least squares. */
export function exponentOf(sizes: readonly number[], seconds: readonly number[]): number {
  const [x, y] = [sizes.map(Math.log), seconds.map(Math.log)];
  const [centre, height] = [mean(x), mean(y)];
  const rise = x.reduce((sum, it, index) => sum + (it - centre) * (y[index]! - height), 0);
  return rise / x.reduce((sum, it) => sum + (it - centre) ** 2, 0);
}

/** @param calling makes the call with an input of that size. */
export async function fittedExponent(sizes: readonly number[], calling: (size: number) => () => unknown): Promise<number> {
  const all = sizes.map((size): Timed => ({ call: calling(size), calls: 1 }));
  await warmUp(all);
  let shortest = await pass(all);
  for (let passes = 1; passes < PASSES; passes++) {
    const seconds = await pass(all);
    shortest = shortest.map((it, size) => Math.min(it, seconds[size]!));
  }
  return exponentOf(sizes, shortest);
}
