import fc from "fast-check";
import { expect, test } from "vitest";
import { difference } from "../../src/measure/agree.ts";

test("equal values agree, whatever they are", () => {
  fc.assert(
    fc.property(
      fc.clone(
        fc.anything({ withDate: true, withMap: true, withSet: true, withTypedArray: true, withBigInt: true, withNullPrototype: true }),
        2,
      ),
      ([a, b]) => {
        expect(difference(a, b)).toBeUndefined();
      },
    ),
  );
});

test("whether two values agree does not depend on which comes first", () => {
  const anything = fc.anything({ withMap: true, withTypedArray: true, withSparseArray: true, withNullPrototype: true });
  fc.assert(
    fc.property(anything, anything, (a, b) => {
      expect(difference(a, b) === undefined).toBe(difference(b, a) === undefined);
    }),
  );
});

test("floats agree within a billionth of the larger one", () => {
  fc.assert(
    fc.property(fc.double({ min: -1e300, max: 1e300, noNaN: true }), fc.double({ min: -0.9, max: 0.9, noNaN: true }), (number, part) => {
      expect(difference(number, number + number * part * 1e-9)).toBeUndefined();
    }),
  );
  expect(difference(1, 1 + 1.1e-9)).toBe("result is 1 and 1.0000000011");
  expect(difference(0.1 + 0.2, 0.3)).toBeUndefined();
  expect(difference(-0, 0)).toBeUndefined();
  expect(difference(1e-300, 0)).toBeDefined();
});

test("NaN agrees with itself only, and an infinity with nothing finite", () => {
  expect(difference(NaN, NaN)).toBeUndefined();
  expect(difference(NaN, 0)).toBeDefined();
  expect(difference(Infinity, Infinity)).toBeUndefined();
  for (const other of [1, -Infinity, Number.MAX_VALUE, NaN]) expect(difference(Infinity, other), String(other)).toBeDefined();
});

test("integers of 64 bits are compared exactly", () => {
  expect(difference(2n ** 63n, 2n ** 63n)).toBeUndefined();
  expect(difference(2n ** 63n, 2n ** 63n + 1n)).toBe("result is 9223372036854775808 and 9223372036854775809");
  expect(difference(1n, 1)).toBeDefined();
});

test("the first difference is named by its path", () => {
  expect(difference({ rows: [{ id: 1 }, { id: 2 }] }, { rows: [{ id: 1 }, { id: 3 }] })).toBe("result.rows.1.id is 2 and 3");
  expect(difference([1, 2], [1, 2, 3])).toBe("result has 2 and 3 entries");
  expect(difference({ a: 1 }, { b: 1 })).toBe('result lacks "a" in one of the two');
  expect(difference(Array(3), Array(2))).toBe("result has 3 and 2 entries");
  expect(difference("a", "b")).toBe('result is "a" and "b"');
  expect(difference(undefined, null)).toBe("result is undefined and null");
});

test("a difference of any size is told in few words", () => {
  fc.assert(
    fc.property(fc.anything(), fc.anything(), (a, b) => {
      expect((difference(a, b) ?? "").length).toBeLessThan(1000);
    }),
  );
  expect(difference("x".repeat(1e6), "y")!.length).toBeLessThan(200);
  expect(difference({ ["k".repeat(1e6)]: 1 }, { ["k".repeat(1e6)]: 2 })!.length).toBeLessThan(1000);
  expect(difference(Object.create(null), 1)).toBeDefined();
  expect(difference(Symbol("a"), "a")).toBeDefined();
});

test("typed arrays, buffers and views are compared by content", () => {
  expect(difference(Float64Array.of(0.1 + 0.2, NaN), Float64Array.of(0.3, NaN))).toBeUndefined();
  expect(difference(Int32Array.of(1, 2), Int32Array.of(1, 3))).toBe("result.1 is 2 and 3");
  expect(difference(Int32Array.of(1), Uint32Array.of(1))).toBe("result is of two kinds");
  expect(difference(Uint8Array.of(1).buffer, Uint8Array.of(2).buffer)).toBeDefined();
  const view = (byte: number): DataView => new DataView(Uint8Array.of(0, byte).buffer, 1);
  expect(difference(view(1), view(1))).toBeUndefined();
  expect(difference(view(1), view(2))).toBeDefined();
  const shared = (byte: number): SharedArrayBuffer => {
    const buffer = new SharedArrayBuffer(1);
    new Uint8Array(buffer)[0] = byte;
    return buffer;
  };
  expect(difference(shared(1), shared(1))).toBeUndefined();
  expect(difference(shared(1), shared(2))).toBeDefined();
});

test("a million numbers are compared without a name for each", () => {
  const numbers = Float64Array.from({ length: 1e6 }, (_, index) => index);
  expect(difference(numbers, numbers.slice())).toBeUndefined();
  expect(difference(numbers, numbers.with(999_999, -1))).toBe("result.999999 is 999999 and -1");
});

test("maps and sets are compared by content and order, dates by their instant, errors by what they say", () => {
  expect(difference(new Map([["a", [1]]]), new Map([["a", [1]]]))).toBeUndefined();
  expect(difference(new Map([["a", 1]]), new Map([["a", 2]]))).toBeDefined();
  expect(difference(new Set([1, 2]), new Set([1]))).toBeDefined();
  expect(difference(new Date(0), new Date(1))).toBeDefined();
  expect(difference(new Date(NaN), new Date(NaN))).toBeUndefined();
  expect(difference(new Error("one"), new Error("two"))).toBeDefined();
  expect(difference(/a/g, /a/i)).toBeDefined();
  expect(difference([1], new Set([1]))).toBe("result is of two kinds");
});

interface Node {
  value: number;
  next?: Node;
}

test("results that contain themselves are compared once around", () => {
  const cycle = (...values: number[]): Node => {
    const nodes: Node[] = values.map((value) => ({ value }));
    nodes.forEach((node, index) => (node.next = nodes[(index + 1) % nodes.length]!));
    return nodes[0]!;
  };
  expect(difference(cycle(1, 2), cycle(1, 2))).toBeUndefined();
  expect(difference(cycle(1, 2), cycle(1, 3))).toBe("result.next.value is 2 and 3");
  // The same walk, rolled up differently.
  expect(difference(cycle(1, 2), cycle(1, 2, 1, 2))).toBeUndefined();
  const own: Map<string, unknown> = new Map();
  own.set("self", own);
  const other: Map<string, unknown> = new Map();
  other.set("self", other);
  expect(difference(own, other)).toBeUndefined();
});

test("a list of a hundred thousand links is no deeper than the comparison can go", () => {
  const list = (last: number): Node => {
    let node: Node = { value: last };
    for (let value = 0; value < 100_000; value++) node = { value, next: node };
    return node;
  };
  expect(difference(list(1), list(1))).toBeUndefined();
  expect(difference(list(1), list(2))).toContain("is 1 and 2");
});
