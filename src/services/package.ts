import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { ServiceUnavailable } from "./unavailable.ts";

/** Finds the entry of a package. Throws as `require.resolve` does where it is not installed. */
export type Resolve = (name: string) => string;

const require = createRequire(import.meta.url);
export const installed: Resolve = require.resolve;

/** Path of a package's entry. @throws {ServiceUnavailable} it is not installed: because of this. */
export function entryOf(name: string, because: string, resolve: Resolve): string {
  try {
    return resolve(name);
  } catch {
    throw new ServiceUnavailable(because);
  }
}

/** Version that the description of a package gives, by the path of `package.json`. */
export const versionIn = (description: string): string => (JSON.parse(readFileSync(description, "utf8")) as { version: string }).version;

/** A package that is loaded when it is needed. @throws {ServiceUnavailable} it is there and does not load: because of this. */
export function loaded<T>(path: string, because: (error: Error) => string): T {
  try {
    return require(path) as T;
  } catch (error) {
    throw new ServiceUnavailable(because(error as Error));
  }
}
