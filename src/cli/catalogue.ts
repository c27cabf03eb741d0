import { discover, type Catalogue } from "../store/discover.ts";
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
