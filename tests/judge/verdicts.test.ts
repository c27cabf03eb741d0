import { describe, expect, test } from "vitest";
import { chanceTurned, verdictsOf } from "../../src/judge/verdicts.ts";
import { article } from "../../src/model/article.ts";
import type { Claim } from "../../src/model/claim.ts";
import { ratio, value } from "../../src/model/claim.ts";
import type { Definition } from "../../src/model/experiment.ts";
import { experiment, scenario } from "../../src/model/experiment.ts";
import { bytes, count, exact } from "../../src/model/metric.ts";
import type { RunRecord } from "../../src/model/record.ts";
import { levelOf } from "../../src/stats/looks.ts";
import type { Column } from "../testdata/record.ts";
import { recordOf, scenarioWith } from "../testdata/record.ts";

const post = article({
  title: "A post",
  slug: "a-post",
  url: "https://example.org/a-post",
  published: "2026-06",
  claims: { "a-01": { claim: "disorder costs", testable: "measure", where: "post" } },
});

const identity = "a-post/an-experiment";
const threefold: Claim = { says: "disorder costs at least threefold", holds: ratio("scattered", "ordered").atLeast(3), at: { size: 1 } };

function timed(claim: Claim, differs?: string): Definition {
  return experiment(post, {
    question: "What does disorder cost?",
    sweep: { size: [1, 2] },
    quick: { size: [1] },
    variants: { ordered: () => 0, scattered: () => 0 },
    claims: { "a-01": [claim as never] },
    ...(differs !== undefined && { differs }),
  });
}

/** Times of one unit each, moved by at most 2 % from round to round. */
const wobble = [1, 1.02, 0.98, 1.01, 0.99, 1, 1.02, 0.98, 1.01, 0.99, 1, 1.02, 0.98];
const ordered = { variant: "ordered", point: { size: 1 }, readings: { time: wobble.slice(0, 5) } } satisfies Column;
const scattered = (factor: number, rounds = 5) =>
  ({
    variant: "scattered",
    point: { size: 1 },
    readings: { time: wobble.slice(0, rounds).map((time, round) => time * factor * wobble[(round + 3) % 13]!) },
  }) satisfies Column;
const control = { ...ordered, control: true, readings: { time: [1.01, 1, 1, 0.99, 1.01] } } satisfies Column;

function only(definition: Definition, record: RunRecord | undefined) {
  const verdicts = verdictsOf(definition, identity, record);
  expect(verdicts).toHaveLength(1);
  return verdicts[0]!;
}

describe("a ratio", () => {
  test("far beyond the bound is reproduced, and shows what it rests on", () => {
    const verdict = only(timed(threefold), recordOf([ordered, scattered(6), control]));
    expect(verdict).toMatchObject({
      claim: "a-01",
      experiment: identity,
      says: threefold.says,
      bound: threefold.holds,
      at: { size: 1 },
      ruling: "reproduced",
      measured: { n: 5, level: levelOf({}) },
    });
    expect(verdict.measured!.center).toBeCloseTo(6, 0);
    expect(verdict.floor).toBeGreaterThan(0);
    expect(verdict).not.toHaveProperty("because");
  });

  test("of a model is consistent with it", () => {
    expect(only(timed({ ...threefold, model: true }), recordOf([ordered, scattered(6), control])).ruling).toBe("consistent with the model");
  });

  test("short of the bound is weaker, and around 1 refuted as no effect", () => {
    expect(only(timed(threefold), recordOf([ordered, scattered(2), control])).ruling).toBe("weaker");
    expect(only(timed(threefold), recordOf([ordered, scattered(1), control]))).toMatchObject({ ruling: "refuted", because: "no effect" });
  });

  test("about the bound is undecided and says how many rounds it would take", () => {
    const verdict = only(timed(threefold), recordOf([ordered, scattered(3.03), control]));
    expect(verdict.ruling).toBe("undecided");
    expect(verdict.because).toMatch(/contains an edge of the bound; about \d+ rounds would decide it, 5 so far/);
  });

  test("nearer to the bound than the null control comes to itself is undecided", () => {
    const noisy = { ...control, readings: { time: [1.5, 0.8, 1.2, 0.7, 1] } } satisfies Column;
    const verdict = only(timed(threefold), recordOf([ordered, scattered(4), noisy]));
    expect(verdict).toMatchObject({ ruling: "undecided", because: expect.stringMatching(/two names/) });
    expect(verdict.measured!.low).toBeGreaterThan(3);
  });

  test("of one round is undecided, and one of a zero is no ratio", () => {
    const once = [ordered, scattered(6)].map((it) => ({ ...it, readings: { time: it.readings.time.slice(0, 1) } }));
    expect(only(timed(threefold), recordOf(once))).toMatchObject({ ruling: "undecided", because: expect.stringMatching(/one round/) });
    const zero = { ...ordered, readings: { time: [0, 1, 1, 1, 1] } };
    expect(only(timed(threefold), recordOf([zero, scattered(6)]))).toMatchObject({
      ruling: "undecided",
      because: expect.stringMatching(/no ratio/),
    });
  });

  test("is judged by the null of its own metric", () => {
    const same = { bytes: [100, 100, 100, 100, 100] };
    const claim: Claim = { says: "allocates no more", holds: ratio("scattered", "ordered", "bytes").between(0.9, 1.1), at: { size: 1 } };
    const noisy = { ...control, readings: { time: [1.5, 0.8, 1.2, 0.7, 1], ...same } };
    const record = recordOf([
      { ...ordered, readings: { ...ordered.readings, ...same } },
      { ...scattered(6), readings: { ...scattered(6).readings, ...same } },
      noisy,
    ]);
    expect(only(timed(claim), record)).toMatchObject({ ruling: "reproduced", floor: 0 });
  });
});

