import { chosenPoints } from "../measure/plan.ts";
import type { RunRecord } from "../model/record.ts";
import type { SweepValue } from "../model/sweep.ts";
import { sweepValue } from "../report/words.ts";
import type { Catalogue } from "../store/discover.ts";
import { FolderInUse, lockFolder } from "../store/lock.ts";
import { select } from "../store/pattern.ts";
import { discoverOrExplain } from "./catalogue.ts";
import { diskError, exitCodes, UserError } from "./exit.ts";
import { interruptible } from "./interrupt.ts";
import { runDocument } from "./json.ts";
import { failuresOf, measureAll, type MeasureOptions, type Outcomes } from "./measure-all.ts";
import { progressLine } from "./progress.ts";
import { writePage } from "./report.ts";
import { summary } from "./summary.ts";

export interface RunFlags extends Omit<MeasureOptions, "signal" | "clock"> {
  /** Folder of the posts. */
  readonly benchmarks: string;
  readonly all?: boolean;
  readonly json?: boolean;
}

/** `assay run`: measures what the patterns name and says what became of the claims; `assay` alone also writes the page. */
export async function runCommand(patterns: readonly string[], flags: RunFlags, page: boolean): Promise<number> {
  const whole = await discoverOrExplain(flags.benchmarks);
  const catalogue = select(whole, patterns);
  checkAt(catalogue, flags);
  // Nothing of a smoke run is stored, so it disturbs nobody's records.
  await using _lock = flags.effort === "smoke" ? undefined : await locked(flags.out);
  using interrupt = interruptible();
  const outcomes = await measureAll(catalogue, { ...flags, signal: interrupt.signal }, (decided) => progressLine(process.stderr, decided));

  const records: RunRecord[] = outcomes.finished.map(({ record }) => record);
  if (flags.json) {
    const verdicts = outcomes.finished.flatMap((outcome) => outcome.verdicts);
    process.stdout.write(`${JSON.stringify(runDocument(records, verdicts))}\n`);
  } else {
    console.log(summary(catalogue, whole, outcomes, flags.all ?? false).join("\n"));
  }
  if (page && flags.effort !== "smoke") {
    const index = await writePage(whole, { from: [flags.out], out: flags.out });
    (flags.json ? console.error : console.log)(`\npage: ${index}`);
  }
  return exitCodeOf(outcomes);
}

/** @throws {UserError} if another run has the folder, or if it cannot be written to. */
async function locked(out: string): Promise<AsyncDisposable> {
  try {
    return await lockFolder(out);
  } catch (error) {
    throw error instanceof FolderInUse ? new UserError(error.message) : diskError(error, out);
  }
}

/** @throws {UserError} if `--at` names a point that no chosen experiment has. */
function checkAt(catalogue: Catalogue, { at, effort }: RunFlags): void {
  if (!at) return;
  const sweeps = catalogue.articles.flatMap((article) => article.experiments.map(({ definition }) => definition.sweep));
  for (const [parameter, value] of Object.entries(at)) {
    const having = sweeps.filter((sweep) => Object.hasOwn(sweep, parameter));
    if (having.length === 0) {
      const known = [...new Set(sweeps.flatMap((sweep) => Object.keys(sweep)))];
      throw new UserError(`no chosen experiment sweeps ${parameter}; they sweep ${known.join(", ") || "nothing"}`);
    }
    const values = [...new Set(having.flatMap((sweep) => sweep[parameter]!))];
    if (!values.includes(value))
      throw new UserError(`${parameter} takes no value ${sweepValue(parameter, value)}; ${rangeOf(parameter, values)}`);
  }
  const definitions = catalogue.articles.flatMap((article) => article.experiments.map(({ definition }) => definition));
  if (!definitions.some((definition) => chosenPoints(definition, effort, at).length > 0)) {
    throw new UserError(
      `no chosen experiment has a point with ${Object.entries(at)
        .map(([name, value]) => `${name}=${value}`)
        .join(" and ")}`,
    );
  }
}

/** `it takes 4 KiB to 512 MiB: 4 KiB, 8 KiB, …`. */
function rangeOf(parameter: string, values: readonly SweepValue[]): string {
  const numbers = values.filter((value) => typeof value === "number").toSorted((a, b) => a - b);
  const words = (all: readonly SweepValue[]): string => all.map((value) => sweepValue(parameter, value)).join(", ");
  if (numbers.length < 2) return `it takes ${words(values)}`;
  return `it takes values from ${words(numbers.slice(0, 1))} to ${words(numbers.slice(-1))}: ${words([...numbers, ...values.filter((value) => typeof value !== "number")])}`;
}

function exitCodeOf({ finished, broken, interrupted }: Outcomes): number {
  if (interrupted) return exitCodes.interrupted;
  return broken.length > 0 || finished.some((outcome) => failuresOf(outcome).length > 0) ? exitCodes.failed : exitCodes.well;
}
