import { once } from "node:events";
import net from "node:net";
import { buffer } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import { idleEcho } from "../../src/load/idle.ts";
import { listen } from "../../src/load/listen.ts";
import { relay } from "../../src/load/relay.ts";

const connect = (port: number): net.Socket => net.connect({ port, host: "127.0.0.1", allowHalfOpen: true, noDelay: true });
const serve = (story: (socket: net.Socket) => void) => listen(net.createServer({ allowHalfOpen: true }, story));
const since = (began: number): number => (performance.now() - began) / 1e3;

/** All that arrives; unlike the iterator of a stream it leaves the other direction open. */
const read = (socket: net.Socket): Promise<string> =>
  new Promise((resolve) => {
    let text = "";
    socket.setEncoding("utf8").on("data", (more: string) => (text += more));
    socket.once("end", () => resolve(text));
  });

/** Resolves with the code of the error that ended a connection, or `closed`. */
const endOf = (socket: net.Socket): Promise<string> =>
  new Promise((resolve) => {
    socket.resume().once("error", (error: NodeJS.ErrnoException) => resolve(error.code!));
    socket.once("close", () => resolve("closed"));
  });

test("bytes come out as they went in, in order, whatever the chunks", async () => {
  await using echo = await idleEcho();
  await using far = await relay({ port: echo.port, delay: 0.002 });
  const chunks = fc.array(fc.uint8Array({ minLength: 1, maxLength: 3_000 }), { maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(chunks, fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }), async (sent, pauses) => {
      const socket = connect(far.port);
      const received = buffer(socket);
      for (const [index, chunk] of sent.entries()) {
        socket.write(chunk);
        if (pauses[index]) await setTimeout(1);
      }
      socket.end();
      expect(Buffer.concat(sent).equals(await received)).toBe(true);
    }),
    { numRuns: 25 },
  );
});

test("megabytes through many connections at once arrive whole", async () => {
  await using echo = await idleEcho();
  await using far = await relay({ port: echo.port, delay: 0.003 });
  await Promise.all(
    Array.from({ length: 8 }, async (_, number) => {
      const sent = Buffer.alloc(2_000_000, number + 1);
      const socket = connect(far.port);
      socket.end(sent);
      expect(sent.equals(await buffer(socket))).toBe(true);
    }),
  );
});

test("every byte takes at least the delay, each way; a new connection costs a round trip more", async () => {
  await using echo = await idleEcho();
  await using far = await relay({ port: echo.port, delay: 0.02 });
  const socket = connect(far.port);
  await once(socket, "connect");
  // The relay may have seen the connection before this process did; the first answer is bounded from before it was asked for.
  const connected = performance.now();
  socket.write("first");
  await once(socket, "data");
  expect(since(connected)).toBeGreaterThanOrEqual(0.04);
  for (let turn = 0; turn < 3; turn++) {
    const began = performance.now();
    socket.write("again");
    await once(socket, "data");
    expect(since(began)).toBeGreaterThanOrEqual(0.04);
  }
  const began = performance.now();
  const another = connect(far.port);
  another.write("from afar");
  await once(another, "data");
  expect(since(began)).toBeGreaterThanOrEqual(0.08);
  socket.destroy();
  another.destroy();
});

test("a link carries no more than its bandwidth, however many connections share it", async () => {
  await using echo = await idleEcho();
  await using far = await relay({ port: echo.port, delay: 0, bandwidth: 10_000_000 });
  const began = performance.now();
  const download = async (): Promise<void> => {
    const socket = connect(far.port);
    socket.end(Buffer.alloc(500_000, 7));
    expect(await buffer(socket)).toHaveLength(500_000);
  };
  await Promise.all([download(), download()]);
  expect(since(began)).toBeGreaterThanOrEqual(0.1);
});

test("a receiver that does not read stops the sender", async () => {
  const chunk = Buffer.alloc(64 * 1024);
  const total = 1024;
  let sent = 0;
  const talker = net.createServer((socket) => {
    const talk = (): void => {
      let room = true;
      for (; room && sent < total; sent++) room = socket.write(chunk);
      if (sent === total) socket.end();
    };
    socket.on("drain", talk).on("error", () => {});
    talk();
  });
  await using server = await listen(talker);
  await using far = await relay({ port: server.port, delay: 0, bandwidth: 1e9 });
  const socket = connect(far.port).pause();
  const still = async (before: number): Promise<void> => {
    await setTimeout(300);
    if (sent === 0 || sent !== before) await still(sent);
  };
  await still(sent);
  // The system's queues and the relay's window are full, and that was not the whole.
  expect(sent).toBeLessThan(total);
  expect(await buffer(socket)).toHaveLength(total * chunk.length);
});

