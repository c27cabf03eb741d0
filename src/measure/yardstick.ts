import v8 from "node:v8";
import { now } from "./clock.ts";

/** `yardstick.wat`, assembled by `node scripts/kernels.ts src/measure/yardstick.wat`; a test assembles it again and compares. */
export const yardstickBytes =
  "AGFzbQEAAAABBgFgAX8BfgMCAQAHCAEEd29yawAACnYBdAEGfkIBIQJCAiEDQgMhBEIEIQVCBSEGA0AgAUIHfCEBIAJCDYUhAiADQhF8IQMgBEIThSEEIAVCF3whBSAGQh2FIQYgAUIBiSEBIANCA4khAyAFQgWJIQUgAEEBayIADQALIAEgAnwgAyAEfCAFIAZ8fHwL";

/** Rounds of a reading: about a hundredth of a millisecond, a few hundredths of the shortest batch. */
const ROUNDS = 8_000;
/** A reading this much above that of a core at rest says that something else used its arithmetic units meanwhile. */
export const DISTURBED = 1.1;

/** Times a piece of work that is always the same: seconds. What it takes says how much of the core there was, and nothing of the variant. */
export type Yardstick = () => number;

/**
 * A virtual processor is often one of two threads of a core, and the other belongs to a stranger: while that one works, a tight loop here takes
 * up to twice as long, for some milliseconds or some seconds, and no counter of this system shows it. The yardstick does.
 */
export function yardstick(): Yardstick {
  // Compiled once and for good: the baseline compiler's code would be replaced in the middle of a trial. A function is compiled at its first call.
  const quick = !process.execArgv.includes("--no-liftoff");
  if (quick) v8.setFlagsFromString("--no-liftoff");
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(yardstickBytes, "base64")));
  const work = exports.work as (rounds: number) => bigint;
  work(1);
  if (quick) v8.setFlagsFromString("--liftoff");
  return () => {
    const began = now();
    work(ROUNDS);
    return now() - began;
  };
}
