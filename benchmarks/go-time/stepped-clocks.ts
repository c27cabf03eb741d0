/**
 * A hundred stretches of ten seconds are measured on a machine to whose clock something happens in the middle. How many durations come out
 * wrong? Nobody sets the host's clock for that: the clocks are functions of a true time that is known, which is why every verdict here is
 * about a model. Which of the runtime's own clocks tell the calendar is looked at in `clock-readings`.
 *
 * *Wall clock* is what Date.now tells, *monotonic clock* what performance.now tells. In Go the same subtraction takes the monotonic
 * readings where both times have one; a time that was read from a file or a database has none, and then it is a wall clock's there, too.
 *
 * What to expect: whatever sets the calendar makes each duration wrong that was under way, and setting it back makes some of them negative;
 * the monotonic clock does not notice. But it is not right about everything. While a clock is slewed both are off alike: here by half a
 * millisecond in a second, which is the most that adjtime allows (chrony may slew faster). And a Linux machine that sleeps takes its
 * monotonic clock with it: who asks how long ago something was, rather than how long the machine has worked on it, gets the better answer
 * from the calendar.
 *
 * How you could be fooled: by averages (one step spoils only what is under way, which is why such bugs are rare and wild); by a tolerance
 * that hides an effect (a duration is wrong if it is off by more than a millisecond; a smeared leap second stays below that in ten seconds,
 * and `worst` shows it); and by the model (systems differ: Windows counts sleep in both).
 */
import { exact, fraction, scenario, seconds, value } from "#lab";
import { events, sleepOf, toldBy, type Event, type Machine } from "./_stepping.ts";
import article from "./article.ts";

interface Happening extends Machine {
  readonly slept: number;
}

const right = (event: "set back" | "set forward" | "leap second", what: string) =>
  ({
    says: `in the model a monotonic clock measures elapsed time rightly while the calendar is ${what}`,
    holds: value("monotonic clock", "wrong").between(0, 0),
    at: { event },
    model: true,
  }) as const;

export default scenario(article, {
  question: "How many durations are wrong when something happens to the clock?",
  sweep: { event: Object.keys(events) as Event[] },
  together: true,
  metrics: {
    wrong: exact(fraction("lower", "durations that are off by more than a millisecond")),
    negative: exact(fraction("lower", "durations below zero")),
    worst: exact(seconds("lower", "largest error of a duration")),
  },
  setup: ({ event }): Happening => ({ ...events[event], slept: sleepOf(event) }),
  variants: {
    "wall clock": async ({ wall, slept }) => ({ ...toldBy(wall, slept) }),
    "monotonic clock": async ({ monotonic, slept }) => ({ ...toldBy(monotonic, slept) }),
  },
  claims: {
    "go-time-02": [
      right("set back", "set back an hour"),
      right("set forward", "set forward an hour"),
      right("leap second", "given a leap second"),
    ],
  },
});
