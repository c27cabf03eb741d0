import { describe, expect, test } from "vitest";
import { states } from "../../../src/model/gate.ts";
import { worstFirst } from "../../../src/model/gate.ts";
import { sees, sentence, subject, tally, verdict, versionName } from "../../../src/report/gate/sentence.ts";
import { compared, entangled, found, hostile, interval, slower, whole, without } from "./comparisons.ts";

const bytes = compared({ metric: "bytes", unit: "bytes", state: "slower", worse: true });
const goodput = without(compared({ metric: "goodput", unit: "perSecond", better: "higher", state: "slower", worse: true }), "per");

describe("each state has its sentence", () => {
  test.each([
    ["slower", slower, "`cpu-caches/field-order` columns at 1 MiB: 8.1% slower [7.2, 9.0], was 1.02 ns, is 1.10 ns per record"],
    [
      "faster",
      compared({ state: "faster", ratio: interval(0.92, 0.91, 0.93), values: { base: 2e-6, head: 1.84e-6 } }),
      "`cpu-caches/field-order` columns at 1 MiB: 8.0% faster [7.0, 9.0], was 2 µs, is 1.84 µs per record",
    ],
    [
      "same",
      compared(),
      "`cpu-caches/field-order` columns at 1 MiB: the same, 0.10% slower [−0.40, 0.60], was 1.020 ns, is 1.021 ns per record",
    ],
    [
      "entangled",
      entangled,
      "`cpu-caches/field-order` rows at 1 MiB: beside each other the versions read 0.10% slower [−0.40, 0.60], alone 20.0% slower [19.1, 21.0], " +
        "so they disturb or share something; the isolated reading counts: was 1 ns, is 1.20 ns per record",
    ],
    [
      "entangled, not worse",
      without({ ...entangled, worse: false, ratio: interval(0.9, 0.88, 0.92) }, "values"),
      "`cpu-caches/field-order` rows at 1 MiB: beside each other the versions read 0.10% slower [−0.40, 0.60], alone 10% faster [8, 12], " +
        "so they disturb or share something; the isolated reading counts, and by it nothing got worse",
    ],
    [
      "undecided",
      compared({ state: "undecided", ratio: interval(1.012, 0.992, 1.032), values: { base: 1e-3, head: 1.012e-3 } }),
      "`cpu-caches/field-order` columns at 1 MiB: undecided, 1.2% slower [−0.8, 3.2], was 1 ms, is 1.01 ms per record; " +
        "the smallest slowdown it could have seen is 1.9%; a quieter host or a wider --margin would decide it",
    ],
    [
      "undecided, with a reason",
      compared({ state: "undecided", ratio: interval(1.02, 1.01, 1.03), values: { base: 1, head: 1.02 }, because: "the budget was spent" }),
      "`cpu-caches/field-order` columns at 1 MiB: undecided, 2.0% slower [1.0, 3.0], was 1 s, is 1.02 s per record; " +
        "the smallest slowdown it could have seen is 1.9%; the budget was spent; a quieter host, a larger --budget or a wider --margin would decide it",
    ],
    [
      "undecided, unread",
      whole("undecided", { because: "not tried: there is no Postgres" }),
      "`cpu-caches/field-order` columns at 1 MiB: undecided: not tried: there is no Postgres",
    ],
    ["new", whole("new", { point: {} }), "`cpu-caches/field-order` columns: only the head version has it"],
    ["gone", whole("gone", { variant: "", point: {} }), "`cpu-caches/field-order`: only the base version has it"],
    ["broken", whole("broken", { because: "in the head: it threw" }), "`cpu-caches/field-order` columns at 1 MiB: in the head: it threw"],
    ["broken without a word", whole("broken"), "`cpu-caches/field-order` columns at 1 MiB: it failed"],
  ])("%s", (_, it, words) => {
    expect(sentence(it)).toBe(words);
  });
});

