import { describe, expect, test } from "vitest";
import { changeOn } from "../../../benchmarks/go-time/_changes.ts";
import {
  cronParser,
  eachDate,
  eachMinute,
  everyDayOf24Hours,
  exists,
  keptBy,
  oneDayLater,
  vixie,
  type Job,
  type Run,
  type Scheduler,
} from "../../../benchmarks/go-time/_schedulers.ts";

const all = {
  everyDayOf24Hours,
  eachMinute,
  vixie,
  cronParser,
  oneDayLater,
  compatible: eachDate("compatible"),
  reject: eachDate("reject"),
};

const job = (zone: string, first: string, time: string, days: number = 4): Job => ({
  zone,
  first: Temporal.PlainDate.from(first),
  time: Temporal.PlainTime.from(time),
  days,
});
const samoa = job("Pacific/Apia", "2011-12-29", "09:00");
const spring = job("America/New_York", "2025-03-08", "02:30");
const autumn = job("America/New_York", "2025-11-01", "01:30");

/** The runs as the clock on the wall shows them: day of the month, hour, minute. */
const onTheWall = (scheduler: Scheduler, of: Job): string[] =>
  scheduler(of).map(({ at }) => {
    const { day, hour, minute } = at.toZonedDateTimeISO(of.zone);
    return `${day} ${hour}:${String(minute).padStart(2, "0")}`;
  });

test.each(Object.entries(all))("%s runs once a day at its time where no clock is changed", (_, scheduler) => {
  const quiet = job("Europe/Berlin", "2025-06-01", "09:00");
  expect(onTheWall(scheduler, quiet)).toEqual(["1 9:00", "2 9:00", "3 9:00", "4 9:00"]);
  expect(keptBy(quiet, scheduler(quiet))).toEqual({ missed: 0, doubled: 0, off: 0, wrong: 0 });
});

test.each(Object.entries(all))("%s runs a job at midnight on the first day and not on the day after the last", (_, scheduler) => {
  expect(onTheWall(scheduler, job("Asia/Tokyo", "2025-06-01", "00:00", 2))).toEqual(["1 0:00", "2 0:00"]);
});

describe("where Samoa has no 30 December 2011", () => {
  test("a date exists or does not", () => {
    expect(["2011-12-29", "2011-12-30", "2011-12-31"].map((it) => exists(Temporal.PlainDate.from(it), "Pacific/Apia"))).toEqual([
      true,
      false,
      true,
    ]);
  });

  test.each(["everyDayOf24Hours", "eachMinute", "vixie", "cronParser", "oneDayLater", "reject"] as const)(
    "%s runs once on each day that there is",
    (name) => {
      expect(onTheWall(all[name], samoa)).toEqual(["29 9:00", "31 9:00", "1 9:00"]);
    },
  );

  test("whoever asks for the instant of each date runs twice on the 31st", () => {
    expect(onTheWall(all.compatible, samoa)).toEqual(["29 9:00", "31 9:00", "31 9:00", "1 9:00"]);
    expect(keptBy(samoa, all.compatible(samoa))).toEqual({ missed: 0, doubled: 1, off: 0, wrong: 1 });
  });

  test("only who goes through the dates of the calendar has a run for the 30th", () => {
    const days = (scheduler: Scheduler): string[] => scheduler(samoa).map(({ of }) => String(of));
    for (const scheduler of [everyDayOf24Hours, eachMinute, vixie, cronParser]) expect(days(scheduler)).not.toContain("2011-12-30");
    expect(days(all.compatible)).toContain("2011-12-30");
  });
});

describe("where New York leaves out an hour", () => {
  test.each([
    ["everyDayOf24Hours", ["8 2:30", "9 3:30", "10 3:30", "11 3:30"]],
    ["eachMinute", ["8 2:30", "10 2:30", "11 2:30"]],
    ["vixie", ["8 2:30", "9 3:00", "10 2:30", "11 2:30"]],
    ["cronParser", ["8 2:30", "9 3:30", "10 2:30", "11 2:30"]],
    ["oneDayLater", ["8 2:30", "9 3:30", "10 3:30", "11 3:30"]],
    ["compatible", ["8 2:30", "9 3:30", "10 2:30", "11 2:30"]],
    ["reject", ["8 2:30", "10 2:30", "11 2:30"]],
  ] as const)("%s runs as it should be known to", (name, runs) => {
    expect(onTheWall(all[name], spring)).toEqual(runs);
  });
});

describe("where New York has an hour twice", () => {
  test.each([
    ["everyDayOf24Hours", ["1 1:30", "2 1:30", "3 0:30", "4 0:30"]],
    ["eachMinute", ["1 1:30", "2 1:30", "2 1:30", "3 1:30", "4 1:30"]],
    ["vixie", ["1 1:30", "2 1:30", "3 1:30", "4 1:30"]],
    ["cronParser", ["1 1:30", "2 1:30", "3 1:30", "4 1:30"]],
    ["oneDayLater", ["1 1:30", "2 1:30", "3 1:30", "4 1:30"]],
    ["compatible", ["1 1:30", "2 1:30", "3 1:30", "4 1:30"]],
    ["reject", ["1 1:30", "3 1:30", "4 1:30"]],
  ] as const)("%s runs as it should be known to", (name, runs) => {
    expect(onTheWall(all[name], autumn)).toEqual(runs);
  });
});

test("a day counts as wrong once, whatever went wrong on it", () => {
  const run = (at: string): Run => ({ at: Temporal.Instant.from(at), of: Temporal.PlainDate.from(at.slice(0, 10)) });
  const due = job("UTC", "2025-06-01", "09:00", 4);
  const runs = [run("2025-06-01T09:00Z"), run("2025-06-02T09:01Z"), run("2025-06-02T09:02Z"), run("2025-06-04T09:00Z")];
  expect(keptBy(due, runs)).toEqual({ missed: 1, doubled: 1, off: 2, wrong: 2 });
});

test("a change that the zone data do not know is no change: the experiment is not tried", () => {
  const apia = { zone: "Pacific/Apia", time: "09:00" };
  expect(changeOn({ ...apia, date: "2011-12-30" }).skipped).toBe(86_400);
  for (const date of ["2009-06-30", "2030-12-30"]) {
    expect(() => changeOn({ ...apia, date }), date).toThrow(/zone data that know of this change/);
  }
});
