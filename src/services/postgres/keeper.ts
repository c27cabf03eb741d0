import { ServiceUnavailable } from "../unavailable.ts";
import { STOP, type Kept, type News, type Order, type Start } from "./keeper-protocol.ts";

/**
 * The process that starts a Postgres, keeps it, and removes it when its owner lets go of the channel between them. The system closes that
 * channel however the owner ends, by kill -9 as well, and this process is in no group or terminal session that the owner's end would
 * take along. So nothing has to be noticed by a timer, and nothing is left to the owner's good behaviour. One after the other it may keep
 * several: starting this process takes longer than starting a server.
 */
const stop = new AbortController();
let starting: Promise<Kept | undefined> | undefined;

process.on("message", (message: Order | typeof STOP) => {
  if (message === STOP) void close();
  else starting = serve(message);
});
process.once("disconnect", () => void leave());
for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, () => void leave());

async function serve(order: Order): Promise<Kept | undefined> {
  try {
    const start: Start = order.binaries ? (await import("./embedded.ts")).startEmbedded : (await import("./shared.ts")).openShared;
    const { close, ...started } = await start(order, stop.signal);
    await say({ news: "ready", ...started });
    return { ...started, close };
  } catch (error) {
    if (error instanceof ServiceUnavailable) await say({ news: "unavailable", because: error.because });
    else await say({ news: "failed", message: error instanceof Error ? error.message : String(error) });
    return undefined;
  }
}

async function close(): Promise<void> {
  try {
    const how = await (await starting)?.close();
    await say({ news: "closed", ...(how !== undefined && { how }) });
  } catch {
    process.exit(1);
  }
}

let leaving = false;
async function leave(): Promise<void> {
  if (leaving) return;
  leaving = true;
  stop.abort();
  try {
    await (await starting)?.close();
    process.exit(0);
  } catch {
    process.exit(1);
  }
}

/** An owner that is gone hears nothing, and that is no error. */
async function say(news: News): Promise<void> {
  if (process.connected) await new Promise<void>((resolve) => process.send!(news, () => resolve()));
}
