/** The application's table of profiles in a row store and in a column store, and how many of its rows differ. */
import type { Engine, Postgres, Stored } from "#lab";
import { profilesBefore, type Profile } from "./_writes.ts";

/** What became of rows since the last time: no row is in both. */
export interface Net {
  readonly written: readonly Profile[];
  readonly removed: readonly number[];
}

/** A table of profiles that is written by batches, each of which becomes visible at once. */
export interface ProfileStore {
  apply(net: Net): Promise<void>;
  rows(): Promise<readonly Profile[]>;
}

const COLUMNS = "id, mail, city, change";
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const values = ([id, mail, city, change]: Profile): string => `${id}, ${quoted(mail)}, ${quoted(city)}, ${change}`;

/** Postgres with the table of the application. `updated_at` and its index are what polling needs. */
export const rowStore: Stored<Postgres> = {
  name: "profiles",
  changes: true,
  async fill(server) {
    await server.query(
      `CREATE TABLE profiles (id bigint PRIMARY KEY, mail text NOT NULL, city text NOT NULL, change integer NOT NULL,
         updated_at timestamptz NOT NULL)`,
    );
    const rows = profilesBefore().map((it) => `(${values(it)}, now() - interval '1 day')`);
    await server.query(`INSERT INTO profiles VALUES ${rows.join(", ")}`);
    await server.query("CREATE INDEX ON profiles (updated_at)");
  },
};

export const rowsOf = async (server: Postgres): Promise<readonly Profile[]> =>
  (await server.query(`SELECT ${COLUMNS} FROM profiles ORDER BY id`)) as unknown as readonly Profile[];

/** Makes the same table in a column store, each in its own way of changing rows. */
export async function columnStore(engine: Engine): Promise<ProfileStore> {
  const store = engine.engine === "ClickHouse" ? await replacing(engine) : await transactional(engine);
  await store.apply({ written: profilesBefore(), removed: [] });
  return store;
}

/** DuckDB changes rows in a transaction. */
async function transactional(engine: Engine): Promise<ProfileStore> {
  await engine.query("CREATE TABLE profiles (id BIGINT, mail VARCHAR, city VARCHAR, change INTEGER)");
  return {
    async apply({ written, removed }) {
      const old = [...removed, ...written.map(([id]) => id)];
      const deletion = `DELETE FROM profiles WHERE id IN (${old.join(", ")})`;
      const insertion = written.length > 0 ? `INSERT INTO profiles VALUES ${written.map((it) => `(${values(it)})`).join(", ")};` : "";
      await engine.query(`BEGIN; ${deletion}; ${insertion} COMMIT`);
    },
    rows: async () => (await engine.query(`SELECT ${COLUMNS} FROM profiles ORDER BY id`)) as unknown as readonly Profile[],
  };
}

/** ClickHouse adds newer versions of rows and leaves out the older ones when it is asked, until a merge removes them. */
async function replacing(engine: Engine): Promise<ProfileStore> {
  await engine.query(
    `CREATE TABLE profiles (id UInt64, mail String, city LowCardinality(String), change UInt32, version UInt64, removed UInt8)
      ENGINE = ReplacingMergeTree(version, removed) ORDER BY id`,
  );
  let version = 0;
  return {
    async apply({ written, removed }) {
      version++;
      const rows = [...written.map((it) => `(${values(it)}, ${version}, 0)`), ...removed.map((id) => `(${id}, '', '', 0, ${version}, 1)`)];
      await engine.query(`INSERT INTO profiles VALUES ${rows.join(", ")}`);
    },
    rows: async () => (await engine.query(`SELECT ${COLUMNS} FROM profiles FINAL ORDER BY id`)) as unknown as readonly Profile[],
  };
}

/** Rows that are in one of the two alone, or are in both and differ. */
export function differing(one: readonly Profile[], other: readonly Profile[]): number {
  const left = new Map(one.map((row) => [row[0], row.join("\t")]));
  let differ = 0;
  for (const row of other) {
    if (left.get(row[0]) !== row.join("\t")) differ++;
    left.delete(row[0]);
  }
  return differ + left.size;
}
