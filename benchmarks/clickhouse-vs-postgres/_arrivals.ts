/** What arrives at a table that holds the first rows of the log: the rows after those, as statements and as files of lines. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { logRecords, privateDirectory, tabLine } from "#lab";

/** Rows a second in a log that a table of this file holds. */
const PER_SECOND = 100;
/** Another seed than that of the rows held: the same users and traces would come again. */
const SEED = 2;
const BEGIN = Date.UTC(2026, 5, 17);
const NUMBERS = new Set([0, 4, 5, 6]);

export interface Arrivals extends AsyncDisposable {
  /** The next row as a statement. */
  readonly statement: () => string;
  /** The next rows as so many files of lines, each a batch: paths. */
  readonly batches: (count: number, rows: number) => Promise<readonly string[]>;
}

/**
 * Rows that follow the first `held`: their ids and times go on where those end. Always the same ones. Disposing removes the files.
 * @param most how many there are.
 */
export function arrivalsAfter(held: number, most: number): Arrivals {
  let folder: ReturnType<typeof privateDirectory> | undefined;
  const lines = linesAfter(held, most);
  let files = 0;
  const next = (): string => {
    const line = lines.next();
    if (line.done) throw new Error(`more than ${most} rows were asked for`);
    return line.value;
  };
  return {
    statement: () => statementOf(next()),
    batches: async (count, rows) => {
      const { directory } = await (folder ??= privateDirectory());
      const paths: string[] = [];
      for (let batch = 0; batch < count; batch++) {
        const path = join(directory, `${files++}.tsv`);
        await writeFile(path, Array.from({ length: rows }, next).join(""));
        paths.push(path);
      }
      return paths;
    },
    async [Symbol.asyncDispose]() {
      await (await folder)?.[Symbol.asyncDispose]();
    },
  };
}

export function* linesAfter(held: number, count: number): Generator<string, undefined> {
  const from = BEGIN + Math.ceil((1_000 * held) / PER_SECOND);
  for (const record of logRecords(count, { seed: SEED, perSecond: PER_SECOND, from })) yield tabLine({ ...record, id: held + record.id });
  return undefined;
}

/** A line as a statement that all three engines understand. */
export function statementOf(line: string): string {
  const fields = line.slice(0, -1).split("\t");
  const values = fields.map((field, column) => (NUMBERS.has(column) ? field : `'${field.replaceAll("'", "''")}'`));
  return `INSERT INTO logs VALUES (${values.join(", ")})`;
}
