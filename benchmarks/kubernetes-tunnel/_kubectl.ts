/** What kubectl does to an API server, wherever it is to be reached. */
import type { IncomingMessage } from "node:http";
import https from "node:https";
import type { Duplex } from "node:stream";
import { buffer } from "node:stream/consumers";
import { SERVER_NAME, type Identity } from "./_keys.ts";
import type { Address } from "./_loopback.ts";

export interface Asked {
  readonly at: Address;
  /** Nobody in particular unless given. */
  readonly user?: Identity;
  readonly authority: string;
  /** Name for which the certificate must be good, as `--tls-server-name` says; the address at which the server is asked unless given. */
  readonly name?: string;
  readonly agent?: https.Agent;
  readonly signal?: AbortSignal;
}

/** The server is asked as this user, who takes any way to it that ends at the right certificate. */
export const asUser = (at: Address, user: Identity): Asked => ({ at, user, authority: user.authority, name: SERVER_NAME });

const optionsOf = ({ at, user, authority, name, agent, signal }: Asked): https.RequestOptions => ({
  ...at,
  ca: authority,
  ...(user && { cert: user.certificate, key: user.key }),
  servername: name ?? "",
  agent: agent ?? false,
  ...(signal && { signal }),
});

/**
 * Asks, and reads the answer to its end.
 * @throws the connection could not be made, the certificate is not good for the name, or the answer is not of status 200.
 */
export async function ask(asked: Asked, path: string, body?: Buffer | string): Promise<Buffer> {
  return buffer(await follow(asked, path, body));
}

/** Asks, and leaves the answer to be read as it comes. */
export function follow(asked: Asked, path: string, body?: Buffer | string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const sent = https.request({ ...optionsOf(asked), path, method: body === undefined ? "GET" : "POST" }, (answer) => {
      if (answer.statusCode === 200) {
        resolve(answer);
        return;
      }
      answer.resume();
      reject(Object.assign(new Error(`answered ${answer.statusCode}`), { code: `HTTP_${answer.statusCode}` }));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

/** Turns a request into a connection for both ways. */
export function upgraded(asked: Asked, protocol: "exec" | "echo"): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const sent = https.request({ ...optionsOf(asked), path: "/", headers: { connection: "Upgrade", upgrade: protocol } });
    sent.on("upgrade", (_answer, socket, head) => {
      socket.unshift(head);
      resolve(socket);
    });
    sent.on("response", (answer) => {
      answer.resume();
      reject(new Error(`answered ${answer.statusCode} to an upgrade`));
    });
    sent.on("error", reject);
    sent.end();
  });
}
