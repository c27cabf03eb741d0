/**
 * "An unaligned value costs several accesses": the reason that is given for padding. Eight 8-byte numbers are read over and over: where a
 * compiler would put them; from byte 3 on, so that each lies across two 8-byte words; from byte 60, across two cache lines; and from byte
 * 4,092 of a page, across two pages. Everything stays in L1, so that only the place can matter; but across pages only just: the eight
 * numbers lie in eight lines of either of two sets, which is all that an L1 of 32 KiB in eight ways has there.
 *
 * What to expect on a processor of the last fifteen years: two words of one line cost nothing extra, because a core reads from lines and
 * not from words. Two lines cost a second read of L1, two pages a second translation of the address as well. So it is not the word that
 * alignment protects; what a packed record pays is its share of the fields that cross a line, and 35 bytes that are read instead of 40 can
 * be worth more (`record-layouts`).
 *
 * How you could be fooled: by a loop that waits for its additions, behind which a second access could hide (the kernel keeps four sums and
 * runs out of loads first); by what JavaScript does with an address (`i64.load` in WebAssembly is one instruction, whatever the address);
 * by numbers exactly a page apart, which share one set of the cache and evict each other as soon as anybody else uses it (they are three
 * lines apart, save where pages are what is crossed); and by machines that fault here: WebAssembly must give the right number all the
 * same, and on them the ratio is enormous.
 */
import { experiment, KiB, ratio, stridedSum } from "#lab";
import article from "./article.ts";

const PAGE = 4 * KiB;
/** No power of two, so that the numbers fall into sets of their own. */
const APART = 3 * 64;
const NUMBERS = 8;
const READS = 65_536;

export default experiment(article, {
  question: "What does an 8-byte number cost that does not begin at a multiple of 8?",
  flags: ["--no-liftoff"],
  setup() {
    const { memory, sum64 } = stridedSum((NUMBERS + 1) * PAGE);
    // Wherever a number begins it is the same number, so that the variants can agree.
    new Uint8Array(memory.buffer).fill(1);
    return (first: number, apart: number): bigint => sum64(first, apart, NUMBERS, READS / NUMBERS);
  },
  together: true,
  variants: {
    aligned: (sum) => sum(0, APART),
    "across words": (sum) => sum(3, APART),
    "across lines": (sum) => sum(60, APART),
    "across pages": (sum) => sum(PAGE - 4, PAGE),
  },
  operations: READS,
  per: "read",
  claims: {
    "struct-align-08": [
      {
        says: "a load fetches one aligned 8-byte word, so a number across two of them takes at least 1.5 times as long as an aligned one",
        holds: ratio("across words", "aligned").atLeast(1.5),
      },
    ],
    "struct-align-09": [
      {
        says: "an unaligned number inside a line costs a second access: it takes at least 1.5 times as long as an aligned one",
        holds: ratio("across words", "aligned").atLeast(1.5),
      },
      {
        says: "a number across two lines takes at least 1.5 times as long as an aligned one",
        holds: ratio("across lines", "aligned").atLeast(1.5),
      },
      {
        says: "a number across two pages takes at least 1.5 times as long as an aligned one",
        holds: ratio("across pages", "aligned").atLeast(1.5),
      },
    ],
  },
});
