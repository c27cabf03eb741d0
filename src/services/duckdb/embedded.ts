import { mkdirSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { openScratch } from "../../host/scratch.ts";
import type { DuckDB } from "../duckdb.ts";
import { STATEMENT_TIMEOUT } from "../engine.ts";
import type { Resolve } from "../package.ts";
import { takeData, type DataDirectory } from "../stored.ts";
import { rowsOf } from "./answer.ts";
import { fault } from "./faults.ts";
import { library, type Library } from "./library.ts";
import { loading } from "./loading.ts";
import { running, type Run } from "./running.ts";
import { sizeOf } from "./size.ts";

const FILE = "db.duckdb";

/** Opens a DuckDB in this process. */
export async function embedded({ from, copy = false, to }: DataDirectory, resolve?: Resolve): Promise<DuckDB> {
  const api = library(resolve);
  const scratch = await openScratch();
  const directory = join(scratch.directory, "data");
  const file = join(directory, FILE);
  let close = (): void => {};
  try {
    if (from === undefined) mkdirSync(directory, { mode: 0o700 });
    else takeData(from, directory, copy);
    const opened = await open(api, file);
    close = opened.close;
    const log = following(`${file}.wal`);
    const run: Run = async (sql, seconds) => {
      try {
        return await opened.run(sql, seconds);
      } catch (error) {
        throw fault(error, seconds);
      } finally {
        log.look();
      }
    };
    const query: DuckDB["query"] = async (sql, { timeout = STATEMENT_TIMEOUT } = {}) => rowsOf(await run(sql, timeout), api.DuckDBTypeId);
    await run("SET TimeZone = 'UTC'", STATEMENT_TIMEOUT);
    const [row] = await query("SELECT version()");
    let closing: Promise<void> | undefined;
    return {
      engine: "DuckDB",
      version: String(row![0]).replace(/^v/, ""),
      source: "own",
      query,
      load: loading(query),
      size: (table) => sizeOf(query, table),
      wal: async () => log.written(),
      [Symbol.asyncDispose]: () =>
        (closing ??= (async () => {
          try {
            // So that the file is all there is; without it the log would have to move along.
            if (to !== undefined) await run("CHECKPOINT", 0);
            close();
            if (to !== undefined) renameSync(directory, to);
          } finally {
            close();
            await scratch[Symbol.asyncDispose]();
          }
        })()),
    };
  } catch (error) {
    close();
    await scratch[Symbol.asyncDispose]();
    throw fault(error, STATEMENT_TIMEOUT);
  }
}

async function open(api: Library, file: string): Promise<{ run: Run; close: () => void }> {
  const instance = await api.DuckDBInstance.create(file, { autoinstall_known_extensions: "false", autoload_known_extensions: "false" });
  const connection = await instance.connect();
  let open = true;
  return {
    run: running(connection),
    close: () => {
      if (!open) return;
      open = false;
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** Adds up by how much a file grows that is cut off, or removed, every now and then. */
function following(file: string): { readonly look: () => void; readonly written: () => number } {
  const size = (): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  let last = size();
  let sum = 0;
  return {
    look: () => {
      const now = size();
      sum += now >= last ? now - last : now;
      last = now;
    },
    written: () => sum,
  };
}
