/** The scaling tests: a function that should take time in proportion to its input is called with more and more of it. */
import { seeded } from "#lab";
import type { Functions } from "./_examples.ts";
import { fittedExponent } from "./_exponent.ts";

/** Between what a pass costs (1, and a little more where it sorts) and what a pass in a pass does (2). */
const TOO_STEEP = 1.5;
/** Half of the way from there to either: a fit that comes nearer is made three times. */
const NEAR = 0.25;

const SIZES = [250, 500, 1_000, 2_000];

/**
 * Makes the call with an ordinary input of that size. What has no size has no scaling test. Options have none: a program has as many as it
 * has. With thousands of them even the right copy looks steep, because V8 keeps an object with many properties in another way.
 */
type Sized = (it: Functions, size: number) => () => unknown;

const upTo = (size: number): number[] => Array.from({ length: size }, (_, index) => index);
/** The same of each size, whatever was drawn before. */
function drawn(size: number): number[] {
  const random = seeded(1);
  return upTo(size).map(() => Math.floor(random() * size));
}

const sized: { readonly [K in keyof Functions]?: Sized } = {
  pages: ({ pages }, size) => {
    const items = upTo(size);
    return () => pages(items, 10);
  },
  placeOf: ({ placeOf }, size) => {
    const ascending = upTo(size);
    return () => placeOf(ascending, size / 3);
  },
  totalInCents: ({ totalInCents }, size) => {
    const prices = drawn(size).map((it) => (it / 100).toFixed(2));
    return () => totalInCents(prices);
  },
  median: ({ median }, size) => {
    const numbers = drawn(size);
    return () => median(numbers);
  },
  shorten: ({ shorten }, size) => {
    const text = "word ".repeat(size / 5);
    return () => shorten(text, size / 2);
  },
  byUrgency: ({ byUrgency }, size) => {
    const jobs = drawn(size).map((it) => ({ name: `job ${it}`, urgency: it % 10 }));
    return () => byUrgency(jobs);
  },
  saveAll: ({ saveAll }, size) => {
    const items = upTo(size);
    return () => saveAll(items, async () => {});
  },
  unique: ({ unique }, size) => {
    const values = drawn(size);
    return () => unique(values);
  },
  present: ({ present }, size) => {
    const lists = upTo(size / 10).map((it) => [it, ...Array<number | undefined>(9).fill(it)]);
    return () => present(lists);
  },
  withoutTrailingBlanks: ({ withoutTrailingBlanks }, size) => {
    const text = `${"word ".repeat(size / 5)}  `;
    return () => withoutTrailingBlanks(text);
  },
};

/** Whether an exponent is too steep. Where the first fit is near the bound, the middle one of three decides: one bad moment does not. */
export async function steep(fit: () => Promise<number>): Promise<boolean> {
  const first = await fit();
  if (Math.abs(first - TOO_STEEP) > NEAR) return first > TOO_STEEP;
  const [, middle] = [first, await fit(), await fit()].toSorted((a, b) => a - b);
  return middle! > TOO_STEEP;
}

/** Whether the time of a function grows too steeply with its input. One whose input has no size passes. */
export async function growsTooSteeply(it: Functions, name: keyof Functions): Promise<boolean> {
  const calling = sized[name];
  return calling !== undefined && steep(() => fittedExponent(SIZES, (size) => calling(it, size)));
}
