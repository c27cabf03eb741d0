/**
 * A gateway with 200 MB of live objects answers four hundred requests a second. For each it reads a document and sends an extract.
 * *Parse and spread* makes objects of everything, and copies each; *selective parse* reads the two numbers it needs out of the bytes;
 * *pooled buffers* writes its answer into memory that it owns, too. They send the same bytes. *Parse and spread, 20 MB live* is the
 * first with a tenth of the live heap.
 *
 * What to expect: the stops of the collector follow what is made for a request, and grow more frequent as the young generation (the
 * swept semi-space) shrinks. A live heap ten times as large takes longer to mark, which V8 mostly does beside the program; the young
 * generation's stops know nothing of it. At 1 MiB something else can happen: so much survives that V8 begins to make such objects old
 * at once, and whole collections take over from minor ones.
 *
 * Go has one generation and marks the whole live heap in each cycle, but starts the next cycle only when the heap has doubled: there a
 * large live heap makes cycles rarer and longer. What carries over is that the rate decides how often; the split by generation does
 * not.
 *
 * How you could be fooled: by comparing parsers when the question is the collector (`share`, `longest` and `stops` are the collector's own
 * figures; a reading of waits or of processor time says that it is about parsing and its garbage together, or compares heaps behind the
 * same parser); by a client that waits its turn (requests are due by the clock, from another process); by objects that are only said to be
 * live (they are counted after the load, when everything else has gone); and by less work in the cheaper variants (all answers are compared
 * before the load).
 */
import { across, bytes, bytesPerSecond, fraction, perSecond, ratio, scenario, seconds } from "#lab";
import { documentOf, liveHeap, parseAndSpread, pooledBuffers, selectiveParse } from "./_gateway.ts";
import { served, type Gateway } from "./_served.ts";
import article from "./article.ts";

/** Answers before the load: until its code is compiled, every way of answering makes garbage. */
const ANSWERS = 30;
/** What parse and spread allocates for each article of a document. */
const BYTES_PER_ARTICLE = 530;
const LIVE = 200e6;
const LONGEST_VALUE = "81900,".length;

/** So small a young generation is collected often enough for the shortest load to count its stops. */
const AT = { megabytesPerRequest: 0.5, semiSpace: 2 } as const;
/**
 * The young generation that V8 has by default. How long somebody waits, and for how much of the time the collector stops the service, only a
 * long load tells: at quick effort p90 rests on ten requests, and in a quarter of a second the frugal ways are stopped two or three times.
 */
const LONG = { megabytesPerRequest: 0.5, semiSpace: 16 } as const;

