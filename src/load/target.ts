/** What an open loop drives: a server as one client sees it. */
export interface Target {
  /**
   * Sends one request and resolves when it is answered.
   * @param index number of the arrival, from 0.
   * @param signal aborted when the load is over: give up.
   * @throws {Refused} if the server would not take the request; anything else if it failed. Its `code`, or else its name, is counted.
   */
  request(index: number, signal: AbortSignal): Promise<void>;
  /** Closes every connection. */
  close(): Promise<void>;
}

/** Default export of a target's module: connects (within `CONNECT_TIMEOUT`) and may warm up, both outside the measured window. */
export type OpenTarget<Options = never> = (options: Options) => Promise<Target>;

/** Seconds within which a connection stands or counts as failed. */
export const CONNECT_TIMEOUT = 2;

/** The server is there and turns this client away: too many connections, too many requests, no one listens. Counted apart from failures. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly code: string;

  constructor(code: string, options?: ErrorOptions) {
    super(`refused (${code})`, options);
    this.code = code;
  }
}

export const isRefused = (error: unknown): boolean =>
  error instanceof Error && (error.name === "Refused" || codeOf(error) === "ECONNREFUSED");

/** What an error is counted under. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as NodeJS.ErrnoException;
  return code === undefined ? error.name : String(code);
}
