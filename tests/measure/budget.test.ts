import { expect, test } from "vitest";
import { value } from "../../src/model/claim.ts";
import { experiment } from "../../src/model/experiment.ts";
import { post, timedOne } from "./_definitions.ts";
import { simulate } from "./_simulated.ts";

// The effort's own budget lasts for 10 s, and a round has five trials.
test("the effort's budget ends it after the first look, and not before", async () => {
  expect((await simulate(timedOne, { trialTakes: 0.05 })).record.rounds).toHaveLength(20);
  expect((await simulate(timedOne, { trialTakes: 0.12 })).record.rounds).toHaveLength(16);
  expect((await simulate(timedOne, { trialTakes: 0.17 })).record.rounds).toHaveLength(11);
  expect((await simulate(timedOne, { trialTakes: 100 })).record.rounds).toHaveLength(5);
});

test("no round is begun for which there is no time", async () => {
  const { record, elapsed } = await simulate(timedOne, { trialTakes: 0.17 });
  expect(record.rounds).toHaveLength(11);
  expect(elapsed).toBeLessThan(10);
});

test("where there is no time for three more rounds the first look is the only one, and has all of the error", async () => {
  const enough = await simulate(timedOne, { trialTakes: 0.24 });
  expect([enough.record.rounds.length, enough.record.looks, enough.asked]).toEqual([8, undefined, [5]]);
  const short = await simulate(timedOne, { trialTakes: 0.25 });
  expect([short.record.rounds.length, short.record.looks, short.asked]).toEqual([5, 1, []]);
});

test("how many looks there are is asked of the clock alone: what is decided and what is open is the same to it", async () => {
  const none = { trialTakes: 0.25, open: () => [] };
  expect((await simulate(timedOne, none)).record.looks).toBe(1);
  expect((await simulate(timedOne, { ...none, trialTakes: 0.24 })).record.looks).toBeUndefined();
});

test("a claim on a single noisy reading has the rounds that it needs, unless the reader's budget ends them", async () => {
  const alone = experiment(post, {
    question: "How long does it take?",
    variants: { one: () => 1, two: () => 1 },
    claims: { "a-01": [{ says: "one takes less than a second", holds: value("one").atMost(1) }] },
  });
  expect((await simulate(alone, { trialTakes: 1 })).record.rounds).toHaveLength(10);
  expect((await simulate(alone, { trialTakes: 1, budget: 10 })).record).toMatchObject({ looks: 1, rounds: { length: 3 } });
});

test("one look is all that a reader's budget leaves which ends before it", async () => {
  expect((await simulate(timedOne, { budget: 1.2, trialTakes: 0.1 })).record.looks).toBe(1);
  expect((await simulate(timedOne, { budget: 2.75, trialTakes: 0.1 })).record).toMatchObject({ looks: 1, rounds: { length: 5 } });
  expect((await simulate(timedOne, { budget: 5, trialTakes: 0.1 })).record.looks).toBeUndefined();
});

test("the reader's budget ends it even before the first look, after at least one round", async () => {
  expect((await simulate(timedOne, { budget: 1.2, trialTakes: 0.1 })).record.rounds).toHaveLength(2);
  // A second round would end after 1.1 s.
  expect((await simulate(timedOne, { budget: 1, trialTakes: 0.1 })).record.rounds).toHaveLength(1);
  expect((await simulate(timedOne, { budget: 0, trialTakes: 0.1 })).record.rounds).toHaveLength(1);
});

test("the reader's budget may also be longer than the effort's own", async () => {
  expect((await simulate(timedOne, { budget: 1000, trialTakes: 1 })).record.rounds).toHaveLength(20);
});
