/**
 * How near is TypeScript to C? Runs variants of experiments here and their twins in C in turn, each in a fresh process on the same array, and
 * prints how many times the time of C they take, with the interval of that ratio. Each twin is compiled twice: without SIMD, which is what a
 * JavaScript engine's compilers do, and with all that this processor has. Needs a C compiler as `cc`.
 *
 *     npm run c-twins                      ten rounds of everything, about four minutes
 *     npm run c-twins -- 5 dependent       five rounds of the twins whose name says "dependent"
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { GiB } from "../src/inputs/sizes.ts";
import { startFlagsAt } from "../src/measure/flags.ts";
import { launch } from "../src/measure/launch.ts";
import type { DefinedExperiment } from "../src/model/experiment.ts";
import type { Point } from "../src/model/sweep.ts";
import { quantity, range } from "../src/report/words.ts";
import { median } from "../src/stats/quantiles.ts";
import { ratioInterval } from "../src/stats/ratio.ts";
import { load, twins, type Twin } from "./c-twins/table.ts";

/** GCC vectorises some loops at -O2 already; both flags are understood by Clang as well. */
const compilations = {
  "without SIMD": ["-O2", "-fno-tree-vectorize", "-fno-tree-slp-vectorize"],
  "with SIMD": ["-O3", "-march=native"],
} as const;

export type Compilation = keyof typeof compilations;
const SECONDS = 0.15;

/** Compiles a twin; throws where there is no compiler. Returns its path. */
export function compileTwin(folder: string, { source }: Twin, how: Compilation): string {
  const program = join(folder, `${source} ${how}`);
  const file = fileURLToPath(new URL(`./c-twins/${source}.c`, import.meta.url));
  execFileSync("cc", [...compilations[how], "-Wall", "-Werror", "-o", program, file]);
  return program;
}

/** A twin's array at a point, for the programs to read. */
export interface Task {
  readonly twin: Twin;
  readonly point: Point;
  readonly file: string;
  readonly bytes: number;
  readonly operations: number;
}

/** Writes what the experiment works on at a point. */
export async function taskOf(folder: string, twin: Twin, point: Point): Promise<Task> {
  const it = await load(twin);
  const array = await twin.array(point, it);
  const file = join(folder, "array.bin");
  writeFileSync(file, array);
  const operations = typeof it.operations === "function" ? it.operations(point) : (it.operations ?? 1);
  return { twin, point, file, bytes: array.byteLength, operations };
}

/**
 * The program's sum over the calls that the twin names, and its seconds per operation: the median of batches of so many calls. The lab's are
 * milliseconds long, so that others who use the processor are part of nearly every one; a batch of one call would mostly slip through between them.
 */
export function runTwin(
  program: string,
  { twin, point, file, bytes, operations }: Task,
  seconds: number,
  batch: number,
): { sum: bigint; time: number } {
  const numbers = [bytes, twin.calls(point), seconds, operations, batch, ...twin.numbers(point)];
  const [sum, nanoseconds] = execFileSync(program, [file, ...numbers.map(String)], { encoding: "utf8" })
    .trim()
    .split(" ");
  return { sum: BigInt(sum!), time: Number(nanoseconds) / 1e9 };
}

async function runHere(it: DefinedExperiment, { file, variant }: Twin, point: Point): Promise<{ time: number; batch: number }> {
  const request = {
    task: "trial",
    file,
    seed: 1,
    window: 0,
    variant,
    control: false,
    point,
    timing: SECONDS,
    warmUp: [SECONDS / 4, SECONDS / 2],
  } as const;
  const reply = await launch(request, startFlagsAt(it, point), { timeout: 60, memory: 2 * GiB }, new AbortController().signal);
  if (reply.task !== "trial") throw new Error(reply.task === "failed" ? reply.message : reply.task);
  return { time: median(reply.trial.readings.time!), batch: reply.trial.conditions.batch ?? 1 };
}

async function compare(folder: string, twin: Twin, rounds: number): Promise<void> {
  const hows = Object.keys(compilations) as Compilation[];
  const programs = hows.map((how) => compileTwin(folder, twin, how));
  const it = await load(twin);
  for (const point of twin.points) {
    const task = await taskOf(folder, twin, point);
    const { batch } = await runHere(it, twin, point);
    const here: number[] = [];
    const there: number[][] = programs.map(() => []);
    const runners = [
      async () => here.push((await runHere(it, twin, point)).time),
      ...programs.map((program, which) => async () => there[which]!.push(runTwin(program, task, SECONDS, batch).time)),
    ];
    // Whoever went first each time would always find the machine as the others left it.
    for (let round = 0; round < rounds; round++) {
      for (let turn = 0; turn < runners.length; turn++) await runners[(round + turn) % runners.length]!();
    }
    const factors = hows.map((how, which) => `${range(ratioInterval(here, there[which]!, 0.95)!, "ratio")} ${how}`);
    const times = `TypeScript ${quantity(median(here), "seconds")}, C ${there.map((them) => quantity(median(them), "seconds")).join(" and ")}`;
    console.log(`${twin.name}, ${Object.entries(point).join().replace(",", " ")}: ${times}: ${factors.join(", ")}`);
  }
}

async function main([rounds = "10", name = ""]: readonly string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "assay-twins-"));
  try {
    for (const twin of twins.filter((it) => it.name.includes(name))) await compare(folder, twin, Number(rounds));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) await main(process.argv.slice(2));
