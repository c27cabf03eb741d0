import http from "node:http";
import { setTimeout } from "node:timers/promises";

/** Seconds between two looks. */
const MOMENT = 0.002;

/**
 * Waits until a service answers with these words at the beginning.
 * @param portNow asked at each look, because a container that starts again may have another one; undefined while it has none.
 */
export async function visible(
  words: string,
  portNow: () => number | undefined | Promise<number | undefined>,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    const port = await portNow();
    if (port !== undefined && (await answer(port, signal))?.startsWith(words)) return;
    await setTimeout(MOMENT * 1e3, undefined, { signal });
  }
}

/** What is answered; undefined if nobody does. */
function answer(port: number, signal: AbortSignal): Promise<string | undefined> {
  return new Promise((resolve) => {
    const asked = http.get({ host: "127.0.0.1", port, agent: false, signal }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part: string) => (text += part));
      response.on("end", () => resolve(text)).on("error", () => resolve(undefined));
    });
    asked.on("error", () => resolve(undefined));
  });
}
