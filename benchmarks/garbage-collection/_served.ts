/** The load of `allocation-rate`: requests by the clock to a gateway in this process, while the collector is watched. */
import http from "node:http";
import { constant, generate, highestHonest, httpTarget, listen, watchCollections, type HttpOptions, type Stage } from "#lab";
import { allocated } from "./_garbage.ts";
import type { Answer } from "./_gateway.ts";

const REQUESTS_PER_SECOND = 400;
/** At quick effort long enough for ten requests beyond p90. */
const lasting = (window: number): number => (window < 0.1 ? window : Math.max(0.25, window));
/** The generator's first requests, which compile the server and are not part of the load. */
const WARM_UP = 60;

export interface Gateway {
  readonly answer: Answer;
  readonly document: Buffer;
  readonly live: unknown;
}

/** Answers requests for a window of time. Needs `--expose-gc`: what is live is counted when everything else has gone. */
export async function served({ answer, document, live }: Gateway, { window, signal, random }: Stage) {
  using collections = watchCollections();
  let requests = 0;
  let before = 0;
  let processor = process.cpuUsage();
  const server = http.createServer((_request, response) => {
    if (++requests === WARM_UP) {
      collections.restart();
      before = allocated();
      processor = process.cpuUsage();
    }
    response.end(answer(document));
  });
  await using listening = await listen(server);
  const load = await generate<HttpOptions>({
    module: httpTarget,
    options: { port: listening.port, warmUp: WARM_UP },
    arrivals: constant(REQUESTS_PER_SECOND),
    window: lasting(window),
    seed: Math.floor(random() * 2 ** 31),
    maxInFlight: 10_000,
    signal,
  });
  const { user, system } = process.cpuUsage(processor);
  const made = allocated() - before;
  const { longest, total, minor, major } = await collections.soFar();
  const { latency } = load;
  if (!latency) throw new Error("no request was answered");
  globalThis.gc!();
  const held = process.memoryUsage().heapUsed;
  if (live === undefined) throw new Error("the live heap has gone");
  return {
    p50: latency.p50,
    p90: latency.p90,
    tail: highestHonest(latency).seconds,
    max: latency.max,
    longest,
    share: total / load.seconds,
    stops: (minor + major) / load.seconds,
    work: (user + system) / 1e6 / load.completed,
    rate: made / load.seconds,
    held,
  };
}
