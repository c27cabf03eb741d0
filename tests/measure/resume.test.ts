import fc from "fast-check";
import { expect, test } from "vitest";
import type { Request } from "../../src/measure/protocol.ts";
import type { Unsigned } from "../../src/measure/recording.ts";
import type { Definition } from "../../src/model/experiment.ts";
import { timedOne, told, unclaimed } from "./_definitions.ts";
import { canned, simulate, type Simulated } from "./_simulated.ts";

/** A reading that depends on what was asked alone, so that two runs can be compared. */
function reading(request: Request) {
  if (request.task !== "trial") return undefined;
  if (request.variant === "three" && request.seed % 7 === 0) return { task: "failed", message: "bad luck" } as const;
  return canned(request, Object.keys(request.point).length === 0 ? "lasted" : "time");
}

/** After five rounds only the last two variants stay open. */
const open: NonNullable<Simulated["open"]> = ({ points, variants }) =>
  points.flatMap((point) => variants.slice(-2).map((variant) => ({ variant, point, control: false })));

/** What is on disk of a run that was interrupted in the round after so many. */
async function interruptedAfter(definition: Definition, rounds: number): Promise<Unsigned> {
  const controller = new AbortController();
  let kept: Unsigned | undefined;
  const save = async (record: Unsigned): Promise<void> => {
    kept = record;
    if (record.rounds.length >= rounds) controller.abort();
  };
  await simulate(definition, { answer: reading, open, signal: controller.signal, save });
  return kept!;
}

test.each([
  ["timed", timedOne],
  ["without claims", unclaimed],
  ["told", told],
])("an experiment (%s) that was interrupted anywhere and resumed has the rounds of one that was not", async (_what, definition) => {
  const whole = await simulate(definition, { answer: reading, open });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: whole.record.rounds.length }), async (rounds) => {
      const resume = await interruptedAfter(definition, rounds);
      expect(resume.rounds).toHaveLength(rounds);
      const rest = await simulate(definition, { answer: reading, open, resume: resume });
      expect(rest.record.rounds).toEqual(whole.record.rounds);
      expect(rest.record.failures).toEqual(whole.record.failures);
      expect(rest.requests.filter(({ task }) => task === "agree")).toEqual([]);
    }),
    { numRuns: 20 },
  );
});

test("a record that is resumed keeps when it began", async () => {
  const resume = await interruptedAfter(told, 2);
  const { record } = await simulate(told, { answer: reading, resume: { ...resume, startedAt: "2026-01-01T00:00:00.000Z" } });
  expect(record.startedAt).toBe("2026-01-01T00:00:00.000Z");
});

test("how many looks a resumed run has is found anew, and from what its rounds took before", async () => {
  // Killed between the writing of a finished record and its renaming.
  const short = await simulate(timedOne, { trialTakes: 0.25 });
  expect(short.record.looks).toBe(1);
  const again = await simulate(timedOne, { resume: { ...short.record, rounds: short.record.rounds.slice(0, 3) } });
  expect([again.record.rounds.length, again.record.looks]).toEqual([20, undefined]);

  const slow = short.record.rounds.map(({ trials }) => ({
    trials: trials.map((it) => ({ ...it, conditions: { ...it.conditions, wall: 100 } })),
  }));
  const rest = await simulate(timedOne, { resume: { ...short.record, rounds: slow } });
  expect([rest.record.rounds.length, rest.record.looks, rest.asked]).toEqual([5, 1, []]);
});
