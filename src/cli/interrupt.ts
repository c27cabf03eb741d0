export interface Interrupt extends Disposable {
  readonly signal: AbortSignal;
}

/**
 * Turns Ctrl-C and a polite kill into an abort: what runs is ended, what is finished stays saved.
 * A second Ctrl-C leaves at once, which the trial processes notice by themselves.
 */
export function interruptible(): Interrupt {
  const controller = new AbortController();
  const interrupt = (): void => {
    if (controller.signal.aborted) process.exit(130);
    process.stderr.write("\nstopping; finished rounds are kept\n");
    controller.abort();
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.on(signal, interrupt);
  return {
    signal: controller.signal,
    [Symbol.dispose]: () => {
      for (const signal of signals) process.off(signal, interrupt);
    },
  };
}
