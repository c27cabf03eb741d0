/**
 * Eighteen small functions, each spoilt in one place in a way that passes a glance, and four defences that need no glance: TypeScript's
 * compiler with `--strict`, example tests, property tests (fast-check), and scaling tests, which fit an exponent to the time that more and
 * more input takes. Every cell is earned: the spoilt function is written out, compiled, loaded, and the defence is run on it, and on the
 * right one as well, which it must let pass.
 *
 * What to expect: each defence sees its own kind. The compiler sees a promise where a truth value should be, but not that numbers are
 * sorted as text. Examples see the edges that their author thought of. Properties see most of what is wrong about an answer, and the race
 * of the post too, if they decide which of several answers comes first; nothing that only costs time. Two faults get past all four: a date
 * that is wrong east of Greenwich alone (the tests run in UTC) and an expression that is slow on hostile text alone. Which fault is which
 * stands in `_faults.ts`.
 *
 * The functions are in TypeScript and the post's code is in Go, whose compiler would see other things; Go's race detector would not see
 * this race, for no memory is touched by two threads.
 *
 * How you could be fooled: by the shares (functions, faults and tests have one author, so no test is blind to the faults, and each tests
 * what the function says of itself: other numbers in an example would catch more, so the shares mean nothing; read what a defence can see,
 * not how much it sees of real code); by the race in particular (the examples call one after the other, and one that calls twice at once
 * would see it: that is `token-refresh`); by a defence that refuses everything (the right versions are put to it as well, and a refusal is
 * a reading); by a lucky seed (properties catch the same with others, as this project's tests show); by a busy machine, which can make any
 * function look steep (a scaling test takes the shortest of five times for each size, and near its bound the middle of three fits; it rests
 * on timing all the same, so only what no scaling test touches is declared exact); and by the seconds, which leave out what takes longest,
 * to write the tests, and count on code that other tests of the process have warmed (that may be a quarter).
 */
import { beside, count, exact, fraction, scenario, seconds, value, type Stage } from "#lab";
import { exampleTests, lotOf, propertyTests, put, scalingTests, typeCheck, type Defence, type Lot } from "./_defences.ts";
import { faults, kinds, type Kind } from "./_faults.ts";
import article from "./article.ts";

const RACE = "tokens";
/** fast-check's own number of inputs for each property. */
const DRAWN = { numRuns: 100, seed: 1 };

const told = (defence: Defence) => async (lot: Lot) => {
  const { caught, falseAlarms, seconds } = await put(defence, lot);
  const share = (kind: Kind): number => {
    const of = (some: typeof faults): number => some.filter((fault) => fault.kind === kind).length;
    return of(caught) / of(faults);
  };
  const shares = Object.fromEntries(kinds.map((kind) => [kind, share(kind)])) as Record<Kind, number>;
  return { ...shares, caught: caught.length, race: caught.some((fault) => fault.in === RACE) ? 1 : 0, falseAlarms, seconds };
};

export default scenario(article, {
  question: "Which defence catches which plausible fault?",
  timeout: 30,
  together: true,
  metrics: {
    // First among those that are not exact: the null control is judged by it.
    seconds: seconds("lower", "time for eighteen spoilt and eighteen right ones"),
    boundaries: fraction("higher", "boundary faults caught"),
    numbers: fraction("higher", "number faults caught"),
    // Neither these functions nor the one of the race take anything that has a size, so no scaling test times them.
    logic: exact(fraction("higher", "logic faults caught")),
    textAndTime: fraction("higher", "text and time faults caught"),
    state: fraction("higher", "state and order faults caught"),
    waiting: fraction("higher", "waiting faults caught"),
    cost: fraction("higher", "cost faults caught"),
    caught: count("higher", "faults caught of eighteen"),
    race: exact(count("higher", "whether the race is caught")),
    falseAlarms: count("lower", "right functions refused"),
  },
  chart: beside(...kinds),
  setup: (_point, { signal }: Stage) => lotOf(signal),
  // The first runs twice, as the null control, so it is the quickest.
  variants: {
    "example tests": told(exampleTests),
    "property tests": told(propertyTests(DRAWN)),
    "type check": told(typeCheck),
    "scaling tests": told(scalingTests),
  },
  claims: {
    "ai-coding-04": [
      { says: "the race is hard to find: the compiler does not see it", holds: value("type check", "race").between(0, 0) },
      { says: "example tests that call one after the other do not see it either", holds: value("example tests", "race").between(0, 0) },
      {
        says: "nor do property tests that decide in which order answers come",
        holds: value("property tests", "race").between(0, 0),
      },
    ],
  },
});
