/**
 * Five pieces of code that read well, pass every test, and go through a list once more for each of its elements: a spread inside `reduce`,
 * `includes` inside a loop, a `filter` for each row of a join, `shift` as a queue, and a text that is looked at while it grows. Each can be
 * written in a way whose work does not grow with what is done already (`_idioms.ts` has both, and `exponents` fits the law by which each
 * grows); of these only `push`, the other way to write the spread, is drawn here.
 *
 * What to expect, per element: where the work is linear a flat line, where it is quadratic one that rises as the list does, so ten times
 * the elements take a hundred times as long in all. With a hundred elements nobody would notice either. `shift` shows how a test of a few
 * sizes can miss it: V8 moves the beginning of a short list in place of its contents, and only where a list is too large for that, above
 * some sixteen thousand elements, does each call copy all of it. A text that grows by `+=` is cheap as well, because V8 notes the parts and
 * copies them when somebody looks; here somebody does, every time.
 *
 * Go has the same traps under other names: a slice appended to a copy of itself, a search in a loop, a string that grows. It lacks the one
 * of `shift`, for a slice that begins later costs nothing there. The law carries over, the sizes do not.
 *
 * How you could be fooled: by code that nobody writes (all five are common, and each is held against its other way before it is timed); by
 * a small list alone, where what is fixed about a call outweighs what grows; by a large one alone, from which no law follows (full effort
 * has six sizes, up to twenty thousand elements); and by a list that the timing has used up (each call fills its own).
 */
import { experiment } from "#lab";
import { idioms, inputOf, mustAgree, type Idiom, type Input } from "./_idioms.ts";
import article from "./article.ts";

const plausible = (name: Idiom) => (input: Input) => idioms[name].plausible(input);

export default experiment(article, {
  question: "What does an element cost in code that reads well, as the list grows?",
  sweep: { elements: [100, 300, 1_000, 3_000, 10_000, 20_000] },
  quick: { elements: [100, 1_000] },
  together: true,
  timeout: 120,
  setup({ elements }, { variant, random }): Input {
    mustAgree(variant === "push" ? "spread in reduce" : (variant as Idiom));
    return inputOf(elements, random);
  },
  variants: {
    push: (input: Input) => idioms["spread in reduce"].linear(input),
    "spread in reduce": plausible("spread in reduce"),
    "includes in a loop": plausible("includes in a loop"),
    "filter for each row": plausible("filter for each row"),
    "shift as a queue": plausible("shift as a queue"),
    "text looked at": plausible("text looked at"),
  },
  operations: ({ elements }) => elements,
  per: "element",
  differs: "They do five different things. Each is held against its other way before it is timed.",
  claims: {},
});
