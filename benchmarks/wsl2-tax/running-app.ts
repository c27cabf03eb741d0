/**
 * A server of forty modules, started from this disk, from the Windows side where this is WSL, and from a *model* of it (this disk with so
 * many microseconds added to every file operation of the server, the reading of its modules included). Once it runs, it answers requests
 * from memory; at full effort it also serves a page that it reads anew for each of them.
 *
 * What to expect: the boundary is crossed when the program is loaded, and never again by one that has no business with files. So the start
 * is slower and the requests are not. What makes an application slow is its own reading and writing over there, which shows where each
 * request reads a file: it then pays the delay of three operations every time.
 *
 * The title of the post speaks of slow applications, its summary of builds. A Go program is one file where this has forty, so its start
 * pays even less; that a running program does not read its source again is the same for both.
 *
 * How you could be fooled: by a server that is not warm (some hundred requests come first); by a machine that is busy with something else
 * for a moment (the load goes by turns to this server and to one on this disk, a fraction of a second each, and what is compared is their
 * ratio); by a load that the client limits (it is the same client everywhere, and a server that waits for files would show all the same);
 * by a closed loop (it keeps sixteen requests under way and tells how many get done, not how long one waits); and by a server that reads
 * files after all (it counts them, and `touched` must be zero).
 */
import http from "node:http";
import { companion, count, exact, fraction, perSecond, ratio, saturate, scenario, seconds, timed, value, type Stage } from "#lab";
import { firstAnswer, open, writeApp } from "./_app.ts";
import { MEASURED_MICROSECONDS } from "./_calibration.ts";
import { openPlace, type Place, type Workplace } from "./_places.ts";
import article from "./article.ts";

const IN_FLIGHT = 16;
/** The load comes in parts, by turns to this server and to the one that it is compared with. Seconds. */
const PARTS = 8;
const LONGEST_PART = 0.05;
const WARM_UP = 0.05;

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

const references = new Map<number, Promise<(seconds: number) => Promise<number>>>();

/** Load on a server that runs from this disk, started once and ended with this process. */
function reference(reads: number, signal: AbortSignal): Promise<(seconds: number) => Promise<number>> {
  const started = async () => {
    const { directory } = await openPlace("this disk");
    writeApp(directory);
    const { ready } = await start({ directory, added: 0, reads }, signal);
    const load = loadOn(ready.port, new http.Agent({ keepAlive: true, maxSockets: IN_FLIGHT }), signal);
    await load(WARM_UP);
    return load;
  };
  return references.getOrInsertComputed(reads, started);
}

/** Keeps requests under way for so many seconds; returns how many were answered in one. */
const loadOn = (port: number, agent: http.Agent, signal: AbortSignal) => async (window: number) =>
  (await saturate(() => request(port, agent), { inFlight: IN_FLIGHT, window, signal })).perSecond;

async function served(input: Input, { window, signal }: Stage) {
  const onReference = await reference(input.reads, signal);
  const { seconds: startUp, result } = await timed(() => start(input, signal));
  await using server = result;
  const agent = new http.Agent({ keepAlive: true, maxSockets: IN_FLIGHT });
  try {
    const load = loadOn(server.ready.port, agent, signal);
    await load(WARM_UP);
    const requests: number[] = [];
    const compared: number[] = [];
    const part = Math.min(window / 20, LONGEST_PART);
    while (requests.length < PARTS && !signal.aborted) {
      requests.push(await load(part));
      compared.push(requests.at(-1)! / (await onReference(part)));
    }
    const operations = await server.ask("operations");
    return { requests, compared, start: startUp, touched: operations > server.ready.operations ? 1 : 0 };
  } finally {
    agent.destroy();
  }
}

function request(port: number, agent: http.Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = http.get({ host: "127.0.0.1", port, agent }, (answer) => {
      answer.on("end", resolve).on("error", reject).resume();
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
    touched: exact(count("lower", "whether it touched a file while it served")),
  },
  // By turns with a server on this disk: what a neighbour takes from both does not show.
  chart: "compared",
  async setup({ addedMicroseconds: added, readsPerRequest: reads }, { variant }): Promise<Input> {
    const place = await openPlace(variant === "model" ? "this disk" : (variant as Place));
    try {
      writeApp(place.directory);
    } catch (error) {
      await place[Symbol.asyncDispose]();
      throw error;
    }
    return { ...place, reads, added: variant === "model" ? added : 0 };
  },
  agree: ({ directory }) => firstAnswer(directory),
  variants: { "this disk": served, "Windows side": served, model: served },
  claims: {
    "wsl2-tax-03": [
      {
        says: "an application is slow, not only its build: started from the Windows side it answers at most 0.9 times as many requests",
        holds: ratio("Windows side", "this disk", "compared").atMost(0.9),
        at: { readsPerRequest: 0, addedMicroseconds: 240 },
      },
      {
        says: "with 0.24 ms added to each of its file operations a running server answers at most 0.9 times as many requests",
        holds: ratio("model", "this disk", "compared").atMost(0.9),
        at: { readsPerRequest: 0, addedMicroseconds: 240 },
        model: true,
      },
      {
        says: "a running server goes on paying at the boundary: it touches files there while it serves from memory",
        holds: value("model", "touched").between(1, 1),
        at: { readsPerRequest: 0, addedMicroseconds: 240 },
        model: true,
      },
      {
        says: "one that reads a file for each request does pay: with 0.24 ms for each operation at most 0.9 times as many requests",
        holds: ratio("model", "this disk", "compared").atMost(0.9),
        at: { readsPerRequest: 1, addedMicroseconds: 240 },
        model: true,
      },
    ],
  },
});
