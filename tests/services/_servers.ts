import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import net from "node:net";
import os from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import pg from "pg";
import type { Connection } from "../../src/services/postgres.ts";
import { serversOf } from "../../src/services/postgres/processes.ts";

const OWNER = fileURLToPath(new URL("./_owner.ts", import.meta.url));

/** A directory for temporary files of one test file, so that nothing else is in its registry. Removed and forgotten by `leave`. */
export function ownTemporary(): { readonly path: string; readonly leave: () => void } {
  const before = process.env.TMPDIR;
  const path = mkdtempSync(join(os.tmpdir(), "assay-test-"));
  chmodSync(path, 0o755);
  process.env.TMPDIR = path;
  const leave = (): void => {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    rmSync(path, { recursive: true, force: true });
  };
  return { path, leave };
}

/** The first row of what a query returns. */
export async function ask<T extends pg.QueryResultRow>(connection: Connection, query: string): Promise<T> {
  const client = new pg.Client({ ...connection });
  // A server that is about to be killed says so.
  client.on("error", () => {});
  await client.connect();
  try {
    return (await client.query<T>(query)).rows[0]!;
  } finally {
    await client.end();
  }
}

export const dataOf = async (connection: Connection): Promise<string> =>
  (await ask<{ data_directory: string }>(connection, "SHOW data_directory")).data_directory;

/** What is left of a server: names of leftovers, so that a failing test says which. */
export async function leftovers({ port }: Connection, data: string): Promise<string[]> {
  const answers = await new Promise<boolean>((resolve) => {
    const socket = net.connect(port, "127.0.0.1", () => resolve(true)).on("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
  const registry = join(data, "..", "..");
  const instances = existsSync(registry) ? readdirSync(registry).filter((name) => name.startsWith(data.split("/").at(-2)!)) : [];
  return [...(answers ? ["port"] : []), ...serversOf(data).map((pid) => `process ${pid}`), ...instances];
}

/** Waits for something to be gone that goes by itself. */
export async function eventually(left: () => Promise<string[]>): Promise<string[]> {
  for (let tries = 0; tries < 100 && (await left()).length > 0; tries++) await setTimeout(50);
  return left();
}

/** The server's first process and the one that keeps it. */
export function processesOf(data: string): { postmaster: number; keeper: number } {
  const parents = serversOf(data).map((pid) => [pid, Number(execFileSync("ps", ["-o", "ppid=", "-p", String(pid)]))] as const);
  const own = new Set(parents.map(([pid]) => pid));
  const [postmaster, keeper] = parents.find(([, parent]) => !own.has(parent))!;
  return { postmaster, keeper };
}

/** Starts a process, in a group of its own, that owns a Postgres. */
export async function startOwner(env: NodeJS.ProcessEnv = {}): Promise<{ owner: ChildProcess; connection: Connection }> {
  const owner = spawn(process.execPath, [OWNER], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
  for await (const line of createInterface({ input: owner.stdout! })) return { owner, connection: JSON.parse(line) as Connection };
  throw new Error("the owner ended before it had started a server");
}

/** The one process that a process has started. */
export function childOf(parent: number): number {
  const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" }).split("\n");
  return Number.parseInt(
    lines.find((line) => line.trim().endsWith(` ${parent}`))!,
    10,
  );
}
