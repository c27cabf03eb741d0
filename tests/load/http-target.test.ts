import { fork } from "node:child_process";
import { once } from "node:events";
import http from "node:http";
import net from "node:net";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import openHttp from "../../src/load/http-target.ts";
import { idleEcho, idleHttp } from "../../src/load/idle.ts";
import { listen } from "../../src/load/listen.ts";

const signal = new AbortController().signal;

test("connections are kept open and never more than the cap", async () => {
  let connections = 0;
  const server = http.createServer((_request, response) => void setTimeout(2).then(() => response.end()));
  server.on("connection", () => connections++);
  await using listening = await listen(server);
  const target = await openHttp({ port: listening.port, sockets: 3 });
  await Promise.all(Array.from({ length: 30 }, (_, index) => target.request(index, signal)));
  expect(connections).toBe(3);
  await target.close();
});

test("method, path, headers and body arrive", async () => {
  const seen: string[] = [];
  const server = http.createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => (body += text));
    request.on("end", () => {
      seen.push(`${request.method} ${request.url} ${request.headers["x-user"]} ${body}`);
      response.end();
    });
  });
  await using listening = await listen(server);
  const target = await openHttp({ port: listening.port, path: "/logins", headers: { "x-user": "7" }, body: "größe", warmUp: 0 });
  await target.request(0, signal);
  await target.close();
  expect(seen).toEqual(["POST /logins 7 größe"]);
});

test("an abort ends a request that has no answer", async () => {
  await using listening = await listen(http.createServer(() => {}));
  const target = await openHttp({ port: listening.port, warmUp: 0 });
  const controller = new AbortController();
  const request = target.request(0, controller.signal);
  controller.abort();
  await expect(request).rejects.toThrow();
  await target.close();
});

test("a connection that dies under a request is an error of its code", async () => {
  const server = net.createServer((socket) => void socket.on("error", () => {}).once("data", () => socket.resetAndDestroy()));
  await using listening = await listen(server);
  const target = await openHttp({ port: listening.port, warmUp: 0 });
  await expect(target.request(0, signal)).rejects.toMatchObject({ code: "ECONNRESET" });
  await target.close();
});

test.skipIf(process.platform !== "linux")("a connection that does not stand after two seconds has failed", async () => {
  const deaf = fork(fileURLToPath(new URL("./_deaf.ts", import.meta.url)), { execArgv: [] });
  const [port] = (await once(deaf, "message")) as [number];
  const filling = Array.from({ length: 8 }, () => net.connect(port, "127.0.0.1").on("error", () => {}));
  try {
    await setTimeout(100);
    const target = await openHttp({ port, warmUp: 0 });
    await expect(target.request(0, signal)).rejects.toMatchObject({ code: "ECONNTIMEOUT" });
    await target.close();
  } finally {
    for (const socket of filling) socket.destroy();
    deaf.kill("SIGKILL");
  }
});

test("the idle servers answer, count their connections, and are gone afterwards", async () => {
  const http = await idleHttp();
  const target = await openHttp({ port: http.port });
  await target.request(0, signal);
  expect(http.open()).toBe(1);

  const echo = await idleEcho();
  const socket = net.connect(echo.port, echo.host);
  socket.write("hello");
  expect(String((await once(socket, "data"))[0])).toBe("hello");

  // Neither waits for its clients.
  await http[Symbol.asyncDispose]();
  await echo[Symbol.asyncDispose]();
  await echo[Symbol.asyncDispose]();
  await expect(target.request(1, signal)).rejects.toMatchObject({ code: expect.stringMatching(/ECONN/) });
  await expect(once(net.connect(echo.port, echo.host), "connect")).rejects.toMatchObject({ code: "ECONNREFUSED" });
  await target.close();
});
