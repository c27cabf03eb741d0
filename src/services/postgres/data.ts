import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { takeData, type DataDirectory } from "../stored.ts";
import type { Account } from "./account.ts";
import { handOver } from "./template.ts";

/** Moves or copies kept data to where a server will work on them, and returns their superuser's password; undefined if none are asked for. */
export function takeKept({ from, copy = false }: DataDirectory, data: string, account: Account): string | undefined {
  if (from === undefined) return undefined;
  const password = readFileSync(join(from, "password"), "utf8");
  takeData(join(from, "data"), data, copy);
  if (copy) handOver(data, account);
  else rmSync(from, { recursive: true });
  return password;
}

/** Keeps the data of a server that has ended after a checkpoint, with the password that they know. */
export function leaveKept(to: string, data: string, password: string): void {
  mkdirSync(to, { mode: 0o700 });
  writeFileSync(join(to, "password"), password, { mode: 0o600 });
  renameSync(data, join(to, "data"));
}
