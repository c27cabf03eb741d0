import { fork } from "node:child_process";
import { once } from "node:events";
import http from "node:http";
import net from "node:net";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { httpTarget } from "../../src/lab.ts";
import { constant, poisson } from "../../src/load/arrivals.ts";
import { generate, type Generation } from "../../src/load/generator.ts";
import { Histogram } from "../../src/load/histogram.ts";
import type { HttpOptions } from "../../src/load/http-target.ts";
import { idleHttp } from "../../src/load/idle.ts";
import { listen } from "../../src/load/listen.ts";
import { isRunning } from "../_processes.ts";
import type { Options } from "./_target.ts";

const module = new URL("./_target.ts", import.meta.url).href;

function run(order: Partial<Generation<Options>> & { readonly signal?: AbortSignal } = {}) {
  return generate({ module, arrivals: constant(100), window: 0.1, maxInFlight: 100, seed: 1, options: {}, ...order });
}

/** A server to which a generator tells the number of its process; the connection ends with the process. */
async function witness() {
  const told = Promise.withResolvers<{ pid: number; ended: Promise<unknown> }>();
  const server = net.createServer((socket) => {
    const ended = once(
      socket.on("error", () => {}),
      "close",
    );
    socket.once("data", (pid) => told.resolve({ pid: Number(pid), ended }));
  });
  const listening = await listen(server);
  return Object.assign(listening, { told: told.promise });
}

test("a load over HTTP against the idle server completes every request", async () => {
  await using idle = await idleHttp();
  const options: HttpOptions = { port: idle.port };
  const load = await generate({ module: httpTarget, arrivals: constant(500), window: 0.3, maxInFlight: 1_000, seed: 1, options });
  expect(load).toMatchObject({ offered: 150, completed: 150, failed: 0, dropped: 0, refused: 0, errors: {} });
  expect(load.latency!.count).toBe(150);
  expect(load.lateness!.count).toBe(150);
  expect(load.latency!.max).toBeGreaterThan(0);
  expect(load.seconds).toBeGreaterThanOrEqual(0.3);
  expect(load.perSecond).toBeCloseTo(150 / load.seconds, 6);
  expect(Histogram.from(load.samples.latency).percentiles()).toEqual(load.latency);
});

test("the same seed offers the same load", async () => {
  const [one, two] = [await run({ arrivals: poisson(300), seed: 7 }), await run({ arrivals: poisson(300), seed: 7 })];
  expect(one.offered).toBe(two.offered);
});

test("a server that answers after a delay is at least that slow, one that fails or refuses is counted so", async () => {
  let asked = 0;
  await using server = await listen(
    http.createServer((_request, response) => {
      asked++;
      const status = asked % 3 === 0 ? 503 : asked % 3 === 1 ? 500 : 200;
      response.statusCode = status;
      void setTimeout(20).then(() => response.end("late"));
    }),
  );
  const options: HttpOptions = { port: server.port, warmUp: 0, method: "POST", body: "question", sockets: 8 };
  const load = await generate({ module: httpTarget, arrivals: constant(100), window: 0.3, maxInFlight: 100, seed: 1, options });
  expect(load).toMatchObject({ offered: 30, completed: 10, failed: 10, refused: 10, errors: { HTTP_500: 10, HTTP_503: 10 } });
  // Timers of the server may fire a millisecond early.
  expect(load.latency!.p50).toBeGreaterThanOrEqual(0.019);
});

test("a server that is not there refuses every client", async () => {
  const { port } = await idleHttp().then(async (idle) => {
    await idle[Symbol.asyncDispose]();
    return idle;
  });
  const options: HttpOptions = { port };
  const load = await generate({ module: httpTarget, arrivals: constant(100), window: 0.1, maxInFlight: 100, seed: 1, options });
  expect(load).toMatchObject({ offered: 10, completed: 0, refused: 10, errors: { ECONNREFUSED: 10 } });
});

test("what a module does wrong comes back as one clear line", async () => {
  const wrong: [Partial<Generation<Options>>, string | RegExp][] = [
    [{ module: new URL("./_absent.ts", import.meta.url).href }, /^the load generator failed: Error: Cannot find module .*_absent\.ts/],
    [{ export: "notAFunction" }, /^the load generator failed: TypeError: .*_target\.ts has no function as its export notAFunction$/],
    [{ options: { way: "exits" } }, "the load generator failed: its process exited with code 3 before it answered"],
    [{ options: { way: "throws aside" } }, "the load generator failed: RangeError: left alone"],
    [{ options: { way: (() => {}) as never } }, "() => {} could not be cloned."],
    [{ arrivals: constant(0) }, "a load has more than 0 arrivals a second, not 0"],
  ];
  for (const [order, message] of wrong) {
    const failure = await run(order).then(
      () => "",
      (error: Error) => error.message,
    );
    expect(failure).toMatch(message);
    expect(failure).not.toContain("\n");
  }
});

test("a target that never opens or never closes does not hold up the load for longer than two seconds", async () => {
  const [opening, closing] = await Promise.allSettled([run({ export: "neverOpens" }), run({ export: "neverCloses" })]);
  expect(opening).toMatchObject({ reason: { message: "the load generator failed: Error: the target was not open within 2 s" } });
  expect(closing).toMatchObject({ reason: { message: "the load generator failed: Error: the target was not closed within 2 s" } });
});

test("the generator runs with the runtime's default flags", async () => {
  process.env.NODE_OPTIONS = "--max-semi-space-size=1";
  try {
    await expect(run({ export: "flags" })).rejects.toThrow('{"flags":[],"options":null}');
  } finally {
    delete process.env.NODE_OPTIONS;
  }
});

test("no process is left after a load, after a failure, or after an abort, even of one that never yields", async () => {
  for (const way of ["answers", "exits", "hangs", "never yields"] as const) {
    await using seen = await witness();
    const controller = new AbortController();
    const window = way === "answers" || way === "exits" ? 0.05 : 20;
    const running = run({ options: { port: seen.port, way }, window, signal: controller.signal }).then(
      () => "done",
      (error: Error) => error.message,
    );
    const { pid } = await seen.told;
    if (window === 20) controller.abort();
    const ends = {
      answers: "done",
      exits: /exited with code 3/,
      hangs: "the load generator was interrupted",
      "never yields": "the load generator was interrupted",
    };
    expect(await running).toMatch(ends[way]);
    expect(isRunning(pid), way).toBe(false);
  }
});

test("a load that was aborted before it begins starts nothing", async () => {
  await expect(run({ signal: AbortSignal.abort() })).rejects.toThrow("the load generator was interrupted");
});

test("the generator ends by itself when its parent is killed", async () => {
  await using seen = await witness();
  const parent = fork(fileURLToPath(new URL("./_parent.ts", import.meta.url)), [String(seen.port)], { execArgv: [] });
  const { pid, ended } = await seen.told;
  const gone = once(parent, "exit");
  parent.kill("SIGKILL");
  await gone;
  await ended;
  // Its connection ends a moment before it does.
  for (let tries = 0; isRunning(pid) && tries < 100; tries++) await setTimeout(50);
  expect(isRunning(pid)).toBe(false);
});
