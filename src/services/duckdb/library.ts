import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { ServiceUnavailable } from "../unavailable.ts";

export type Library = typeof import("@duckdb/node-api");

/** Finds the entry of a package. Throws as `require.resolve` does where it is not installed. */
export type Resolve = (name: string) => string;

const require = createRequire(import.meta.url);
const NAME = "@duckdb/node-api";

function entry(resolve: Resolve): string {
  try {
    return resolve(NAME);
  } catch {
    throw new ServiceUnavailable(`it needs DuckDB, and the package ${NAME} is not installed; run npm ci`);
  }
}

/** Version of the package. @throws {ServiceUnavailable} it is not installed. */
export function apiVersion(resolve: Resolve = require.resolve): string {
  const { version } = JSON.parse(readFileSync(join(dirname(entry(resolve)), "..", "package.json"), "utf8")) as { version: string };
  return version;
}

/**
 * The library itself. It takes over no signals and prints nothing.
 * @throws {ServiceUnavailable} it is not installed, has no library for this platform, or does not load on this host.
 */
export function library(resolve: Resolve = require.resolve): Library {
  const path = entry(resolve);
  try {
    return require(path) as Library;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const none = code === "MODULE_NOT_FOUND" || /unsupported arch/.test(message);
    throw new ServiceUnavailable(
      `it needs DuckDB, whose library ${none ? "is not installed for this platform" : "does not load on this host"}`,
    );
  }
}
