/**
 * Personal data have got into a log. Must the lines be deleted, and the metrics with them? Four remedies, in Postgres and in ClickHouse,
 * on the same log: *deletion* of every line in which one of the post's two patterns is found; an *update* that rewrites those messages
 * where they lie; a *column* that the engine computes from the message, and that is read in its place; and a *view* that masks on the way.
 *
 * Three metrics are taken before and after: how many lines there are, errors by the hour, and the 99th percentile of latency by service. A
 * remedy that leaves all three alone and none of the known addresses in sight is one, and where there is one besides deletion the claim
 * fails.
 *
 * What to expect: only deletion moves the metrics, by as much as the lines with an address were of the log, and those with a version that
 * looks like one. The others differ in what they leave behind: `left` counts messages with an address in the table itself, for whoever may
 * read that. A view and a column leave all of them. An update leaves none there, though old versions of its rows lie in Postgres's pages
 * until they are vacuumed, in its write-ahead log, and in every backup; ClickHouse writes its parts anew and drops the old ones minutes
 * later.
 *
 * How you could be fooled: by a remedy that keeps the metrics because it hid nothing (`shown` counts known addresses in what is read
 * afterwards); by metrics that happen to stay (all hours and services are compared, none is averaged away); by what one remedy leaves for
 * the next (each finds the log loaded anew); and by asking one engine for all. ClickHouse changes rows by a mutation, which returns before
 * it is done unless told to wait; here it is.
 */
import {
  beside,
  clickhouse,
  count,
  createLogTable,
  exact,
  fraction,
  GiB,
  logLines,
  postgres,
  scenario,
  value,
  type Engine,
  type Postgres,
  type Row,
} from "#lab";
import { chained, found } from "./_expressions.ts";
import { ipv4, mail } from "./_patterns.ts";
import { exposed } from "./_truth.ts";
import article from "./article.ts";

const ROWS = 20_000;
/** Half a line a second: eleven hours, so that there are hours to compare. */
const LOG = { perSecond: 0.5 };
const patterns = [mail, ipv4];

/** An engine with the log in it, as it was before anybody did anything. */
interface Incident {
  readonly engine: Engine;
  readonly [Symbol.asyncDispose]?: () => PromiseLike<void>;
}

let server: Promise<Postgres> | undefined;

/** Postgres is started once for all remedies of a process, and goes with it; each remedy has the log loaded anew. */
async function incidentIn(product: "Postgres" | "ClickHouse"): Promise<Incident> {
  const engine = product === "Postgres" ? await (server ??= postgres()) : await clickhouse();
  if (product === "Postgres") await engine.query("DROP TABLE IF EXISTS logs CASCADE");
  await createLogTable(engine);
  await engine.load("logs", (await logLines(ROWS, LOG)).path);
  return product === "Postgres" ? { engine } : { engine, [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose]() };
}

/** Where the log is read once a remedy was applied, and which expression stands for its text. */
interface Readable {
  readonly from: string;
  readonly text: string;
}

type Remedy = (engine: Engine) => Promise<Readable>;

const inPlace: Readable = { from: "logs", text: "message" };

const remedies = {
  deletion: async (engine) => {
    const leaking = found(engine.engine, "message", patterns);
    await engine.query(
      engine.engine === "ClickHouse"
        ? `ALTER TABLE logs DELETE WHERE ${leaking} SETTINGS mutations_sync = 2`
        : `DELETE FROM logs WHERE ${leaking}`,
    );
    return inPlace;
  },
  update: async (engine) => {
    const set = `message = ${chained(engine.engine, "message", patterns)} WHERE ${found(engine.engine, "message", patterns)}`;
    await engine.query(
      engine.engine === "ClickHouse" ? `ALTER TABLE logs UPDATE ${set} SETTINGS mutations_sync = 2` : `UPDATE logs SET ${set}`,
    );
    return inPlace;
  },
  column: async (engine) => {
    const text = chained(engine.engine, "message", patterns);
    const computed = engine.engine === "ClickHouse" ? `String ALIAS ${text}` : `text GENERATED ALWAYS AS (${text}) STORED`;
    await engine.query(`ALTER TABLE logs ADD COLUMN masked ${computed}`);
    return { from: "logs", text: "masked" };
  },
  view: async (engine) => {
    const columns = `id, time, service, level, latency, ${chained(engine.engine, "message", patterns)} AS message`;
    await engine.query(`CREATE VIEW readable AS SELECT ${columns} FROM logs`);
    return { from: "readable", text: "message" };
  },
} satisfies Record<string, Remedy>;

