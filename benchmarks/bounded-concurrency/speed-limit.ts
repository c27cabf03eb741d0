/**
 * Ten thousand queries want the same Postgres at the same instant, and it takes fifty clients. Each query waits 5 ms on the server, as if
 * for a disk, so the server answers two hundred times a second for each client it has, until its processors are busy.
 *
 * *Client per task* is the post's naive loop: every task connects for itself, all at once, whatever the limit. *p-limit* is the same
 * with a cap on the tasks under way. *Pool* starts all tasks and lets them queue for the connections of a pool of that size. *Pullers*
 * are that many loops over one iterator, each with a connection of its own. *Adaptive* begins with one such loop, adds one after every
 * five answers until it is refused, and then gives up a half (additive increase, multiplicative decrease: Chiu and Jain,
 * 1989), never above the limit. The sweep moves the limit from one to all ten thousand.
 *
 * A goroutine per query and a promise per query ask the same of a database, so this carries over as it stands.
 *
 * How you could be fooled: by counting only what was answered (what was refused, and what was still under way at the end, is counted
 * too); by a server that keeps connections for its own staff (here none are); by latencies that begin when a connection is free (they
 * begin when the burst does, and a query that was never answered waited as long as there was time); and by a run that waits for ten
 * thousand refusals (a trial ends with its window).
 */
import { burst, count, exact, perSecond, postgres, ratio, scenario, seconds, value, type Stage } from "#lab";
import { adaptive, clientPerTask, hangUp, limited, pooled, pullers, type Downstream, type Strategy } from "./_strategies.ts";
import article from "./article.ts";

const TASKS = 10_000;
const CONNECTIONS = 50;
const SERVICE = 0.005;
/** Seconds; with the three that a burst may wait for its first answer a trial ends within five. */
const LONGEST_WINDOW = 1;

const told =
  (strategy: Strategy) =>
  async (downstream: Downstream, { window, signal }: Stage) => {
    const tally = await burst({ tasks: TASKS, window: Math.min(window, LONGEST_WINDOW), signal }, (it) => {
      it.over.addEventListener("abort", () => downstream.clients.forEach(hangUp), { once: true });
      return strategy(downstream, it);
    });
    // The median of all ten thousand, not of the lucky ones: where fewer than half were answered it is longer than the burst lasted.
    const median = tally.completedAfter(TASKS / 2) ?? tally.seconds;
    return {
      goodput: tally.goodput,
      refused: tally.refused,
      failed: tally.failed,
      unfinished: tally.unfinished,
      median,
      rampUp: tally.completedAfter(CONNECTIONS) ?? tally.seconds,
      connections: downstream.asked.peak,
      tooMany: tally.refused > 0 ? 1 : 0,
      choked: median > 2 * SERVICE ? 1 : 0,
    };
  };

export default scenario(article, {
  question: "How many queries at once does a database of fifty connections want?",
  sweep: { limit: [1, 5, 10, 25, 40, 50, 100, 1_000, 10_000] },
  quick: { limit: [40] },
  timeout: 5,
  metrics: {
    goodput: perSecond("higher", "queries answered"),
    refused: count("lower", "queries refused"),
    failed: count("lower", "queries that failed otherwise"),
    unfinished: count("lower", "queries unanswered at the end"),
    median: seconds("lower", "wait of the median query, or all the time there was"),
    rampUp: seconds("lower", "time to the first fifty answers"),
    connections: count("lower", "connections asked for at once"),
    tooMany: exact(count("lower", "whether there were too many clients")),
    choked: exact(count("lower", "whether waiting outweighed working")),
  },
  async setup({ limit }): Promise<Downstream> {
    const server = await postgres({ maxConnections: CONNECTIONS });
    return { server, limit, asked: { now: 0, peak: 0 }, clients: new Set(), [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
  },
  variants: {
    pool: told(pooled),
    pullers: told(pullers),
    "p-limit": told(limited),
    adaptive: told(adaptive),
    "client per task": told(clientPerTask),
  },
  claims: {
    "bounded-03": [
      {
        says: "through a pool of 40 the server never has too many clients",
        holds: value("pool", "tooMany").between(0, 0),
        at: { limit: 40 },
      },
      { says: "nor with at most 40 tasks at once (p-limit)", holds: value("p-limit", "tooMany").between(0, 0), at: { limit: 40 } },
    ],
    "bounded-04": [
      {
        says: "the naive loop is under way at once: it has its first fifty answers no later than a pool of 40",
        holds: ratio("client per task", "pool", "rampUp").atMost(1),
        at: { limit: 40 },
      },
    ],
    "bounded-05": [
      {
        says: "unbounded, connections to a server of fifty fail: too many clients",
        holds: value("client per task", "tooMany").between(1, 1),
        at: { limit: 40 },
      },
    ],
    "bounded-08": [
      {
        says: "the database does not cope with 10,000 at once: it refuses some of them",
        holds: value("client per task", "tooMany").between(1, 1),
        at: { limit: 40 },
      },
    ],
    "bounded-10": [
      {
        says: "in a burst of 10,000 on a pool of 40 the median query waits longer for a connection than it takes to be answered",
        holds: value("pool", "choked").between(1, 1),
        at: { limit: 40 },
      },
    ],
    "bounded-11": [
      {
        says: "without a cap the connections are demanded at the same instant: at least ten times as many as a pool of 40 asks for",
        holds: ratio("client per task", "pool", "connections").atLeast(10),
        at: { limit: 40 },
      },
    ],
  },
});
