/**
 * What one read waits for, as the memory that a program goes through grows from a page to half a gibibyte. The walk is a chase: every 64-byte
 * line holds the place of the next one and nothing else, so that no read can start before the one before it has ended, and what
 * is timed is latency alone. Each size is one ring that visits every line once before it comes back.
 *
 * *Random* visits the lines in any order. Past L1 it pays twice: for the line, and for the translation of its address, of which a core keeps
 * a few dozen at hand and a thousand or two behind those. *Pages* visits all lines of a 4 KiB page, in random order, before it goes on to
 * another one, so that one translation serves 64 reads: what is left is the caches. Its steps are the ones to hold against their sizes. In
 * return a prefetcher has time to see that a page is in use and to fetch the rest of it: past L2 the height of *pages* is no latency
 * of the cache behind, and the distance between the two curves is not translation alone.
 *
 * How you could be fooled: by short cycles (a random permutation has rings of all lengths; this is one ring); by the cursor going
 * back to the start with every call (it carries on, or the first lines of a large ring would be all that is seen); by the size that a
 * virtual machine reports of a cache it shares with strangers (the step shows what it gets of it); and by looking for steps nearer
 * to each other than the sizes that were measured: the interval of a step is never narrower than the gap it lies in.
 */
import { chase, chaseOver, doubling, experiment, KiB, LINE, MiB, pageByPage, readsOf, scattered, staircase, step } from "#lab";
import article from "./article.ts";

const orders = { random: scattered, pages: pageByPage };
/** Whole powers of two, and half-way between them. */
const sizes = doubling(4 * KiB, 512 * MiB).flatMap((size) => (size < 512 * MiB ? [size, 1.5 * size] : [size]));

export default experiment(article, {
  question: "Where does a read begin to take longer as the working set grows?",
  sweep: { bytes: sizes },
  quick: {
    bytes: [16, 32, 64, 128, 512, 1024, 2 * 1024, 3 * 1024, 6 * 1024, 16 * 1024, 64 * 1024].map((size) => size * KiB),
  },
  needs: { memory: ({ bytes }) => 1.25 * bytes }, // the ring, and the order in which it is linked
  chart: staircase("time"),
  setup: ({ bytes }, { variant, random }) => chaseOver(orders[variant as keyof typeof orders](bytes / LINE, random)),
  together: true,
  variants: { random: chase, pages: chase },
  operations: ({ bytes }) => readsOf(bytes / LINE),
  per: "read",
  // As many calls as visit every line: the sum of all places is the same in every order.
  agree: (call, { bytes }) => {
    let sum = 0;
    for (let reads = 0; reads < bytes / LINE; reads += readsOf(bytes / LINE)) sum = (sum + (call() as number)) | 0;
    return sum;
  },
  claims: {
    "cpu-caches-02": [
      {
        says: "reads leave their first level at about 64 KB (between 24 and 160 KiB, as an L1 of 32 to 128 KiB would make them)",
        holds: step("pages", 1, "bytes").between(24 * KiB, 160 * KiB),
      },
    ],
    "cpu-caches-03": [
      {
        says: "reads leave their second level between 0.5 and 4 MiB, as an L2 of 1 to 4 MB would make them (no cache serves quite all that it holds)",
        holds: step("pages", 2, "bytes").between(0.5 * MiB, 4 * MiB),
      },
    ],
    "cpu-caches-04": [
      {
        says: "what comes after L2 serves 32 MB or more before the next level is felt",
        holds: step("pages", 3, "bytes").atLeast(32e6),
      },
    ],
  },
});
