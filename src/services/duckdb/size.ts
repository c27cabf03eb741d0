import type { DuckDB } from "../duckdb.ts";
import { ServiceFailed } from "../failed.ts";
import { named, quoted } from "../names.ts";

type Ask = DuckDB["query"];

/**
 * Blocks of the database's file, after a checkpoint, times their size. The engine names the blocks of columns and those of its own
 * accounts; what else is in use are the trees of indexes.
 * @throws {ServiceFailed} there is no such table, or several have indexes, of which it cannot be told whose a block is.
 */
export async function sizeOf(query: Ask, table: string): Promise<{ readonly table: number; readonly indexes: number }> {
  await query("CHECKPOINT");
  const [[block, used] = []] = (await query(
    "SELECT block_size, used_blocks FROM pragma_database_size()",
  )) as readonly (readonly number[])[];
  const own = await blocksOf(query, named(table));
  const indexed = await tablesWithIndexes(query);
  if (!indexed.includes(table)) return { table: own.length * block!, indexes: 0 };
  if (indexed.length > 1) throw new ServiceFailed("DuckDB does not tell which blocks an index has where several tables have indexes");
  const accounts = await query("SELECT count(*) FROM pragma_metadata_info()");
  const tables = await names(query, "SELECT table_name FROM duckdb_tables() WHERE NOT temporary");
  const columns = new Set((await Promise.all(tables.map((name) => blocksOf(query, name)))).flat());
  return { table: own.length * block!, indexes: (used! - columns.size - (accounts[0]![0] as number)) * block! };
}

/** Blocks with segments of a table's columns; texts that are long have more of their own. */
async function blocksOf(query: Ask, table: string): Promise<readonly number[]> {
  const rows = await query(
    `SELECT DISTINCT block FROM (SELECT unnest([block_id] || additional_block_ids) AS block FROM pragma_storage_info(${quoted(table)}))
      WHERE block >= 0`,
  );
  return rows.map(([block]) => block as number);
}

/** A key is an index as well. */
const tablesWithIndexes = (query: Ask): Promise<readonly string[]> =>
  names(
    query,
    `SELECT table_name FROM duckdb_indexes()
      UNION SELECT table_name FROM duckdb_constraints() WHERE constraint_type IN ('PRIMARY KEY', 'UNIQUE', 'FOREIGN KEY')`,
  );

const names = async (query: Ask, sql: string): Promise<readonly string[]> => (await query(sql)).map(([name]) => String(name));
