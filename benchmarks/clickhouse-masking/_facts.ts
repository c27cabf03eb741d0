/** Facts that ClickHouse tells of itself. */
import { ServiceFailed, type ClickHouse } from "#lab";

/** What the engine says against a statement; nothing where it does as it is told. */
export async function refusal(engine: ClickHouse, sql: string): Promise<string> {
  try {
    await engine.query(sql);
    return "";
  } catch (error) {
    if (error instanceof ServiceFailed) return error.message;
    throw error;
  }
}

/** How many functions it has of a name, as it reads names. */
export async function functionsCalled(engine: ClickHouse, name: string): Promise<number> {
  const called = `name = '${name}' OR (case_insensitive AND lower(name) = lower('${name}'))`;
  return Number((await engine.query(`SELECT count() FROM system.functions WHERE ${called}`))[0]![0]);
}

/** How many calls that replace by a regular expression stand in the plan of a statement: in the step that has most of them. */
export async function replacementsIn(engine: ClickHouse, sql: string): Promise<number> {
  const plan = await engine.query(`EXPLAIN actions = 1 ${sql}`);
  return Math.max(0, ...plan.map(([line]) => String(line).split("replaceRegexp").length - 1));
}

/** Everything that a change of what a table holds would change: the hashes of its parts, its mutations, a digest of its text. */
export async function storedIn(engine: ClickHouse, table: string): Promise<string> {
  const here = `database = currentDatabase() AND table = '${table}'`;
  const hashes = "hash_of_all_files, hash_of_uncompressed_files";
  return JSON.stringify([
    await engine.query(`SELECT name, rows, ${hashes} FROM system.parts WHERE active AND ${here} ORDER BY name`),
    await engine.query(`SELECT count() FROM system.mutations WHERE ${here}`),
    await engine.query(`SELECT toString(sum(cityHash64(id, message))) FROM ${table}`),
  ]);
}
