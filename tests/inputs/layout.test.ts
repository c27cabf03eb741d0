import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { alignmentOf, largestFirst, layoutOf, ordersOf, packedLayoutOf, type Field, type FieldType } from "../../src/inputs/layout.ts";

const inC: Record<FieldType, string> = {
  bool: "bool",
  int8: "int8_t",
  uint8: "uint8_t",
  int16: "int16_t",
  int32: "int32_t",
  float32: "float",
  int64: "int64_t",
  uint64: "uint64_t",
  float64: "double",
  pointer: "void *",
  string: "struct { const char *data; ptrdiff_t length; }",
};
const types = Object.keys(inC) as FieldType[];
const alignments: Record<FieldType, number> = {
  bool: 1,
  int8: 1,
  uint8: 1,
  int16: 2,
  int32: 4,
  float32: 4,
  int64: 8,
  uint64: 8,
  float64: 8,
  pointer: 8,
  string: 8,
};

const named = (all: readonly FieldType[]): Field[] => all.map((type, index) => ({ name: `f${index}`, type }));
const recordsOf = (maxLength: number): fc.Arbitrary<Field[]> => fc.array(fc.constantFrom(...types), { minLength: 1, maxLength }).map(named);
const records = recordsOf(12);

test("fields and padding together are the record, and nothing overlaps", () => {
  fc.assert(
    fc.property(records, (fields) => {
      const layout = layoutOf(fields);
      expect(layout.fields.reduce((sum, { size }) => sum + size, 0) + layout.padding).toBe(layout.size);
      let end = 0;
      for (const { offset, size, paddingAfter } of layout.fields) {
        expect(offset).toBe(end);
        expect(paddingAfter).toBeGreaterThanOrEqual(0);
        end = offset + size + paddingAfter;
      }
      expect(end).toBe(layout.size);
    }),
  );
});

test("every field is aligned, in every record of an array, and no padding could be spared", () => {
  fc.assert(
    fc.property(records, (fields) => {
      const { fields: placed, size, align } = layoutOf(fields);
      expect(align).toBe(Math.max(...fields.map(({ type }) => alignments[type])));
      expect(size % align).toBe(0);
      placed.forEach(({ type, offset, paddingAfter }, index) => {
        expect(offset % alignments[type]).toBe(0);
        const next = placed[index + 1];
        expect(paddingAfter).toBeLessThan(next ? alignments[next.type] : align);
      });
    }),
  );
});

test("a field has the size of its type, and a string that of a pointer and a length", () => {
  const sizes = layoutOf(named(types)).fields.map(({ size }) => size);
  expect(sizes).toEqual([1, 1, 1, 2, 4, 4, 8, 8, 8, 8, 16]);
  expect(types.map(alignmentOf)).toEqual(Object.values(alignments));
});

test("most strictly aligned first wastes nothing but the end, and keeps the order of equals", () => {
  fc.assert(
    fc.property(records, (fields) => {
      const sorted = largestFirst(fields);
      expect(sorted).toEqual(fields.toSorted((a, b) => alignments[b.type] - alignments[a.type]));
      expect(
        layoutOf(sorted)
          .fields.slice(0, -1)
          .every(({ paddingAfter }) => paddingAfter === 0),
      ).toBe(true);
    }),
  );
});

test("no order of the same fields is smaller than most strictly aligned first, and the reverse is as small", () => {
  fc.assert(
    fc.property(recordsOf(6), (fields) => {
      const smallest = Math.min(...ordersOf(fields).map((order) => layoutOf(order).size));
      expect(layoutOf(largestFirst(fields)).size).toBe(smallest);
      expect(layoutOf(largestFirst(fields).toReversed()).size).toBe(smallest);
    }),
    { numRuns: 60 },
  );
});

test("packed fields lie end to end", () => {
  fc.assert(
    fc.property(records, (fields) => {
      const { fields: placed, size, align, padding } = packedLayoutOf(fields);
      expect([align, padding]).toEqual([1, 0]);
      let end = 0;
      for (const field of placed) {
        expect(field.offset).toBe(end);
        end += field.size;
      }
      expect(size).toBe(end);
    }),
  );
});

test("every order comes once, the given one first", () => {
  expect([...ordersOf([])]).toEqual([[]]);
  const orders = [...ordersOf(["a", "b", "c", "d"])].map((order) => order.join(""));
  expect(orders).toHaveLength(24);
  expect(new Set(orders).size).toBe(24);
  expect(orders[0]).toBe("abcd");
});

test("the records of the posts: 24 bytes as declared, 16 with the number first", () => {
  expect(layoutOf(named(["bool", "int64", "bool"]))).toMatchObject({ size: 24, padding: 14, align: 8 });
  expect(layoutOf(named(["int64", "bool", "bool"]))).toMatchObject({ size: 16, padding: 6, align: 8 });
  const visible = named(["bool", "uint64", "bool", "string", "bool", "float64"]);
  expect(layoutOf(visible)).toMatchObject({ size: 56, padding: 21 });
  expect(layoutOf(largestFirst(visible))).toMatchObject({ size: 40, padding: 5 });
  expect(packedLayoutOf(visible).size).toBe(35);
  expect(layoutOf([])).toEqual({ fields: [], size: 0, align: 1, padding: 0 });
});

const compiler = spawnSync("cc", ["--version"]).status === 0;

test.skipIf(!compiler)("a C compiler places the same fields at the same offsets", () => {
  const all = [...fc.sample(records, { numRuns: 100, seed: 1 }), named(["bool", "int64", "bool"]), named(["int64", "bool", "bool"])];
  const structs = all.map((fields, index) => `struct r${index} { ${fields.map(({ name, type }) => `${inC[type]} ${name};`).join(" ")} };`);
  const prints = all.flatMap((fields, index) => [
    ...fields.map(({ name }) => `printf("%zu ", offsetof(struct r${index}, ${name}));`),
    `printf("%zu %zu\\n", sizeof(struct r${index}), _Alignof(struct r${index}));`,
  ]);
  const folder = mkdtempSync(join(tmpdir(), "assay-layout-"));
  try {
    const source = join(folder, "layout.c");
    const includes = ["stdio", "stddef", "stdint", "stdbool"].map((name) => `#include <${name}.h>`);
    writeFileSync(source, [...includes, ...structs, "int main(void) {", ...prints, "return 0; }"].join("\n"));
    execFileSync("cc", ["-std=c11", "-o", join(folder, "layout"), source]);
    const printed = execFileSync(join(folder, "layout"), { encoding: "utf8" }).trim().split("\n");
    const ours = all.map((fields) => {
      const { fields: placed, size, align } = layoutOf(fields);
      return [...placed.map(({ offset }) => offset), size, align].join(" ");
    });
    expect(printed).toEqual(ours);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
