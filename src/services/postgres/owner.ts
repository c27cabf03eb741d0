import { spawn, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { ServiceFailed } from "../failed.ts";
import { ServiceUnavailable } from "../unavailable.ts";
import type { News, Order, Started } from "./keeper-protocol.ts";

const KEEPER = fileURLToPath(new URL("./keeper.ts", import.meta.url));
const PATIENCE = 25_000; // ms: initdb on a busy machine, then the 20 s that the server itself has
const GRACE = 15_000; // ms: Postgres gives its own processes 5 s before it kills them
const WRITING = 140_000; // ms: data that are kept have to be written first

interface KeptAlive extends Started {
  /** Has the keeper end and remove it, and waits for that. Repeated calls wait for the same. @throws {ServiceFailed} it had ended before. */
  readonly release: () => Promise<void>;
}

/**
 * Starts a keeper and waits for what it starts. Neither keeps this process alive by itself.
 * @throws {ServiceUnavailable} @throws {ServiceFailed} as the keeper says; nothing is left then.
 */
export async function keep(order: Order): Promise<KeptAlive> {
  const { NODE_OPTIONS: _options, NODE_V8_COVERAGE: _coverage, ...env } = process.env;
  const keeper = spawn(process.execPath, [KEEPER], {
    env,
    stdio: ["ignore", "ignore", "ignore", "ipc"],
    // Not in the group of this process, with which it would be killed.
    detached: true,
    windowsHide: true,
  });
  const gone = goneOf(keeper);
  let ended: string | undefined;
  keeper.on("message", (news: News) => {
    if (news.news === "ended") ended = news.how;
  });
  const leave = async (): Promise<void> => {
    keeper.ref();
    keeper.channel?.ref();
    if (keeper.connected) keeper.send("stop", () => {});
    const impatience = setTimeout(() => keeper.kill("SIGKILL"), order.data?.to === undefined ? GRACE : WRITING);
    const wrong = await gone;
    clearTimeout(impatience);
    ended ??= wrong;
  };
  let released: Promise<void> | undefined;
  const release = (): Promise<void> =>
    (released ??= leave().then(() => {
      if (ended !== undefined) throw new ServiceFailed(`Postgres ended while it was in use: ${ended}`);
    }));
  try {
    const started = await firstNews(keeper, order, gone);
    keeper.unref();
    keeper.channel?.unref();
    return { ...started, release };
  } catch (error) {
    await leave();
    throw error;
  }
}

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
  const heard = new Promise<News>((resolve) => keeper.once("message", resolve));
  let clock: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => (clock = setTimeout(resolve, PATIENCE, `it was not ready after ${PATIENCE / 1000} s`)));
  keeper.send(order, () => {});
  const first = await Promise.race([heard, late, gone.then((how) => how ?? "the process that keeps it ended")]);
  clearTimeout(clock);
  if (typeof first === "string") throw new ServiceFailed(`Postgres could not be started: ${first}`);
  if (first.news === "unavailable") throw new ServiceUnavailable(first.because);
  if (first.news !== "ready") throw new ServiceFailed(first.news === "failed" ? first.message : first.how);
  return { connection: first.connection, maxConnections: first.maxConnections };
}
