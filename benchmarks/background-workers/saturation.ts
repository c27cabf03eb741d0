/**
 * Jobs come to a pool of workers, each takes a slot for 20 ms, as if it waited for another server. How long does a job take from when it is
 * due, and how many slots are at work? Is 20 a second, the load of the post's test, any stress?
 *
 * Little's law answers before anything runs: slots at work = arrivals a second × seconds of a job. 20 a second keep 0.4 slots at work,
 * whatever the pool (of 16 slots that is a fortieth; it is arithmetic, and no claim rests on it); 500 keep 10; 2,000 would keep 40, and
 * where there are fewer the queue grows for as long as the load lasts. So a pool does not bend under load, it is unaffected and then it
 * breaks, and the rate at which it does is known in advance. What the post's jobs take is not in its listing; 20 ms are our assumption, and
 * jobs of a second would keep 20 slots at work at the very same rate. The law knows no language, so this carries over as it stands.
 *
 * How you could be fooled: by customers who wait for each other (jobs are due by the clock, at random moments, and count from when they
 * were due); by customers and pool in one process, as they are here (a job that only waits leaves the processor to them, and what they keep
 * each other waiting counts as the pool's); by percentiles of a few jobs (claims rest on medians; `tail` is the highest percentile with ten
 * jobs beyond it, and at 20 a second there are not that many); by a load that ends before the queue is long (compare what a job takes with
 * the length of the load: in an overloaded pool it grows with it); by jobs that were given up (half the length of the load after its end
 * they are; those that were not had it better, so the waits of an overloaded pool are lower bounds); and by jobs that compute: a slot that
 * works needs a processor, and of those there are fewer.
 */
import { count, exact, fraction, generate, growth, highestHonest, poisson, scenario, seconds, value, type Load, type Stage } from "#lab";
import type { Pooled } from "./_pool-target.ts";
import article from "./article.ts";

/** Seconds. */
const JOB = 0.02;
/** Seconds of load: at full effort two, and at low rates until so many jobs have come. */
const LONGEST = 2;
const FEWEST = 5;

interface Shop {
  readonly slots: number;
  readonly rate: number;
}

async function loaded({ slots, rate }: Shop, { window, random, signal }: Stage) {
  const lasting = Math.max(Math.min(LONGEST, window), FEWEST / rate);
  const load = await generate<Pooled>({
    module: new URL("./_pool-target.ts", import.meta.url).href,
    options: { slots, duration: JOB },
    arrivals: poisson(rate),
    window: lasting,
    seed: Math.floor(random() * 2 ** 31),
    maxInFlight: 100_000,
    deadline: 1.5 * lasting,
    signal,
  });
  const { p50, p90, tail, max } = waits(load);
  const atWork = load.perSecond * JOB;
  return {
    p50,
    p90,
    tail,
    max,
    atWork,
    utilisation: Math.min(1, atWork / slots),
    unfinished: load.failed,
    queued: p50 > 2 * JOB ? 1 : 0,
  };
}

/** @throws where jobs came and none was done. */
function waits({ offered, latency }: Load) {
  if (latency) return { ...latency, tail: highestHonest(latency).seconds };
  // At 20 a second there may be a quarter of a second in which nobody comes, and nobody waits.
  if (offered === 0) return { p50: JOB, p90: JOB, tail: JOB, max: JOB };
  throw new Error(`of ${offered} jobs none was done`);
}

export default scenario(article, {
  question: "How many jobs a second are stress for a pool of workers?",
  sweep: { slots: [1, 4, 16], rate: [5, 20, 100, 500, 2_000] },
  quick: { slots: [16], rate: [20, 500, 2_000] },
  together: true,
  timeout: 30,
  metrics: {
    p50: seconds("lower", "median from due to done"),
    p90: seconds("lower", "p90 from due to done"),
    tail: seconds("lower", "highest percentile with ten jobs beyond it, from due to done"),
    max: seconds("lower", "longest from due to done"),
    atWork: count("lower", "slots at work on average"),
    utilisation: fraction("lower", "share of the slots that is at work on average"),
    unfinished: count("lower", "jobs given up, half the length of the load after its end"),
    queued: exact(count("lower", "whether half of the jobs or more wait for a slot longer than they work")),
  },
  chart: "p50",
  setup: ({ slots, rate }): Shop => ({ slots, rate }),
  variants: { pool: loaded },
  claims: {
    "py-workers-01": [
      {
        says: "a pool of 16 holds 20 jobs of 20 ms a second: half of them or more wait for a slot no longer than they work",
        holds: value("pool", "queued").between(0, 0),
        at: { slots: 16, rate: 20 },
      },
    ],
    "py-workers-04": [
      {
        says: "at 500 jobs of 20 ms a second, 25 times that load, a pool of 16 does not break: half of them take at most twice as long",
        holds: growth("pool", { rate: 20 }, "p50").atMost(2),
        at: { slots: 16, rate: 500 },
      },
      {
        says: "nor at 2,000 jobs of 20 ms a second, a hundred times that load: half of them or more wait no longer than they work",
        holds: value("pool", "queued").between(0, 0),
        at: { slots: 16, rate: 2_000 },
      },
    ],
  },
});
