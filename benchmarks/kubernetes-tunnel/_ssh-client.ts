/** `ssh -N -L`, in a process of its own: it logs in, and whoever connects to its port on loopback is forwarded by the server. */
import net from "node:net";
import { setTimeout } from "node:timers/promises";
import ssh2 from "ssh2";
import { listen, type OpenCompanion } from "#lab";
import type { KeyPair } from "./_keys.ts";
import { OWN, join, type Address } from "./_loopback.ts";
import { processorTime } from "./_port-proxy.ts";

export type Cipher = "chacha20-poly1305@openssh.com" | "aes128-gcm@openssh.com";

export interface Login {
  readonly server: Address;
  /** Only to the server that has this key. */
  readonly hostKey: KeyPair["public"];
  readonly key: KeyPair["private"];
  readonly cipher?: Cipher | undefined;
}

export interface Tunnel extends Login {
  /** Where the server is to forward to. */
  readonly to: Address;
  /** Whether it logs in again when the connection is lost, as autossh does. Without, it ends, as ssh does. */
  readonly kept: boolean;
}

/** Seconds before it tries to log in again. */
const PAUSE = 0.05;
/** Seconds. */
const LOGIN_TIMEOUT = 5;

/** @throws what went wrong: nobody there, another server, or, with the level `client-authentication`, that this key is not let in. */
export async function logIn({ server, hostKey, key, cipher }: Login): Promise<ssh2.Client> {
  const known = ssh2.utils.parseKey(hostKey);
  if (known instanceof Error) throw known;
  const client = new ssh2.Client();
  const { promise: ready, resolve, reject } = Promise.withResolvers<void>();
  // More than one thing may go wrong with a connection; of those after the login only its end is heard.
  client.on("error", reject).once("ready", resolve);
  client.once("close", () => reject(new Error("the connection was closed before the login was over")));
  client.connect({
    ...server,
    username: "admin",
    privateKey: key,
    hostVerifier: (shown: Buffer) => shown.equals(known.getPublicSSH()),
    readyTimeout: LOGIN_TIMEOUT * 1e3,
    ...(cipher && { algorithms: { cipher: [cipher] } }),
  });
  await ready;
  client.setNoDelay(true);
  return client;
}

/** A connection from the server to a place that it permits. @throws it does not, or nobody is there. */
export const forward = (client: ssh2.Client, { host, port }: Address): Promise<ssh2.ClientChannel> =>
  new Promise((resolve, reject) => {
    client.forwardOut(OWN, 0, host, port, (error, channel) => (error ? reject(error) : resolve(channel)));
  });

/** `settled` is answered when it is connected, or will never be again. */
export const open: OpenCompanion<Tunnel, Address, "cpu" | "settled", number> = async (tunnel) => {
  let client = await logIn(tunnel);
  let settled = Promise.resolve();
  const over = new AbortController();

  const server = net.createServer({ allowHalfOpen: true, noDelay: true, pauseOnConnect: true }, (socket) => void carry(socket));
  const listening = await listen(server, { host: OWN });

  async function carry(socket: net.Socket): Promise<void> {
    try {
      join(socket, await forward(client, tunnel.to));
    } catch {
      socket.on("error", () => {}).resetAndDestroy();
    }
  }

  async function again(): Promise<void> {
    while (!over.signal.aborted) {
      try {
        client = await logIn(tunnel);
        watch();
        return;
      } catch {
        await setTimeout(PAUSE * 1e3);
      }
    }
  }

  /** A connection that was lost a moment ago may still look alive to who does not use it. */
  async function heard(): Promise<void> {
    try {
      (await forward(client, tunnel.to)).destroy();
    } catch {
      // Lost, or the server itself is not there: the former ends the connection.
    }
  }

  function watch(): void {
    client.once("close", () => {
      if (over.signal.aborted) return;
      settled = tunnel.kept ? again() : listening[Symbol.asyncDispose]();
    });
  }
  watch();

  return {
    ready: { host: OWN, port: listening.port },
    async answer(question) {
      if (question === "settled") {
        await heard();
        await settled;
      }
      return processorTime();
    },
    async [Symbol.asyncDispose]() {
      over.abort();
      await listening[Symbol.asyncDispose]();
      client.end();
    },
  };
};
