import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { ServiceUnavailable } from "../unavailable.ts";

/** What is used of `chdb`: a database in a directory. */
export interface Session {
  queryAsync(sql: string, options: { readonly format: string }): Promise<{ text(): string }>;
  /** Closes the database as soon as nothing runs on it. */
  close(): void;
}

export interface Library {
  readonly Session: new (path: string, options?: { readonly connectionArgs?: readonly string[] }) => Session;
  /** Resolves when all that runs has ended and what was to be closed is closed. */
  readonly drainPending: () => Promise<void>;
}

/** Finds the entry of a package. Throws as `require.resolve` does where it is not installed. */
export type Resolve = (name: string) => string;

const require = createRequire(import.meta.url);
const YOURS = "set CLICKHOUSE_URL to use a server of your own";

function entry(resolve: Resolve): string {
  try {
    return resolve("chdb");
  } catch {
    throw new ServiceUnavailable(`it needs ClickHouse, and the package chdb is not installed; ${YOURS}`);
  }
}

/** Version of the package. @throws {ServiceUnavailable} it is not installed. */
export function chdbVersion(resolve: Resolve = require.resolve): string {
  const { version } = JSON.parse(readFileSync(join(dirname(entry(resolve)), "package.json"), "utf8")) as { version: string };
  return version;
}

/**
 * The library itself, half a gigabyte, of which the system reads what is used. It takes over the signals of a crash and no others, and
 * ends what is open when the process exits.
 * @throws {ServiceUnavailable} it is not installed, or does not load on this host.
 */
export function library(resolve: Resolve = require.resolve): Library {
  const path = entry(resolve);
  try {
    return require(path) as Library;
  } catch (error) {
    const why =
      (error as Error).name === "ChdbPlatformUnsupportedError" ? "has no library for this platform" : "does not load on this host";
    throw new ServiceUnavailable(`it needs ClickHouse, and the package chdb ${why}; ${YOURS}`);
  }
}
