import { once } from "node:events";
import net from "node:net";
import { setTimeout } from "node:timers/promises";
import type { Target } from "../../src/load/target.ts";

export interface Options {
  /** Where to tell the number of this process; the connection stands for as long as the process does. */
  readonly port?: number;
  readonly way?: "answers" | "hangs" | "never yields" | "exits" | "throws aside";
}

/** A target that misbehaves as it is told to. */
export default async function open({ port, way = "answers" }: Options): Promise<Target> {
  if (port !== undefined) {
    const socket = net.connect(port, "127.0.0.1");
    await once(socket, "connect");
    socket.write(`${process.pid}\n`);
  }
  return {
    async request(_index, signal) {
      if (way === "hangs") await setTimeout(30_000, undefined, { signal });
      if (way === "exits") process.exit(3);
      if (way === "throws aside") queueMicrotask(() => void Promise.reject(new RangeError("left alone\nat the third line")));
      if (way === "never yields") Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 30_000);
    },
    close: async () => {},
  };
}

export const flags = async (): Promise<Target> => {
  throw new Error(JSON.stringify({ flags: process.execArgv, options: process.env.NODE_OPTIONS ?? null }));
};

export const neverOpens = (): Promise<Target> => new Promise(() => {});

export const neverCloses = async (): Promise<Target> => ({ request: async () => {}, close: () => new Promise(() => {}) });

export const notAFunction = 1;
