import { describe, expect, test } from "vitest";
import { netOf } from "../../../benchmarks/oltp-vs-olap/_feeds.ts";
import { differing } from "../../../benchmarks/oltp-vs-olap/_profile-stores.ts";
import { planned, profilesBefore, statementOf, type Profile } from "../../../benchmarks/oltp-vs-olap/_writes.ts";
import { seeded } from "../../../src/inputs/random.ts";
import type { Change, Transaction } from "../../../src/services/postgres/changes.ts";

describe("a plan of writes", () => {
  const plan = planned(1_000, seeded(1));

  test("has six new rows, three changes and one removal among every ten, whatever the seed", () => {
    const kinds = (seed: number): Record<string, number> => {
      const all = planned(1_000, seeded(seed)).map(({ kind }) => kind);
      return Object.fromEntries(["insert", "update", "delete"].map((kind) => [kind, all.filter((it) => it === kind).length]));
    };
    expect(kinds(1)).toEqual({ insert: 600, update: 300, delete: 100 });
    expect(kinds(2)).toEqual(kinds(1));
  });

  test("writes no row twice, adds only new ones and changes only what was there", () => {
    const before = new Set(profilesBefore().map(([id]) => id));
    expect(new Set(plan.map(({ id }) => id)).size).toBe(plan.length);
    for (const { kind, id } of plan) expect(before.has(id), `${kind} ${id}`).toBe(kind !== "insert");
  });

  test("is refused where a row would have to be written twice", () => {
    expect(() => planned(5_000, seeded(1))).toThrow(RangeError);
  });

  test("prepares one statement for each kind", () => {
    const texts = new Map(plan.map(statementOf).map(({ name, text }) => [text, name]));
    expect([...texts.values()].toSorted()).toEqual(["delete", "insert", "update"]);
  });
});

describe("what a batch of transactions comes to", () => {
  const row = (id: number, change: number) => ({ id, mail: "m", city: "c", change });
  const after = (...changes: readonly Omit<Change, "table">[]) =>
    netOf(
      changes.map((change): Transaction => ({ position: "0/1", committedAt: 0, changes: [{ ...change, table: "profiles" } as Change] })),
    );
  const insert = (id: number, change: number) => ({ kind: "insert", row: row(id, change) }) as const;
  const update = (id: number, change: number, key = id) => ({ kind: "update", key: { id: key }, row: row(id, change) }) as const;
  const remove = (id: number) => ({ kind: "delete", key: { id } }) as const;

  test("is the last word on each row", () => {
    expect(after(insert(1, 1), update(1, 2), update(1, 3))).toEqual({ written: [[1, "m", "c", 3]], removed: [] });
    expect(after(update(1, 1), remove(1))).toEqual({ written: [], removed: [1] });
    expect(after(remove(1), insert(1, 2))).toEqual({ written: [[1, "m", "c", 2]], removed: [] });
  });

  test("is a removal and a new row where the key was changed", () => {
    expect(after(update(2, 1, 1))).toEqual({ written: [[2, "m", "c", 1]], removed: [1] });
  });
});

describe("rows differ", () => {
  const rows: Profile[] = [
    [1, "a", "Pune", 0],
    [2, "b", "Oslo", 0],
  ];

  test("not at all where both stores hold the same", () => {
    expect(differing(rows, rows.toReversed())).toBe(0);
  });

  test("once for each that is missing, left over or stale", () => {
    expect(differing(rows, rows.slice(1))).toBe(1);
    expect(differing(rows.slice(1), rows)).toBe(1);
    expect(differing(rows, [rows[0]!, [2, "b", "Pune", 0]])).toBe(1);
  });
});
