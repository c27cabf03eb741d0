import { dirname, join } from "node:path";
import { entryOf, installed, loaded, versionIn, type Resolve } from "../package.ts";

export type Library = typeof import("@duckdb/node-api");

const NAME = "@duckdb/node-api";

const entry = (resolve: Resolve): string => entryOf(NAME, `it needs DuckDB, and the package ${NAME} is not installed; run npm ci`, resolve);

/** Version of the package. @throws {ServiceUnavailable} it is not installed. */
export const apiVersion = (resolve: Resolve = installed): string => versionIn(join(dirname(entry(resolve)), "..", "package.json"));

/**
 * The library itself. It takes over no signals and prints nothing.
 * @throws {ServiceUnavailable} it is not installed, has no library for this platform, or does not load on this host.
 */
export const library = (resolve: Resolve = installed): Library =>
  loaded<Library>(entry(resolve), (error) => {
    const none = (error as NodeJS.ErrnoException).code === "MODULE_NOT_FOUND" || /unsupported arch/.test(error.message);
    return `it needs DuckDB, whose library ${none ? "is not installed for this platform" : "does not load on this host"}`;
  });
