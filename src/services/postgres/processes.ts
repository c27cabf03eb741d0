import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { basename, join } from "node:path";
import { setTimeout } from "node:timers/promises";

/** Postgres gives its own processes 5 s before it kills them. */
const PATIENCE = 6000; // ms
const GLANCE = 20; // ms

/**
 * Ends every Postgres process that works in this data directory, and waits until they are gone. Which ones those are is asked of the
 * system and never read from a file: a process id that Postgres once wrote down may be another program's by now.
 */
export async function endServersOf(data: string): Promise<void> {
  // An immediate shutdown: what is about to be deleted needs no checkpoint.
  for (const [signal, patience] of [["SIGQUIT", PATIENCE] as const, ["SIGKILL", PATIENCE] as const]) {
    for (let waited = 0; waited < patience; waited += GLANCE) {
      const pids = serversOf(data);
      if (pids.length === 0) return;
      if (waited === 0) pids.forEach((pid) => send(pid, signal));
      await setTimeout(GLANCE);
    }
  }
}

/** Processes whose program is postgres and whose data directory is this one. Windows cannot be asked: there, none. */
export function serversOf(data: string): number[] {
  if (process.platform === "linux")
    return readdirSync("/proc")
      .map(Number)
      .filter((pid) => pid > 0 && worksIn(pid, data));
  if (process.platform === "win32") return [];
  // Only the first process shows the directory; those that it started end with it.
  const lines = execFileSync("ps", ["-axww", "-o", "pid=,command="], { encoding: "utf8", maxBuffer: 2 ** 26 }).split("\n");
  return lines.filter((line) => /\/postgres\s/.test(line) && line.endsWith(`-D ${data}`)).map((line) => Number.parseInt(line, 10));
}

/** Every process of a Postgres, the one started first and all others, has the data directory as its working directory. */
function worksIn(pid: number, data: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === data && basename(readlinkSync(`/proc/${pid}/exe`)).startsWith("postgres");
  } catch {
    // It ended in between, or belongs to somebody else.
    return false;
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It was faster.
  }
}

/**
 * Removes the one page of System V shared memory that guards a data directory and outlives a Postgres that was killed. Only on Linux,
 * and only if it still has the key and the creator that this directory's `postmaster.pid` names, and nobody uses it.
 */
export function removeSharedMemory(data: string): void {
  if (process.platform !== "linux") return;
  try {
    const lines = readFileSync(join(data, "postmaster.pid"), "utf8").split("\n");
    const [key, id] = lines[6]!.trim().split(/\s+/);
    const segments = readFileSync("/proc/sysvipc/shm", "utf8").split("\n").slice(1);
    const ours = segments
      .map((line) => line.trim().split(/\s+/))
      // Columns: key, id, permissions, size, creator, last user, attached.
      .some((column) => Number(column[0]) === Number(key) && column[1] === id && column[4] === lines[0] && column[6] === "0");
    if (ours) execFileSync("ipcrm", ["-m", id!], { stdio: "ignore" });
  } catch {
    // There is no such file, or no such segment any more.
  }
}
