/** Events all over the world, written down in one way and kept in a database, and those of one day taken out again in the order of time. */
import { conventions, type ConventionName, type Written } from "./_conventions.ts";
import { TABLE, tableInPostgres, tableInSqlite } from "./_tables.ts";
import type { Moment } from "./_zones.ts";

export const EVENTS = 5_000;
/** One every ten minutes: 144 a day, for five weeks in spring, in which many of these zones change their clocks. */
const MINUTES = 10;
const START = Temporal.Instant.from("2025-02-20T00:00Z");
const zones = [
  "America/New_York",
  "Asia/Kolkata",
  "Europe/Berlin",
  "Pacific/Kiritimati",
  "Australia/Lord_Howe",
  "Pacific/Pago_Pago",
  "America/Sao_Paulo",
] as const;

/** The day that is asked for: in UTC, the one on which New York puts its clocks forward. */
export const FROM = Temporal.Instant.from("2025-03-09T00:00Z");
export const TO = FROM.add({ hours: 24 });

export function eventAt(index: number): Moment {
  const zoned = START.add({ minutes: MINUTES * index }).toZonedDateTimeISO(zones[index % zones.length]!);
  return { instant: zoned.toInstant(), local: zoned.toPlainDateTime(), offset: zoned.offset, zone: zoned.timeZoneId };
}

let made: readonly Moment[] | undefined;

/** All of them, made once a process. */
const events = (): readonly Moment[] => (made ??= Array.from({ length: EVENTS }, (_, index) => eventAt(index)));
const writtenAs = (name: ConventionName): Written[] => events().map(conventions[name].write);

/** What a database is asked, and what the program has to do with the answer. */
export interface Question {
  readonly sql: string;
  readonly idsOf: (rows: readonly (readonly unknown[])[]) => number[];
}

const quoted = (written: Written): string => (typeof written === "number" ? String(written) : `'${written}'`);

/** Nowhere is local time farther behind UTC, or ahead of it. */
const FARTHEST = { behind: { hours: 12 }, ahead: { hours: 14 } } as const;

/** How those of the day are asked for. Ways in UTC leave it all to the database. */
export function questionOf(name: ConventionName): Question {
  const { write } = conventions[name];
  if (name !== "local time and zone") {
    const utc = (instant: Temporal.Instant): string =>
      quoted(write({ instant, local: instant.toZonedDateTimeISO("UTC").toPlainDateTime(), offset: "+00:00", zone: "UTC" }));
    return {
      sql: `SELECT id FROM ${TABLE} WHERE at >= ${utc(FROM)} AND at < ${utc(TO)} ORDER BY at`,
      idsOf: (rows) => rows.map(([id]) => id as number),
    };
  }
  // The index helps as far as local time goes: what may lie within the day is read, what does is for the program to find out.
  const local = (instant: Temporal.Instant): string => instant.toString().slice(0, -1);
  return {
    sql: `SELECT id, at FROM ${TABLE} WHERE at >= '${local(FROM.subtract(FARTHEST.behind))}' AND at < '${local(TO.add(FARTHEST.ahead))}'`,
    idsOf: (rows) =>
      rows
        .map(([id, at]) => ({ id: id as number, at: Temporal.Instant.from(at as string).epochMilliseconds }))
        .filter(({ at }) => at >= FROM.epochMilliseconds && at < TO.epochMilliseconds)
        .toSorted((one, other) => one.at - other.at)
        .map(({ id }) => id),
  };
}

export interface Diary extends AsyncDisposable {
  ask(question: Question): number[] | Promise<number[]>;
}

export async function diaryInSqlite(name: ConventionName): Promise<Diary> {
  const database = tableInSqlite(writtenAs(name), conventions[name]);
  database.exec(`CREATE INDEX by_time ON ${TABLE} (at); ANALYZE`);
  const statement = database.prepare(questionOf(name).sql);
  statement.setReturnArrays(true);
  return {
    ask: ({ idsOf }) => idsOf(statement.all() as unknown as unknown[][]),
    [Symbol.asyncDispose]: async () => database.close(),
  };
}

export async function diaryInPostgres(name: ConventionName): Promise<Diary> {
  const engine = await tableInPostgres(writtenAs(name), conventions[name]);
  await engine.query(`CREATE INDEX ON ${TABLE} (at)`);
  await engine.query(`VACUUM ANALYZE ${TABLE}`);
  return {
    ask: async ({ sql, idsOf }) => idsOf(await engine.query(sql)),
    [Symbol.asyncDispose]: async () => {},
  };
}
