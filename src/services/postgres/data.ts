import { constants, cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DataDirectory } from "../stored.ts";
import type { Account } from "./account.ts";
import { handOver } from "./template.ts";

/** Moves or copies kept data to where a server will work on them, and returns their superuser's password; undefined if none are asked for. */
export function takeData({ from, copy = false }: DataDirectory, data: string, account: Account): string | undefined {
  if (from === undefined) return undefined;
  const password = readFileSync(join(from, "password"), "utf8");
  if (copy) {
    cpSync(join(from, "data"), data, { recursive: true, mode: constants.COPYFILE_FICLONE });
    handOver(data, account);
  } else {
    renameSync(join(from, "data"), data);
    rmSync(from, { recursive: true });
  }
  return password;
}

/** Keeps the data of a server that has ended after a checkpoint, with the password that they know. */
export function leaveData(to: string, data: string, password: string): void {
  mkdirSync(to, { mode: 0o700 });
  writeFileSync(join(to, "password"), password, { mode: 0o600 });
  renameSync(data, join(to, "data"));
}