test("a client that has ended may still be answered, and the other way round", async () => {
  await using server = await serve((socket) => {
    void read(socket).then((question) => socket.end(`you said ${question}`));
  });
  await using far = await relay({ port: server.port, delay: 0.005 });
  const socket = connect(far.port);
  socket.end("little");
  expect(await read(socket)).toBe("you said little");

  const heard = Promise.withResolvers<string>();
  await using speaker = await serve((socket) => {
    socket.end("bye");
    void read(socket).then(heard.resolve);
  });
  await using far2 = await relay({ port: speaker.port, delay: 0.005 });
  const listener = connect(far2.port);
  expect(await read(listener)).toBe("bye");
  listener.end("so long");
  expect(await heard.promise).toBe("so long");
});

test("a reset on one side is a reset on the other", async () => {
  const accepted = Promise.withResolvers<net.Socket>();
  await using server = await serve((socket) => {
    socket
      .on("error", () => {})
      .once("data", (word) => {
        if (String(word) === "leave") socket.resetAndDestroy();
        else accepted.resolve(socket);
      });
  });
  await using far = await relay({ port: server.port, delay: 0.005 });
  const left = connect(far.port);
  left.write("leave");
  expect(await endOf(left)).toBe("ECONNRESET");

  const leaving = connect(far.port);
  leaving.write("stay");
  const other = await accepted.promise;
  const end = endOf(other);
  leaving.resetAndDestroy();
  expect(await end).toBe("ECONNRESET");
});

test("clients that leave at once, or in the middle of a transfer, leave nothing open", async () => {
  // A server that kept its half open would not hear of the reset: once it has read the end it reads no more.
  const talker = net.createServer((socket) => {
    socket.on("error", () => {}).resume();
    socket.write(Buffer.alloc(1_000_000));
  });
  await using server = await listen(talker);
  await using far = await relay({ port: server.port, delay: 0.005 });
  for (let client = 0; client < 20; client++) {
    const socket = connect(far.port).on("error", () => {});
    if (client % 2 === 0) await once(socket, "data");
    if (client % 4 === 1) await once(socket, "connect");
    if (client % 3 === 0) socket.resetAndDestroy();
    else socket.destroy();
  }
  for (let tries = 0; far.open() + server.open() > 0 && tries < 200; tries++) await setTimeout(20);
  expect([far.open(), server.open()]).toEqual([0, 0]);
});

test("a server that is not there is a reset connection", async () => {
  const echo = await idleEcho();
  await echo[Symbol.asyncDispose]();
  await using far = await relay({ port: echo.port, delay: 0.001 });
  expect(await endOf(connect(far.port))).toBe("ECONNRESET");
});

test("connections beyond the limit are reset and counted; one that ends makes room", async () => {
  await using echo = await idleEcho();
  await using far = await relay({ port: echo.port, delay: 0, connections: 2 });
  const held = [connect(far.port), connect(far.port)];
  for (const socket of held) {
    socket.write("hold");
    await once(socket, "data");
  }
  expect(await endOf(connect(far.port))).toBe("ECONNRESET");
  expect([far.open(), far.refused()]).toEqual([2, 1]);
  held[0]!.destroy();
  while (far.open() === 2) await setTimeout(5);
  const next = connect(far.port);
  next.write("room");
  expect(String((await once(next, "data"))[0])).toBe("room");
  next.destroy();
  held[1]!.destroy();
});

test("disposing closes every connection and the port, also with bytes under way", async () => {
  await using echo = await idleEcho();
  const far = await relay({ port: echo.port, delay: 0.5 });
  const clients = Array.from({ length: 3 }, () => connect(far.port));
  for (const client of clients) {
    client.write("too late");
    await once(client, "connect");
  }
  const ends = clients.map(endOf);
  await far[Symbol.asyncDispose]();
  await far[Symbol.asyncDispose]();
  for (const end of ends) expect(await end).toMatch(/closed|ECONNRESET/);
  expect(far.open()).toBe(0);
  await expect(once(connect(far.port), "connect")).rejects.toMatchObject({ code: "ECONNREFUSED" });
});

test("a relay that cannot be meant is refused", async () => {
  await expect(relay({ port: 1, delay: -1 })).rejects.toThrow("0 s or more");
  await expect(relay({ port: 1, delay: Number.NaN })).rejects.toThrow("0 s or more");
  await expect(relay({ port: 1, delay: 0, bandwidth: 0 })).rejects.toThrow("more than 0 B/s");
  await expect(relay({ port: 1, delay: 0, connections: -1 })).rejects.toThrow("0 connections or more");
});