describe("a value", () => {
  const claim: Claim = { says: "takes less than two", holds: value("scattered").atMost(2), at: { size: 1 } };

  test("waits for ten rounds", () => {
    expect(only(timed(claim), recordOf([ordered, scattered(1)]))).toMatchObject({
      ruling: "undecided",
      measured: { n: 5 },
      because: "a single variant's interval needs 10 rounds; 5 so far",
    });
  });

  test("is then judged by the interval of its median", () => {
    const long = { ...ordered, readings: { time: wobble } };
    expect(only(timed(claim), recordOf([long, scattered(1, 13)]))).toMatchObject({
      ruling: "reproduced",
      measured: { n: 13, level: levelOf({}) },
    });
    expect(only(timed(claim), recordOf([long, scattered(3, 13)])).ruling).toBe("refuted");
    expect(only(timed(claim), recordOf([long, scattered(2.01, 13)])).because).toMatch(/about \d+ rounds|too near/);
  });
});

describe("a fact", () => {
  const layout = (claim: Claim): Definition =>
    scenario(post, {
      question: "What does padding cost?",
      metrics: { size: exact(bytes("lower")), lost: exact(count("lower")) },
      variants: { packed: async () => ({ size: 16, lost: 0 }), padded: async () => ({ size: 24, lost: 0 }) },
      claims: { "a-01": [claim as never] },
    });
  const metrics = scenarioWith({ size: exact(bytes("lower")), lost: exact(count("lower")) });
  const sizes = (packed: number[], padded: number[]) =>
    recordOf(
      [
        { variant: "packed", readings: { size: packed } },
        { variant: "padded", readings: { size: padded } },
      ],
      metrics,
    );

  test("needs one round, and has neither noise nor floor", () => {
    const verdict = only(
      layout({ says: "half as much again", holds: ratio("padded", "packed", "size").between(1.5, 1.5) }),
      sizes([16], [24]),
    );
    expect(verdict).toMatchObject({ ruling: "reproduced", measured: { center: 1.5, low: 1.5, high: 1.5, n: 1, level: 1 } });
    expect(verdict).not.toHaveProperty("floor");
    expect(only(layout({ says: "24 bytes", holds: value("padded", "size").between(24, 24) }), sizes([16], [24])).ruling).toBe("reproduced");
    expect(only(layout({ says: "at most 16", holds: value("padded", "size").atMost(16) }), sizes([16], [24])).ruling).toBe("refuted");
  });

  test("that varies is none, even where both sides vary alike", () => {
    const varied = sizes([16, 8], [24, 12]);
    const claims = [ratio("padded", "packed", "size").atLeast(1.2), value("padded", "size").atMost(100)];
    for (const holds of claims) {
      expect(only(layout({ says: "it is so", holds }), varied)).toMatchObject({
        ruling: "undecided",
        because: expect.stringMatching(/differed/),
      });
    }
  });
});

