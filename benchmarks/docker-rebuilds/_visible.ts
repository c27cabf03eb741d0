import http from "node:http";
import { setTimeout } from "node:timers/promises";
import { ServiceFailed } from "#lab";

/** Seconds between two looks. */
const MOMENT = 0.002;
/** Seconds after which nothing is expected any more. */
const LONGEST = 180;

/** A service that may be started again while it is looked at. */
export interface Service {
  /** Where it listens on 127.0.0.1; undefined while it does not. @param refused nobody did where it was said to at the last look. */
  port(refused: boolean): number | undefined | Promise<number | undefined>;
  /** How the process ended that runs now, once it has; a line for the reader. */
  ended(): Promise<string>;
}

/**
 * Waits until a service answers with these words at the beginning.
 * @throws {ServiceFailed} its process has ended, or the words have not come within so many seconds.
 */
export async function visible(words: string, service: Service, signal: AbortSignal, within = LONGEST): Promise<void> {
  const over = new AbortController();
  const looking = AbortSignal.any([signal, over.signal]);
  const lost = service.ended().then((how) => {
    throw new ServiceFailed(how);
  });
  const late = setTimeout(within * 1e3, undefined, { signal: looking }).then(() => {
    throw new ServiceFailed(`the service did not answer with the words that its source has within ${within} s`);
  });
  try {
    await Promise.race([seen(words, service, looking), lost, late]);
  } finally {
    over.abort();
  }
}

async function seen(words: string, service: Service, signal: AbortSignal): Promise<void> {
  let refused = false;
  for (;;) {
    signal.throwIfAborted();
    const port = await service.port(refused);
    const answer = port === undefined ? NOBODY : await ask(port, signal);
    if (answer.text.startsWith(words)) return;
    refused = answer.refused;
    await setTimeout(MOMENT * 1e3, undefined, { signal });
  }
}

interface Answer {
  readonly text: string;
  /** Nobody listens at this port. */
  readonly refused: boolean;
}

const NOBODY: Answer = { text: "", refused: false };

function ask(port: number, signal: AbortSignal): Promise<Answer> {
  return new Promise((resolve) => {
    const asked = http.get({ host: "127.0.0.1", port, agent: false, signal }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part: string) => (text += part));
      response.on("end", () => resolve({ text, refused: false })).on("error", () => resolve(NOBODY));
    });
    asked.on("error", ({ code }: NodeJS.ErrnoException) => resolve({ text: "", refused: code === "ECONNREFUSED" }));
  });
}
