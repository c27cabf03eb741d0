import { dirname, join } from "node:path";
import { entryOf, installed, loaded, versionIn, type Resolve } from "../package.ts";

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

const ABSENT = "it needs ClickHouse, and the package chdb";
const YOURS = "set CLICKHOUSE_URL to use a server of your own";

const entry = (resolve: Resolve): string => entryOf("chdb", `${ABSENT} is not installed; ${YOURS}`, resolve);

/** Version of the package. @throws {ServiceUnavailable} it is not installed. */
export const chdbVersion = (resolve: Resolve = installed): string => versionIn(join(dirname(entry(resolve)), "package.json"));

/**
 * The library itself, half a gigabyte, of which the system reads what is used. It takes over the signals of a crash and no others, and
 * ends what is open when the process exits.
 * @throws {ServiceUnavailable} it is not installed, or does not load on this host.
 */
export const library = (resolve: Resolve = installed): Library =>
  loaded<Library>(entry(resolve), ({ name }) => {
    const why = name === "ChdbPlatformUnsupportedError" ? "has no library for this platform" : "does not load on this host";
    return `${ABSENT} ${why}; ${YOURS}`;
  });
