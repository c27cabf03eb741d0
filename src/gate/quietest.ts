import { allowedProcessors, bind } from "../host/affinity.ts";
import { shuffled } from "../inputs/order.ts";
import { yardstick } from "../measure/yardstick.ts";

/** Processors that are looked at: more would cost more than they bring. */
const MOST = 4;
/** Readings of the yardstick on each; a few milliseconds, which is as long as another process keeps a processor. */
const READINGS = 500;

/**
 * The processor on which a fixed piece of work takes the least time now. It binds this process to each in turn.
 * @returns undefined where processes cannot be bound; then nothing was.
 */
export function quietestProcessor(random: () => number): number | undefined {
  const processors = [...shuffled(Int32Array.from(allowedProcessors()), random)].slice(0, MOST);
  if (processors.length === 0 || !bind([process.pid], processors[0]!)) return undefined;
  const read = yardstick();
  let quietest: { processor: number; seconds: number } | undefined;
  for (const processor of processors) {
    if (!bind([process.pid], processor)) continue;
    let seconds = 0;
    for (let reading = 0; reading < READINGS; reading++) seconds += read();
    if (!quietest || seconds < quietest.seconds) quietest = { processor, seconds };
  }
  return quietest?.processor;
}
