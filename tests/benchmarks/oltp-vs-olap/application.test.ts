import { afterAll, expect, test } from "vitest";
import { answeredOtherwise, insertionOf, linesBehind, questions } from "../../../benchmarks/oltp-vs-olap/_application.ts";
import { createLogTable, duckdb, logLines } from "../../../src/lab.ts";
import type { Transaction } from "../../../src/services/postgres/changes.ts";

const row = {
  id: 7,
  time: "2026-06-17 08:09:10.123+00",
  service: "auth",
  level: "info",
  status: 200,
  user: 3,
  latency: 1000,
  trace: "0f",
  message: "it's in",
};
const added: Transaction = { position: "0/1", committedAt: 0, changes: [{ kind: "insert", table: "logs", row }] };
const elsewhere: Transaction = {
  position: "0/2",
  committedAt: 0,
  changes: [{ kind: "update", table: "profiles", key: { id: 1 }, row: { id: 1 } }],
};

const store = await duckdb();
const other = await duckdb();
afterAll(() => Promise.all([store, other].map((it) => it[Symbol.asyncDispose]())));

test("lines that transactions added reach the column store as they were", async () => {
  await createLogTable(store);
  await store.query(insertionOf([elsewhere, added])!);
  const [line] = await store.query(`SELECT id, time::VARCHAR, service, level, status, "user", latency, trace, message FROM logs`);
  expect(line).toEqual(Object.values({ ...row, time: "2026-06-17 08:09:10.123" }));
});

test("transactions that added none leave nothing to do", () => {
  expect(insertionOf([elsewhere])).toBeUndefined();
});

test("one line more in one of two logs is noticed by the answers", async () => {
  const lines = await logLines(1_000);
  for (const engine of [store, other]) {
    await engine.query("DROP TABLE IF EXISTS logs");
    await createLogTable(engine);
    await engine.load("logs", lines.path);
  }
  expect(await answeredOtherwise(store, other)).toBe(0);
  await store.query(
    insertionOf([{ ...added, changes: [{ kind: "insert", table: "logs", row: { ...row, status: 500, message: "time" } }] }])!,
  );
  expect(await answeredOtherwise(store, other)).toBe(questions.length);
});

test("of the lines behind the first ones, a value that differs is noticed", async () => {
  for (const engine of [store, other]) {
    await engine.query("DELETE FROM logs");
    await engine.query(insertionOf([added])!);
  }
  const behind = [linesBehind(row.id - 1)];
  expect(await answeredOtherwise(store, other, behind)).toBe(0);
  await other.query("UPDATE logs SET time = time + INTERVAL 1 MILLISECOND");
  expect(await answeredOtherwise(store, other, behind)).toBe(1);
  expect(await answeredOtherwise(store, other, [linesBehind(row.id)])).toBe(0);
});
