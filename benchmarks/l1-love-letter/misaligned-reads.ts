/**
 * An 8-byte number that begins at byte 3 straddles two 8-byte words. Does reading it cost two fetches? The same eight numbers, one a
 * page, are read over and over, aligned and beginning elsewhere; everything stays in L1, so only where they begin can matter.
 *
 * What to expect on a processor of the last fifteen years: a shift inside a 64-byte line costs nothing, because the core reads lines
 * and not words. A number that straddles two lines needs two reads of L1; one that straddles two pages
 * needs two address translations as well.
 *
 * How you could be fooled: by a loop that waits for its additions, which would hide a second fetch (the kernel keeps four sums, so it
 * is the loads that it runs out of); by page-crossing numbers that all fall into one set of the cache and evict each other (eight
 * pages, two lines each: an L1 of eight ways holds them, one of fewer ways may not, and then both variants pay); and by JavaScript's DataView, which assembles
 * numbers in its own way (WebAssembly's `i64.load` is one load instruction).
 */
import { experiment, KiB, ratio, relative, stridedSum } from "#lab";
import article from "./article.ts";

const PAGE = 4 * KiB;
const PAGES = 8;
const READS = 65_536;

/** Byte of the page at which the shifted numbers begin. */
const offsets = {
  "at byte 1": 1,
  "at byte 3": 3,
  "at byte 4": 4,
  "at byte 7": 7,
  "across two lines": 60,
  "across two pages": 4_092,
} as const;

export default experiment(article, {
  question: "Does an 8-byte number that is not aligned cost a second fetch?",
  sweep: { begins: ["at byte 1", "at byte 3", "at byte 4", "at byte 7", "across two lines", "across two pages"] },
  quick: { begins: ["at byte 3", "across two lines", "across two pages"] },
  flags: ["--no-liftoff"],
  chart: relative("time", "aligned"),
  setup({ begins }) {
    const { memory, sum64 } = stridedSum((PAGES + 1) * PAGE);
    // Whatever eight bytes are read, they are the same number: that is how the variants can agree.
    new Uint8Array(memory.buffer).fill(1);
    return { sum64, offset: offsets[begins] };
  },
  together: true,
  variants: {
    aligned: ({ sum64 }) => sum64(0, PAGE, PAGES, READS / PAGES),
    shifted: ({ sum64, offset }) => sum64(offset, PAGE, PAGES, READS / PAGES),
  },
  operations: READS,
  per: "read",
  claims: {
    "l1-love-07": [
      {
        says: "a number that begins at byte 3, across two words of one line, takes at least 1.5 times as long to read as an aligned one",
        holds: ratio("shifted", "aligned").atLeast(1.5),
        at: { begins: "at byte 3" },
      },
      {
        says: "a number that straddles two lines takes at least 1.5 times as long to read as an aligned one",
        holds: ratio("shifted", "aligned").atLeast(1.5),
        at: { begins: "across two lines" },
      },
    ],
  },
});
