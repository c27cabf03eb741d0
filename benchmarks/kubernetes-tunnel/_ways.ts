/** The ways to one API server over a network that takes its time; what they are made of is started once, for all trials of a round. */
import { relay } from "#lab";
import { keys, type Keys } from "./_keys.ts";
import { OWN, type Address } from "./_loopback.ts";
import { startApi, startProxy, startSsh, startTunnel } from "./_processes.ts";
import type { Cipher } from "./_ssh-client.ts";

export interface Way {
  readonly keys: Keys;
  /** Where kubectl connects. */
  readonly at: Address;
  /** Seconds that the processes between kubectl and the API server have worked so far; the network is none of them. */
  worked(): Promise<number>;
  /** Has the API server make its answer of so many bytes, so that nobody waits for that. */
  prepared(bytes: number): Promise<void>;
}

/** Between laptop and PC: nothing, or a relay whose delay is so many milliseconds there and back. */
export const networks = ["none", "0 ms", "10 ms", "50 ms"] as const;
export type Network = (typeof networks)[number];

/** Seconds there and back. */
export const roundTripOf = (network: Network): number => (network === "none" ? 0 : Number.parseInt(network, 10) / 1e3);

export type OpenWay = (network: Network, signal: AbortSignal) => Promise<Way>;

const started = new Map<string, Promise<unknown>>();

/**
 * What the first who asks has started. Nobody closes it, because the next one wants it; it goes with the process. What could not be
 * started is tried again by who asks next.
 */
export function shared<T>(name: string, start: () => Promise<T>): Promise<T> {
  const running = started.get(name) as Promise<T> | undefined;
  if (running) return running;
  const it = start();
  started.set(name, it);
  it.catch(() => started.delete(name));
  return it;
}

const cluster = (signal: AbortSignal) =>
  shared("cluster", async () => {
    const made = await keys(OWN);
    const api = await startApi({ host: OWN, identity: made.server }, signal);
    return { keys: made, api, prepared: (bytes: number) => api.ask({ bytes }) };
  });

const proxyTo = (to: Address, signal: AbortSignal) => shared("proxy", () => startProxy({ host: OWN, to }, signal));

const sshFor = ({ host, login }: Keys, permitted: Address, signal: AbortSignal) =>
  shared("ssh", () => startSsh({ host: OWN, key: host.private, login: login.public, permitted }, signal));

/** The address of a server as the laptop sees it, a network away. */
async function distant({ host, port }: Address, network: Network): Promise<Address> {
  if (network === "none") return { host, port };
  return shared(`${port}, ${network} away`, async () => {
    const { host, port: there } = await relay({ port, delay: roundTripOf(network) / 2 });
    return { host, port: there };
  });
}

async function working(processes: readonly { ask(question: "cpu"): Promise<number> }[]): Promise<number> {
  const seconds = await Promise.all(processes.map((it) => it.ask("cpu")));
  return seconds.reduce((sum, it) => sum + it, 0);
}

export const direct: OpenWay = async (network, signal) => {
  const { keys, api, prepared } = await cluster(signal);
  return { keys, at: await distant(api.ready, network), worked: () => working([]), prepared };
};

export const portProxy: OpenWay = async (network, signal) => {
  const { keys, api, prepared } = await cluster(signal);
  const proxy = await proxyTo(api.ready, signal);
  return { keys, at: await distant(proxy.ready, network), worked: () => working([proxy]), prepared };
};

export const tunnel =
  (cipher: Cipher): OpenWay =>
  async (network, signal) => {
    const { keys, api, prepared } = await cluster(signal);
    const ssh = await sshFor(keys, api.ready, signal);
    const server = await distant(ssh.ready, network);
    const { host, login } = keys;
    const client = await shared(`${cipher}, ${network}`, () =>
      startTunnel({ server, hostKey: host.public, key: login.private, to: api.ready, kept: false, cipher }, signal),
    );
    return { keys, at: client.ready, worked: () => working([ssh, client]), prepared };
  };
