/**
 * One log, three programs that add up the same: for each service the errors, the sum of latencies and how many requests were late, debug
 * lines left out. *Whole file* reads it into a string, splits, parses, filters and reduces, as the examples of every language do. *Line
 * by line* streams it and parses one line at a time. *Bytes* reads it through one buffer of 256 KiB and makes no strings at all.
 *
 * What to expect: the first holds the file's bytes, its text, and an object for every line at once, so its peak grows about three
 * times as fast as the file. The other two hardly grow. Streaming lines parses as much as the first and is rather quicker: what dies young
 * costs the collector little. Only the scanner, a page of code for one question, makes no garbage, and is several times as quick. In
 * memory that last step saves next to nothing: once a program streams, what is left to pay for is the runtime.
 *
 * How you could be fooled: by the runtime's own weight, tens of megabytes before the first line is read (`rss` holds it, as a worker's bill
 * would; `added` is what the program added); by the making of the file (another process writes it, repeating one block
 * of lines); by the disk (the file has just been written, so all three read it out of the system's cache: this is about the
 * programs); by the collector, which lets garbage lie as long as there is room, so a peak is what the runtime took and not what
 * it needed; and by a program that is quick because it miscounts (every answer is checked against the writer's own).
 */
import { bytes, bytesPerSecond, KiB, MiB, pareto, scenario, seconds, timed, peakMemory } from "#lab";
import { account, mustAgree, type Accounts } from "./_accounts.ts";
import { linesFile, type LinesFile } from "./_lines-file.ts";
import { scanFile } from "./_scanner.ts";
import article from "./article.ts";

interface Line {
  readonly service: string;
  readonly level: string;
  readonly latency: number;
}
const parse = (line: string): Line => JSON.parse(line) as Line;

async function wholeFile({ handle }: LinesFile): Promise<Accounts> {
  const text = await handle.readFile("utf8");
  return text
    .trimEnd()
    .split("\n")
    .map(parse)
    .filter(({ level }) => level !== "debug")
    .reduce((accounts: Accounts, { service, level, latency }) => account(accounts, service, level, latency), new Map());
}

async function lineByLine({ handle }: LinesFile): Promise<Accounts> {
  const accounts: Accounts = new Map();
  for await (const line of handle.readLines()) {
    const { service, level, latency } = parse(line);
    if (level !== "debug") account(accounts, service, level, latency);
  }
  return accounts;
}

const overBytes = ({ handle }: LinesFile): Promise<Accounts> => scanFile(handle, 256 * KiB);

async function told(file: LinesFile, program: (file: LinesFile) => Promise<Accounts>) {
  const before = peakMemory();
  const { seconds: time, result } = await timed(() => program(file));
  const added = peakMemory() - before;
  mustAgree(result, file.truth);
  return { time, rate: file.bytes / time, added };
}

export default scenario(article, {
  question: "What does it take to add up a log: memory and time of three programs that give the same answer?",
  sweep: { size: [1 * MiB, 5 * MiB, 20 * MiB, 50 * MiB, 500 * MiB] },
  quick: { size: [20 * MiB] },
  // The whole file as objects does not fit the heap that the runtime grants by itself.
  flags: ({ size }) => (size > 100 * MiB ? ["--max-old-space-size=6144"] : []),
  needs: { memory: ({ size }) => 256 * MiB + 12 * size },
  timeout: 120,
  metrics: {
    time: seconds("lower", "time for the whole file"),
    rate: bytesPerSecond("higher", "speed"),
    added: bytes("lower", "peak memory beyond the runtime's own"),
  },
  setup: ({ size }) => linesFile(size),
  variants: {
    "whole file": (file) => told(file, wholeFile),
    "line by line": (file) => told(file, lineByLine),
    bytes: (file) => told(file, overBytes),
  },
  chart: pareto("rss", "time"),
  priced: { metric: "rss", times: 100, says: "a hundred such workers" },
  claims: {},
});