export default scenario(article, {
  question: "Does latency follow the allocation rate or the size of the heap?",
  sweep: { megabytesPerRequest: [0.1, 0.5, 1], semiSpace: [1, 2, 4, 16, 64, 128] },
  quick: { megabytesPerRequest: [0.5], semiSpace: [2] },
  // Both: with the one alone it would begin smaller and seldom grow so far, with the other alone begin there and grow on.
  flags: ({ semiSpace }) => ["--expose-gc", `--min-semi-space-size=${semiSpace}`, `--max-semi-space-size=${semiSpace}`],
  metrics: {
    p50: seconds("lower", "median wait"),
    p90: seconds("lower", "wait of the slowest tenth"),
    tail: seconds("lower", "highest percentile with ten waits beyond it"),
    max: seconds("lower", "longest wait"),
    longest: seconds("lower", "longest stop of the collector"),
    share: fraction("lower", "share of the time that the collector stopped the service"),
    stops: perSecond("lower", "stops of the collector"),
    work: seconds("lower", "processor time for each request"),
    rate: bytesPerSecond("lower", "allocated on the heap"),
    held: bytes("lower", "live heap after the load"),
  },
  chart: across("p50", "p90", "tail", "max"),
  setup({ megabytesPerRequest }, { variant, random }): Gateway {
    const articles = Math.round((megabytesPerRequest * 1e6) / BYTES_PER_ARTICLE);
    const document = documentOf(articles, random);
    const pooled = pooledBuffers(2 + articles * LONGEST_VALUE);
    const answer = variant === "pooled buffers" ? pooled : variant === "selective parse" ? selectiveParse : parseAndSpread;
    const expected = parseAndSpread(document).toString();
    for (const way of [pooled, selectiveParse]) {
      if (way(document).toString() !== expected) throw new Error("two ways of answering disagree");
    }
    for (let time = 0; time < ANSWERS; time++) answer(document);
    return { answer, document, live: liveHeap(variant.endsWith("20 MB live") ? LIVE / 10 : LIVE) };
  },
  variants: {
    "parse and spread, 20 MB live": served, // first, so that the control has little to set up
    "parse and spread": served,
    "selective parse": served,
    "pooled buffers": served,
  },
  claims: {
    "gc-deep-02": [
      {
        says: "what is made for requests leaves no trace: after the load a heap of 200 MB is within 5 % of what it is with pooled buffers",
        holds: ratio("parse and spread", "pooled buffers", "held").between(0.95, 1.05),
        at: AT,
      },
      {
        says: "the live heap is what the service holds, about 200 MB: 6 to 11 times what is left where only 20 MB are held",
        holds: ratio("parse and spread", "parse and spread, 20 MB live", "held").between(6, 11),
        at: AT,
      },
    ],
    "gc-deep-03": [
      {
        says: "a small heap is no shelter: with 20 MB live, parse and spread is stopped at least twice as often as selective parse with 200 MB",
        holds: ratio("parse and spread, 20 MB live", "selective parse", "stops").atLeast(2),
        at: AT,
      },
      {
        says: "and the collector stops it for at least twice the share of the time: parse and spread with 20 MB live against selective parse with 200 MB",
        holds: ratio("parse and spread, 20 MB live", "selective parse", "share").atLeast(2),
        at: LONG,
      },
      {
        says: "even with 20 MB live, parsing and its garbage together make the slowest tenth wait at least 1.5 times as long as with pooled buffers",
        holds: ratio("parse and spread, 20 MB live", "pooled buffers", "p90").atLeast(1.5),
        at: LONG,
      },
      {
        says: "the size of the heap hardly matters: with ten times as much alive the slowest tenth of parse and spread waits between two thirds and one and a half times as long",
        holds: ratio("parse and spread", "parse and spread, 20 MB live", "p90").between(2 / 3, 1.5),
        at: LONG,
      },
      {
        says: "with ten times as much alive the collector stops the service between two thirds and one and a half times as often",
        holds: ratio("parse and spread", "parse and spread, 20 MB live", "stops").between(2 / 3, 1.5),
        at: AT,
      },
    ],
    "gc-deep-05": [
      {
        says: "reading only what is needed allocates at most half as much as parse and spread",
        holds: ratio("selective parse", "parse and spread", "rate").atMost(0.5),
        at: AT,
      },
      {
        says: "reading only what is needed, the service is stopped by the collector for at most half the share of the time that parse and spread is",
        holds: ratio("selective parse", "parse and spread", "share").atMost(0.5),
        at: LONG,
      },
      {
        says: "reading only what is needed, with less to parse and less garbage, the slowest tenth waits at most 0.8 times as long as with parse and spread",
        holds: ratio("selective parse", "parse and spread", "p90").atMost(0.8),
        at: LONG,
      },
    ],
    "gc-deep-06": [
      {
        says: "the processor is what it lacks: with parsing and its garbage an answer costs at least 1.5 times the processor time of pooled buffers",
        holds: ratio("parse and spread", "pooled buffers", "work").atLeast(1.5),
        at: AT,
      },
      {
        says: "waits spike although the document is at hand: the highest percentile with ten waits beyond it (p99 at full effort) is with parsing and its garbage at least twice that of pooled buffers",
        holds: ratio("parse and spread", "pooled buffers", "tail").atLeast(2),
        at: LONG,
      },
    ],
    "gc-deep-07": [
      {
        says: "parsing into objects and their garbage together outweigh the rest: with pooled buffers an answer costs at most half the processor time, HTTP included",
        holds: ratio("pooled buffers", "parse and spread", "work").atMost(0.5),
        at: AT,
      },
      {
        says: "the collector has its part in it: it stops parse and spread for at least three times the share of the time of selective parse",
        holds: ratio("parse and spread", "selective parse", "share").atLeast(3),
        at: LONG,
      },
    ],
    "gc-deep-09": [
      {
        says: "the collector's own record tells who is losing: it stops parse and spread at least three times as often as selective parse",
        holds: ratio("parse and spread", "selective parse", "stops").atLeast(3),
        at: AT,
      },
    ],
  },
});
