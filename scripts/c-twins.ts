/**
 * How near is TypeScript to C? Runs the dependent walk of `l1-love-letter/linear-or-dependent` here and its twin in C in turn, each in a
 * fresh process on the same array, and prints the ratio with its interval. Needs a C compiler as `cc`.
 *
 *     npm run c-twins              ten pairs at each size
 *     npm run c-twins -- 5         five
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { host } from "../src/host/fingerprint.ts";
import { seeded } from "../src/inputs/random.ts";
import { KiB, MiB } from "../src/inputs/sizes.ts";
import { startFlagsOf } from "../src/measure/flags.ts";
import { launch } from "../src/measure/launch.ts";
import type { Definition } from "../src/model/experiment.ts";
import { quantity, interval } from "../src/report/words.ts";
import { median } from "../src/stats/quantiles.ts";
import { ratioInterval } from "../src/stats/ratio.ts";

export const experimentFile = fileURLToPath(new URL("../benchmarks/l1-love-letter/linear-or-dependent.ts", import.meta.url));
const source = fileURLToPath(new URL("./c-twins/dependent.c", import.meta.url));
const READS = 65_536;

/** Compiles the twin; throws where there is no compiler. Returns its path. */
export function compileTwin(folder: string): string {
  const program = join(folder, "dependent");
  execFileSync("cc", ["-O2", "-o", program, source]);
  return program;
}

async function load(): Promise<Definition> {
  return ((await import(experimentFile)) as { default: Definition }).default;
}

/** Writes the array of the experiment for the twin to read. */
export async function writeArray(folder: string, bytes: number): Promise<string> {
  const definition = await load();
  const stage = { variant: "dependent", random: seeded(1), window: 0, signal: new AbortController().signal, host: host() };
  const { array } = (await definition.setup!({ bytes }, stage)) as { array: Int32Array };
  const file = join(folder, `${bytes}.bin`);
  writeFileSync(file, array);
  return file;
}

/** The twin's checksum of a complete tour and its seconds per read. */
export function runTwin(program: string, file: string, bytes: number, seconds: number): { sum: number; time: number } {
  const printed = execFileSync(program, [file, String(bytes), String(READS), String(seconds)], { encoding: "utf8" });
  const [sum, nanoseconds] = printed.trim().split(" ").map(Number);
  return { sum: sum!, time: nanoseconds! / 1e9 };
}

async function runHere(definition: Definition, bytes: number, seconds: number): Promise<number> {
  const request = {
    task: "trial",
    file: experimentFile,
    seed: 1,
    window: 0,
    variant: "dependent",
    control: false,
    point: { bytes },
    timing: seconds,
    warmUp: [seconds / 4, seconds / 2],
  } as const;
  const reply = await launch(request, startFlagsOf(definition), { timeout: 60, memory: 2 ** 31 }, new AbortController().signal);
  if (reply.task !== "trial") throw new Error(reply.task === "failed" ? reply.message : reply.task);
  return median(reply.trial.readings.time!);
}

async function main(pairs: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "assay-twins-"));
  try {
    const program = compileTwin(folder);
    const definition = await load();
    for (const bytes of [16 * KiB, 256 * KiB, 4 * MiB, 64 * MiB]) {
      const file = await writeArray(folder, bytes);
      const here: number[] = [];
      const twin: number[] = [];
      for (let pair = 0; pair < pairs; pair++) {
        // Whoever goes first would always find the machine as the other left it.
        const first = pair % 2 === 0;
        if (first) here.push(await runHere(definition, bytes, 0.15));
        twin.push(runTwin(program, file, bytes, 0.15).time);
        if (!first) here.push(await runHere(definition, bytes, 0.15));
      }
      const ratio = ratioInterval(here, twin, 0.95)!;
      const size = quantity(bytes, "bytes").padStart(8);
      console.log(
        `${size}  TypeScript ${quantity(median(here), "seconds")}, C ${quantity(median(twin), "seconds")}: ${interval(ratio, "ratio")}`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) await main(Number(process.argv[2] ?? 10));
