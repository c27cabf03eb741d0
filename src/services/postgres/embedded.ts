import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { ServiceUnavailable } from "../unavailable.ts";
import { reachable, serverAccount } from "./account.ts";
import { leaveKept, takeKept } from "./data.ts";
import type { Order, Start } from "./keeper-protocol.ts";
import { dataOf, openInstance, sweptRegistry } from "./registry.ts";
import { configure, freePort, PortTaken, startServer, type Server } from "./server.ts";
import { fillData } from "./template.ts";

const CACHE = fileURLToPath(new URL("../../../node_modules/.cache/assay/postgres", import.meta.url));
/** What Postgres itself would allow. */
const CONNECTIONS = 100;
const PORTS_TRIED = 5;
/** Postgres gives its own processes 5 s before it kills them. */
const PATIENCE = 6000; // ms

/** Starts a Postgres of our own in a new private directory, having first cleared what dead owners left. */
export const startEmbedded: Start = async (order, signal) => {
  const root = await sweptRegistry();
  const account = serverAccount();
  const binaries = reachable(order.binaries!, account, root);
  const instance = await openInstance();
  const { directory } = instance;
  const data = dataOf(directory);
  const { data: store = {} } = order;
  let password: string | undefined;
  let server: Server | undefined;
  let closing: Promise<string | undefined> | undefined;
  const close = (): Promise<string | undefined> =>
    (closing ??= (async () => {
      const how = store.to === undefined || password === undefined ? await ended(server?.kill()) : await settled();
      // Whether it obeyed, and what else may work there, is asked again before anything is removed.
      await instance[Symbol.asyncDispose]();
      return how;
    })());
  const settled = async (): Promise<string | undefined> => {
    const how = await server?.stop();
    try {
      if (how === undefined) leaveKept(store.to!, data, password!);
    } catch {
      // The run that they were kept for is over.
    }
    return how;
  };
  try {
    password =
      takeKept(store, data, account) ?? (await fillData({ data, scratch: directory, caches: [CACHE, root] }, binaries, account, signal));
    const maxConnections = order.maxConnections ?? CONNECTIONS;
    const start = async (triesLeft: number): Promise<{ port: number; server: Server }> => {
      const port = await freePort();
      configure(data, settings(order, port, maxConnections));
      try {
        return { port, server: await startServer(binaries.postgres, data, join(directory, "log"), account, signal) };
      } catch (error) {
        if (!(error instanceof PortTaken)) throw error;
        if (triesLeft === 0) throw new ServiceUnavailable(`it needs Postgres, for which no port was free in ${PORTS_TRIED} tries`);
        return start(triesLeft - 1);
      }
    };
    const started = await start(PORTS_TRIED - 1);
    server = started.server;
    return {
      connection: { host: "127.0.0.1", port: started.port, user: "postgres", password, database: "postgres" },
      maxConnections,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
};

/** Waits for the end of a server that was killed, within reason. */
const ended = (killed: Promise<string | undefined> | undefined): Promise<string | undefined> =>
  Promise.race([killed, setTimeout(PATIENCE, undefined, { ref: false })]);

/**
 * Everything is Postgres's own default (above all `fsync`, `full_page_writes` and `synchronous_commit`: a commit is on disk when it
 * returns), except what follows. The order's settings come in between, so that they can overrule the first and never the last.
 */
function settings(order: Order, port: number, maxConnections: number): Record<string, string> {
  return {
    // initdb takes less where a machine is short of memory, and results of two machines would differ by it.
    shared_buffers: "128MB",
    timezone: "UTC",
    log_timezone: "UTC",
    // The superuser is the only user: kept places would be places that a load cannot fill.
    superuser_reserved_connections: "0",
    // Inside the private directory instead of /dev/shm: gone with it, and not limited to a container's 64 MB.
    dynamic_shared_memory_type: "mmap",
    ...order.settings,
    max_connections: String(maxConnections),
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: "",
    bonjour: "off",
    logging_collector: "off",
    // A load of refused clients and failed statements would otherwise measure the log. At the end, for it also hides what is wrong with
    // the settings after it.
    log_min_messages: order.settings.log_min_messages ?? "fatal",
  };
}
