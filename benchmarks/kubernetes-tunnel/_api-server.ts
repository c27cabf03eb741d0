/**
 * A stand-in for the API server of Kubernetes, in a process of its own: TLS that asks for the client's certificate, and the kinds of
 * traffic that kubectl makes. What it says means nothing; how it is said is what kubectl's traffic is made of.
 *
 * - `GET /version` is answered to anybody, as Kubernetes does; all else only to who shows the user's certificate.
 * - `GET /bytes/<n>`: an answer of so many bytes, as `kubectl get`.
 * - `POST /apply`: a body, answered with its digest, as `kubectl apply`.
 * - `GET /log`: an answer that does not end. A line is added to it by `POST /line`. As `kubectl logs -f`.
 * - `Upgrade: exec`: a prompt, then each line of input is answered while the connection stays open both ways, as `kubectl exec -it`.
 * - `Upgrade: echo`: every byte comes back, as to whoever uses `kubectl port-forward`.
 */
import { createHash, randomFillSync } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import https from "node:https";
import { createInterface } from "node:readline";
import type { Duplex } from "node:stream";
import { buffer, text } from "node:stream/consumers";
import type { TLSSocket } from "node:tls";
import { listen, type OpenCompanion } from "#lab";
import type { Identity } from "./_keys.ts";
import type { Address } from "./_loopback.ts";

export interface ApiServer {
  readonly host: string;
  readonly port?: number | undefined;
  readonly identity: Identity;
}

/** What it says of itself to anybody. */
export const VERSION = "v1.34.1+k3s1";
export const PROMPT = "# ";

/** What it is told beforehand: to make its answer of so many bytes. */
export interface Prepare {
  readonly bytes: number;
}

export const open: OpenCompanion<ApiServer, Address, Prepare, void> = async ({ host, port, identity: { authority, certificate, key } }) => {
  const server = https.createServer({ ca: authority, cert: certificate, key, requestCert: true, rejectUnauthorized: false });
  const followers = new Set<ServerResponse>();
  server.on("request", (request, response) => {
    // A body that is broken off is no fault of the server's.
    answer(request, response, followers).catch(() => response.destroy());
  });
  server.on("upgrade", upgrade);
  const listening = await listen(server, { host, port });
  return {
    ready: { host, port: listening.port },
    answer: ({ bytes }) => void payload(bytes),
    [Symbol.asyncDispose]: () => listening[Symbol.asyncDispose](),
  };
};

const isUser = ({ socket }: IncomingMessage): boolean => (socket as TLSSocket).authorized;

async function answer(request: IncomingMessage, response: ServerResponse, followers: Set<ServerResponse>): Promise<void> {
  const { method, url = "/" } = request;
  const bytes = url.match(/^\/bytes\/(\d+)$/)?.[1];
  if (url === "/version") {
    response.end(VERSION);
  } else if (!isUser(request)) {
    response.writeHead(401).end();
  } else if (bytes !== undefined) {
    response.end(payload(Number(bytes)));
  } else if (method === "POST" && url === "/apply") {
    response.end(digest(await buffer(request)));
  } else if (url === "/log") {
    followers.add(response);
    response.once("close", () => followers.delete(response));
    response.flushHeaders();
  } else if (method === "POST" && url === "/line") {
    const line = await text(request);
    for (const follower of followers) follower.write(`${line}\n`);
    response.end();
  } else {
    response.writeHead(404).end();
  }
}

function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
  socket.on("error", () => {});
  const protocol = request.headers.upgrade ?? "";
  if (!isUser(request) || !["exec", "echo"].includes(protocol)) {
    socket.end("HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n");
    return;
  }
  socket.write(`HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: ${protocol}\r\n\r\n`);
  socket.unshift(head);
  if (protocol === "echo") {
    socket.pipe(socket);
    return;
  }
  socket.write(PROMPT);
  createInterface({ input: socket }).on("line", (line) => socket.write(`${line.toUpperCase()}\n${PROMPT}`));
}

export const digest = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

const payloads = new Map<number, Buffer>();

/** The same random bytes every time, so that to make them is no part of any answer but the first. */
function payload(bytes: number): Buffer {
  const made = payloads.get(bytes) ?? randomFillSync(Buffer.allocUnsafe(bytes));
  payloads.set(bytes, made);
  return made;
}
