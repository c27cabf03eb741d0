import { flagsOf } from "../measure/flags.ts";
import type { RunRecord } from "../model/record.ts";
import { discover, type Catalogue, type DiscoveredExperiment } from "../store/discover.ts";
import { sourceHash } from "../store/source.ts";
import { UserError } from "./exit.ts";

/** @throws {UserError} if the folder cannot be read. */
export async function discoverOrExplain(benchmarks: string): Promise<Catalogue> {
  try {
    return await discover(benchmarks);
  } catch (error) {
    if (!["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
    throw noBenchmarks(benchmarks);
  }
}

export const noBenchmarks = (benchmarks: string): UserError =>
  new UserError(`there is no folder ${benchmarks}; name the folder of the posts with --benchmarks`);

/** Whether other code than today's measured a record. */
export const isStale = (record: RunRecord, { file, definition }: DiscoveredExperiment): boolean =>
  record.source !== sourceHash(file, flagsOf(definition));
