/**
 * A hundred thousand operations a second, as a thousand requests of a hundred operations each. *Garbage* makes two dozen objects for
 * every operation (about 1.2 KB) and keeps every second of the newest orders reachable; *frugal* computes the same and makes none;
 * *idle* answers at once, and is what HTTP, the loopback and the generator cost. Does latency stay flat without garbage, and does the
 * collector stall the other one "every few seconds"?
 *
 * What to expect: 120 megabytes a second fill a young generation of 8 MiB some fifteen times, so stops are frequent. What a stop costs
 * is not the garbage but what is still alive (the swept number of orders kept), because that is copied: with nothing kept it is hardly
 * seen. Whoever is due during a stop waits for its end, and so do those behind them. V8 would let the young generation grow further,
 * for fewer and longer stops; its size is fixed here so that a short load meets some. The sweep of that size is in the post on the
 * collector.
 *
 * Go's collector works beside the program and stops it briefly, V8's stops it for as long as the copying takes: what carries over is
 * whether garbage shows in the tail, not by how much, nor how often.
 *
 * How you could be fooled: by a client that waits for each answer and so never meets a stop (requests are due by the clock, from a process
 * of its own); by a percentile that rests on three requests (`tail` is the highest with ten beyond it: p90 at quick effort, p99.9 at full);
 * by counting stops in a load that is over before two are due (`inASecond` counts them in as many operations as a second brings, without a
 * clock, and only up to two); by garbage that nobody holds when the collector looks; and by a heap that is still growing, or code that is
 * not yet compiled (all orders that are kept, and some requests, come before the load).
 */
import http from "node:http";
import {
  constant,
  count,
  across,
  exact,
  fraction,
  generate,
  highestHonest,
  httpTarget,
  listen,
  perSecond,
  ratio,
  scenario,
  seconds,
  value,
  watchCollections,
  type HttpOptions,
  type Stage,
} from "#lab";
import { frugal, garbage, type Operation } from "./_operations.ts";
import article from "./article.ts";

const REQUESTS_PER_SECOND = 1_000;
const OPERATIONS = 100;
/** The generator's first requests, which compile the server and are not part of the load. */
const WARM_UP = 200;

/** What a second brings; of the orders every second one is kept, so that at the end the most that are swept are there. */
const OPERATIONS_PER_SECOND = REQUESTS_PER_SECOND * OPERATIONS;
/** Operations that must come to the same with garbage and without. */
const COMPARED = 256;

/** At quick effort long enough for a stop or two, at full effort for ten requests beyond p99.9. */
const lasting = (window: number): number => (window < 1 ? window : 4 * window);

interface Service {
  readonly operation: Operation;
  readonly inASecond: number;
}

async function served({ operation, inASecond }: Service, { window, signal, random }: Stage) {
  using collections = watchCollections();
  let requests = 0;
  const server = http.createServer((_request, response) => {
    if (++requests === WARM_UP) collections.restart();
    let sum = 0;
    for (let index = 0; index < OPERATIONS; index++) sum = (sum + operation(requests * OPERATIONS + index)) | 0;
    response.end(String(sum));
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
  const { longest, total, minor, major } = await collections.soFar();
  const { latency, perSecond: answered } = load;
  if (!latency) throw new Error("no request was answered");
  return {
    p50: latency.p50,
    p90: latency.p90,
    tail: highestHonest(latency).seconds,
    max: latency.max,
    operations: answered * OPERATIONS,
    longest,
    share: total / load.seconds,
    stops: (minor + major) / load.seconds,
    inASecond,
  };
}

/**
 * Performs as many operations as a second brings: V8 compiles them, and the newest orders are kept. Returns how often the collector
 * stopped them: not at all, once, or (2) more often than that.
 */
async function stopsInASecond(operation: Operation): Promise<number> {
  using collections = watchCollections();
  for (let seed = 0; seed < OPERATIONS_PER_SECOND; seed++) operation(seed);
  const { minor, major } = await collections.soFar();
  return Math.min(2, minor + major);
}

/** @throws {Error} unless both ways come to the same numbers. */
function mustAgree(one: Operation, other: Operation): void {
  for (let seed = 0; seed < COMPARED; seed++) {
    if (one(seed) !== other(seed)) throw new Error(`operation ${seed} comes to ${one(seed)} with garbage and to ${other(seed)} without`);
  }
}

export default scenario(article, {
  question: "Does garbage for each operation stall a service of 100,000 operations a second?",
  sweep: { kept: [0, 10_000, 50_000] },
  quick: { kept: [50_000] },
  flags: ["--min-semi-space-size=8", "--max-semi-space-size=8"],
  metrics: {
    p50: seconds("lower", "median wait"),
    p90: seconds("lower", "wait of the slowest tenth"),
    tail: seconds("lower", "highest percentile with ten waits beyond it"),
    max: seconds("lower", "longest wait"),
    operations: perSecond("higher", "operations answered"),
    longest: seconds("lower", "longest stop of the collector"),
    share: fraction("lower", "share of the time that the collector stopped the service"),
    stops: perSecond("lower", "stops of the collector"),
    inASecond: exact(count("lower", "stops in 100,000 operations, counted up to two")),
  },
  chart: across("p50", "p90", "tail", "max"),
  async setup({ kept }, { variant }): Promise<Service> {
    mustAgree(garbage(0), frugal());
    const operation = variant === "idle" ? () => 0 : variant === "frugal" ? frugal() : garbage(kept);
    return { operation, inASecond: await stopsInASecond(operation) };
  },
  variants: { idle: served, frugal: served, garbage: served },
  claims: {
    "mem-mech-02": [
      {
        says: "garbage decides whether a service chokes: at 100,000 operations a second its tail is at least twice as long as without",
        holds: ratio("garbage", "frugal", "tail").atLeast(2),
        at: { kept: 50_000 },
      },
      {
        says: "with garbage 100,000 operations a second cost at least 1.5 times the processor time that they cost without",
        holds: ratio("garbage", "frugal", "cpu").atLeast(1.5),
        at: { kept: 50_000 },
      },
    ],
    "mem-mech-04": [
      {
        says: "without garbage the service keeps up: it answers at least 90 % of what an idle server does",
        holds: ratio("frugal", "idle", "operations").atLeast(0.9),
        at: { kept: 50_000 },
      },
      {
        says: "without garbage latency is flat: the tail of the service is at most 1.5 times an idle server's",
        holds: ratio("frugal", "idle", "tail").atMost(1.5),
        at: { kept: 50_000 },
      },
      {
        says: "with garbage the service stalls: its longest wait is at least three times as long as without",
        holds: ratio("garbage", "frugal", "max").atLeast(3),
        at: { kept: 50_000 },
      },
      {
        says: "a stop comes every few seconds: in 100,000 operations with garbage, a second's worth, there is at most one",
        holds: value("garbage", "inASecond").atMost(1),
        at: { kept: 50_000 },
      },
    ],
  },
});
