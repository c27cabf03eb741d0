import { renameSync, rmSync, symlinkSync } from "node:fs";
import { join, resolve as absolute } from "node:path";
import { openScratch } from "../../host/scratch.ts";
import type { ClickHouse } from "../clickhouse.ts";
import { STATEMENT_TIMEOUT } from "../engine.ts";
import { ServiceFailed } from "../failed.ts";
import { inTurn } from "../in-turn.ts";
import { named } from "../names.ts";
import type { Resolve } from "../package.ts";
import { takeData, type DataDirectory } from "../stored.ts";
import { ServiceUnavailable } from "../unavailable.ts";
import { FORMAT, rowsOf } from "./answer.ts";
import { fault } from "./faults.ts";
import { library, type Library, type Session } from "./library.ts";
import { OLDEST, onTables } from "./tables.ts";

/** The library works on one directory per process; a second one is refused here, in words that say what to do. */
let taken = false;

/** Opens a ClickHouse in this process. */
export async function embedded(data: DataDirectory, resolve?: Resolve): Promise<ClickHouse> {
  const chdb = library(resolve);
  if (taken) throw new ServiceFailed("a process has room for one ClickHouse: dispose the first before you start another");
  taken = true;
  try {
    return await opened(chdb, data);
  } catch (error) {
    taken = false;
    throw error;
  }
}

async function opened(chdb: Library, { from, copy = false, to }: DataDirectory): Promise<ClickHouse> {
  const scratch = await openScratch();
  const directory = join(scratch.directory, "data");
  let session: Session | undefined;
  const close = async (): Promise<void> => {
    session?.close();
    session = undefined;
    await chdb.drainPending();
  };
  try {
    if (from !== undefined) takeData(from, directory, copy);
    session = new chdb.Session(directory);
    const run = running(session);
    for (const statement of BEGIN) await run(statement, STATEMENT_TIMEOUT);
    const version = String(rowsOf(await run("SELECT version()", STATEMENT_TIMEOUT))[0]![0]);
    if (Number.parseInt(version) < OLDEST) throw tooOld(version);
    const query: ClickHouse["query"] = async (sql, { timeout = STATEMENT_TIMEOUT } = {}) => rowsOf(await run(sql, timeout));
    const load: ClickHouse["load"] = async (table, lines) => {
      // A name of our own: the engine takes * and {} in a path for patterns and .gz for packed, and quotes the path where a line is wrong.
      const link = join(scratch.directory, "lines");
      rmSync(link, { force: true });
      symlinkSync(absolute(lines), link);
      await run(`INSERT INTO ${named(table)} FROM INFILE '${link.replace(/['\\]/g, "\\$&")}' COMPRESSION 'none' FORMAT TabSeparated`, 0);
    };
    let closing: Promise<void> | undefined;
    return {
      engine: "ClickHouse",
      version: version.split(".").slice(0, 2).join("."),
      source: "own",
      query,
      load,
      ...onTables(query),
      [Symbol.asyncDispose]: () =>
        (closing ??= (async () => {
          await close();
          taken = false;
          try {
            if (to !== undefined) renameSync(directory, to);
          } finally {
            await scratch[Symbol.asyncDispose]();
          }
        })()),
    };
  } catch (error) {
    await close();
    await scratch[Symbol.asyncDispose]();
    throw error instanceof ServiceUnavailable ? error : fault(error, STATEMENT_TIMEOUT);
  }
}

/**
 * The database that is there from the start looks for files by the names of tables it does not know, and takes a lone expression for a
 * question: a server does neither.
 */
const BEGIN = [
  "CREATE DATABASE IF NOT EXISTS assay ENGINE = Atomic",
  "USE assay",
  "SET session_timezone = 'UTC', implicit_select = 0",
  "SET output_format_json_quote_64bit_integers = 1, output_format_json_quote_decimals = 1, output_format_json_quote_denormals = 1",
];

const tooOld = (version: string): ServiceUnavailable =>
  new ServiceUnavailable(`it needs ClickHouse ${OLDEST} or newer, and the installed package chdb has ${version}; run npm ci`);

/** Puts statements to a session, one after the other. A statement that is given no seconds takes as long as it takes. */
function running(session: Session): (sql: string, seconds: number) => Promise<string> {
  const turn = inTurn();
  let allowed: number | undefined;
  return (sql, seconds) =>
    turn(async () => {
      try {
        if (allowed !== seconds) await session.queryAsync(`SET max_execution_time = ${seconds}`, { format: FORMAT });
        allowed = seconds;
        return (await session.queryAsync(sql, { format: FORMAT })).text();
      } catch (error) {
        throw fault(error, seconds);
      }
    });
}
