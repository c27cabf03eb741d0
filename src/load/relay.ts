import net from "node:net";
import { Line, type Link } from "./line.ts";
import { listen, type Listening } from "./listen.ts";
import { Metronome } from "./metronome.ts";
import { CONNECT_TIMEOUT } from "./target.ts";

export interface RelayOptions {
  /** Where the server listens. */
  readonly port: number;
  /** 127.0.0.1 unless given. */
  readonly host?: string;
  /** Seconds that bytes are under way, each way: half of the round trip. */
  readonly delay: number;
  /** Bytes a second, each way, shared by all connections as a link is; unlimited unless given. */
  readonly bandwidth?: number;
  /** Connections at most; what comes beyond is reset and counted. Unlimited unless given. */
  readonly connections?: number;
}

export interface Relay extends Listening {
  /** Connections turned away so far because the limit was reached. */
  readonly refused: () => number;
}

/** Bytes that one connection may have under way where the link has no bandwidth to tell; about what a large TCP window holds. */
const WINDOW = 16 * 1024 * 1024;
const LEAST_WINDOW = 256 * 1024;

/**
 * A model of a distant network: passes TCP on to a server on this machine and delays every byte, each way, from when it arrives. Order is
 * kept, and so are half-closed connections and resets; a receiver that does not read stops the sender.
 *
 * A new connection costs a round trip, as TCP's handshake would: the client's socket connects at once, but its first bytes are held
 * as if it had had to wait. A connection carries at most `window / delay` bytes a second, 16 MiB a window (twice what the link holds,
 * where it has a bandwidth). Loss, jitter and slow start are not part of the model.
 * @throws {RangeError} where delay, bandwidth or limit cannot be meant.
 */
export async function relay(options: RelayOptions): Promise<Relay> {
  const { port, host = "127.0.0.1", delay, bandwidth = Infinity, connections = Infinity } = options;
  if (!(delay >= 0 && Number.isFinite(delay))) throw new RangeError(`a relay's delay is 0 s or more, not ${delay}`);
  if (!(bandwidth > 0)) throw new RangeError(`a relay's bandwidth is more than 0 B/s, not ${bandwidth}`);
  if (!(connections >= 0)) throw new RangeError(`a relay's limit is 0 connections or more, not ${connections}`);

  const clock = await Metronome.start();
  const closing = new AbortController();
  const window = bandwidth === Infinity ? WINDOW : Math.max(LEAST_WINDOW, 2 * delay * bandwidth);
  const link = (): Link => ({ delay, bandwidth, window, clock, closing: closing.signal, freeAt: 0 });
  const [there, back] = [link(), link()];
  const carried = new Set<Promise<void>>();
  let refused = 0;

  async function carry(client: net.Socket): Promise<void> {
    const connected = clock.now() + 2 * delay;
    const server = new net.Socket({ allowHalfOpen: true });
    server.setNoDelay(true);
    const outward = new Line(client, server, there, connected);
    const inward = new Line(server, client, back);
    const abandon = (): void => {
      client.destroy();
      server.destroy();
    };
    closing.signal.addEventListener("abort", abandon, { once: true });
    await clock.waitUntil(connected + delay, closing.signal);
    if (!closing.signal.aborted) {
      const giveUp = setTimeout(() => server.destroy(new Error(`no connection within ${CONNECT_TIMEOUT} s`)), CONNECT_TIMEOUT * 1e3);
      const settled = (): void => clearTimeout(giveUp);
      server.once("connect", settled).once("close", settled);
      server.connect({ host, port });
      await Promise.all([outward.deliver(), inward.deliver()]);
    }
    closing.signal.removeEventListener("abort", abandon);
    abandon();
  }

  const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    if (carried.size >= connections) {
      refused++;
      client.on("error", () => {}).resetAndDestroy();
      return;
    }
    const carrying = carry(client).finally(() => carried.delete(carrying));
    carried.add(carrying);
  });
  const listening = await listen(server);
  return {
    ...listening,
    open: () => carried.size,
    refused: () => refused,
    async [Symbol.asyncDispose]() {
      closing.abort();
      await listening[Symbol.asyncDispose]();
      await Promise.all(carried);
      await clock[Symbol.asyncDispose]();
    },
  };
}
