import { afterEach, describe, expect, test } from "vitest";
import { clocks, stepsOf, tellsCalendar, underZones, type Clock } from "../../../benchmarks/go-time/_clocks.ts";
import { events, sleepOf, toldBy } from "../../../benchmarks/go-time/_stepping.ts";

/** A clock that tells these nanoseconds one after the other. */
function scripted(readings: readonly number[]): Clock<number> {
  let index = 0;
  return { read: () => readings[index++ % readings.length]!, between: (one, other) => other - one, asCalendar: (it) => it };
}

describe("the steps of a clock", () => {
  test("are those between readings that differ, the smallest of them the smallest forward", () => {
    const rising = Array.from({ length: 10_000 }, (_, index) => Math.floor(index / 3) * 100 + (index > 5_001 ? 30 : 0));
    expect(stepsOf(scripted(rising), 3)).toEqual({ smallest: 30, backwards: 0 });
  });

  test("count where it goes back", () => {
    expect(stepsOf(scripted([0, 100, 40, 90, 80]), 4)).toEqual({ smallest: 50, backwards: 6_000 - 1 });
  });

  test("are not waited for where the clock stands still", () => {
    expect(() => stepsOf(scripted([7]), 1, 20_000)).toThrow("the clock moved 0 times in 20000 readings");
  });
});

test("three of the clocks tell the calendar, and two do not", () => {
  const telling = Object.entries(clocks).filter(([, clock]) => tellsCalendar(clock as Clock));
  expect(telling.map(([name]) => name)).toEqual(["Date.now", "Temporal.Now", "Temporal.Now, zoned"]);
});

describe("under every zone", () => {
  const zone = process.env.TZ;
  afterEach(() => {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });

  test("a clock that told local time would be found out", () => {
    const local: Clock<number> = { ...clocks["Date.now"], read: () => Date.now() - new Date().getTimezoneOffset() * 60_000 };
    process.env.TZ = "UTC";
    expect(underZones(local, 0, ["UTC", "Asia/Kolkata", "Asia/Tokyo"]).moved).toBe(2);
    expect(underZones(clocks["Date.now"], 0, ["UTC", "Asia/Kolkata", "Asia/Tokyo"]).moved).toBe(0);
  });

  test("a reading that carries a zone holds the same instant in all, and shows it in as many ways as there are offsets", () => {
    const zones = ["UTC", "Africa/Abidjan", "Asia/Kolkata", "Asia/Colombo", "Asia/Tokyo"];
    expect(underZones(clocks["Temporal.Now, zoned"], 0, zones)).toEqual({ moved: 0, shown: 3 });
    expect(underZones(clocks["Temporal.Now"], 0, zones)).toEqual({ moved: 0, shown: 1 });
  });

  test("the zone of the process is as it was", () => {
    process.env.TZ = "Asia/Tokyo";
    underZones(clocks["Date.now"], 0, ["Asia/Kolkata"]);
    expect(process.env.TZ).toBe("Asia/Tokyo");
    delete process.env.TZ;
    underZones(clocks["Date.now"], 0, ["Asia/Kolkata"]);
    expect(process.env.TZ).toBeUndefined();
  });
});

describe("what a clock tells of stretches of ten seconds", () => {
  test("is right where nothing happens", () => {
    expect(toldBy((now) => now)).toEqual({ wrong: 0, negative: 0, worst: 0 });
  });

  test.each(["set back", "set forward", "leap second"] as const)(
    "is wrong of the ten that it was %s in, by the wall clock alone",
    (event) => {
      expect(toldBy(events[event].wall).wrong).toBe(0.1);
      expect(toldBy(events[event].monotonic)).toEqual({ wrong: 0, negative: 0, worst: 0 });
    },
  );

  test("is negative only where the clock is set back by more than they last", () => {
    expect(toldBy(events["set back"].wall).negative).toBe(0.1);
    expect(toldBy(events["leap second"].wall).negative).toBe(0);
    expect(toldBy(events["set forward"].wall).negative).toBe(0);
  });

  test("is off by the share of a slew, in both clocks alike", () => {
    expect(toldBy(events.slewed.wall).worst).toBeCloseTo(10 * 500e-6, 6);
    expect(toldBy(events.slewed.monotonic)).toEqual(toldBy(events.slewed.wall));
    expect(toldBy(events.smeared.wall)).toMatchObject({ wrong: 0 });
  });

  test("leaves out the sleep of the machine by the monotonic clock, and not by the wall clock", () => {
    const slept = sleepOf("suspended");
    expect(toldBy(events.suspended.wall, slept)).toEqual({ wrong: 0, negative: 0, worst: 0 });
    expect(toldBy(events.suspended.monotonic, slept)).toMatchObject({ wrong: 0.1, worst: 3_600 });
  });
});
