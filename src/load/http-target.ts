import http from "node:http";
import type { Duplex } from "node:stream";
import { CONNECT_TIMEOUT, Refused, type Target } from "./target.ts";

export interface HttpOptions {
  readonly port: number;
  /** 127.0.0.1 unless given. */
  readonly host?: string;
  /** `/` unless given. */
  readonly path?: string;
  /** `GET`, or `POST` where there is a body. */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Connections at most, kept open; 64 unless given. A request that finds none free waits for one, and its latency counts on. */
  readonly sockets?: number;
  /** Requests sent one after another before the load, so that it does not begin with cold code; 100 unless given. */
  readonly warmUp?: number;
}

/** Too many requests, no capacity. */
const REFUSALS = [429, 503];

/**
 * A server over HTTP, for `generate({ module: httpTarget, … })`. A request is complete when its answer of status 2xx has been read to the
 * end; 429 and 503 are refusals, every other status fails as `HTTP_<status>`.
 * @throws where the first request of the warm-up fails: then there is nothing to load.
 */
export default async function openHttp(options: HttpOptions): Promise<Target> {
  const { port, host = "127.0.0.1", path = "/", body, headers, sockets = 64, warmUp = 100 } = options;
  const method = options.method ?? (body === undefined ? "GET" : "POST");
  const agent = new ConnectingAgent({ keepAlive: true, maxSockets: sockets, noDelay: true });
  const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
  const order: http.RequestOptions = { host, port, path, method, agent, headers: { ...headers, ...length } };

  const request = (signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const sent = http.request(signal ? { ...order, signal } : order, (answer) => {
        const { statusCode = 0 } = answer;
        answer.on("error", reject);
        answer.on("end", () => {
          if (statusCode >= 200 && statusCode < 300) resolve();
          else if (REFUSALS.includes(statusCode)) reject(new Refused(`HTTP_${statusCode}`));
          else reject(Object.assign(new Error(`answered ${statusCode}`), { code: `HTTP_${statusCode}` }));
        });
        answer.resume();
      });
      sent.on("error", reject);
      sent.end(body);
    });

  for (let sent = 0; sent < warmUp; sent++) {
    // Only the first one decides: a server that turns some away is what a load may be about.
    await request().catch((error: unknown) => {
      if (sent === 0) throw error;
    });
  }
  return {
    request: (_index, signal) => request(signal),
    close: async () => agent.destroy(),
  };
}

/** Gives every connection the time-out that connections have; the runtime's agent would wait for as long as the system does. */
class ConnectingAgent extends http.Agent {
  override createConnection(...parameters: Parameters<http.Agent["createConnection"]>): Duplex {
    const socket = super.createConnection(...parameters) as Duplex;
    const giveUp = (): void => {
      socket.destroy(Object.assign(new Error(`no connection within ${CONNECT_TIMEOUT} s`), { code: "ECONNTIMEOUT" }));
    };
    const clock = setTimeout(giveUp, CONNECT_TIMEOUT * 1e3);
    const settled = (): void => clearTimeout(clock);
    socket.once("connect", settled).once("close", settled);
    return socket;
  }
}
