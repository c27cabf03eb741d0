import { expect, test } from "vitest";
import { verdictsOf } from "../../src/judge/verdicts.ts";
import { emptyRecord, limitsAt } from "../../src/measure/recording.ts";
import { run } from "../../src/measure/run.ts";
import { article } from "../../src/model/article.ts";
import { ratio } from "../../src/model/claim.ts";
import { experiment } from "../../src/model/experiment.ts";
import { RunRecordSchema } from "../../src/model/record.ts";
import { sign } from "../../src/store/records.ts";
import { host, simulate } from "./_simulated.ts";

const post = article({
  title: "A post",
  slug: "a-post",
  published: "2026-06",
  claims: { "a-01": { claim: "size matters", testable: "measure", where: "post" } },
});
const PETABYTE = 2 ** 50;
const says = "the second takes longer";

const growing = experiment(post, {
  question: "What does a size cost?",
  sweep: { bytes: [1, PETABYTE] },
  flags: ({ bytes }) => (bytes === 1 ? [] : ["--max-semi-space-size=1"]),
  needs: { memory: ({ bytes }) => bytes },
  variants: { first: () => 1, second: () => 1 },
  claims: {
    "a-01": [
      { says, holds: ratio("second", "first").atLeast(2), at: { bytes: 1 } },
      { says, holds: ratio("second", "first").atLeast(2), at: { bytes: PETABYTE } },
    ],
  },
});

test("points that do not fit this host's memory are left out, and their claims are not tried with the reason", async () => {
  const { record, trials, requests } = await simulate(growing);
  expect(new Set(trials.map(({ point }) => point.bytes))).toEqual(new Set([1]));
  expect(requests[0]).toMatchObject({ task: "agree", points: [{ bytes: 1 }] });
  expect(record.skipped).toEqual([
    { point: { bytes: PETABYTE }, because: expect.stringMatching(/^it needs 1073741824 MiB of free memory/) },
  ]);
  expect(RunRecordSchema.safeParse(structuredClone(sign(record))).error).toBeUndefined();
  const [small, large] = verdictsOf(growing, "a-post/growing", sign(record));
  expect(small!.ruling).not.toBe("not tried");
  expect(large).toMatchObject({ ruling: "not tried", because: record.skipped![0]!.because });
});

test("an experiment of which no point fits is not tried, and nothing is started for it", async () => {
  const { record, requests } = await simulate(growing, { at: { bytes: PETABYTE } });
  expect(requests).toEqual([]);
  expect(record.notTried).toMatch(/^it needs 1073741824 MiB/);
});

test("flags of a point start its trials and stand beside their readings", async () => {
  const flags: (readonly string[])[] = [];
  const swept = experiment(post, {
    question: "What does a flag do?",
    sweep: { space: [1, 2] },
    flags: ({ space }) => [`--max-semi-space-size=${space}`],
    variants: { only: () => 1 },
    claims: {},
  });
  const record = await run(swept, {
    experiment: "a-post/swept",
    file: "swept.ts",
    effort: "smoke",
    seed: 1,
    source: "0123456789abcdef",
    host,
    signal: new AbortController().signal,
    open: () => [],
    save: async () => {},
    progress: () => {},
    launch: async (request, given) => {
      flags.push(given);
      if (request.task !== "trial") return { task: "agree", agree: true };
      const conditions = { wall: 1, cpu: 1, read: 1, collections: 0, pause: 0, involuntarySwitches: 0, stolen: null };
      const { variant, point } = request;
      return { task: "trial", trial: { variant, point: { ...point }, readings: { time: [1] }, conditions, warnings: [] } };
    },
  });
  expect(flags).toContainEqual(["--max-semi-space-size=1"]);
  expect(record.rounds[0]!.trials[0]!.flags).toEqual(["--max-semi-space-size=1"]);
  expect(record.flags).not.toContain("--max-semi-space-size=1");
});

test("a trial may ask for half as much again as its point needs, and for 3 GiB in any case", () => {
  expect(limitsAt(growing, { bytes: 2 ** 20 }).memory).toBe(3 * 2 ** 30);
  expect(limitsAt(growing, { bytes: 2 ** 33 }).memory).toBe(1.5 * 2 ** 33);
});

test("the record of what was not tried still names its points", () => {
  const heading = { experiment: "a-post/growing", effort: "quick", seed: 1, source: "0123456789abcdef", host } as const;
  expect(emptyRecord(growing, heading).points).toHaveLength(2);
});
