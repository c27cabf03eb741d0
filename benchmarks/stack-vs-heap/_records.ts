/**
 * Ways of passing a record on, for `escape`. JavaScript has no loop over the fields of a type, so the code is written out for as many
 * fields as are asked for; with two of them a record is `{ f0: seed ^ 0, f1: seed ^ 1 }`, and `total` is `record.f0 + record.f1`.
 */
export interface Passing {
  /** What is in a record follows from its seed, so that none is like the one before it. */
  readonly seeds: Int32Array;
  readonly run: (seeds: Int32Array) => number;
}

/** So many stored records stay reachable: the newest takes the place of the oldest. */
const KEPT = 256;

/** What becomes of one record; `make`, `fill` and `total` are the same for all, written out for the number of fields. */
const ways = {
  local: "const record = LITERAL; sum += total(record);",
  returned: "const record = make(seed); sum += total(record);",
  "out-parameter": "fill(out, seed); sum += total(out);",
  pooled: "const record = pool.pop(); fill(record, seed); sum += total(record); pool.push(record);",
  stored: "const record = LITERAL; kept[index % kept.length] = record; sum += total(record);",
  "not inlined": "const record = makers[index % makers.length](seed); sum += total(record);",
} as const;

export type Way = keyof typeof ways;

export function passing(way: Way, fields: number, seeds: Int32Array): Passing {
  const names = Array.from({ length: fields }, (_, field) => `f${field}`);
  const literal = `({ ${names.map((name, field) => `${name}: seed ^ ${field}`).join(", ")} })`;
  const make = `(seed) => ${literal}`;
  const source = `
    const make = ${make};
    const fill = (record, seed) => { ${names.map((name, field) => `record.${name} = seed ^ ${field};`).join(" ")} };
    const total = (record) => ${names.map((name) => `record.${name}`).join(" + ")};
    // Four functions take turns at one call: V8 cannot know which one to inline, and the processor can tell whose turn it is.
    const makers = [${Array.from({ length: 4 }, () => make).join(", ")}];
    const out = make(0);
    const pool = Array.from({ length: 16 }, () => make(0));
    const kept = Array.from({ length: ${KEPT} }, () => make(0));
    return (seeds) => {
      let sum = 0;
      for (let index = 0; index < seeds.length; index++) {
        const seed = seeds[index];
        ${ways[way].replace("LITERAL", literal)}
      }
      // No word holds a half: the result is on the heap in every variant, so that bytes are never compared with none at all.
      return sum + 0.5;
    };`;
  // oxlint-disable-next-line no-new-func -- the number of fields is a parameter, and each trial compiles its own code
  return { seeds, run: new Function(source)() as Passing["run"] };
}
