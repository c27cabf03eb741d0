/** The processes of the race: the endpoint, two that hold clients, and the folder that these share. */
import { companion, privateDirectory, type Companion } from "#lab";
import type { open as openIdentity, Tally } from "./_identity.ts";
import type { Client, open as openClients, Way } from "./_refreshing.ts";
import { write } from "./_session-file.ts";

/** Seconds that a refresh takes at the endpoint. */
const DELAY = 0.005;
const PROCESSES = 2;

/**
 * Has every one of so many sessions expire, and so many clients of each ask for its token; says what became of them. Without delays (in ms)
 * they ask at once, and no process refreshes before all have read, unless a lock keeps them from it.
 */
export type Burst = (sessions: number, clients: number, delay?: () => number) => Promise<Omit<Tally, "tokens">>;

export interface Place {
  /** The clients spread over so many processes. */
  readonly using: (way: Way, processes: number) => Burst;
}

let place: Promise<Place> | undefined;

/** Those of this process, started by the first trial that asks for them. They go with it, or with the signal. */
export const openedIn = (signal: AbortSignal): Promise<Place> => (place ??= opened(signal));

async function opened(signal: AbortSignal): Promise<Place> {
  const { directory: folder } = await privateDirectory();
  const clientsOf = (): Promise<Companion<typeof openClients>> =>
    companion({ module: new URL("./_refreshing.ts", import.meta.url).href, options: { folder }, signal, name: "process of clients" });
  const [{ ask, ready }, ...holders] = await Promise.all([
    companion<typeof openIdentity>({
      module: new URL("./_identity.ts", import.meta.url).href,
      options: { delay: DELAY },
      signal,
      name: "identity endpoint",
    }),
    ...Array.from({ length: PROCESSES }, clientsOf),
  ]);
  let opened = 0;
  const burst = async (way: Way, processes: number, sessions: number, clients: number, delay?: () => number): ReturnType<Burst> => {
    const { tokens } = await ask(sessions);
    const own: Client[][] = holders.map(() => []);
    for (const token of tokens) {
      const session = `session-${opened++}`;
      write(folder, session, { access: "", refresh: token, expired: true });
      for (let client = 0; client < clients; client++) own[client % processes]!.push({ session, delay: delay?.() ?? 0 });
    }
    const inUse = own.filter((its) => its.length > 0);
    // Whoever holds a lock would wait for those who wait for it. It lets one refresh, whoever comes first.
    const readers = delay || way === "lock" ? 1 : inUse.length;
    await Promise.all(inUse.map((its, index) => holders[index]!.ask({ way, clients: its, port: ready.port, readers })));
    const { refreshes, lost } = await ask(0);
    return { refreshes, lost };
  };
  return { using: (way, processes) => (sessions, clients, delay) => burst(way, processes, sessions, clients, delay) };
}
