import { describe, expect, test } from "vitest";
import { conventions, postgresText } from "../../../benchmarks/go-time/_conventions.ts";
import { EVENTS, FROM, TO, diaryInSqlite, eventAt, questionOf } from "../../../benchmarks/go-time/_diary.ts";
import { stores } from "../../../benchmarks/go-time/_stores.ts";
import { around, decrees, editionOf, plannedUnder, transitions, withNanoseconds } from "../../../benchmarks/go-time/_zones.ts";

const names = Object.keys(conventions) as (keyof typeof conventions)[];
/** Both passes of the hour that New York had twice, and both sides of the one that it left out. */
const newYork2025 = [...around(transitions(["America/New_York"]))].filter(({ local }) => local.year === 2025);

describe("the changes of a zone", () => {
  test("are two a year in New York and none in Tokyo", () => {
    const years = [...transitions(["America/New_York", "Asia/Tokyo"])].map(({ year }) => year);
    expect(years).toHaveLength(2 * 38);
    expect([...new Set(years)]).toHaveLength(38);
  });

  test("stand between half an hour before and a quarter of an hour after", () => {
    expect(newYork2025.map(({ local, offset }) => `${local.toString({ smallestUnit: "minute" })} ${offset}`)).toEqual([
      "2025-03-09T01:30 -05:00",
      "2025-03-09T03:15 -04:00",
      "2025-11-02T01:30 -04:00",
      "2025-11-02T01:15 -05:00",
    ]);
  });
});

describe("a plan", () => {
  test.each(decrees.map(({ zone, month }) => [zone, month]))("of %s in %s was promised another instant than it has now", (zone, month) => {
    const plans = plannedUnder({ zone: zone!, month: month! });
    expect(plans).toHaveLength(28);
    for (const { local, instant } of plans) expect(local.toZonedDateTime(zone!).toInstant().equals(instant)).toBe(false);
  });

  test("is none where nobody changed a rule", () => {
    expect(plannedUnder({ zone: "Asia/Tokyo", month: "2023-06" })).toEqual([]);
  });
});

test("nanoseconds are added to the instant and to the clock on the wall alike", () => {
  const [before, after] = [newYork2025[0]!, [...withNanoseconds(newYork2025)][0]!];
  expect(after.instant.since(before.instant).total("nanoseconds")).toBe(after.local.since(before.local).total("nanoseconds"));
  expect(after.instant.epochNanoseconds % 1_000n).not.toBe(0n);
});

test.each([
  ["2026c", 2026.03],
  ["2011a", 2011.01],
  ["", 0],
])("the edition %j of the zone data is the number %d", (version, number) => {
  expect(editionOf(version)).toBe(number);
});

describe.each(names)("%s", (name) => {
  const { write, read } = conventions[name];

  test("brings back the instant, also in the hour that came twice", () => {
    for (const moment of newYork2025) expect(read(write(moment), moment.zone).toInstant().equals(moment.instant)).toBe(true);
  });

  test(`${name === "local time and zone" ? "keeps" : "cannot keep"} what was planned when the rules have changed`, () => {
    const kept = plannedUnder(decrees[0]).map((plan) => read(write(plan), plan.zone).toPlainDateTime().equals(plan.local));
    expect(new Set(kept)).toEqual(new Set([name === "local time and zone"]));
  });

  test.each(["SQLite", "JSON"] as const)("comes back from %s as it was written, with an order and a size", async (store) => {
    const written = newYork2025.map(write);
    const { back, sorted, bytes } = await stores[store](written, conventions[name]);
    expect(back).toEqual(written);
    // The hour that came twice: its second quarter bears an earlier name than half past in the first pass.
    expect(sorted).toEqual(name === "local time and zone" ? [0, 1, 3, 2] : [0, 1, 2, 3]);
    expect(bytes).toBeGreaterThan(0);
  });

  test("finds the same events of a day as whoever looks at all of them, in order", async () => {
    const all = Array.from({ length: EVENTS }, (_, index) => index);
    const within = ({ epochMilliseconds: at }: Temporal.Instant): boolean => at >= FROM.epochMilliseconds && at < TO.epochMilliseconds;
    await using diary = await diaryInSqlite(name);
    expect(await diary.ask(questionOf(name))).toEqual(all.filter((index) => within(eventAt(index).instant)));
  });
});

test("Postgres's text has as many decimals as it takes, and rounds to the microsecond", () => {
  expect(postgresText(Temporal.Instant.from("2026-03-08T07:30:00Z"))).toBe("2026-03-08 07:30:00+00");
  expect(postgresText(Temporal.Instant.from("2026-03-08T07:30:00.1234567Z"))).toBe("2026-03-08 07:30:00.123457+00");
});
