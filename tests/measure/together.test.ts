import { expect, test } from "vitest";
import type { Reply, Request, TogetherRequest, TrialRequest } from "../../src/measure/protocol.ts";
import { experiment } from "../../src/model/experiment.ts";
import { RunRecordSchema } from "../../src/model/record.ts";
import { sign } from "../../src/store/records.ts";
import { post, timedOne } from "./_definitions.ts";
import { launchTogether, sound } from "./_launched.ts";
import { canned, simulate } from "./_simulated.ts";

const shared = { ...timedOne, together: true } as const;

test("where trials share a process a round is one process, with the cells that separate ones would run, in their order", async () => {
  const together = await simulate(shared);
  const separate = await simulate(timedOne);
  const rounds = together.requests.filter((it): it is TogetherRequest => it.task === "together");
  expect(rounds).toHaveLength(20);
  expect(rounds.flatMap(({ cells }) => cells)).toEqual(separate.trials.map(({ variant, point, control }) => ({ variant, point, control })));
  expect(together.record.rounds).toEqual(separate.record.rounds);
  expect(RunRecordSchema.safeParse(structuredClone(sign(together.record))).error).toBeUndefined();
});

/** In a shared process this cell fails; alone it does only where it is told to. */
const unlucky = (alone: boolean) => (request: Request) => {
  const isIt = ({ variant, point }: Pick<TrialRequest, "variant" | "point">): boolean => variant === "slow" && point.size === 1;
  if (request.task === "trial" && alone && isIt(request)) return { task: "failed", message: "bad luck" } as const;
  if (request.task !== "together") return undefined;
  const replies = request.cells.map((cell): Reply =>
    isIt(cell) ? { task: "failed", message: "no room" } : canned({ ...request, ...cell, task: "trial" }),
  );
  return { task: "together", replies } as const;
};

test("a cell that fails alone as well is left out from then on, and the others of its process keep their readings", async () => {
  const it = await simulate(shared, { answer: unlucky(true) });
  expect(it.record.failures).toEqual([{ phase: "trial", variant: "slow", point: { size: 1 }, message: "bad luck" }]);
  expect(it.record.rounds[0]!.trials.length).toBe(it.record.rounds[1]!.trials.length);
  expect(it.trials).toHaveLength(1);
});

test("a cell that fails only among others is measured in a process of its own", async () => {
  const it = await simulate(shared, { answer: unlucky(false) });
  expect(it.record.failures).toEqual([]);
  expect(it.trials).toHaveLength(20);
  const cells = shared.variantNames.length * it.record.points.length;
  for (const { trials } of it.record.rounds) expect(trials.filter(({ control }) => !control)).toHaveLength(cells);
});

test("where a shared process ends, its cells run again in processes of their own, and only the one that ends those has failed", async () => {
  const it = await simulate(shared, {
    answer: (request) => {
      if (request.task === "together" && request.cells.some(({ variant, point }) => variant === "slow" && point.size === 1)) {
        return { task: "failed", message: "was ended by SIGKILL" };
      }
      const lethal = request.task === "trial" && request.variant === "slow" && request.point.size === 1;
      return lethal ? { task: "failed", message: "ran out of memory" } : undefined;
    },
  });
  expect(it.record.failures).toEqual([{ phase: "trial", variant: "slow", point: { size: 1 }, message: "ran out of memory" }]);
  expect(it.record.rounds).toHaveLength(20);
  expect(it.record.rounds[1]!.trials.length).toBe(it.record.rounds[0]!.trials.length);
  expect(it.record.together).toBe(true);
});

test("what only a process as a whole has cannot be claimed or drawn of one that is shared", () => {
  const defining = (): unknown =>
    experiment(post, { question: "What?", together: true, variants: { one: () => 1 }, chart: "rss", claims: {} });
  expect(defining).toThrow(/`chart` names rss, which belongs to a process/);
});

test("a real process reads every cell and leaves out what only the process as a whole has", async () => {
  const reply = await launchTogether(sound("known-costs/allocates"));
  if (reply.task !== "together") throw new Error(JSON.stringify(reply));
  expect(reply.replies.length).toBeGreaterThan(1);
  for (const it of reply.replies) {
    if (it.task !== "trial") throw new Error(JSON.stringify(it));
    expect(it.trial.readings.time!.length).toBeGreaterThan(0);
    expect(it.trial.readings.bytes).toBeDefined();
    expect(it.trial.readings.rss).toBeUndefined();
  }
});

test("stories of a scenario may share a process, too: each has its own input, and one that throws costs no other its readings", async () => {
  const reply = await launchTogether(sound("known-costs/tells-in-turn"));
  if (reply.task !== "together") throw new Error(JSON.stringify(reply));
  const told = reply.replies.map((it) => (it.task === "trial" ? it.trial.readings : it));
  expect(told).toContainEqual({ task: "failed", message: "Error: this story has no end" });
  const readings = reply.replies.flatMap((it) => (it.task === "trial" ? [it.trial.readings] : []));
  expect(readings.length).toBeGreaterThan(1);
  // They share a process, and what the ones before opened is closed.
  expect(readings.map(({ open }) => open![0])).toEqual(readings.map(() => 1));
  expect(readings.map(({ told: count }) => count![0]!).toSorted()).toEqual(readings.map((_, index) => index + 1));
  expect(readings.every(({ rss }) => rss === undefined)).toBe(true);
});

test("points that need flags of their own cannot share a process", () => {
  const defining = (): unknown =>
    experiment(post, {
      question: "What?",
      sweep: { space: [1, 2] },
      together: true,
      flags: ({ space }) => [`--max-semi-space-size=${space}`],
      variants: { one: () => 1 },
      claims: {},
    });
  expect(defining).toThrow(/`together` puts all points into one process/);
});
