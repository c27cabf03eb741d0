import { once } from "node:events";
import http from "node:http";
import net, { type AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { visible, type Service } from "../../../benchmarks/docker-rebuilds/_visible.ts";

const never = new AbortController().signal;
const lives = (): Promise<string> => new Promise(() => {});
const opened: net.Server[] = [];
afterEach(() => opened.splice(0).forEach((server) => server.close()));

async function listening(server: net.Server): Promise<number> {
  opened.push(server.listen(0, "127.0.0.1"));
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

/** A service that answers with each of these in turn. */
function saying(...answers: string[]): Promise<number> {
  return listening(http.createServer((_request, response) => response.end(answers.length > 1 ? answers.shift() : answers[0])));
}

/** A port of this host at which nobody listens. */
async function deserted(): Promise<number> {
  const server = net.createServer();
  const port = await listening(server);
  server.close();
  await once(server, "close");
  return port;
}

describe("looking at a service", () => {
  test("ends once it says the words", async () => {
    const port = await saying("as it was", "as it was", "edited 1 on 10 MB");
    const asked: boolean[] = [];
    await visible("edited 1", { port: (refused) => (asked.push(refused), port), ended: lives }, never);
    expect(asked).toEqual([false, false, false]);
  });

  test("asks for its port anew where nobody listens, and only then", async () => {
    const [gone, port] = [await deserted(), await saying("as it was", "edited")];
    const asked: boolean[] = [];
    const service: Service = { port: (refused) => (asked.push(refused), refused || asked.length > 2 ? port : gone), ended: lives };
    await visible("edited", service, never);
    expect(asked).toEqual([false, true, false]);
  });

  test("fails with how its process ended, although it would be waited for", async () => {
    const service: Service = { port: () => undefined, ended: async () => "the service ended with code 1 before it answered" };
    await expect(visible("edited", service, never)).rejects.toMatchObject({
      name: "ServiceFailed",
      message: "the service ended with code 1 before it answered",
    });
  });

  test("fails after its limit, also at a service that takes the question and does not answer", async () => {
    const port = await listening(net.createServer((socket) => socket.on("error", () => {}).resume()));
    await expect(visible("edited", { port: () => port, ended: lives }, never, 0.05)).rejects.toMatchObject({
      name: "ServiceFailed",
      message: expect.stringMatching(/did not answer .* within 0\.05 s/),
    });
  });

  test("stops when it is interrupted", async () => {
    const interrupted = new AbortController();
    const looking = visible("edited", { port: () => undefined, ended: lives }, interrupted.signal);
    interrupted.abort();
    await expect(looking).rejects.toMatchObject({ name: "AbortError" });
  });
});
