/** Where the processes of one user keep a session's tokens: a file each, as command-line tools do, and beside it a file that is its lock. */
import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as after } from "node:timers/promises";

export interface Tokens {
  readonly access: string;
  readonly refresh: string;
  /** A date in the past, in a program that has a clock. */
  readonly expired: boolean;
}

const RETRY = 1; // ms
let written = 0;

const fileOf = (folder: string, session: string): string => path.join(folder, `${session}.json`);

export const read = (folder: string, session: string): Tokens => JSON.parse(readFileSync(fileOf(folder, session), "utf8")) as Tokens;

/** A reader sees the old tokens or the new ones, never a half. */
export function write(folder: string, session: string, tokens: Tokens): void {
  const draft = path.join(folder, `${session}.${process.pid}.${written++}`);
  writeFileSync(draft, JSON.stringify(tokens));
  renameSync(draft, fileOf(folder, session));
}

/** Comes to a meeting about a session, and waits until so many have come, from this process or others. */
export async function met(folder: string, session: string, wanted: number): Promise<void> {
  const present = path.join(folder, `${session}.present`);
  writeFileSync(present, ".", { flag: "a" });
  while (statSync(present).size < wanted) await after(RETRY);
}

/**
 * Does something while nobody else, in this process or another, holds the session's lock. The lock of a holder that was killed stays: a
 * real one needs a date on which it expires, or a database, whose locks end with the connection.
 */
export async function locked<T>(folder: string, session: string, body: () => Promise<T>): Promise<T> {
  const lock = path.join(folder, `${session}.lock`);
  while (!taken(lock)) await after(RETRY);
  try {
    return await body();
  } finally {
    rmSync(lock);
  }
}

/** Creates a file that must not be there, which the system lets one process do. */
function taken(lock: string): boolean {
  try {
    closeSync(openSync(lock, "wx"));
    return true;
  } catch (error) {
    // Windows may still be busy removing it.
    if (["EEXIST", "EPERM", "EBUSY"].includes((error as NodeJS.ErrnoException).code!)) return false;
    throw error;
  }
}
