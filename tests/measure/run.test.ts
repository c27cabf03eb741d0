import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { TrialRequest } from "../../src/measure/protocol.ts";
import { notTried } from "../../src/measure/recording.ts";
import { RunRecordSchema } from "../../src/model/record.ts";
import { sign } from "../../src/store/records.ts";
import { counted, timedOne, told, unclaimed } from "./_definitions.ts";
import { canned, host, simulate, type Told } from "./_simulated.ts";

const valid = ({ record }: Pick<Told, "record">): void => {
  expect(RunRecordSchema.safeParse(structuredClone(sign(record))).error).toBeUndefined();
};

test("after 5 rounds the claims decide what goes on, and twenty rounds are the most", async () => {
  const it = await simulate(timedOne);
  expect(it.asked).toEqual([5]);
  expect(it.record.rounds).toHaveLength(20);
  valid(it);
});

test("a round runs every variant at every chosen point, and the control once", async () => {
  const { record } = await simulate(timedOne);
  for (const { trials } of record.rounds) {
    expect(
      trials
        .filter(({ control }) => !control)
        .map(({ variant, point }) => `${variant} ${point.size}`)
        .toSorted(),
    ).toEqual(["quick 1", "quick 100", "slow 1", "slow 100"]);
    expect(trials.filter(({ control }) => control).map(({ variant, point }) => `${variant} ${point.size}`)).toEqual(["quick 100"]);
  }
});

test("agreement comes first, at the points that are going to be run", async () => {
  const { requests } = await simulate(timedOne);
  expect(requests[0]).toMatchObject({ task: "agree", points: [{ size: 1 }, { size: 100 }] });
  expect(requests.slice(1).every(({ task }) => task === "trial")).toBe(true);
});

test("after a look rounds go only where claims are open", async () => {
  const open = ["quick", "slow"].map((variant) => ({ variant, point: { size: 100 }, control: false }));
  const { record, asked } = await simulate(timedOne, { open: () => open });
  expect(asked).toEqual([5]);
  expect(record.rounds.map(({ trials }) => trials.length)).toEqual([...Array(5).fill(5), ...Array(15).fill(3)]);
  for (const { trials } of record.rounds.slice(5)) expect(trials.every(({ point }) => point.size === 100)).toBe(true);
});

test("an experiment whose claims are all decided ends at that look", async () => {
  const { record, asked } = await simulate(timedOne, {
    open: () => [],
  });
  expect(asked).toEqual([5]);
  expect(record.rounds).toHaveLength(5);
  expect(record.looks).toBeUndefined();
});

test("smoke takes one round at one point", async () => {
  const it = await simulate(unclaimed, { effort: "smoke" });
  expect(it.record.rounds).toHaveLength(1);
  expect(it.record.points).toEqual([{ size: 1, colour: "red" }]);
  expect(it.trials).toHaveLength(4);
  valid(it);
});

test("what is only counted takes one round and needs no control", async () => {
  const it = await simulate(counted, { effort: "full", answer: (request) => canned(request as TrialRequest, "many") });
  expect(it.record.rounds).toHaveLength(1);
  expect(it.record.rounds[0]!.trials.map(({ variant }) => variant).toSorted()).toEqual(["one", "two"]);
  expect(it.record.agreement).toBeNull();
  valid(it);
});

test("a scenario that says nothing of it is not asked whether its variants agree", async () => {
  const { requests, record } = await simulate(told);
  expect(requests.every(({ task }) => task === "trial")).toBe(true);
  expect(record.agreement).toBeNull();
});

test("a variant that fails at a point is left out there, recorded once, and everything else goes on", async () => {
  const it = await simulate(timedOne, {
    answer: (request) =>
      request.task === "trial" && request.variant === "slow" && request.point.size === 1 ? { task: "failed", message: "broke" } : undefined,
  });
  expect(it.record.failures).toEqual([{ phase: "trial", variant: "slow", point: { size: 1 }, message: "broke" }]);
  expect(it.record.rounds).toHaveLength(20);
  expect(it.trials.filter(({ variant, point }) => variant === "slow" && point.size === 1)).toHaveLength(1);
  expect(it.trials.filter(({ variant, point }) => variant === "slow" && point.size === 100)).toHaveLength(20);
  valid(it);
});

test("a first variant that fails takes its control with it and is still recorded once", async () => {
  for (const seed of [1, 2, 3, 4]) {
    const it = await simulate(timedOne, {
      seed,
      answer: (request) =>
        request.task === "trial" && request.variant === "quick" && request.point.size === 100
          ? { task: "failed", message: "took too long" }
          : undefined,
    });
    expect(it.record.failures).toHaveLength(1);
    expect(it.trials.filter(({ variant, point }) => variant === "quick" && point.size === 100)).toHaveLength(1);
  }
});

test("where everything fails it ends after one round", async () => {
  const it = await simulate(told, { answer: () => ({ task: "failed", message: "broke" }) });
  expect(it.record.rounds.flatMap(({ trials }) => trials)).toEqual([]);
  expect(it.record.failures.map(({ variant }) => variant).toSorted()).toEqual(["one", "two"]);
  valid(it);
});

test("a failure that says too much is cut to what a record can hold", async () => {
  const message = `${"<b>".repeat(100_000)} the end`;
  const failing = await simulate(told, { answer: () => ({ task: "failed", message }) });
  valid(failing);
  const disagreeing = await simulate(timedOne, { answer: () => ({ task: "agree", agree: false, detail: message }) });
  valid(disagreeing);
});

test("variants that disagree are not timed", async () => {
  const it = await simulate(timedOne, { answer: () => ({ task: "agree", agree: false, detail: "result is 1 and 2" }) });
  expect(it.requests).toHaveLength(1);
  expect(it.record.rounds).toEqual([]);
  expect(it.record.agreement).toEqual({ agree: false, detail: "result is 1 and 2" });
  expect(it.record.failures).toEqual([]);
  valid(it);
});

