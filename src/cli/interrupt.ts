import { exitCodes } from "./exit.ts";

export interface Interrupt extends Disposable {
  readonly signal: AbortSignal;
}

/**
 * Turns Ctrl-C and a polite kill into an abort: what runs is ended, what is finished stays saved.
 * A second Ctrl-C leaves at once, which the trial processes notice by themselves.
 * @param kept what becomes of what is done, for the reader.
 */
export function interruptible(kept = "finished rounds are kept"): Interrupt {
  const controller = new AbortController();
  let impatient = false;
  const interrupt = (): void => {
    if (impatient) process.exit(exitCodes.interrupted);
    if (controller.signal.aborted) return;
    process.stderr.write(`\nstopping; ${kept}\n`);
    controller.abort();
    // One Ctrl-C arrives twice where the launcher hands it on as well.
    setTimeout(() => (impatient = true), 1000).unref();
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.on(signal, interrupt);
  // Whoever started this process is gone, and with it whoever wanted the results.
  process.on("disconnect", interrupt);
  process.channel?.unref();
  return {
    signal: controller.signal,
    [Symbol.dispose]: () => {
      for (const signal of signals) process.off(signal, interrupt);
      process.off("disconnect", interrupt);
    },
  };
}
