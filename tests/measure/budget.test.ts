import { expect, test } from "vitest";
import { timedOne } from "./_definitions.ts";
import { simulate } from "./_simulated.ts";

test("the effort's budget ends it at a look, and not before the first", async () => {
  // 5 trials a round: 12 s last for 24 rounds of 0.1 s each, but for two of 1 s each.
  expect((await simulate(timedOne, { trialTakes: 0.1 })).record.rounds).toHaveLength(20);
  expect((await simulate(timedOne, { trialTakes: 0.17 })).record.rounds).toHaveLength(13);
  expect((await simulate(timedOne, { trialTakes: 0.25 })).record.rounds).toHaveLength(8);
  expect((await simulate(timedOne, { trialTakes: 100 })).record.rounds).toHaveLength(5);
});

test("no round is begun that cannot reach the next look within the budget", async () => {
  const { record, elapsed } = await simulate(timedOne, { trialTakes: 0.17 });
  expect(record.rounds).toHaveLength(13);
  expect(elapsed).toBeLessThan(12);
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
