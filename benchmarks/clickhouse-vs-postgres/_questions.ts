/** Four questions about a log, in the words of each engine, and so that all give the same rows. */
import type { Engine, Row } from "#lab";

export type Question = "errorsPerHour" | "p99" | "substring" | "byId";
type Statement = (rows: number) => string;

/** Hours since 1970. */
const hour = {
  Postgres: "(extract(epoch FROM date_trunc('hour', time)) / 3600)::bigint",
  ClickHouse: "toInt64(intDiv(toUnixTimestamp(time), 3600))",
  DuckDB: "epoch_ms(time) // 3600000",
} as const;

/** The least latency that 99 % of a service's requests do not exceed: a value that occurs, nothing between two. */
const p99 = {
  Postgres: "percentile_disc(0.99) WITHIN GROUP (ORDER BY latency)",
  // ClickHouse's plain quantileExact takes the next one where 99 % are a whole number of rows.
  ClickHouse: "quantileExactWeighted(0.99)(latency, 1)",
  DuckDB: "quantile_disc(latency, 0.99)",
} as const;

const inAll = (statement: Statement): Record<Engine["engine"], Statement> => ({
  Postgres: statement,
  ClickHouse: statement,
  DuckDB: statement,
});
const inEach = (words: Record<Engine["engine"], string>, statement: (words: string) => string): Record<Engine["engine"], Statement> => ({
  Postgres: () => statement(words.Postgres),
  ClickHouse: () => statement(words.ClickHouse),
  DuckDB: () => statement(words.DuckDB),
});

export const questions: { readonly [Q in Question]: Readonly<Record<Engine["engine"], Statement>> } = {
  errorsPerHour: inEach(hour, (it) => `SELECT ${it} AS hour, count(*) FROM logs WHERE level = 'error' GROUP BY 1 ORDER BY 1`),
  p99: inEach(p99, (it) => `SELECT service, ${it} FROM logs GROUP BY service ORDER BY service`),
  substring: inAll(() => "SELECT count(*), min(id), max(id) FROM logs WHERE message LIKE '%unavailable%'"),
  // Anywhere but at either end.
  byId: inAll((rows) => `SELECT id, service, level, "user", latency, trace, message FROM logs WHERE id = ${Math.round(0.618 * rows)}`),
};

/** Everything that an engine answers, to be compared row by row. */
export async function answers(engine: Engine, rows: number): Promise<Readonly<Record<Question, readonly Row[]>>> {
  const ask = (question: Question): Promise<readonly Row[]> => engine.query(questions[question][engine.engine](rows), { timeout: 600 });
  return {
    errorsPerHour: await ask("errorsPerHour"),
    p99: await ask("p99"),
    substring: await ask("substring"),
    byId: await ask("byId"),
  };
}
