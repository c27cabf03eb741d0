/**
 * Four megabytes in few large files or in many small ones, each looked up, opened, read and closed, as compilers and `git status` do. The
 * same in the places that this host has: its disk, a file system in memory, the Windows side where this is WSL. *Model* is this disk with
 * so many microseconds added to every operation, which is what a boundary does that each of them has to cross.
 *
 * What to expect: the bytes are the same throughout, so what grows from left to right is the price of operations. On a disk of one's own
 * they take microseconds (the kernel has it all in memory), and it takes thousands of files before anybody notices. Across a boundary a
 * hundred times as slow, a hundred large files still show nothing, and thousands of small ones are all there is. That is the kind of work a
 * build does.
 *
 * How much an operation on the Windows side costs depends on the versions of Windows and WSL and on what scans files there. On real
 * machines others measured 240 µs and 1 ms (`_calibration.ts` has the sources). The delay is swept over both; the claim is read at 100 µs,
 * less than half of the lesser one. Where the host is WSL its own Windows side is measured.
 *
 * How you could be fooled: by bytes that differ (every place and every count of files reads the same four megabytes); by a cold disk
 * against a warm one (the files have just been written, the kindest case for all; only the Windows side asks another system again); by a
 * delay that is longer than it says, because a sleeper is woken late (the model sleeps for many operations at a time); and by a model taken
 * for the thing: its delay is that of others' machines at best, so it shows what a delay does and not how long it is on yours.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { count, exact, growth, MiB, ratio, scenario, seconds, timed } from "#lab";
import { MEASURED_MICROSECONDS } from "./_calibration.ts";
import { filesBelow, type Files } from "./_files.ts";
import { openPlace, type Place, type Workplace } from "./_places.ts";
import article from "./article.ts";

const SIZE = 4 * MiB;
const FILES_PER_FOLDER = 100;
/** Seconds. */
const LONG_ENOUGH = 0.05;

interface Input extends Workplace {
  readonly paths: readonly string[];
  /** Microseconds. */
  readonly added: number;
}

function written(directory: string, files: number): string[] {
  const contents = "x".repeat(Math.floor(SIZE / files));
  return Array.from({ length: files }, (_, file) => {
    const folder = join(directory, String(Math.floor(file / FILES_PER_FOLDER)));
    if (file % FILES_PER_FOLDER === 0) mkdirSync(folder);
    const path = join(folder, `${file}.txt`);
    writeFileSync(path, contents);
    return path;
  });
}

/** One pass over all files, and as many more as fit into `LONG_ENOUGH` seconds. */
async function readAll({ directory, paths, added }: Input) {
  const files = filesBelow(directory, added);
  const passes: number[] = [];
  do passes.push((await timed(() => pass(files, paths))).seconds);
  while (passes.reduce((sum, it) => sum + it, 0) < LONG_ENOUGH);
  const operations = files.operations() / passes.length;
  return { total: passes, perThousand: passes.map((it) => (it / operations) * 1_000), operations };
}

async function pass(files: Files, paths: readonly string[]): Promise<void> {
  let characters = 0;
  for (const path of paths) if (files.stat(path)?.isFile()) characters += files.read(path)!.length;
  files.settle();
  if (characters !== paths.length * Math.floor(SIZE / paths.length)) throw new Error(`${characters} characters were read`);
}

export default scenario(article, {
  question: "Four megabytes: what do they cost to read as more and smaller files, here and across a slow boundary?",
  sweep: { files: [100, 300, 1_000, 5_000], addedMicroseconds: [10, 100, ...MEASURED_MICROSECONDS] },
  quick: { files: [100, 1_000], addedMicroseconds: [100] },
  timeout: 120,
  together: true,
  metrics: {
    total: seconds("lower", "time to read it all"),
    perThousand: seconds("lower", "time of a thousand file operations"),
    operations: exact(count("lower", "file operations")),
  },
  async setup({ files, addedMicroseconds: added }, { variant }): Promise<Input> {
    const place = await openPlace(variant === "model" ? "this disk" : (variant as Place));
    try {
      return { ...place, paths: written(place.directory, files), added: variant === "model" ? added : 0 };
    } catch (error) {
      await place[Symbol.asyncDispose]();
      throw error;
    }
  },
  variants: { "this disk": readAll, memory: readAll, "Windows side": readAll, model: readAll },
  claims: {
    "wsl2-tax-01": [
      {
        says: "there is a tax: on the Windows side a thousand small files take at least twice as long to read as on this disk",
        holds: ratio("Windows side", "this disk", "total").atLeast(2),
        at: { files: 1_000, addedMicroseconds: 100 },
      },
      {
        says: "it is one per operation, not per byte: the same bytes in ten times as many files take at least five times as long there",
        holds: growth("Windows side", { files: 100 }, "total").atLeast(5),
        at: { files: 1_000, addedMicroseconds: 100 },
      },
      {
        says: "in the model 0.1 ms added to each operation is enough: a thousand small files take at least twice as long to read",
        holds: ratio("model", "this disk", "total").atLeast(2),
        at: { files: 1_000, addedMicroseconds: 100 },
        model: true,
      },
    ],
  },
});
