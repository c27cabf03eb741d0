import { once } from "node:events";
import type { AddressInfo, Server, Socket } from "node:net";

/** A server on this machine's loopback, gone with all its connections when it is disposed. */
export interface Listening extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
  /** Connections open now. */
  readonly open: () => number;
  [Symbol.asyncDispose](): Promise<void>;
}

const HOST = "127.0.0.1";
/** Clients that may wait to be accepted; the system may allow fewer. */
const BACKLOG = 4096;

/**
 * Has a server of `node:net`, `node:http` or their kin listen.
 * @param at where: 127.0.0.1 and a free port unless given.
 * @throws the system's error where it cannot.
 */
export async function listen(
  server: Server,
  { host = HOST, port = 0 }: { readonly host?: string; readonly port?: number | undefined } = {},
): Promise<Listening> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  server.listen({ host, port, backlog: BACKLOG });
  await once(server, "listening");
  return {
    host,
    port: (server.address() as AddressInfo).port,
    open: () => sockets.size,
    async [Symbol.asyncDispose]() {
      if (!server.listening) return;
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
