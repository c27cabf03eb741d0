/**
 * Does a compiler place fields where the lab's calculator says? Every reading of this post that speaks of offsets, sizes and alignments
 * was computed from a rule. Here a C compiler is asked instead: a program of nothing but structs is compiled, and its `offsetof`, `sizeof`
 * and `_Alignof` are held against the rule, for all 720 orders of the post's six fields and for four smaller families.
 *
 * How you could be fooled: by comparing the rule with itself. The alignment of each type comes from the compiler here, so that
 * `misaligned` would be seen even if rule and compiler shared an error in their sizes; and C is not Go. For booleans, integers, floats and
 * pointers both follow the same ABI on 64-bit machines, and a Go string is written out as what it is, a pointer and a length. On 32-bit
 * x86 and ARM both Go and some C compilers align an int64 to 4 bytes: the claim of 8 is one about 64-bit machines. A struct without fields
 * is an extension of gcc and clang.
 *
 * Without a C compiler none of this is tried.
 */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import {
  alignmentOf,
  bytes,
  count,
  exact,
  layoutOf,
  ordersOf,
  scenario,
  ServiceUnavailable,
  value,
  type Field,
  type FieldType,
  type Stage,
} from "#lab";
import { declared } from "./_record.ts";
import article from "./article.ts";

const run = promisify(execFile);

const inC: Partial<Record<FieldType, string>> = {
  bool: "_Bool",
  int32: "int",
  int64: "long long",
  uint64: "unsigned long long",
  float64: "double",
  string: "struct { const char *data; ptrdiff_t length; }",
};

const fieldsOf = (...types: readonly FieldType[]): Field[] => types.map((type, index) => ({ name: `field${index}`, type }));

/** A program that prints, for each record, the offset and the alignment of each field, and then the record's size and alignment. */
function program(records: readonly (readonly Field[])[]): string {
  const structs = records.map(
    (fields, index) => `struct r${index} { ${fields.map(({ name, type }) => `${inC[type]} ${name};`).join(" ")} };`,
  );
  const facts = records.map((fields, index) => {
    const places = fields.map(({ name, type }) => `offsetof(struct r${index}, ${name}), _Alignof(${inC[type]}),`);
    return `${places.join(" ")} sizeof(struct r${index}), _Alignof(struct r${index}),`;
  });
  return [
    "#include <stddef.h>",
    "#include <stdio.h>",
    ...structs,
    `static const size_t facts[] = { ${facts.join("\n")} };`,
    'int main(void) { for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) printf("%zu\\n", facts[i]); return 0; }',
  ].join("\n");
}

async function compiled(source: string, { signal }: Stage): Promise<number[]> {
  await run("cc", ["--version"], { signal }).catch(() => {
    throw new ServiceUnavailable("it needs a C compiler, and this host has none that answers to cc");
  });
  const folder = mkdtempSync(join(tmpdir(), "assay-layouts-"));
  const away = (): void => rmSync(folder, { recursive: true, force: true });
  // A lab that is gone ends its trials wherever they are.
  process.once("exit", away);
  try {
    await writeFile(join(folder, "layouts.c"), source);
    await run("cc", ["-w", "-o", "layouts", "layouts.c"], { cwd: folder, signal });
    const { stdout } = await run(join(folder, "layouts"), { signal });
    return stdout.trim().split("\n").map(Number);
  } finally {
    process.off("exit", away);
    away();
  }
}

async function compared(records: readonly (readonly Field[])[], stage: Stage) {
  const facts = await compiled(program(records), stage);
  const aligned = new Set<number>();
  let [disagreeing, misaligned, at] = [0, 0, 0];
  for (const fields of records) {
    const layout = layoutOf(fields);
    const expected = [...layout.fields.flatMap(({ offset, type }) => [offset, alignmentOf(type)]), layout.size, layout.align];
    const found = facts.slice(at, (at += expected.length));
    if (found.join() !== expected.join()) disagreeing++;
    const [size, align] = found.slice(-2) as [number, number];
    if (size % align !== 0) misaligned++;
    for (let field = 0; field < fields.length; field++) if (found[2 * field]! % found[2 * field + 1]! !== 0) misaligned++;
    aligned.add(align);
  }
  if (at !== facts.length) throw new Error(`the program printed ${facts.length} numbers, not ${at}`);
  if (aligned.size !== 1) throw new Error(`orders of the same fields have alignments ${[...aligned].join(", ")}`);
  return { disagreeing, misaligned, align: [...aligned][0]!, records: records.length };
}

export default scenario(article, {
  question: "Does a C compiler place the fields where the rule says?",
  metrics: {
    disagreeing: exact(count("lower", "orders that the compiler lays out otherwise")),
    misaligned: exact(count("lower", "fields and records off their alignment")),
    align: exact(bytes("lower", "alignment of the record")),
    records: exact(count("higher", "orders compared")),
  },
  variants: {
    "six fields": (_, stage) => compared([...ordersOf(declared)], stage),
    "no field": (_, stage) => compared([[]], stage),
    "three bools": (_, stage) => compared([fieldsOf("bool", "bool", "bool")], stage),
    "bool and int32": (_, stage) => compared([...ordersOf(fieldsOf("bool", "int32", "bool"))], stage),
    "bool and int64": (_, stage) => compared([...ordersOf(fieldsOf("bool", "int64", "bool"))], stage),
  },
  claims: {
    "struct-align-10": [
      {
        says: "in none of 720 orders does the compiler place a field off its alignment",
        holds: value("six fields", "misaligned").between(0, 0),
      },
      {
        says: "the compiler agrees with the lab's rule on every offset, size and alignment of 720 orders",
        holds: value("six fields", "disagreeing").between(0, 0),
      },
    ],
    "struct-align-11": [
      { says: "a struct of bools alone is aligned to 1 byte", holds: value("three bools", "align").between(1, 1) },
      {
        says: "a struct with an int32 as its strictest field is aligned to 4 bytes",
        holds: value("bool and int32", "align").between(4, 4),
      },
      { says: "a struct without fields is still aligned to 1 byte", holds: value("no field", "align").between(1, 1) },
    ],
    "struct-align-12": [
      {
        says: "a struct of bool, int64 and bool is aligned to 8 bytes, whichever field comes first",
        holds: value("bool and int64", "align").between(8, 8),
      },
    ],
  },
});
