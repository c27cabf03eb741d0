import os from "node:os";
import { setTimeout } from "node:timers/promises";
import { ServiceUnavailable, timed } from "#lab";

/** Milliseconds that the processors of this machine have worked since it was started, whoever for. Waiting for a disk is no work. */
const worked = (): number => os.cpus().reduce((sum, { times: { user, nice, sys, irq } }) => sum + user + nice + sys + irq, 0);

/**
 * Share of the time of all processors that was spent on work in the next seconds. The system counts in hundredths of a second.
 * @throws {ServiceUnavailable} this process may use only some of the processors that the system counts.
 */
export async function busyFor(seconds: number, signal: AbortSignal): Promise<number> {
  const processors = os.cpus().length;
  if (os.availableParallelism() < processors) {
    throw new ServiceUnavailable(
      "it needs a machine of its own: here it may use only some of the processors, and the system counts all of them",
    );
  }
  const before = worked();
  const { seconds: passed } = await timed(() => setTimeout(seconds * 1e3, undefined, { signal }));
  return Math.min(1, (worked() - before) / 1e3 / (passed * processors));
}
