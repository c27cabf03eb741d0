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
  /** Requests sent one after another before the load, for half a second at most; 1,000 unless given. 0 where a request changes the server. */
  readonly warmUp?: number;
}

/** Too many requests, no capacity. */
const REFUSALS = [429, 503];
/**
 * With code that was compiled while it ran, one in a hundred of 2,000 requests a second to the idle server took 7 to 10 ms; after as many
 * requests as this, which take a quarter of a second, 3 ms.
 */
const WARM_UP = 1_000;
const LONGEST_WARM_UP = 0.5;

/**
 * A server over HTTP, for `generate({ module: httpTarget, … })`. A request is complete when its answer of status 2xx has been read to the
 * end; 429 and 503 are refusals, every other status fails as `HTTP_<status>`. A server that does not answer the warm-up ends it: what is
 * wrong will show in the load.
 */
export default async function openHttp(options: HttpOptions): Promise<Target> {
  const { port, host = "127.0.0.1", path = "/", body, headers, sockets = 64, warmUp = WARM_UP } = options;
  const method = options.method ?? (body === undefined ? "GET" : "POST");
  const agent = new ConnectingAgent({ keepAlive: true, maxSockets: sockets });
  const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
  const order: http.RequestOptions = { host, port, path, method, agent, headers: { ...headers, ...length } };

  const request = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const sent = http.request({ ...order, signal }, (answer) => {
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

  const until = performance.now() + LONGEST_WARM_UP * 1e3;
  const answers = (): Promise<boolean> =>
    request(AbortSignal.timeout(LONGEST_WARM_UP * 1e3)).then(
      () => true,
      () => false,
    );
  for (let sent = 0; sent < warmUp && performance.now() < until && (await answers()); sent++);
  return { request: (_index, signal) => request(signal), close: async () => agent.destroy() };
}

/** Gives every connection the time-out that connections have; the runtime's agent would wait for as long as the system does. */
class ConnectingAgent extends http.Agent {
  override createConnection(options: http.ClientRequestArgs): Duplex {
    // The runtime's own agent always returns the socket; only agents that override this may not.
    const socket = super.createConnection(options)!;
    const giveUp = (): void => {
      socket.destroy(Object.assign(new Error(`no connection within ${CONNECT_TIMEOUT} s`), { code: "ECONNTIMEOUT" }));
    };
    const clock = setTimeout(giveUp, CONNECT_TIMEOUT * 1e3);
    const settled = (): void => clearTimeout(clock);
    socket.once("connect", settled).once("close", settled);
    return socket;
  }
}