test("variants that could not be compared are a failure of that phase, and nothing is timed", async () => {
  const it = await simulate(timedOne, { answer: () => ({ task: "failed", message: "no setup", variant: "slow", point: { size: 1 } }) });
  expect(it.requests).toHaveLength(1);
  expect(it.record.failures).toEqual([{ phase: "agree", variant: "slow", point: { size: 1 }, message: "no setup" }]);
  valid(it);
});

test("an answer to another question counts as a failure", async () => {
  const it = await simulate(told, { answer: () => ({ task: "agree", agree: true }) });
  expect(it.record.failures).toHaveLength(2);
});

test("every round is saved as it ends, each time with all before it", async () => {
  const { saved, record } = await simulate(timedOne);
  expect(saved.map(({ rounds }) => rounds.length)).toEqual(Array.from({ length: 20 }, (_, round) => round + 1));
  expect(saved.at(-1)).toEqual(record);
});

test("an abort keeps the rounds that are finished and drops the one in flight", async () => {
  const controller = new AbortController();
  const it = await simulate(timedOne, {
    signal: controller.signal,
    answer: (_request, index) => {
      // Agreement, two rounds of five, and the third trial of the third round.
      if (index === 1 + 2 * 5 + 2) controller.abort();
      return undefined;
    },
  });
  expect(it.record.rounds).toHaveLength(2);
  expect(it.record.failures).toEqual([]);
  expect(it.saved).toHaveLength(2);
  valid(it);
});

test("an abort during the comparison is no failure", async () => {
  const controller = new AbortController();
  const { record } = await simulate(timedOne, {
    signal: controller.signal,
    answer: () => {
      controller.abort();
      return { task: "failed", message: "interrupted" };
    },
  });
  expect(record.failures).toEqual([]);
  expect(record.rounds).toEqual([]);
});

test("a record that cannot be saved ends the run with the reason", async () => {
  await expect(simulate(timedOne, { save: () => Promise.reject(new Error("disk full")) })).rejects.toThrow("disk full");
});

test("the seed of a trial is the same for all variants of a round and another in each round", async () => {
  const { trials } = await simulate(told);
  const seeds = Array.from({ length: 20 }, (_, round) => new Set(trials.slice(round * 3, round * 3 + 3).map(({ seed }) => seed)));
  for (const round of seeds) expect(round.size).toBe(1);
  expect(new Set(seeds.flatMap((round) => [...round])).size).toBe(20);
});

test("progress counts every trial and foretells the rest once it has seen some", async () => {
  const { progress } = await simulate(timedOne, { trialTakes: 0.05 });
  expect(progress[0]).toMatchObject({ phase: "agree", elapsed: 0 });
  expect(progress).toHaveLength(1 + 20 * 5);
  expect(progress[1]).not.toHaveProperty("left");
  const last = progress.at(-1)!;
  expect(last).toMatchObject({ round: 19, look: 20, trial: 4, trials: 5 });
  expect(last.left).toBeCloseTo(0.05, 1);
});

test("a variant that this host has no service for is not tried, once, and the others are", async () => {
  const it = await simulate(timedOne, {
    answer: (request) =>
      request.task === "trial" && request.variant === "slow" ? { task: "unavailable", because: "it needs an engine" } : undefined,
  });
  expect(it.record.lacking).toEqual([{ variant: "slow", because: "it needs an engine" }]);
  expect(it.record.failures).toEqual([]);
  expect(it.record).not.toHaveProperty("notTried");
  expect(it.trials.filter(({ variant }) => variant === "slow")).toHaveLength(1);
  expect(it.trials.filter(({ variant, control }) => variant === "quick" && !control)).toHaveLength(40);
  valid(it);
});

test("where no variant has its service nothing is tried, and after a first trial of each no other is begun", async () => {
  const it = await simulate(timedOne, {
    answer: (request) => (request.task === "trial" ? { task: "unavailable", because: `no engine for ${request.variant}` } : undefined),
  });
  expect(it.record.notTried).toMatch(/^no engine for /);
  expect(it.record).toMatchObject({ rounds: [], failures: [] });
  expect(it.trials).toHaveLength(2);
  valid(it);
});

test("a service that was there and is not any more has failed", async () => {
  let trials = 0;
  const it = await simulate(timedOne, {
    answer: (request) =>
      request.task === "trial" && request.variant === "slow" && ++trials > 4
        ? { task: "unavailable", because: "it needs an engine" }
        : undefined,
  });
  expect(it.record.failures).not.toEqual([]);
  expect(it.record.failures.every(({ variant, message }) => variant === "slow" && message === "it needs an engine")).toBe(true);
  expect(it.record).not.toHaveProperty("lacking");
});

test("what a host cannot try is a record without rounds that says why", () => {
  const options = { experiment: "a-post/one", file: "", effort: "quick", seed: 1, source: "0123456789abcdef", host } as const;
  const record = notTried(told, { ...options } as never, "it needs 64 cores");
  expect(record).toMatchObject({ notTried: "it needs 64 cores", rounds: [] });
  valid({ record });
});

test("an error that names private folders is recorded without them", async () => {
  const message = `ENOENT: no such file, open '${join(homedir(), "secret.txt")}' and ${join(tmpdir(), "x")}`;
  const it = await simulate(timedOne, { answer: (request) => (request.task === "trial" ? { task: "failed", message } : undefined) });
  const told = it.record.failures.map((failure) => failure.message).join();
  expect(told).not.toContain(homedir());
  expect(told).not.toContain(tmpdir());
  expect(told).toContain("secret.txt");
});
