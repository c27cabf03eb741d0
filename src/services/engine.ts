/** One row of an answer, its values in the order of the columns. */
export type Row = readonly (string | number | boolean | null)[];

/** Seconds that a statement may take unless it says so itself. */
export const STATEMENT_TIMEOUT = 60;

export interface QueryOptions {
  /** Seconds after which the statement is given up; `STATEMENT_TIMEOUT` unless given. */
  readonly timeout?: number;
}

/** The face that all engines share: what an experiment needs to put the same rows and the same question to each. */
export interface Engine extends AsyncDisposable {
  readonly engine: "Postgres" | "ClickHouse" | "DuckDB";
  /** Version of the engine (18.4). */
  readonly version: string;
  /** Whose it is: the lab's own, or a server that the reader named. */
  readonly source: "own" | "DATABASE_URL" | "CLICKHOUSE_URL";
  /**
   * Runs one statement. Whole numbers come back as numbers, text as text; what an engine has a type of its own for (a time, a decimal) comes
   * back as its text, so a question that is put to several engines asks for numbers and text.
   * @throws {ServiceFailed} the engine refused it, or it took longer than its time-out; one line, which may quote the statement.
   * @throws {RangeError} a whole number beyond 2^53.
   */
  query(sql: string, options?: QueryOptions): Promise<readonly Row[]>;
  /**
   * Loads a file of tab-separated lines by the fastest way that the engine has for them: COPY, `INSERT … FORMAT TabSeparated`, `read_csv`.
   * The columns are those of the table, in its order. Returns when all rows can be read.
   * @param lines path of the file, as `logLines` makes it: no header, no quotes, backslashes escaped.
   * @throws {ServiceFailed} a line does not fit, or the disk is full.
   */
  load(table: string, lines: string): Promise<void>;
  /** Bytes that a table takes on disk, once what was written lies there. An engine without indexes of their own has 0 for them. */
  size(table: string): Promise<{ readonly table: number; readonly indexes: number }>;
  /** Bytes written to the write-ahead log since the engine was started; 0 for one that has none. */
  wal(): Promise<number>;
}
