/**
 * A server of forty modules, started from this disk, from the Windows side where this is WSL, and from a *model* of it: this disk with so
 * many microseconds added to every file operation of the server and to the reading of its modules (not to the stat and the realpath with
 * which the runtime finds each of them). Once it runs, it answers requests from memory; at full effort it also serves a page that it reads
 * anew for each of them.
 *
 * What to expect: the boundary is crossed when the program is loaded, and never again by one that has no business with files. So the start
 * is slower and the requests are not. What makes an application slow is its own reading and writing over there, which shows where each
 * request reads a file: it then pays the delay of three operations every time.
 *
 * The title of the post speaks of slow applications, its summary of builds. A Go program is one file where this has forty, so its start
 * pays even less; that a running program does not read its source again is the same for both.
 *
 * How you could be fooled: by a server that is not warm (some load comes first); by a machine that is busy with something else
 * for a moment (the load goes by turns to this server and to one on this disk, and what is compared is what each has answered in all of its
 * turns together); by a load that the client limits (it is the same client everywhere, and a server that waits for files would show all the
 * same); by a closed loop (it keeps sixteen requests under way and tells how many get done, not how long one waits); and by a server that
 * needs its files after all (before the load its directory is moved away: `touched` says whether its answers change or fail then).
 */
import { renameSync } from "node:fs";
import http from "node:http";
import { join } from "node:path";
import { companion, count, exact, fraction, perSecond, ratio, saturate, scenario, seconds, timed, value, type Stage } from "#lab";
import { answerFrom, open, writeApp } from "./_app.ts";
import { MEASURED_MICROSECONDS } from "./_calibration.ts";
import { openPlace, type Place, type Workplace } from "./_places.ts";
import article from "./article.ts";

const IN_FLIGHT = 16;
/** The load comes by turns to this server and to the one that it is compared with. */
const TURNS = 4;
/** Seconds. A turn ends when the last request under way is answered, so one much shorter would tell of little but that end. */
const TURN = 0.05;
const WARM_UP = 0.15;
/** What is asked with the application's directory away and again with it back. */
const ASKED = [1, 2, 3, 5, 8, 13, 21, 34];

interface Input extends Workplace {
  readonly added: number;
  readonly reads: number;
}

const start = ({ directory, added, reads }: Omit<Input, keyof AsyncDisposable>, signal: AbortSignal) =>
  companion<typeof open>({
    module: new URL("./_app.ts", import.meta.url).href,
    options: { directory, added, reads },
    signal,
    name: "server",
  });

type Turn = Awaited<ReturnType<typeof saturate>>;
type LoadOf = (window: number) => Promise<Turn>;

const references = new Map<number, Promise<LoadOf>>();

/** Load on a server that runs from this disk, started once and ended with this process. */
function reference(reads: number, signal: AbortSignal): Promise<LoadOf> {
  const started = async () => {
    const directory = applicationIn(await openPlace("this disk"));
    writeApp(directory);
    const { ready } = await start({ directory, added: 0, reads }, signal);
    const load = loadOn(ready.port, new http.Agent({ keepAlive: true, maxSockets: IN_FLIGHT }), signal);
    await load(WARM_UP);
    return load;
  };
  return references.getOrInsertComputed(reads, started);
}

/** A directory of the application's own in a place, so that it can be moved away there. */
const applicationIn = ({ directory }: Workplace): string => join(directory, "app");

/** Keeps requests under way for so many seconds. */
const loadOn =
  (port: number, agent: http.Agent, signal: AbortSignal): LoadOf =>
  (window) =>
    saturate(() => answerOf(1, port, agent), { inFlight: IN_FLIGHT, window, signal });

const perSecondOf = (turns: readonly Turn[]): number =>
  turns.reduce((sum, { finished }) => sum + finished, 0) / turns.reduce((sum, { seconds: lasted }) => sum + lasted, 0);

