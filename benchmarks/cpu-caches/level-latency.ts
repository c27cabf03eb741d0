/**
 * How many cycles a read takes from each level. A clock in nanoseconds cannot tell: a cycle is longer or shorter as the processor pleases. So
 * the yardstick is a chain of integer additions, each of which waits for the one before it and takes one cycle on every current
 * processor. A read that waits for the read before it, over an addition that waits for the addition before it, is its latency in cycles.
 *
 * The sizes follow from what the system reports: half of L1 (sets there are chosen by the address that the program sees, so all of it is
 * served), a quarter of L2 (sets there are chosen by the physical address, and some fill up before others do), and four times L2, which
 * only L3 or memory can hold. Where the system does not report both, nothing is tried. The order is random: past L1 a read also waits for
 * the translation of its address now and then.
 *
 * How you could be fooled: by an addend that is a constant (eight additions of 1 are one addition of 8 to a compiler, and some cores
 * add small constants while they rename registers, in no time; here it is the length of an array); by a loop that costs more than
 * what is in it (sixteen additions a turn); by an index of 32 bits with a sign, which is extended before every read (see the chase); and by the
 * address: a chase through an array adds its start to the index, which some cores do for nothing and others in a cycle.
 */
import { chase, chaseOver, experiment, LINE, ratio, scattered, ServiceUnavailable, type Chase, type Stage } from "#lab";
import article from "./article.ts";

const OPERATIONS = 65_536;

function add({ links: { length: addend } }: Chase): number {
  let sum = 0;
  for (let turn = 0; turn < OPERATIONS; turn += 16) {
    sum = (sum + addend) | 0;
    sum = (sum + addend) | 0;
    sum = (sum + addend) | 0;
    sum = (sum + addend) | 0;
    sum = (sum + addend) | 0;
    sum = (sum + addend) | 0;
    sum = (sum + addend) | 0;
    sum = (sum + addend) | 0;
    sum = (sum + addend) | 0;
    sum = (sum + addend) | 0;
    sum = (sum + addend) | 0;
    sum = (sum + addend) | 0;
    sum = (sum + addend) | 0;
    sum = (sum + addend) | 0;
    sum = (sum + addend) | 0;
    sum = (sum + addend) | 0;
  }
  return sum;
}

/** Bytes to go through. A size that was guessed could lie in another level than its name says, so nothing is tried without the system's own. */
function workingSet({ variant, host }: Stage): number {
  const level = (wanted: number): number | undefined => host.caches.find((cache) => cache.level === wanted)?.bytes;
  const l1 = level(1);
  const l2 = level(2);
  if (!l1 || !l2) throw new ServiceUnavailable("it needs a system that reports the sizes of its caches");
  return { addition: LINE, "within L1": l1 / 2, "within L2": l2 / 4, "past L2": 4 * l2 }[variant]!;
}

export default experiment(article, {
  question: "How many cycles does a read take from each level?",
  setup: (_point, stage) => chaseOver(scattered(Math.floor(workingSet(stage) / LINE), stage.random), LINE, OPERATIONS),
  variants: { addition: add, "within L1": chase, "within L2": chase, "past L2": chase },
  differs: "each goes through a working set of its own, and the yardstick through none",
  operations: OPERATIONS,
  per: "operation",
  claims: {
    "cpu-caches-01": [
      {
        says: "L2 is felt: reads that it serves take at least 1.5 times those that L1 serves",
        holds: ratio("within L2", "within L1").atLeast(1.5),
      },
      {
        says: "the end of L2 is felt: reads past it take at least 1.5 times those within it",
        holds: ratio("past L2", "within L2").atLeast(1.5),
      },
    ],
    "cpu-caches-02": [
      {
        says: "L1 answers within four cycles: a read takes as long as 4 additions that wait for each other, at most 4.5",
        holds: ratio("within L1", "addition").atMost(4.5),
      },
    ],
    "cpu-caches-04": [
      {
        says: "what comes after L2 is noticeably slower: a read past it takes at least twice the time of one within it",
        holds: ratio("past L2", "within L2").atLeast(2),
      },
    ],
    "cpu-caches-05": [
      {
        says: "spilling out of L2 is a cliff: a read past it takes at least three times as long as one within it",
        holds: ratio("past L2", "within L2").atLeast(3),
      },
    ],
  },
});
