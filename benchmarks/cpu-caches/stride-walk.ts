/**
 * 49,152 lines, so many bytes apart from one to the next, all read once a round. The post reads with a stride of 64 and of 65,536 bytes, finds both at 0.3 ns,
 * and concludes that such jumps do not defeat the prefetcher. But 0.3 ns is a cycle, less than any cache takes to answer: its reads
 * overlapped, or hit a few lines over and over. To see the prefetcher, one must take away everything else that hides a miss.
 *
 * *Strided* and *shuffled* read the same lines through a list of places, so that reads overlap as much as the core can. *Dependent* ones read the
 * place of the next line out of this one: nothing overlaps, and if a strided order is still cheaper than a shuffled one, then
 * someone guessed where the walk would go. Strided as dear as shuffled means that the prefetcher did nothing. *Adjacent* reads as
 * many lines that lie side by side, whatever the stride: what the jumps are compared with.
 *
 * How you could be fooled: by equal bytes instead of equal lines (a stride of 64 KiB through 64 MiB touches 1,024 lines, which nearly fit L1); by
 * powers of two (lines 4 KiB apart, or a multiple of it, share one set of L1, and 64 KiB apart a few of L2: the strides with 64 bytes
 * more spread them over all sets again); and by translation: from 4 KiB on every read is on a page of its own, and a walk straight on finds
 * the tables that translate it in the cache. So *shuffled* goes straight on as well, in groups of 512 neighbours, and only within a group is the
 * order random: it needs the same tables at the same time, and has no stride.
 *
 * Memory is asked for from the first line to the last (3 GiB at the longest stride), and a page of it exists once a line on it is written:
 * 192 MiB in pages of 4 KiB, but all of it where the system hands out huge pages unasked. A host must have all of it, or the point is not
 * tried.
 */
import { chase, chaseOver, counting, experiment, LINE, MiB, ratio, shuffled, type Chase } from "#lab";
import article from "./article.ts";

const LINES = 49_152;
/** Lines that lie one after the other and are shuffled among themselves. */
const GROUP = 512;
/** Calls that visit every line. */
const CALLS = 8;

/** A chase, or a list of places to read in the memory that a chase goes through. */
interface Walk extends Chase {
  readonly places: Int32Array;
}

/** Reads the next places of the list: the addresses are known beforehand. */
function gather(walk: Walk): number {
  const { links, places, reads } = walk;
  let sum = 0;
  let at = walk.cursor;
  for (let read = 0; read < reads; read++, at++) sum = (sum + links[places[at]!]!) | 0;
  walk.cursor = at === places.length ? 0 : at;
  return sum;
}

const independent = ["adjacent", "strided", "shuffled"];

export default experiment(article, {
  question: "Does the prefetcher follow long jumps?",
  sweep: {
    stride: [
      64, 128, 192, 256, 320, 512, 576, 1024, 1088, 2048, 2112, 4096, 4160, 8000, 8192, 8256, 16_384, 16_448, 32_768, 32_832, 65_536,
      65_600,
    ],
  },
  quick: { stride: [64, 8000, 65_536] },
  needs: { memory: ({ stride }) => LINES * stride + 64 * MiB },
  memory: ({ stride }) => LINES * stride + 64 * MiB,
  setup({ stride }, { variant, random }): Walk {
    const apart = variant === "adjacent" ? LINE : stride;
    const order = counting(LINES);
    if (variant.endsWith("shuffled")) {
      for (let first = 0; first < LINES; first += GROUP) shuffled(order.subarray(first, first + GROUP), random);
    }
    const walk = chaseOver(order, apart, LINES / CALLS);
    if (!independent.includes(variant)) return { ...walk, places: new Int32Array() };
    // A line holds what is read when a chase comes to it, so that all walks come to the same sum.
    order.forEach((line) => (walk.links[(line * apart) / 4] = (line * stride) / 4));
    return { ...walk, places: order.map((line) => (line * apart) / 4) };
  },
  together: true,
  variants: { adjacent: gather, strided: gather, shuffled: gather, "dependent strided": chase, "dependent shuffled": chase },
  operations: LINES / CALLS,
  per: "read",
  agree: (call) => {
    let sum = 0;
    for (let calls = 0; calls < CALLS; calls++) sum = (sum + (call() as number)) | 0;
    return sum;
  },
  claims: {
    "cpu-caches-08": [
      {
        says: "a stride of 8,000 bytes, the row of the post's matrix, is recognised: dependent reads that follow it take at most two thirds of shuffled ones",
        holds: ratio("dependent strided", "dependent shuffled").atMost(2 / 3),
        at: { stride: 8000 },
      },
    ],
    "cpu-caches-09": [
      {
        says: "lines 64 KiB apart are read as fast as adjacent ones, to a tenth",
        holds: ratio("strided", "adjacent").atMost(1.1),
        at: { stride: 65_536 },
      },
      {
        says: "the prefetcher follows jumps of 64 KiB: dependent reads in their order take at most two thirds of shuffled ones",
        holds: ratio("dependent strided", "dependent shuffled").atMost(2 / 3),
        at: { stride: 65_536 },
      },
    ],
    "cpu-caches-10": [
      {
        says: "a walk straight on is hidden well: dependent reads of adjacent lines take at most a third of shuffled ones",
        holds: ratio("dependent strided", "dependent shuffled").atMost(1 / 3),
        at: { stride: 64 },
      },
    ],
  },
});
