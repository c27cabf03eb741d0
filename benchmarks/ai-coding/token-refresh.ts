/**
 * A token has expired, and several requests find out at once. The code that the post was given looks at the expiry, asks for a new token if
 * it must, and stores it: check, then act. Whoever looks in between asks as well, with the same refresh token; and an identity endpoint
 * that follows the current advice takes a refresh token that comes twice for a stolen one and ends the session. The user has to log in
 * again.
 *
 * The endpoint here is a process of its own that speaks HTTP and answers after 5 ms; the clients are one or two other processes that keep
 * the tokens in a file. *Single flight* has all clients of a process wait for one refresh; *in two processes* it is as good as it gets
 * without a lock; the *lock* is a file that only one process can create. A test of one client at a time is the sweep's first point. The
 * smallest concurrent test is the second: two clients at once. `seconds` is what such a test takes, `unseen` how often it runs in vain
 * before it sees the loss; like most tests it runs in one process, and so it never sees what two processes do to each other. Then the same
 * clients come at random within 100 ms, as the requests of one page do: that is what use looks like.
 *
 * In Go two goroutines race whenever they like; in Node nothing comes between two lines without an `await`, but here there is one between
 * the check and the act, so two clients of one tick lose every time. Go's race detector sees memory that two goroutines touch and would say
 * nothing: this race is about a row in somebody else's database.
 *
 * How you could be fooled: by a test of which the clients do not overlap (at once they start in one tick, and where there are two processes
 * both have read before either refreshes, unless a lock keeps one from it: what is lost then is what can be lost, not how often); by an
 * endpoint that forgives (some accept a used token for a few seconds, which hides the race); by one that is next door (the longer a refresh
 * takes the more look in between: 5 ms is little); and by the hours of whoever looked for it, which no program can run: what is tested is
 * which test sees it, and how soon. How often it shows in use follows from how long a refresh takes and how requests come: what is claimed
 * of `spared` names the two figures that this file chose for that, and is a model.
 */
import { count, exact, fraction, ratio, scenario, seconds, timed, value, type Stage } from "#lab";
import { openedIn, type Burst, type Place } from "./_processes.ts";
import type { Way } from "./_refreshing.ts";
import article from "./article.ts";

/** Runs of the concurrent test, each on a session of its own. */
const RUNS = 4;
const WARM_UP = 2;
/** Milliseconds within which the requests of one page come. */
const PAGE = 100;
/** Sessions that are used, and clients of all of them together, at most. */
const SESSIONS = 64;
const CLIENTS = 512;

/** Has all clients of a session come at once, run after run. */
async function atOnce(burst: Burst, clients: number) {
  let [refreshes, lost, unseen, spent] = [0, 0, 0, 0];
  for (let run = 0; run < RUNS; run++) {
    const { seconds: took, result } = await timed(() => burst(1, clients));
    refreshes += result.refreshes;
    lost += result.lost;
    spent += took;
    if (lost === 0) unseen++;
  }
  return { refreshes: refreshes / RUNS, lost, unseen, seconds: spent / RUNS };
}

const told =
  (way: Way, processes: number) =>
  async ({ place, clients }: { readonly place: Place; readonly clients: number }, { random }: Stage) => {
    const burst = place.using(way, processes);
    // The first burst of a process compiles what takes part in all of them.
    for (let time = 0; time < WARM_UP; time++) await burst(1, clients);
    const { refreshes, lost, ...own } = await atOnce(burst, clients);
    // Tests share a process, whatever the program will do.
    const { unseen, seconds } = processes === 1 ? own : await atOnce(place.using(way, 1), clients);
    const sessions = Math.min(SESSIONS, Math.floor(CLIENTS / clients));
    // A client that is alone comes first whenever it comes.
    const inUse = clients === 1 ? lost / RUNS : (await burst(sessions, clients, () => random() * PAGE)).lost / sessions;
    return { refreshes, lost: lost > 0 ? 1 : 0, unseen, spared: 1 - inUse, seconds };
  };

export default scenario(article, {
  question: "How many refreshes does one expiry cost?",
  sweep: { clients: [1, 2, 4, 16, 64, 256] },
  quick: { clients: [1, 2, 64] },
  timeout: 20,
  together: true,
  metrics: {
    refreshes: count("lower", "refreshes of one expiry; a second one ends the session"),
    lost: exact(count("lower", "whether a session is lost in four runs at once")),
    unseen: exact(count("lower", "runs of a test in one process that see nothing before one does, of four")),
    spared: fraction("higher", "sessions kept, clients within 100 ms"),
    seconds: seconds("lower", "time of one run of that test"),
  },
  setup: async ({ clients }, { signal }) => ({ place: await openedIn(signal), clients }),
  variants: {
    "check then act": told("check then act", 1),
    "single flight": told("single flight", 1),
    "single flight in two processes": told("single flight", 2),
    "lock, two processes": told("lock", 2),
  },
  claims: {
    "ai-coding-04": [
      {
        says: "to check and then to act is a race: of four sessions with two clients at once some are lost",
        holds: value("check then act", "lost").between(1, 1),
        at: { clients: 2 },
      },
      {
        says: "nothing else is wrong: where both wait for one refresh no session is lost",
        holds: value("single flight", "lost").between(0, 0),
        at: { clients: 2 },
      },
      {
        says: "it is hard to find: a test of one client at a time never loses a session",
        holds: value("check then act", "lost").between(0, 0),
        at: { clients: 1 },
      },
      {
        says: "it is hard to find even for a test with two clients at once: at least one run sees nothing",
        holds: value("check then act", "unseen").atLeast(1),
        at: { clients: 2 },
      },
      {
        says: "it hides in use: at 5 ms a refresh and two requests in 100 ms at least half as many sessions survive as with single flight",
        holds: ratio("check then act", "single flight", "spared").atLeast(0.5),
        at: { clients: 2 },
        model: true,
      },
    ],
  },
});
