import { execFileSync } from "node:child_process";
import { cpSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { ServiceUnavailable } from "../unavailable.ts";
import type { Binaries } from "./binaries.ts";
import { madeOnce } from "./made-once.ts";

/** Who the server runs as: empty for the user of this process. */
export interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

/**
 * Postgres refuses to run as root, so root lends it an account that is there already: no user is ever added to a reader's system.
 * `nobody` comes first because a Postgres that is not ours may run as `postgres`, and ours shall have no access to its files.
 * @throws {ServiceUnavailable} this process is root and there is no such account.
 */
export function serverAccount(): Account {
  if (process.getuid?.() !== 0) return {};
  for (const name of ["nobody", "postgres"]) {
    try {
      // Some systems print the id of nobody as -2 and some as 4294967294.
      const [uid, gid] = ["-u", "-g"].map((which) => Number(execFileSync("id", [which, name], { stdio: "pipe" })) | 0);
      if (uid && gid) return { uid, gid };
    } catch {
      // The next one, then.
    }
  }
  throw new ServiceUnavailable(
    "it needs Postgres, which refuses to run as root, and this host has neither the account nobody nor postgres",
  );
}

/**
 * Binaries that the account can reach. A package under /root is closed to everybody else: a copy of its programs is then kept in the
 * registry.
 */
export function reachable(binaries: Binaries, account: Account, root: string): Binaries {
  const native = dirname(dirname(binaries.postgres));
  if (account.uid === undefined || isOpen(native)) return binaries;
  const copy = join(root, `programs-${binaries.version}`);
  madeOnce(copy, (partial) => cpSync(native, partial, { recursive: true, verbatimSymlinks: true }));
  const moved = (program: string): string => join(copy, "bin", basename(program));
  return { ...binaries, initdb: moved(binaries.initdb), postgres: moved(binaries.postgres) };
}

/** Whether everybody may enter this directory and all that it is in. */
function isOpen(directory: string): boolean {
  if ((statSync(directory).mode & 0o001) === 0) return false;
  return directory === dirname(directory) || isOpen(dirname(directory));
}