/** Whether the answers of a server that runs change or fail while the directory that it was started from is away. */
async function needsFiles(directory: string, answers: () => Promise<readonly string[]>): Promise<boolean> {
  const away = `${directory}-away`;
  renameSync(directory, away);
  let without: readonly string[] | undefined;
  try {
    without = await answers();
  } catch {
    // A failure is a change.
  } finally {
    renameSync(away, directory);
  }
  return without?.join() !== (await answers()).join();
}

async function served(input: Input, { window, signal }: Stage) {
  const onReference = await reference(input.reads, signal);
  const { seconds: startUp, result } = await timed(() => start(input, signal));
  await using server = result;
  const agent = new http.Agent({ keepAlive: true, maxSockets: IN_FLIGHT });
  try {
    const { port } = server.ready;
    const touched = await needsFiles(input.directory, () => Promise.all(ASKED.map((it) => answerOf(it, port, agent))));
    const load = loadOn(port, agent, signal);
    await load(WARM_UP);
    const [here, there]: [Turn[], Turn[]] = [[], []];
    const turn = Math.min(window / TURNS, TURN);
    for (let taken = 0; taken < TURNS && !signal.aborted; taken++) {
      here.push(await load(turn));
      there.push(await onReference(turn));
    }
    const requests = perSecondOf(here);
    return { requests, compared: requests / perSecondOf(there), start: startUp, touched: Number(touched) };
  } finally {
    agent.destroy();
  }
}

function answerOf(it: number, port: number, agent: http.Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = http.get({ host: "127.0.0.1", port, path: `/${it}`, agent }, (answer) => {
      let body = "";
      answer.setEncoding("utf8").on("data", (part: string) => (body += part));
      answer.on("end", () => resolve(body)).on("error", reject);
    });
    sent.on("error", reject);
  });
}

export default scenario(article, {
  question: "Does a server run slower because its code lies behind a slow boundary?",
  sweep: { readsPerRequest: [0, 1], addedMicroseconds: MEASURED_MICROSECONDS },
  quick: { readsPerRequest: [0], addedMicroseconds: [240] },
  timeout: 60,
  together: true,
  metrics: {
    requests: perSecond("higher", "requests answered"),
    compared: fraction("higher", "requests, as a share of what a server on this disk answers in the same moments"),
    start: seconds("lower", "time from the start of its process until it serves"),
    touched: exact(count("lower", "whether its answers change or fail while its directory is away")),
  },
  // By turns with a server on this disk: what a neighbour takes from both does not show.
  chart: "compared",
  async setup({ addedMicroseconds: added, readsPerRequest: reads }, { variant }): Promise<Input> {
    const place = await openPlace(variant === "model" ? "this disk" : (variant as Place));
    const directory = applicationIn(place);
    try {
      writeApp(directory);
    } catch (error) {
      await place[Symbol.asyncDispose]();
      throw error;
    }
    return { ...place, directory, reads, added: variant === "model" ? added : 0 };
  },
  agree: ({ directory }) => answerFrom(directory),
  variants: { "this disk": served, "Windows side": served, model: served },
  claims: {
    "wsl2-tax-03": [
      {
        says: "an application is slow, not only its build: started from the Windows side it answers at most 0.9 times as many requests",
        holds: ratio("Windows side", "this disk", "compared").atMost(0.9),
        at: { readsPerRequest: 0, addedMicroseconds: 240 },
      },
      {
        says: "in the model (0.24 ms added to each of its file operations) a running server answers at most 0.9 times as many requests",
        holds: ratio("model", "this disk", "compared").atMost(0.9),
        at: { readsPerRequest: 0, addedMicroseconds: 240 },
        model: true,
      },
      {
        says: "in the model a running server goes on paying at the boundary: with its directory moved away its answers change or fail",
        holds: value("model", "touched").between(1, 1),
        at: { readsPerRequest: 0, addedMicroseconds: 240 },
        model: true,
      },
      {
        says: "in the model (0.24 ms added to each operation) one that reads a file for each request does pay: at most 0.9 times as many",
        holds: ratio("model", "this disk", "compared").atMost(0.9),
        at: { readsPerRequest: 1, addedMicroseconds: 240 },
        model: true,
      },
    ],
  },
});