/** What a dashboard shows: each a table of numbers by what they are of. */
async function metricsOf(engine: Engine, from: string) {
  const [hour, p99] =
    engine.engine === "ClickHouse"
      ? ["intDiv(toUnixTimestamp(time), 3600)", "quantileExact(0.99)(latency)"]
      : ["floor(extract(epoch FROM time) / 3600)::bigint", "percentile_disc(0.99) WITHIN GROUP (ORDER BY latency)"];
  return {
    rows: await engine.query(`SELECT 'all', count(*) FROM ${from}`),
    errors: await engine.query(`SELECT ${hour} AS hour, count(*) FROM ${from} WHERE level = 'error' GROUP BY hour ORDER BY hour`),
    p99: await engine.query(`SELECT service, ${p99} FROM ${from} GROUP BY service ORDER BY service`),
  };
}

/** By how much the worst of the numbers moved, as a share of what it was. What is gone has moved by all of it. */
function moved(before: readonly Row[], after: readonly Row[]): number {
  const now = new Map(after.map(([of, number]) => [of, Number(number)]));
  return Math.max(...before.map(([of, number]) => Math.abs((now.get(of!) ?? 0) / Number(number) - 1)));
}

const messagesIn = async (engine: Engine, { from, text }: Readable): Promise<number> =>
  exposed((await engine.query(`SELECT id, ${text} FROM ${from}`)) as readonly [number, string][], ROWS, LOG);

const applied =
  (remedy: Remedy) =>
  async ({ engine }: Incident) => {
    const before = await metricsOf(engine, "logs");
    const leaking = await messagesIn(engine, inPlace);
    const readable = await remedy(engine);
    const after = await metricsOf(engine, readable.from);
    const shown = await messagesIn(engine, readable);
    const readings = {
      rows: moved(before.rows, after.rows),
      errors: moved(before.errors, after.errors),
      p99: moved(before.p99, after.p99),
      leaking,
      shown,
      left: readable === inPlace ? shown : await messagesIn(engine, inPlace),
    };
    const kept = readings.rows === 0 && readings.errors === 0 && readings.p99 === 0;
    return { ...readings, kept: kept ? 1 : 0, remedy: kept && readings.shown === 0 ? 1 : 0 };
  };

const noOther = (remedy: "update" | "column" | "view", engine: "Postgres" | "ClickHouse") =>
  ({
    says: `deletion is the only remedy in ${engine}: ${remedy === "view" ? "a" : remedy === "update" ? "an" : "a computed"} ${remedy} leaves an address in sight or moves a metric`,
    holds: value(remedy, "remedy").between(0, 0),
    at: { engine },
  }) as const;

const destroys = (engine: "Postgres" | "ClickHouse") =>
  ({
    says: `deletion moves the metrics in ${engine}: lines, errors by the hour or a 99th percentile`,
    holds: value("deletion", "kept").between(0, 0),
    at: { engine },
  }) as const;

export default scenario(article, {
  question: "Which remedies for leaked addresses keep the metrics of the log?",
  sweep: { engine: ["Postgres", "ClickHouse"] },
  timeout: 60,
  memory: 6 * GiB,
  // Counts and shares, which are the same whichever process asks.
  together: true,
  metrics: {
    rows: exact(fraction("lower", "change of the number of lines")),
    errors: exact(fraction("lower", "largest change of an hour's errors")),
    p99: exact(fraction("lower", "largest change of a service's 99th percentile")),
    leaking: exact(count("lower", "messages with an address before")),
    shown: exact(count("lower", "messages with an address in what is read")),
    left: exact(count("lower", "messages with an address in the table")),
    kept: exact(count("higher", "whether all metrics were kept")),
    remedy: exact(count("higher", "whether it hides all addresses and keeps all metrics")),
  },
  chart: beside("rows", "errors", "p99"),
  setup: ({ engine }) => incidentIn(engine),
  variants: {
    deletion: applied(remedies.deletion),
    update: applied(remedies.update),
    column: applied(remedies.column),
    view: applied(remedies.view),
  },
  claims: {
    "ch-mask-03": [
      destroys("Postgres"),
      destroys("ClickHouse"),
      noOther("update", "Postgres"),
      noOther("column", "Postgres"),
      noOther("view", "Postgres"),
      noOther("update", "ClickHouse"),
      noOther("column", "ClickHouse"),
      noOther("view", "ClickHouse"),
    ],
  },
});
