/**
 * The same log records, held in memory in six ways. What a record takes is weighed after collection; what it costs to read is timed for
 * two questions. *Scan* reads three fields of every record: for each service the errors, the sum of latencies, and how many requests took
 * longer than a quarter of a second. *Find* wants one whole record by its id, which is where columns and codes give back what they saved.
 *
 * Every way starts from `JSON.parse` of the same lines, as a service would, so none profits from strings that a generator happens to
 * share. The parser itself shares: V8 keeps strings of up to nine letters once, so every "info" is the same string, while each
 * "recommendations" is another.
 *
 * What to expect: a line has 205 bytes. Its object has a slot of 8 for each of nine fields, a box of 16 for the time, and a header for
 * itself and for each long string, so about 230. Columns save the slots, the boxes and one header; only codes and raw bytes touch
 * the strings, which are most of it. Columns of strings are hardly faster to scan than objects while all of it is in cache: to look up the
 * account by a string costs the same. Small codes are, because then the sums are arrays.
 *
 * How you could be fooled: by garbage and by code compiled on the way (a small store is filled first, and collections go on until they find
 * nothing); by reserves (arrays are trimmed; a Map cannot be, and its table has room for up to twice what is in it); by SQLite, whose
 * memory the runtime does not see (the size of its pages is added; its cache of statements is not, and the peak of the whole
 * process, `rss`, stands beside it); by a store that is small because it lost something (each must keep the accounts that the generator
 * keeps, and give back three records to the letter); by what is warm (the same two hundred ids are found over and over). And by the
 * word *record*: these are lines of a made-up web shop, and a test pins what is in them.
 *
 * The objects are V8's own. A Go struct has no header and no boxes; its strings have a header too.
 */
import { bytes, GiB, jsonLine, KiB, logRecords, pareto, scenario, seconds, timed, type LogEntry, type Stage } from "#lab";
import { account, mustAgree, type Accounts } from "./_accounts.ts";
import { database } from "./_database.ts";
import { columns, encoded, instances, keyed, objects, type Store } from "./_stores.ts";
import article from "./article.ts";

/** Fills a store from lines of JSON and says what they come to. */
function fill(store: Store, count: number): { accounts: Accounts; samples: string[] } {
  const accounts: Accounts = new Map();
  const samples: string[] = [];
  for (const record of logRecords(count)) {
    const line = jsonLine(record);
    store.add(JSON.parse(line) as LogEntry);
    account(accounts, record.service, record.level, record.latency);
    if (record.id === 1 || record.id === count >> 1 || record.id === count) samples.push(line);
  }
  store.trim();
  return { accounts, samples };
}

function check(store: Store, { accounts, samples }: ReturnType<typeof fill>): void {
  mustAgree(store.accounts(), accounts);
  for (const line of samples) {
    const { id } = JSON.parse(line) as LogEntry;
    if (`${JSON.stringify(store.find(id))}\n` !== line) throw new Error(`record ${id} does not come back as it went in`);
  }
}

/** Bytes on the heap and in array buffers once collections find nothing more: what dead code held goes one collection later. */
async function settledMemory(): Promise<number> {
  for (let least = Infinity; ;) {
    await new Promise(setImmediate);
    globalThis.gc!();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    const now = heapUsed + arrayBuffers;
    if (now > least - 4 * KiB) return now;
    least = now;
  }
}

/** The median time of a body in the second half of a window; the first half warms up. */
async function usualTime(body: () => unknown, window: number): Promise<number> {
  const times: number[] = [];
  for (let spent = 0; spent < window || times.length < 3;) {
    const { seconds: took } = await timed(async () => body());
    spent += took;
    if (spent > window / 2) times.push(took);
  }
  return times.toSorted((a, b) => a - b)[times.length >> 1]!;
}

const FOUND = 200;

async function told(open: () => Store | Promise<Store>, records: number, { window, random }: Stage) {
  const small = await open();
  check(small, fill(small, 1_000));
  small.end?.();
  const before = await settledMemory();
  const store = await open();
  const truth = fill(store, records);
  const held = (await settledMemory()) - before + (store.unseen?.() ?? 0);
  check(store, truth);
  const ids = Array.from({ length: FOUND }, () => 1 + Math.floor(random() * records));
  const scan = await usualTime(() => store.accounts(), window / 8);
  const find = await usualTime(() => ids.map((id) => store.find(id)), window / 16);
  store.end?.();
  return { held: held / records, scan: scan / records, find: find / FOUND };
}

export default scenario(article, {
  question: "What does a log record weigh in memory, and what does it cost to read it back?",
  sweep: { records: [10_000, 30_000, 100_000, 300_000, 1_000_000] },
  quick: { records: [10_000] },
  flags: ["--expose-gc"],
  memory: 2 * GiB,
  timeout: 120,
  metrics: {
    held: bytes("lower", "memory held by a record"),
    scan: seconds("lower", "time of a scan, for each record"),
    find: seconds("lower", "time to get one whole record by its id"),
  },
  setup: ({ records }) => records,
  variants: {
    objects: (records, stage) => told(objects, records, stage),
    Map: (records, stage) => told(keyed, records, stage),
    class: (records, stage) => told(instances, records, stage),
    columns: (records, stage) => told(columns, records, stage),
    encoded: (records, stage) => told(encoded, records, stage),
    SQLite: (records, stage) => told(database, records, stage),
  },
  chart: pareto("held", "scan"),
  priced: { metric: "held", times: 100_000_000, says: "a hundred million log records held in memory" },
  claims: {},
});
