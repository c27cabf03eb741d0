/** The ways from a laptop to the API server on a gaming PC, and what of them can be restarted. */
import net from "node:net";
import { listen, ServiceUnavailable } from "#lab";
import type { Keys } from "./_keys.ts";
import { GUEST, GUEST_LATER, NETWORK, OWN, type Address } from "./_loopback.ts";
import { startApi, startProxy, startSsh, startTunnel, type ApiProcess, type ProxyProcess, type SshProcess } from "./_processes.ts";

export interface Layout {
  /** Where the API server listens, and where after a restart of the guest. */
  readonly server: string;
  readonly serverLater: string;
  /** The machine in whose name its certificate is made. */
  readonly node: string;
  readonly through: "nothing" | "proxy" | "tunnel" | "kept tunnel";
}

export interface SetUp extends AsyncDisposable {
  /** Where the laptop's kubectl connects. */
  readonly at: Address;
  /** Where the API server is. */
  readonly server: Address;
  /** Processes that take part. */
  readonly pids: readonly number[];
  /** Ends the API server in an instant and starts it where the guest is afterwards. */
  restartGuest(): Promise<void>;
  /** The same for what accepts connections from the network in the server's stead, by the rule that it had; nothing where nothing does. */
  restartDoor(): Promise<void>;
  /** Resolves when nobody is about to log in again. */
  settled(): Promise<void>;
}

/**
 * The guest shares the PC's addresses (WSL2's mirrored mode), has one of its own that only the PC reaches, or is to be reached at the PC's
 * localhost, for which WSL2 itself finds the guest: here the server simply listens there.
 */
export const layouts = {
  direct: { server: NETWORK, serverLater: NETWORK, node: NETWORK, through: "nothing" },
  "port proxy": { server: GUEST, serverLater: GUEST_LATER, node: GUEST, through: "proxy" },
  "port proxy to localhost": { server: OWN, serverLater: OWN, node: GUEST, through: "proxy" },
  "SSH tunnel": { server: OWN, serverLater: OWN, node: GUEST, through: "tunnel" },
  "SSH tunnel, kept up": { server: OWN, serverLater: OWN, node: GUEST, through: "kept tunnel" },
} as const satisfies { readonly [name: string]: Layout };

/** @throws {ServiceUnavailable} this system has no more loopback addresses than one: macOS has only those that were added. */
export async function needsAddresses(): Promise<void> {
  for (const host of [NETWORK, GUEST, GUEST_LATER]) {
    try {
      await (await listen(net.createServer(), { host }))[Symbol.asyncDispose]();
    } catch (error) {
      const { code = "unknown error" } = error as NodeJS.ErrnoException;
      throw new ServiceUnavailable(
        `it needs the loopback addresses ${NETWORK} to ${GUEST_LATER}, and one of them cannot be used (${code})`,
      );
    }
  }
}

export async function setUp({ server, serverLater, through }: Layout, keys: Keys, signal: AbortSignal): Promise<SetUp> {
  await using opened = new AsyncDisposableStack();
  const own = opened.use(await startApi({ host: server, identity: keys.server }, signal));
  const named = own.ready;
  const openDoor = (at: { readonly host: string; readonly port?: number }): Promise<ProxyProcess | SshProcess> =>
    through === "proxy"
      ? startProxy({ ...at, to: named }, signal)
      : startSsh({ ...at, key: keys.host.private, login: keys.login.public, permitted: named }, signal);
  const door = through === "nothing" ? undefined : opened.use(await openDoor({ host: NETWORK }));
  const login = { hostKey: keys.host.public, key: keys.login.private };
  const openTunnel = (server: Address) => startTunnel({ ...login, server, to: named, kept: through === "kept tunnel" }, signal);
  const tunnel = through === "tunnel" || through === "kept tunnel" ? opened.use(await openTunnel(door!.ready)) : undefined;

  const moved = opened.move();
  return {
    at: tunnel?.ready ?? door?.ready ?? named,
    server: named,
    pids: [own, door, tunnel].flatMap((it) => it?.pid ?? []),
    async restartGuest() {
      await ended(own);
      moved.use(await startApi({ host: serverLater, port: named.port, identity: keys.server }, signal));
    },
    async restartDoor() {
      if (!door) return;
      await ended(door);
      moved.use(await openDoor(door.ready));
    },
    settled: async () => void (await tunnel?.ask("settled")),
    [Symbol.asyncDispose]: () => moved.disposeAsync(),
  };
}

/** Ends a process in an instant: it has no time to say goodbye to anybody. */
async function ended(it: ApiProcess | ProxyProcess | SshProcess): Promise<void> {
  it.kill("SIGKILL");
  await it.ended;
}
