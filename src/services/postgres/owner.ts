import { spawn, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { ServiceFailed } from "../failed.ts";
import { ServiceUnavailable } from "../unavailable.ts";
import { STOP, type News, type Order, type Started } from "./keeper-protocol.ts";

const KEEPER = fileURLToPath(new URL("./keeper.ts", import.meta.url));
const PATIENCE = 25_000; // ms: initdb on a busy machine, then the 20 s that the server itself has
const GRACE = 15_000; // ms: Postgres gives its own processes 5 s before it kills them
const ENDED = "the process that keeps it ended";
const WRITING = 140_000; // ms: data that are kept have to be written first

interface KeptAlive extends Started {
  /** Has the keeper end and remove it, and waits for that. Repeated calls wait for the same. @throws {ServiceFailed} it had ended before. */
  readonly release: () => Promise<void>;
}

/** A process that can keep something. */
interface Keeper {
  readonly child: ChildProcess;
  /** Its end, as `goneOf` tells it. */
  readonly gone: Promise<string | undefined>;
  /** What it has read as it started: which server `DATABASE_URL` names, where temporary files go. */
  readonly environment: string;
}

/** Those that keep nothing at the moment. They end with this process. */
const idle: Keeper[] = [];

/** It ended before it said anything. */
class KeeperEnded extends ServiceFailed {}

function freshKeeper(env: NodeJS.ProcessEnv, environment: string): Keeper {
  const child = spawn(process.execPath, [KEEPER], {
    env,
    stdio: ["ignore", "ignore", "ignore", "ipc"],
    // Not in the group of this process, with which it would be killed.
    detached: true,
    windowsHide: true,
  });
  return { child, gone: goneOf(child), environment };
}

/** One that is idle, if it was started in today's environment; otherwise a fresh one. */
function keeperFor(): Keeper {
  const { NODE_OPTIONS: _options, NODE_V8_COVERAGE: _coverage, ...env } = process.env;
  const environment = JSON.stringify(env);
  const fits = idle.findIndex((it) => it.environment === environment);
  const [found] = fits < 0 ? [] : idle.splice(fits, 1);
  return found ?? freshKeeper(env, environment);
}

/**
 * Has a keeper start what is ordered, and waits for that. None keeps this process alive by itself.
 * @throws {ServiceUnavailable} @throws {ServiceFailed} as the keeper says; nothing is left then.
 */
export async function keep(order: Order): Promise<KeptAlive> {
  const waiting = idle.length;
  const keeper = keeperFor();
  const reused = idle.length < waiting;
  const { child, gone } = keeper;
  const impatient = (): NodeJS.Timeout => setTimeout(() => child.kill("SIGKILL"), order.data?.to === undefined ? GRACE : WRITING);
  const held = (how: "ref" | "unref"): void => {
    child[how]();
    child.channel?.[how]();
  };
  const close = async (): Promise<void> => {
    held("ref");
    const last = nextNews(child);
    child.send(STOP, () => {});
    const impatience = impatient();
    const news = await Promise.race([last, gone]);
    clearTimeout(impatience);
    let how = ENDED;
    if (typeof news === "string") how = news;
    else if (news?.news === "closed") {
      held("unref");
      idle.push(keeper);
      if (news.how === undefined) return;
      how = news.how;
    }
    throw new ServiceFailed(`Postgres ended while it was in use: ${how}`);
  };
  let released: Promise<void> | undefined;
  try {
    held("ref");
    const started = await firstNews(child, order, gone);
    held("unref");
    return { ...started, release: () => (released ??= close()) };
  } catch (error) {
    // It leaves when the channel closes, and takes along whatever was begun.
    if (child.connected) child.disconnect();
    const impatience = impatient();
    await gone;
    clearTimeout(impatience);
    // It was ended while nobody needed it, and that was not noticed.
    if (reused && error instanceof KeeperEnded) return keep(order);
    throw error;
  }
}

const nextNews = (keeper: ChildProcess): Promise<News> => new Promise((resolve) => keeper.once("message", resolve));

/** Resolves when the keeper has ended and all that it said has been heard, with what was wrong about its end if anything was. */
async function goneOf(keeper: ChildProcess): Promise<string | undefined> {
  const silent = new Promise((resolve) => keeper.once("disconnect", resolve));
  const how = await new Promise<string | undefined>((resolve) => {
    keeper.once("error", (error) => resolve(`the process that keeps it could not be started (${error.message})`));
    keeper.once("exit", (code, killedBy) =>
      resolve(code === 0 ? undefined : `the process that keeps it ended (${killedBy ?? `code ${code}`})`),
    );
  });
  if (keeper.connected) await silent;
  return how;
}

async function firstNews(keeper: ChildProcess, order: Order, gone: Promise<string | undefined>): Promise<Started> {
  const heard = nextNews(keeper);
  let clock: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => (clock = setTimeout(resolve, PATIENCE, `it was not ready after ${PATIENCE / 1000} s`)));
  keeper.send(order, () => {});
  const first = await Promise.race([heard, late, gone.then((how) => ({ ended: how ?? ENDED }))]);
  clearTimeout(clock);
  if (typeof first === "object" && "ended" in first) throw new KeeperEnded(`Postgres could not be started: ${first.ended}`);
  if (typeof first === "string") throw new ServiceFailed(`Postgres could not be started: ${first}`);
  if (first.news === "unavailable") throw new ServiceUnavailable(first.because);
  if (first.news !== "ready") throw new ServiceFailed(first.news === "failed" ? first.message : "Postgres could not be started");
  return { connection: first.connection, maxConnections: first.maxConnections };
}
