/** Profiles in Postgres in three forms: a row each, a document each, and a table for each field. */
import { postgres, type Postgres, type Row } from "#lab";
import { fields, preferencesText, profileOf, type Field } from "./_post-profiles.ts";

export type Form = "rows" | "documents" | "columns";

interface Tables {
  readonly names: readonly string[];
  readonly profile: (id: number) => string;
  /** The fields of a profile in an answer to that. */
  readonly read: (row: Row) => Row;
  readonly latestLogin: string;
}

const parts = ["part_name", "part_email", "part_preferences", "part_last_login"];

export const tablesOf: Readonly<Record<Form, Tables>> = {
  rows: {
    names: ["profile"],
    profile: (id) => `SELECT name, email, preferences, last_login FROM profile WHERE id = ${id}`,
    read: (row) => row,
    latestLogin: "SELECT max(last_login) FROM profile",
  },
  documents: {
    names: ["document"],
    // Whole, as an application takes it: every field that is asked for singly would fetch a long document again.
    profile: (id) => `SELECT it FROM document WHERE id = ${id}`,
    read: ([document]) => fieldsOf(String(document)),
    latestLogin: "SELECT max((it->>'LastLogin')::bigint) FROM document",
  },
  columns: {
    names: parts,
    profile: (id) => `SELECT ${parts.map((part) => `(SELECT it FROM ${part} WHERE id = ${id})`).join(", ")}`,
    read: (row) => row,
    latestLogin: "SELECT max(it) FROM part_last_login",
  },
};

function fieldsOf(document: string): Row {
  const { Preferences, ...plain } = JSON.parse(document) as Record<Exclude<Field, "Preferences">, string> & {
    Preferences: { seen: string };
  };
  return fields.map((field) => (field === "Preferences" ? preferencesText(Preferences.seen) : plain[field]));
}

/** What Postgres says it has read of some tables so far, in blocks; taken from its cache or not. */
export interface BlocksRead {
  /** Of the tables themselves, and of what was moved out of them because it is long. */
  readonly data: number;
  /** Of the indexes that lead to either. */
  readonly index: number;
}

export async function blocksRead(server: Postgres, { names }: Tables): Promise<BlocksRead> {
  await server.query("SELECT pg_stat_force_next_flush()");
  const sum = (...columns: readonly string[]): string =>
    columns.map((column) => `coalesce(sum(${column}_blks_read + ${column}_blks_hit), 0)::bigint`).join(" + ");
  const [row] = await server.query(
    `SELECT ${sum("heap", "toast")}, ${sum("idx", "tidx")} FROM pg_statio_user_tables
     WHERE schemaname = current_schema() AND relname IN (${names.map((name) => `'${name}'`).join(", ")})`,
  );
  return { data: row![0] as number, index: row![1] as number };
}

/** Bytes that some tables take, their indexes included. */
export async function bytesOf(server: Postgres, { names }: Tables): Promise<number> {
  let bytes = 0;
  for (const name of names) {
    const { table, indexes } = await server.size(name);
    bytes += table + indexes;
  }
  return bytes;
}

/** A Postgres with the profiles in all three forms. */
export const profileServer = (profiles: number, preferences: number): Promise<Postgres> =>
  postgres({
    stored: { name: `profiles-${profiles}-${preferences}`, fill: (server) => fill(server, profiles, preferences) },
  });

async function fill(server: Postgres, profiles: number, preferences: number): Promise<void> {
  const tables = ["profile", "document", ...parts];
  await server.query("CREATE TABLE profile (id integer, name text, email text, preferences jsonb, last_login bigint)");
  await load(server, profiles, preferences);
  // One transaction: each of its own would wait for the disk.
  await server.query("BEGIN");
  await server.query(
    `CREATE TABLE document AS SELECT id, jsonb_build_object('Name', name, 'Email', email, 'Preferences', preferences, 'LastLogin', last_login) AS it FROM profile`,
  );
  for (const part of parts) await server.query(`CREATE TABLE ${part} AS SELECT id, ${part.replace("part_", "")} AS it FROM profile`);
  for (const table of tables) await server.query(`ALTER TABLE ${table} ADD PRIMARY KEY (id)`);
  await server.query("COMMIT");
  // Left to itself the server would do so at a moment of its own, and what it reads for that would count.
  await server.query(`VACUUM (ANALYZE) ${tables.join(", ")}`);
}

const ROWS_AT_ONCE = 500;

/** By statements rather than from a file, which would stay behind if the trial were ended meanwhile. No text in a profile has a quote. */
async function load(server: Postgres, profiles: number, preferences: number): Promise<void> {
  for (let from = 0; from < profiles; from += ROWS_AT_ONCE) {
    const rows = Array.from({ length: Math.min(ROWS_AT_ONCE, profiles - from) }, (_, index) => {
      const { Name, Email, Preferences, LastLogin } = profileOf(from + index, preferences);
      return `(${from + index}, '${Name}', '${Email}', '${Preferences}', ${LastLogin})`;
    });
    await server.query(`INSERT INTO profile VALUES ${rows.join(", ")}`);
  }
}
