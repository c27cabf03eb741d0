import { openScratch, type Scratch } from "../host/scratch.ts";
import { ServiceUnavailable } from "./unavailable.ts";

export type { Scratch } from "../host/scratch.ts";

/**
 * A private directory of this process: its user's alone, removed when it is disposed, when the process has ended, or, if it was killed, at
 * the end of the run or the start of the next.
 * @throws {ServiceUnavailable} the directory for temporary files cannot be used.
 */
export async function privateDirectory(): Promise<Scratch> {
  try {
    return await openScratch();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ServiceUnavailable(`it needs a directory for temporary files, and none can be made (${code ?? "unknown error"})`);
  }
}
