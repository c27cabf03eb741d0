/**
 * "A value fetched from memory takes real time, and the processor can only wait." Three walks read one number from every 64-byte line
 * of an array. *Linear* goes straight on, so the prefetcher runs ahead of it. *Independent* jumps about, but computes where to go next
 * without waiting for what it read, so many misses are under way at once. *Dependent* reads the address of the next line out of
 * this one: it is the only one that can do nothing but wait.
 *
 * How you could be fooled: by a walk whose addresses come out of an index array (that array is memory traffic of its own; here they
 * are computed); by a "random" walk that visits some lines twice and others never (all three visit every line exactly once, and
 * their sums must agree); and by starting each call at the same line, which would keep the first lines warm (a cursor carries on).
 *
 * Beside C (`npm run c-twins` prints the factor) expect the dependent walk to take about as long: it compiles to the same one load that
 * waits. The linear walk takes about as long within the caches, where V8's check of each index is all that is added, and somewhat longer
 * over memory.
 */
import { chase, chaseOver, experiment, KiB, LINE, MiB, ratio, scattered, type Chase } from "#lab";
import article from "./article.ts";

/** Numbers from one line to the next. */
const STEP = LINE / Uint32Array.BYTES_PER_ELEMENT;
const READS = 65_536;

/** The first number of each line holds the index of the line that the dependent walk reads next; the cursor is an index, too. */
interface Walk extends Chase {
  readonly lines: number;
  /** The same memory, signed: V8 adds such numbers with one instruction less. */
  readonly numbers: Int32Array;
}

function linear(walk: Walk): number {
  const { numbers } = walk;
  let sum = 0;
  let at = walk.cursor;
  for (let read = 0; read < READS; read++) {
    sum = (sum + numbers[at]!) | 0;
    at += STEP;
    if (at === numbers.length) at = 0;
  }
  walk.cursor = at;
  return sum;
}

/** Multiplying by an odd number and folding the high half into the low one both permute the numbers below a power of two. */
function independent(walk: Walk): number {
  const { numbers, lines } = walk;
  const mask = lines - 1;
  const half = (31 - Math.clz32(lines)) >> 1;
  let sum = 0;
  for (let read = walk.cursor; read < walk.cursor + READS; read++) {
    let line = Math.imul(read, 0x9e3779b1) & mask;
    line ^= line >>> half;
    line = Math.imul(line, 0x85ebca6b) & mask;
    sum = (sum + numbers[line * STEP]!) | 0;
  }
  walk.cursor = (walk.cursor + READS) & mask;
  return sum;
}

export default experiment(article, {
  question: "When must the processor wait for memory, and when can it work ahead?",
  sweep: { bytes: [4 * KiB, 16 * KiB, 32 * KiB, 64 * KiB, 256 * KiB, 1 * MiB, 4 * MiB, 16 * MiB, 64 * MiB, 256 * MiB] },
  quick: { bytes: [16 * KiB, 1 * MiB, 64 * MiB] },
  needs: { memory: ({ bytes }) => 64 * MiB + 1.2 * bytes },
  setup({ bytes }, { random }): Walk {
    const walk = chaseOver(scattered(bytes / LINE, random), LINE, READS);
    return { ...walk, lines: bytes / LINE, numbers: new Int32Array(walk.links.buffer) };
  },
  variants: { linear, independent, dependent: chase },
  operations: READS,
  per: "read",
  // As many calls as visit every line.
  agree: (call, { bytes }) => {
    let sum = 0;
    for (let reads = 0; reads < bytes / LINE; reads += READS) sum = (sum + (call() as number)) | 0;
    return sum;
  },
  claims: {
    "l1-love-08": [
      {
        says: "waiting for memory takes real time: at 64 MiB a read that depends on the one before it takes at least five times as long as a linear one",
        holds: ratio("dependent", "linear").atLeast(5),
        at: { bytes: 64 * MiB },
      },
      {
        says: "the processor can only wait: at 64 MiB dependent reads take at most 1.1 times as long as reads whose addresses are known beforehand",
        holds: ratio("dependent", "independent").atMost(1.1),
        at: { bytes: 64 * MiB },
      },
    ],
  },
});
