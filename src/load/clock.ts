/** What an open loop tells the time by: in the lab a `Metronome`, in the tests a simulation that never waits. */
export interface Clock {
  /** Seconds since any fixed moment; never goes back. */
  now(): number;
  /**
   * Resolves at that time or soon after, never before, and lets the event loop turn at least once even if the time has passed.
   * Resolves early if the signal aborts.
   */
  waitUntil(at: number, signal?: AbortSignal): Promise<void>;
}
