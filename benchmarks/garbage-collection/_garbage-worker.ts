/** One thread that makes garbage for so many seconds when it is told to, and answers how much it was. */
import { parentPort, workerData } from "node:worker_threads";
import { timed } from "#lab";
import { ways, type Way } from "./_garbage.ts";

const { way, window } = workerData as { readonly way: Way; readonly window: number };

const make = ways[way];
for (let call = 0; call < 3; call++) make(); // compiled, and the heap has its size

parentPort!.once("message", async () => {
  let bytes = 0;
  let seconds = 0;
  while (seconds < window) {
    const part = await timed(async () => make());
    bytes += part.result;
    seconds += part.seconds;
  }
  parentPort!.postMessage(bytes);
});
parentPort!.postMessage("ready");
