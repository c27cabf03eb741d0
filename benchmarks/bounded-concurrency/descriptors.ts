/**
 * One socket per request, all at once, against a process that may hold 1,024 descriptors. A real HTTP server on this machine answers
 * each request after 5 ms; a client in a process of its own sends them unbounded, through p-limit, or over a keep-alive agent with a
 * cap on its sockets.
 *
 * The 1,024 of the post is the *soft* limit that Linux gives to a process. Node raises it to the hard limit by itself as it starts, as Go has
 * done since 1.19, so the sweep tries both: `soft` sets only the soft limit to 1,024, `hard` sets both.
 *
 * How you could be fooled: by a server that runs out before the client does (it lives in a process without that limit); by counting
 * every failure as a lack of descriptors (only EMFILE counts, the others apart); and by a fast server that answers so soon that
 * sockets are freed before the next is asked for (Node asks for all of them in one turn of its loop).
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { count, exact, ratio, scenario, seconds, value, type Stage } from "#lab";
import type { Order, Outcome } from "./_client.ts";
import article from "./article.ts";

const DESCRIPTORS = 1_024;
const LIMIT = 100;
const ANSWER_AFTER = 5; // ms
const client = fileURLToPath(new URL("./_client.ts", import.meta.url));

interface Setup extends AsyncDisposable {
  readonly port: number;
  readonly requests: number;
  readonly limit: "soft" | "hard";
  /** Most connections open at once so far. */
  readonly peak: () => number;
}

async function send(way: Order["way"], { port, requests, limit, peak }: Setup, { signal }: Stage) {
  const order: Order = { way, port, requests, limit: LIMIT };
  const both = limit === "hard" ? ` && ulimit -H -n ${DESCRIPTORS}` : "";
  const limited = `ulimit -S -n ${DESCRIPTORS}${both} && exec "$@"`;
  const child = spawn("/bin/sh", ["-c", limited, "sh", process.execPath, client, JSON.stringify(order)], {
    stdio: ["ignore", "pipe", "inherit"],
    signal,
  });
  let printed = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (printed += text));
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) throw new Error(`the client ended with code ${code}`);
  const outcome = JSON.parse(printed) as Outcome;
  return {
    seconds: outcome.seconds,
    failed: outcome.outOfDescriptors,
    otherFailures: outcome.otherFailures,
    peak: peak(),
    ranOut: outcome.outOfDescriptors > 0 ? 1 : 0,
  };
}

export default scenario(article, {
  question: "When does one socket per request run out of 1,024 descriptors?",
  sweep: { limit: ["soft", "hard"], requests: [100, 1_100, 5_000] },
  quick: { requests: [1_100] },
  // Each client has a process of its own, whose limit it is.
  together: true,
  needs: { platforms: ["linux", "darwin"] },
  metrics: {
    seconds: seconds("lower", "time until all requests ended"),
    failed: count("lower", "requests without a descriptor"),
    otherFailures: count("lower", "requests that failed otherwise"),
    peak: count("lower", "connections open at the peak"),
    ranOut: exact(count("lower", "whether descriptors ran out")),
  },
  chart: "failed",
  async setup({ limit, requests }): Promise<Setup> {
    let open = 0;
    let peak = 0;
    const server = http.createServer((_request, response) => setTimeout(() => response.end("ok"), ANSWER_AFTER));
    server.on("connection", (socket) => {
      peak = Math.max(peak, ++open);
      socket.on("close", () => open--);
    });
    server.listen({ port: 0, host: "127.0.0.1", backlog: 4096 });
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const close = async (): Promise<void> => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    };
    return { port, limit, requests, peak: () => peak, [Symbol.asyncDispose]: close };
  },
  variants: {
    unbounded: (setup, stage) => send("unbounded", setup, stage),
    "p-limit": (setup, stage) => send("p-limit", setup, stage),
    "keep-alive agent": (setup, stage) => send("keep-alive agent", setup, stage),
  },
  claims: {
    "bounded-09": [
      {
        says: "where 1,024 descriptors are all a process may ever have, 1,100 requests at once run out of them",
        holds: value("unbounded", "ranOut").between(1, 1),
        at: { limit: "hard", requests: 1_100 },
      },
      {
        says: "with the usual soft limit of 1,024 they run out as well",
        holds: value("unbounded", "ranOut").between(1, 1),
        at: { limit: "soft", requests: 1_100 },
      },
    ],
    "bounded-11": [
      {
        says: "without a cap the sockets are demanded at the same instant: at the peak at least five times as many are open as through p-limit",
        holds: ratio("unbounded", "p-limit", "peak").atLeast(5),
        at: { limit: "soft", requests: 1_100 },
      },
    ],
  },
});
