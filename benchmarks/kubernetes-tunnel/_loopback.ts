/** Addresses of this machine's loopback, each of which plays another machine's, and what listens there. */
import { once } from "node:events";
import net from "node:net";
import type { Duplex } from "node:stream";

export interface Address {
  readonly host: string;
  readonly port: number;
}

export interface Listening extends Address {
  [Symbol.asyncDispose](): Promise<void>;
}

/** Each machine's own loopback: the laptop's, and the gaming PC's. */
export const OWN = "127.0.0.1";
/** The PC as the local network sees it. */
export const NETWORK = "127.0.0.2";
/** The WSL2 guest as only the PC sees it, before a restart and after it. */
export const GUEST = "127.0.0.3";
export const GUEST_LATER = "127.0.0.4";

/**
 * Has a server listen. It is gone with all its connections when it is disposed.
 * @param port a free one unless given.
 * @throws the system's error where it cannot.
 */
export async function listenAt(server: net.Server, host: string, port = 0): Promise<Listening> {
  const sockets = new Set<net.Socket>();
  server.on("connection", (socket: net.Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  server.listen({ host, port });
  await once(server, "listening");
  return {
    host,
    port: (server.address() as net.AddressInfo).port,
    async [Symbol.asyncDispose]() {
      if (!server.listening) return;
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Passes bytes on both ways, each way as long as it lasts. What breaks on one side is broken off on the other. */
export function join(one: Duplex, other: Duplex): void {
  one.pipe(other).pipe(one);
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.on("error", () => to.destroy());
    from.on("close", () => {
      if (!from.readableEnded || !from.writableFinished) to.destroy();
    });
  }
}