describe("what cannot be ruled on", () => {
  const sound = [ordered, scattered(6), control];

  test("is not run where there is no record, and not tried where the host lacks something", () => {
    expect(only(timed(threefold), undefined)).toMatchObject({ ruling: "not run", because: expect.stringMatching(/npx assay run/) });
    const lacking = recordOf([], { notTried: "needs 4 cores, there are 2", variants: ["ordered"] });
    expect(only(timed(threefold), lacking)).toMatchObject({ ruling: "not tried", because: "needs 4 cores, there are 2" });
  });

  test("needs full where quick effort leaves the point out, and was left out where it does not", () => {
    const at2 = timed({ ...threefold, at: { size: 2 } });
    const [verdict] = verdictsOf(at2, identity, recordOf(sound), { fullTakes: "4 min" });
    expect(verdict).toMatchObject({ ruling: "needs full", because: expect.stringMatching(/--effort full \(about 4 min\)/) });
    expect(only(at2, recordOf(sound, { effort: "full" })).ruling).toBe("not run");
    expect(only(timed(threefold), recordOf([{ ...ordered, point: { size: 2 } }])).ruling).toBe("not run");
  });

  test("is undecided where the variants disagree, unless they differ by nature", () => {
    const record = recordOf(sound, { agreement: { agree: false, detail: "5 against 7" } });
    expect(only(timed(threefold), record)).toMatchObject({
      ruling: "undecided",
      because: expect.stringMatching(/disagree.*withheld: 5 against 7/),
    });
    expect(only(timed(threefold, "they sum in another order"), record).ruling).toBe("reproduced");
  });

  test("is undecided where the experiment or a trial of the claim failed, not where another one did", () => {
    const failed = (failure: RunRecord["failures"][number]) => only(timed(threefold), recordOf(sound, { failures: [failure] }));
    expect(failed({ phase: "load", message: "no such module" })).toMatchObject({
      ruling: "undecided",
      because: expect.stringMatching(/load.*no such/),
    });
    expect(failed({ phase: "trial", variant: "scattered", point: { size: 1 }, message: "timed out" })).toMatchObject({
      ruling: "undecided",
      because: "a trial failed (scattered): timed out",
    });
    expect(failed({ phase: "trial", variant: "scattered", point: { size: 2 }, message: "timed out" }).ruling).toBe("reproduced");
    expect(failed({ phase: "trial", variant: "third", message: "timed out" }).ruling).toBe("reproduced");
  });

  test("is undecided without a reading, and without a round that holds both variants", () => {
    expect(only(timed(threefold), recordOf([ordered]))).toMatchObject({
      ruling: "undecided",
      because: "there is no reading of time for scattered",
    });
    const apart = recordOf([ordered, scattered(6)]);
    for (const [round, { trials }] of apart.rounds.entries()) trials.splice(round % 2, 1);
    expect(only(timed(threefold), apart).because).toBe("no round holds both variants");
  });

  test("is undecided where the compiler may have removed the work, from half of the trials on", () => {
    const warned = (some: number) =>
      only(timed(threefold), recordOf([ordered, { ...scattered(6), warned: { "nothing-to-time": some } }, control]));
    expect(warned(2).ruling).toBe("reproduced");
    expect(warned(3)).toMatchObject({ ruling: "undecided", because: expect.stringMatching(/scattered cannot be told from an empty call/) });
  });
});

test("chance turns as many decided verdicts as their looks leave error, and no facts", () => {
  const verdict = only(timed(threefold), recordOf([ordered, scattered(6), control]));
  const fact = { ...verdict, measured: { ...verdict.measured!, level: 1 } };
  const open = { ...verdict, ruling: "undecided" as const };
  expect(chanceTurned([verdict, verdict, fact, open])).toEqual({ decided: 2, turned: expect.closeTo(0.05, 12) });
  expect(chanceTurned([])).toEqual({ decided: 0, turned: 0 });
});
