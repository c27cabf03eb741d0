import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  questionOf,
  restoring,
  SHARDS,
  stored,
  tablesOf,
  visitOf,
  type Design,
} from "../../../benchmarks/technical-difficulty/_counters.ts";
import { holdingUp, rowsRead, rowsReadToAnswer, unseen } from "../../../benchmarks/technical-difficulty/_facts.ts";
import open, { endPageViews } from "../../../benchmarks/technical-difficulty/_page-views.ts";
import { connect, connections } from "../../../benchmarks/technical-difficulty/_server.ts";
import { postgres, type Postgres } from "../../../src/lab.ts";

const designs: readonly Design[] = ["one row", "16 rows", "estimate", "cached", "COUNT(*)"];
const counted: readonly Design[] = ["one row", "16 rows", "COUNT(*)"];
const READERS_ONLY: readonly Design[] = ["estimate", "cached", "COUNT(*)"];

test("a number that is cached is the answer to the question that COUNT(*) asks", () => {
  expect(questionOf("cached", 100)).toBe(questionOf("COUNT(*)", 100));
});

test("a visit writes a counter only where there is one to write", () => {
  for (const design of READERS_ONLY) expect(visitOf(design, 100, 7), design).not.toMatch(/UPDATE/);
  for (const design of ["one row", "16 rows"] as const) expect(visitOf(design, 100, 7).match(/UPDATE/g), design).toHaveLength(1);
});

test("as many visits in a row as there are shards go to a shard each", () => {
  const shards = Array.from({ length: SHARDS }, (_, index) => visitOf("16 rows", 100, index).split("WHERE")[1]);
  expect(new Set(shards).size).toBe(SHARDS);
});

test("quick effort's sizes share a store, and the largest has one of its own", () => {
  expect(stored(100, "logged").name).toBe(stored(1_000_000, "logged").name);
  expect(stored(10_000_000, "logged").name).not.toBe(stored(1_000_000, "logged").name);
});

test("what is copied for each use is small enough to be", () => {
  expect(stored(1_000_000, "logged").changes).toBe(true);
  expect(stored(10_000_000, "logged").changes).toBe(false);
});

describe("the rows that a plan has read", () => {
  test("are those of its tables, in all of the processes that took part", () => {
    const scan = { "Relation Name": "visits", "Actual Rows": 333_333.33, "Actual Loops": 3 };
    const partial = { "Actual Rows": 1, "Actual Loops": 3, Plans: [scan] };
    expect(rowsRead({ "Actual Rows": 1, "Actual Loops": 1, Plans: [partial] })).toBe(1_000_000);
  });

  test("include those that a filter threw away", () => {
    expect(rowsRead({ "Relation Name": "visits", "Actual Rows": 2, "Actual Loops": 1, "Rows Removed by Filter": 98 })).toBe(100);
  });
});

describe("on a real Postgres", () => {
  const ROWS = 33;
  let server: Postgres;

  beforeAll(async () => {
    server = await postgres();
    for (const statement of tablesOf(ROWS, "logged")) await server.query(statement);
  }, 60_000);
  afterAll(() => server[Symbol.asyncDispose]());

  const shown = async (design: Design): Promise<unknown> => (await server.query(questionOf(design, ROWS)))[0]![0];

  test("all ways to count come to the same number of visits", async () => {
    for (const design of designs) expect(await shown(design), design).toBe(ROWS);
  });

  test("COUNT(*) reads every row, a total one, sixteen totals sixteen", async () => {
    expect(await rowsReadToAnswer(server, "COUNT(*)", ROWS)).toBe(ROWS);
    expect(await rowsReadToAnswer(server, "one row", ROWS)).toBe(1);
    expect(await rowsReadToAnswer(server, "16 rows", ROWS)).toBe(SHARDS);
    expect(await rowsReadToAnswer(server, "estimate", ROWS)).toBe(1);
  });

  test("a visit waits for the one before it if both add to one row, and never for a reader", async () => {
    expect(await holdingUp(server, "one row", ROWS)).toBe(1);
    for (const design of designs.filter((it) => it !== "one row")) expect(await holdingUp(server, design, ROWS), design).toBe(0);
  });

  test("finding out who waits leaves no visit behind", async () => {
    const before = await shown("COUNT(*)");
    for (const design of designs) await holdingUp(server, design, ROWS);
    expect(await shown("COUNT(*)")).toBe(before);
  });

  test("whoever counts sees every visit at once; a cached number and an estimate see none of them", async () => {
    for (const design of counted) expect(await unseen(server, design, ROWS, 5), design).toBe(0);
    expect(await unseen(server, "cached", ROWS, 5)).toBe(5);
    expect(await unseen(server, "estimate", ROWS, 5)).toBe(5);
  });

  test("what was recorded since the tables were made can be taken back, in each way", async () => {
    for (const design of designs) await unseen(server, design, ROWS, 5);
    for (const statement of restoring(ROWS)) await server.query(statement);
    for (const design of designs) expect(await shown(design), design).toBe(ROWS);
    const [row] = await server.query(`SELECT array_agg(visitors ORDER BY shard)::text FROM parts_${ROWS}`);
    expect(row![0]).toBe(
      `{3,${Array(SHARDS - 1)
        .fill(2)
        .join(",")}}`,
    );
  });

  test("pages that nobody waits for are ended, and whoever else is connected is not", async () => {
    const bystander = await connect(server);
    const page = await open({ connection: server.connection, design: "COUNT(*)", rows: ROWS, connections: 2, begins: "begun" });
    await endPageViews(server);
    const pages = "SELECT count(*)::int AS pages FROM pg_stat_activity WHERE application_name = 'page views'";
    expect((await bystander.query<{ pages: number }>(pages)).rows[0]!.pages).toBe(0);
    await page.close();
    await bystander.end();
  });

  test("trials that follow one another have the same connections, and more where they need more", async () => {
    const two = await connections(server, 2);
    expect(await connections(server, 3)).toStrictEqual([...two, expect.anything()]);
    expect(await connections(server, 1)).toStrictEqual([two[0]]);
    await Promise.all((await connections(server, 3)).map((client) => client.end()));
  });

  test("a page view records its visit in each way, and the first one says that the load has begun", async () => {
    const listener = await connect(server);
    await listener.query("LISTEN begun");
    for (const design of designs) {
      const told = once(listener, "notification");
      const before = (await shown("COUNT(*)")) as number;
      const page = await open({ connection: server.connection, design, rows: ROWS, connections: 2, begins: "begun" });
      for (const index of [0, 1, 2]) await page.request(index, new AbortController().signal);
      await page.close();
      expect(await told, design).toHaveLength(1);
      expect(await shown("COUNT(*)"), design).toBe(before + 3);
    }
    await listener.end();
  });
});
