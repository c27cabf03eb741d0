/**
 * What does it cost to ask what time it is? The runtime has two kinds of clock. *Date.now* and *Temporal.Now.instant* tell the time of the
 * calendar; *performance.now* and *process.hrtime.bigint* tell how long something has been running. Go's time.Now returns both readings in
 * one value and lets its arithmetic take the right one; here whoever measures a duration has to choose.
 *
 * What to expect: on Linux and macOS the system keeps its clocks where a program can read them without a system call, so each costs some
 * tens of nanoseconds. What differs is what a reading is wrapped in: a number that is no small integer lies on the heap as well, a bigint
 * and an instant are larger, and somebody has to collect them all (their bytes are read, too). So the price gives no reason to measure
 * durations with the wrong kind: what each is good for is in `clock-readings` and in `stepped-clocks`.
 *
 * How you could be fooled: by a compiler that drops a reading nobody uses (the lab keeps what a call returns); by readings so coarse that a
 * clock looks fast because it hardly moves (`clock-readings` tells the smallest step of each); and by a machine on which the system's clock
 * source cannot be read in place (some virtual machines): there every clock costs a system call, a microsecond or so, and they come close
 * to one another.
 */
import { experiment } from "#lab";
import article from "./article.ts";

export default experiment(article, {
  question: "What does it cost to read a clock?",
  // A reading leaves nothing behind for the next.
  together: true,
  differs: "Every reading of a clock is another one, and the clocks do not count from the same moment.",
  variants: {
    "performance.now": () => performance.now(),
    "Date.now": () => Date.now(),
    "hrtime.bigint": () => process.hrtime.bigint(),
    "Temporal.Now": () => Temporal.Now.instant(),
  },
  per: "reading",
  claims: {},
});
