/** Sends requests to a server on this machine in one of three ways and prints what became of them: the process whose descriptors run out. */
import http from "node:http";
import pLimit from "p-limit";
import { timed } from "#lab";

export interface Order {
  readonly way: "unbounded" | "p-limit" | "keep-alive agent";
  readonly port: number;
  readonly requests: number;
  readonly limit: number;
}

export interface Outcome {
  readonly seconds: number;
  readonly completed: number;
  /** Requests that failed because the process had no descriptor left. */
  readonly outOfDescriptors: number;
  /** Requests that failed in any other way. */
  readonly otherFailures: number;
}

const order = JSON.parse(process.argv[2]!) as Order;

const agents = {
  unbounded: () => new http.Agent({ keepAlive: false }),
  "p-limit": () => new http.Agent({ keepAlive: false }),
  "keep-alive agent": () => new http.Agent({ keepAlive: true, maxSockets: order.limit }),
};
const agent = agents[order.way]();

function request(): Promise<string> {
  return new Promise((resolve) => {
    const sent = http.get({ host: "127.0.0.1", port: order.port, agent, timeout: 2000 }, (response) => {
      response.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? "unknown"));
      response.on("end", () => resolve(response.statusCode === 200 ? "completed" : "refused"));
      response.resume();
    });
    sent.on("timeout", () => sent.destroy(Object.assign(new Error("timed out"), { code: "ETIMEDOUT" })));
    sent.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? "unknown"));
  });
}

const limit = pLimit(order.way === "p-limit" ? order.limit : Infinity);
const { seconds, result } = await timed(() => Promise.all(Array.from({ length: order.requests }, () => limit(request))));
agent.destroy();
const completed = result.filter((end) => end === "completed").length;
const outOfDescriptors = result.filter((end) => end === "EMFILE").length;
const outcome: Outcome = { seconds, completed, outOfDescriptors, otherFailures: order.requests - completed - outOfDescriptors };
process.stdout.write(JSON.stringify(outcome));
