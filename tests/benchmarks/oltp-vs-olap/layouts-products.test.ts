import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import {
  columnsOf,
  entityOf,
  MODULUS,
  mustBeEntity,
  mustBeSum,
  oneColumn,
  oneEntity,
  valueOf,
  valuesOf,
} from "../../../benchmarks/oltp-vs-olap/_wide-table.ts";

const shape = { rows: 1_000, columns: 16 };

function filled(): DatabaseSync {
  const database = new DatabaseSync(":memory:");
  database.exec(`CREATE TABLE wide (id INTEGER PRIMARY KEY, ${columnsOf(shape, "INTEGER")})`);
  const insert = database.prepare(`INSERT INTO wide SELECT id, ${valuesOf(shape)} FROM (SELECT ? AS id)`);
  for (let id = 1; id <= shape.rows; id++) insert.run(id);
  return database;
}

describe("the wide table", () => {
  test("holds what an engine works out for itself, and both questions are answered right", () => {
    const database = filled();
    expect(() => mustBeEntity(Object.values(database.prepare(oneEntity(shape)).get()!), shape)).not.toThrow();
    expect(() => mustBeSum(Object.values(database.prepare(oneColumn).get()!)[0], shape)).not.toThrow();
    database.close();
  });

  test("is refused where one value differs, or none came", () => {
    const entity = Array.from({ length: 16 }, (_, column) => valueOf(entityOf(shape), column));
    expect(() => mustBeEntity(entity.with(15, entity[15]! + 1), shape)).toThrow("the entity came back");
    expect(() => mustBeEntity(undefined, shape)).toThrow("the entity came back");
    expect(() => mustBeSum(undefined, shape)).toThrow("the column adds up to undefined");
  });

  test("is exact in a double at its largest, and scattered", () => {
    const largest = 2_000_000;
    for (const column of [0, 63]) {
      const id = BigInt(largest);
      expect(BigInt(valueOf(largest, column))).toBe((id * (2_654_435_761n + 15_838n * BigInt(column))) % BigInt(MODULUS));
    }
    expect(new Set(Array.from({ length: 10_000 }, (_, id) => valueOf(id + 1, 1))).size).toBe(10_000);
  });
});
