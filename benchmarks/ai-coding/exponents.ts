/**
 * By which law do the five pieces of code of `plausible-but-quadratic` grow, each as it reads well and as it is written by whoever minds?
 * Every trial calls one of them with lists of four sizes, each twice as long as the one before, and fits a line to the times on logarithmic
 * axes: its slope is the exponent, and the rounds give it an interval.
 *
 * What to expect: 1 for what goes through the list once, a little more where a set or a map grows with it and leaves the caches. 2 for what
 * goes through it again for each element; somewhat less where lists are short, for what is fixed about a call then has its share of it.
 * `shift` is the trap for whoever believes in such a test: it fits a 1 up to four thousand elements, for V8 moves where a short list begins
 * and not what is in it; with lists as long as full effort takes it does not.
 *
 * The Go of the post has the same traps, without that of `shift`; the law carries over.
 *
 * How you could be fooled: by a fit over sizes that end before the trap begins (`largest` says where these end); by what is compiled while
 * it is timed (all sizes are run in turn until two passes agree within a tenth, five at most, and then five times, of which the shortest
 * counts); by whoever came first in the process, for what V8 saw of code that they share it remembers (the order changes with the round, so
 * that the interval holds it); by an average of times, on which a stranger on the machine has his part; and by a slope that is taken for a
 * proof: it says what the code did between these sizes.
 */
import { beside, count, scenario, type Stage } from "#lab";
import { fittedExponent } from "./_exponent.ts";
import { idioms, inputOf, mustAgree, type Idiom } from "./_idioms.ts";
import article from "./article.ts";

const HALVINGS = [8, 4, 2, 1];

const told = async ({ largest }: { readonly largest: number }, { variant, random }: Stage) => {
  const idiom = variant as Idiom;
  mustAgree(idiom);
  const sizes = HALVINGS.map((parts) => largest / parts);
  const of = (way: "plausible" | "linear"): Promise<number> =>
    fittedExponent(sizes, (size) => {
      const input = inputOf(size, random);
      return () => idioms[idiom][way](input);
    });
  return { plausible: await of("plausible"), linear: await of("linear") };
};

export default scenario(article, {
  question: "By which power of its length does the time of a list grow?",
  sweep: { largest: [4_000, 32_000] },
  quick: { largest: [4_000] },
  timeout: 180,
  // None leaves data behind. What V8 learnt of shared code does stay, and the warm-up only lets it compile that anew.
  together: true,
  metrics: {
    plausible: count("lower", "exponent, as it reads well"),
    linear: count("lower", "exponent, written in the other way"),
  },
  chart: beside("plausible", "linear"),
  setup: (point) => point,
  variants: {
    "text looked at": told,
    "shift as a queue": told,
    "spread in reduce": told,
    "includes in a loop": told,
    "filter for each row": told,
  },
  claims: {},
});