describe("each reading has its words", () => {
  test.each([
    [
      { ...bytes, ratio: interval(1.125, 1.125, 1.125), values: { base: 24, head: 27 } },
      "12.5% more heap bytes allocated, was 24 B, is 27 B per record",
    ],
    [
      { ...bytes, ratio: interval(0.75, 0.7, 0.8), values: { base: 40, head: 30 } },
      "25% fewer heap bytes allocated [20, 30], was 40 B, is 30 B per record",
    ],
    [
      { ...bytes, ratio: interval(3, 2.9, 3.1), values: { base: 10, head: 30 } },
      "3.0× as many heap bytes allocated [2.9, 3.1], was 10 B, is 30 B per record",
    ],
    [without({ ...bytes, values: { base: 0, head: 16 } }, "ratio"), "heap bytes allocated was 0 B, is 16 B per record"],
    [
      { ...goodput, ratio: interval(0.91, 0.9, 0.92), values: { base: 12_300, head: 11_193 } },
      "goodput 9% lower [8, 10], was 12,300/s, is 11,193/s",
    ],
    [
      { ...bytes, metric: "rss", ratio: interval(2, 1.8, 2.2), values: { base: 2 ** 20, head: 2 ** 21 } },
      "peak resident memory 2.0× as high [1.8, 2.2], was 1 MiB, is 2 MiB",
    ],
    [
      compared({ state: "slower", ratio: interval(2.5, 2.4, 2.6), values: { base: 1e-6, head: 2.5e-6 } }),
      "2.5× as slow [2.4, 2.6], was 1 µs, is 2.50 µs per record",
    ],
    [
      compared({ state: "faster", ratio: interval(0.4, 0.38, 0.42), values: { base: 1e-6, head: 4e-7 } }),
      "2.5× as fast [2.4, 2.6], was 1 µs, is 400 ns per record",
    ],
    [without({ ...slower, ratio: interval(1.08, 1.07, 1.09) }, "values"), "8.0% slower [7.0, 9.0]"],
    [without(slower, "values", "ratio"), "no time was read"],
    [
      { ...slower, because: "read by the duet alone: it exited" },
      "8.1% slower [7.2, 9.0], was 1.02 ns, is 1.10 ns per record (read by the duet alone: it exited)",
    ],
  ])("%#: %o", (it, words) => {
    expect(sentence(it).replace(/^.*?: /, "")).toBe(words);
  });
});

test("a point is told shortly where it is a size, and by name elsewhere", () => {
  expect(subject(compared({ point: { bytes: 64 } }))).toBe("`cpu-caches/field-order` columns at 64 B");
  expect(subject(compared({ point: { limit: "soft" } }))).toBe("`cpu-caches/field-order` columns at limit = soft");
  expect(subject(compared({ point: { bytes: 2048, deep: true } }))).toBe("`cpu-caches/field-order` columns at bytes = 2 KiB, deep = true");
});

test.each([NaN, 0, -1, Infinity])("a ratio of %d is none", (center) => {
  const it = compared({ state: "slower", ratio: interval(center, 0, Infinity), values: { base: 24e-9, head: 0 } });
  expect(sentence(it)).toContain("time was 24 ns, is 0 ns per record");
});

test("ends and values that are no numbers do not break it", () => {
  const it = compared({ state: "undecided", ratio: interval(1.1, 0, Infinity, 1), values: { base: NaN, head: Infinity }, detectable: NaN });
  expect(sentence(it)).toContain("10% slower [−100, ∞], was n/a, is ∞ per record; a quieter host");
});

test.each(Object.values(hostile))("a hostile name stays on its line and moves nothing: %j", (name) => {
  for (const state of states) {
    const it = compared({ state, experiment: name, variant: name, point: { [name]: name }, metric: name, per: name, because: name });
    expect(sentence(it)).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(sentence({ ...it, variant: "x".repeat(1e6) }).length).toBeLessThan(2500);
  }
});

test("what it could have seen is a share in the direction that is worse", () => {
  expect(sees({ detectable: 1.019, better: "lower" })).toBe("1.9%");
  expect(sees({ detectable: 1.25, better: "higher" })).toBe("20%");
  for (const detectable of [NaN, Infinity, 0]) expect(sees({ detectable, better: "lower" })).toBeUndefined();
});

test("worst first: what was nothing and is something before all else, and what should be high is worse the lower it is", () => {
  const ratio = (center: number): { ratio: ReturnType<typeof interval> } => ({ ratio: interval(center, center, center) });
  const order = [
    without({ ...bytes, variant: "from zero", values: { base: 0, head: 16 } }, "ratio"),
    { ...goodput, variant: "half", ...ratio(0.5) },
    compared({ variant: "slow", ...ratio(1.5) }),
    whole("new", { variant: "unread" }),
    compared({ variant: "fast", ...ratio(0.9) }),
    without({ ...bytes, variant: "to zero", values: { base: 16, head: 0 } }, "ratio"),
  ];
  const names = order.map(({ variant }) => variant);
  expect(worstFirst(order.toReversed()).map(({ variant }) => variant)).toEqual(names);
  expect(worstFirst(order).map(({ variant }) => variant)).toEqual(names);
});

test("the whole is one sentence", () => {
  expect(verdict(found([]))).toBe("Nothing was compared");
  expect(verdict(found([compared()]))).toBe("Nothing got worse in 1 comparison");
  expect(verdict(found([compared(), whole("undecided")]))).toBe("Nothing got worse in 2 comparisons, 1 undecided");
  expect(verdict(found([slower, whole("broken"), compared()]))).toBe("1 of 3 comparisons got worse, 1 broken");
  expect(tally([compared(), slower, entangled, compared()])).toBe("1 slower, 1 entangled, 2 same");
  expect(versionName({ name: "v1\u202e", commit: `${"a".repeat(40)}+` })).toBe(String.raw`v1\u{202e} (aaaaaaaaa, edited)`);
});
