import { describe, expect, test } from "vitest";
import { findings, type Probes } from "../../src/host/findings.ts";
import { readHost, type HostReadings } from "../../src/host/readings.ts";

const quiet: Probes = { unrest: 1.01, together: 1.02, stolen: 0, clock: { cost: 4e-8, resolution: 1e-8 } };
const good: HostReadings = {
  cores: 4,
  virtual: false,
  governors: ["performance"],
  boost: 1,
  load: 0.2,
  memory: { free: 8 * 1024 ** 3, total: 16 * 1024 ** 3 },
  battery: false,
  runtime: "26.10.0",
};
const of = (subject: string, readings: Partial<HostReadings>, probes: Partial<Probes> = {}) =>
  findings({ ...good, ...readings }, { ...quiet, ...probes }).find((finding) => finding.subject === subject)!;

test("a quiet host of one's own has nothing to mend", () => {
  const found = findings(good, quiet);
  expect(found.map(({ state }) => state)).toEqual(found.map(() => "fine"));
});

test("the worst comes first, then what is not known, then what is fine", () => {
  const found = findings({ ...good, battery: true, boost: null, virtual: true }, { ...quiet, unrest: 3 });
  expect(found.slice(0, 4).map(({ subject }) => subject)).toEqual(["busy neighbours", "power", "virtualisation", "boost"]);
});

test("every trouble has a remedy and an effect above 1", () => {
  const worst: HostReadings = {
    ...good,
    cores: 2,
    virtual: true,
    governors: ["powersave"],
    boost: 1.6,
    load: 5,
    battery: true,
    runtime: "22.1.0",
  };
  const troubles = findings(
    { ...worst, memory: { free: 1e8, total: 4e9 } },
    { unrest: 2, together: 1.9, stolen: 0.3, clock: { cost: 1e-5, resolution: 1e-5 } },
  );
  expect(troubles).toHaveLength(11);
  for (const { state, remedy, effect } of troubles) {
    expect(state).toBe("trouble");
    expect(remedy).toBeTruthy();
    expect(effect).toBeGreaterThan(1);
  }
});

describe("two threads of arithmetic", () => {
  test.each([
    [1.15, "fine"],
    [1.16, "unknown"],
    [1.49, "unknown"],
    [1.5, "trouble"],
  ])("that take %d times as long as one are %s", (together, state) => {
    expect(of("cores", {}, { together }).state).toBe(state);
  });

  test("cannot be had on one core", () => {
    expect(of("cores", { cores: 1 }, { together: null }).state).toBe("trouble");
  });
});

test("what the system does not tell is unknown, and never trouble", () => {
  const silent: HostReadings = { ...good, virtual: null, governors: null, boost: null, load: null, battery: null };
  const states = findings(silent, { ...quiet, stolen: null }).map(({ state }) => state);
  expect(states.filter((state) => state === "unknown")).toHaveLength(6);
  expect(states).not.toContain("trouble");
});

test("stolen time slows by what is left of it", () => {
  expect(of("stolen time", {}, { stolen: 0.5 }).effect).toBeCloseTo(2, 9);
  expect(of("stolen time", {}, { stolen: 1 }).effect).toBeLessThan(Infinity);
});

test("this host can be read", () => {
  const readings = readHost();
  expect(readings.cores).toBeGreaterThan(0);
  expect(readings.memory.free).toBeGreaterThan(0);
  expect(readings.memory.free).toBeLessThanOrEqual(readings.memory.total);
});
