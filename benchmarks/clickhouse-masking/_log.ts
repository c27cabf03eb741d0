/** The log as it lies in ClickHouse, and what an analyst asks of it. */
import { clickhouse, createLogTable, logLines, type ClickHouse, type Row } from "#lab";
import { chained, inOneCall } from "./_expressions.ts";
import { firstPatterns } from "./_patterns.ts";

/** When the log begins, in milliseconds since 1970, and how many records a second brings: they place a stretch of its time. */
const BEGIN = Date.UTC(2026, 5, 17);
const PER_SECOND = 100;

/** Ways to a text that may be read. */
export type Way = "raw" | "view" | "one call" | "column";

/** Where the analyst reads: the name of a table or view with the columns of the log, its message the one that may be read. */
export interface Source {
  readonly engine: ClickHouse;
  readonly name: string;
  readonly rows: number;
  /** Bytes of the table on disk. */
  readonly size: () => Promise<number>;
}

/** What was asked of a store once: nothing changes what it holds, and to ask takes longer than most questions of an analyst. */
const sizes = new Map<string, number>();

/**
 * A log in ClickHouse, merged to one part. With *column* the masked text is a column of its own, computed as the rows are written.
 * What lies on disk is made once a run.
 */
export async function logIn(rows: number, way: Way, count: number): Promise<Source & AsyncDisposable> {
  const patterns = firstPatterns(count);
  const store = way === "column" ? `masking-column-${rows}-${count}` : `masking-log-${rows}`;
  const engine = await clickhouse({
    stored: {
      name: store,
      fill: async (empty) => {
        const lines = await logLines(rows, { from: BEGIN, perSecond: PER_SECOND });
        await createLogTable(empty);
        if (way === "column")
          await empty.query(`ALTER TABLE logs ADD COLUMN masked String MATERIALIZED ${chained("ClickHouse", "message", patterns)}`);
        await empty.load("logs", lines.path);
        await empty.settle("logs");
      },
    },
  });
  const text = {
    raw: "message",
    view: chained("ClickHouse", "message", patterns),
    "one call": inOneCall("ClickHouse", "message", patterns),
    column: "masked",
  }[way];
  if (way !== "raw") await engine.query(`CREATE OR REPLACE VIEW readable AS SELECT * EXCEPT message, ${text} AS message FROM logs`);
  const size = async (): Promise<number> => {
    const known = sizes.get(store) ?? (await engine.size("logs")).table;
    sizes.set(store, known);
    return known;
  };
  return { engine, rows, name: way === "raw" ? "logs" : "readable", size, [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose]() };
}

/** What an analyst asks, given where to read and how many rows there are. */
const questions = {
  /** The text of one service's lines in a tenth of the log's time. */
  lines: (name, rows) => {
    const at = (share: number): string => `toDateTime64(${BEGIN / 1e3 + (share * rows) / PER_SECOND}, 3, 'UTC')`;
    return `SELECT id, message FROM ${name} WHERE service = 'checkout' AND time BETWEEN ${at(0.45)} AND ${at(0.55)} ORDER BY id`;
  },
  /** A search through all text that may be read. */
  search: (name) => `SELECT count() FROM ${name} WHERE message LIKE '%timed out%'`,
  /** Numbers that no text is needed for. */
  numbers: (name) =>
    `SELECT service, countIf(level = 'error'), quantileExact(0.99)(latency) FROM ${name} GROUP BY service ORDER BY service`,
} as const satisfies Record<string, (name: string, rows: number) => string>;

export type Question = keyof typeof questions;

/** Asks on one processor, so that the time it takes is the work that there is. */
export const ask = ({ engine, name, rows }: Source, question: Question): Promise<readonly Row[]> =>
  engine.query(`${questions[question](name, rows)} SETTINGS max_threads = 1`);
