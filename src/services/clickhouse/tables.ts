import type { ClickHouse } from "../clickhouse.ts";
import { named } from "../names.ts";

/** Oldest version that is used: older ones lack columns of `system.parts` and settings that are asked for here. */
export const OLDEST = 25;
/** A merge of all parts writes the table anew; that takes as long as it takes. */
const NO_LIMIT = 0;

/** What is asked of tables, in statements. */
export function onTables(query: ClickHouse["query"]): Pick<ClickHouse, "size" | "wal" | "parts" | "settle"> {
  const active = async (what: string, table: string): Promise<readonly number[]> => {
    const rows = await query(
      `SELECT ${what} FROM system.parts WHERE active AND database = currentDatabase() AND table = '${named(table)}'`,
    );
    return rows[0] as readonly number[];
  };
  return {
    size: async (table) => {
      const indexed = "primary_key_size + secondary_indices_compressed_bytes + secondary_indices_marks_bytes";
      const [all, indexes] = await active(`sum(bytes_on_disk), sum(${indexed})`, table);
      return { table: all! - indexes!, indexes: indexes! };
    },
    wal: async () => 0,
    parts: async (table) => (await active("count()", table))[0]!,
    settle: async (table) => void (await query(`OPTIMIZE TABLE ${named(table)} FINAL`, { timeout: NO_LIMIT })),
  };
}
