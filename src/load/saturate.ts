/** What a closed loop got done. */
export interface Saturation {
  readonly finished: number;
  /** From the first start to the last finish. */
  readonly seconds: number;
  readonly perSecond: number;
}

/**
 * Keeps `inFlight` tasks under way until `window` seconds have passed, then lets those that run finish; all of them count, and the
 * time until the last one does too. A closed loop measures throughput; it must never be used for latency, because it sends the
 * next request only when the last one is answered (G. Tene calls that coordinated omission).
 * @throws whatever a task throws.
 */
export async function saturate(
  task: () => Promise<unknown>,
  { inFlight, window, signal }: { readonly inFlight: number; readonly window: number; readonly signal: AbortSignal },
): Promise<Saturation> {
  const began = performance.now();
  const until = began + window * 1e3;
  let finished = 0;
  const lane = async (): Promise<void> => {
    do {
      await task();
      finished++;
    } while (performance.now() < until && !signal.aborted);
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  const seconds = (performance.now() - began) / 1e3;
  return { finished, seconds, perSecond: finished / seconds };
}
