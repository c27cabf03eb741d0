import { expect, test } from "vitest";
import { agreement } from "../../src/measure/agreement.ts";
import type { Launch } from "../../src/measure/launch.ts";
import type { TrialRequest } from "../../src/measure/protocol.ts";
import type { Definition, Stage } from "../../src/model/experiment.ts";
import { scenario } from "../../src/model/experiment.ts";
import { seconds } from "../../src/model/metric.ts";
import { pointsOf } from "../../src/model/sweep.ts";
import { ServiceUnavailable } from "../../src/services/unavailable.ts";
import { post, told } from "./_definitions.ts";
import { canned, simulate } from "./_simulated.ts";

interface Answering {
  readonly rows: number;
  readonly variant: string;
}

/** Two databases that answer with rows; what was set up for them, asked of them and cleared away is noted in order. */
function answering(rowsOf: (asked: Answering) => unknown, more: Partial<Definition> = {}): { definition: Definition; noted: string[] } {
  const noted: string[] = [];
  const note = (what: string, { rows, variant }: Answering): void => void noted.push(`${what} ${variant} ${rows}`);
  const definition = scenario(post, {
    question: "Do they answer alike?",
    sweep: { rows: [10, 100] },
    metrics: { read: seconds("lower") },
    setup: ({ rows }, { variant }) => {
      const input = { rows, variant };
      note("set up", input);
      return { ...input, [Symbol.asyncDispose]: async () => note("cleared", input) };
    },
    agree: async (input, stage) => {
      note("asked", { rows: input.rows, variant: stage.variant });
      return rowsOf(input);
    },
    variants: { heap: async () => ({ read: 1 }), columns: async () => ({ read: 1 }) },
    claims: {},
  });
  return { definition: { ...definition, ...(more as object) }, noted };
}

const stageOf = (variant: string) => ({ variant }) as Stage;
const agreed = (definition: Definition) => agreement(definition, pointsOf(definition.sweep), stageOf);

test("every variant of a scenario is asked at every point, on an input of its own that is cleared away before the next one", async () => {
  const { definition, noted } = answering(({ rows }) => [rows, "same"]);
  expect(await agreed(definition)).toEqual({ task: "agree", agree: true });
  const cells = ["heap 10", "columns 10", "heap 100", "columns 100"];
  expect(noted).toEqual(cells.flatMap((cell) => [`set up ${cell}`, `asked ${cell}`, `cleared ${cell}`]));
});

test("answers that differ are told with the point and the place, and the last input is cleared away too", async () => {
  const { definition, noted } = answering(({ rows, variant }) => [{ sum: rows === 100 && variant === "columns" ? 7 : 5 }]);
  expect(await agreed(definition)).toEqual({
    task: "agree",
    agree: false,
    detail: 'heap and columns disagree at {"rows":100}: result.0.sum is 5 and 7',
  });
  expect(noted.at(-1)).toBe("cleared columns 100");
});

test("variants that cannot answer alike are asked all the same, and why they differ stands in the place of a difference", async () => {
  const { definition, noted } = answering(({ variant }) => variant, { differs: "one of them estimates" });
  expect(await agreed(definition)).toEqual({ task: "agree", agree: true, detail: "one of them estimates" });
  expect(noted).toContain("asked columns 100");
});

test("one that throws has failed, and its input is cleared away", async () => {
  const throwing = (error: Error) =>
    answering(({ variant }) => {
      if (variant === "columns") throw error;
      return 1;
    });
  const { definition, noted } = throwing(new Error("no such table"));
  expect(await agreed(definition)).toEqual({ task: "failed", variant: "columns", point: { rows: 10 }, message: "no such table" });
  expect(noted.at(-1)).toBe("cleared columns 10");
});

test("what the host has no service for is left out of the comparison, and only where nothing is left is that the answer", async () => {
  const lacking = (lacks: readonly string[], columns: number) =>
    answering(({ variant }) => {
      if (lacks.includes(variant)) throw new ServiceUnavailable(`there is no ${variant}`);
      return variant === "columns" ? columns : 1;
    }).definition;
  expect(await agreed(lacking(["heap"], 2))).toEqual({ task: "agree", agree: true });
  expect(await agreed(lacking([], 2))).toMatchObject({ agree: false });
  await expect(agreed(lacking(["heap", "columns"], 1))).rejects.toThrow("there is no heap");
});

test("a scenario that says nothing of agreement agrees, and nothing is set up for it", async () => {
  expect(await agreement(told, [{}], stageOf)).toEqual({ task: "agree", agree: true });
});

test("a scenario that says on what its variants agree is asked first, with the time of a story for each, and one that disagrees is not measured", async () => {
  const agreeing = { ...told, agree: async () => 1, timeout: 7 };
  const timeouts: number[] = [];
  const launch: Launch = async (request, _flags, { timeout }) => {
    timeouts.push(timeout);
    return request.task === "agree" ? { task: "agree", agree: false, detail: "5 against 7" } : canned(request as TrialRequest, "lasted");
  };
  const { record } = await simulate(agreeing, { launch });
  expect(timeouts).toEqual([14]);
  expect(record).toMatchObject({ agreement: { agree: false, detail: "5 against 7" }, rounds: [] });
  const fine = await simulate(agreeing);
  expect(fine.requests[0]).toMatchObject({ task: "agree", points: [{}] });
  expect(fine.record).toMatchObject({ agreement: { agree: true } });
  expect(fine.record.rounds.length).toBeGreaterThan(0);
});
