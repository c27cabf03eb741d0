import { openScratch, sweepScratch, type Scratch } from "./scratch.ts";

/**
 * A room for what the trials of one run share because making it takes longer than using it: loaded databases, files of log lines. The lab
 * opens one for a run and tells each trial where it is; a process that was told of none has one of its own, which ends with it.
 */
let entered: string | undefined;
let own: Promise<Scratch> | undefined;

/** Opens a room for a run, having cleared away what killed runs left. Disposing removes all that is in it, and what its trials left. */
export async function openRoom(): Promise<Scratch> {
  await sweepScratch();
  const scratch = await openScratch();
  return {
    directory: scratch.directory,
    [Symbol.asyncDispose]: async () => {
      await scratch[Symbol.asyncDispose]();
      await sweepScratch();
    },
  };
}

/** This process works for the run that has this room. */
export function enterRoom(directory: string): void {
  entered = directory;
}

/** Path of the room. @throws what the file system says if there is none yet and none can be made. */
export async function room(): Promise<string> {
  return entered ?? (await (own ??= openScratch())).directory;
}
