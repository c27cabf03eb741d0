import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { lacking } from "../src/host/needs.ts";
import { openRoom } from "../src/host/room.ts";
import { startFlagsAt } from "../src/measure/flags.ts";
import { launch } from "../src/measure/launch.ts";
import { chosenPoints } from "../src/measure/plan.ts";
import type { Reply, Request } from "../src/measure/protocol.ts";
import { limitsAt } from "../src/measure/recording.ts";
import { spending } from "../src/model/effort.ts";
import { mustAgree, type Definition } from "../src/model/experiment.ts";
import { restsOn } from "../src/model/quantity.ts";
import { pointKey } from "../src/model/sweep.ts";
import { discover } from "../src/store/discover.ts";

const { articles, broken } = await discover(fileURLToPath(new URL("../benchmarks", import.meta.url)));
const experiments = articles.flatMap((article) => article.experiments);
const smoke = spending.smoke;
const room = await openRoom();
afterAll(() => room[Symbol.asyncDispose]());
/** Elsewhere an engine may have no library. */
const hasAllEngines = process.platform === "linux" && process.arch === "x64";
/** What no package can bring: few hosts have it, and of a thing and its model each has one. */
const seldom = /\bWSL\b|\btmpfs\b|\bcontainer engine\b|\bneeds the image\b/;

test("every file below benchmarks can be loaded", () => {
  const rows = [...broken, ...articles.flatMap((article) => article.broken)];
  expect(rows.map(({ id, message }) => `${id}: ${message}`)).toEqual([]);
  expect(experiments.length).toBeGreaterThan(0);
});

test("ids of claims are the post's own, and no two posts share one", () => {
  const ids = articles.flatMap(({ article }) => Object.keys(article.claims));
  expect(new Set(ids).size).toBe(ids.length);
});

test("every claim that an experiment answers is one that can be measured or checked", () => {
  for (const { id, definition } of experiments) {
    for (const claim of Object.keys(definition.claims)) {
      expect(["measure", "check"], `${id} answers ${claim}`).toContain(definition.article.claims[claim]!.testable);
    }
  }
});

test("every claim rests on points that full effort runs", () => {
  for (const { id, definition } of experiments) {
    const run = chosenPoints(definition, "full");
    const points = run.map(pointKey);
    for (const claim of Object.values(definition.claims).flatMap((claims) => claims ?? [])) {
      for (const point of restsOn(claim.holds.quantity, claim.at ?? {}, run)) expect(points, id).toContain(pointKey(point));
    }
  }
});

function ask(definition: Definition, request: Request): Promise<Reply> {
  const point = request.task === "trial" ? request.point : request.task === "agree" ? request.points[0]! : request.cells[0]!.point;
  return launch(request, startFlagsAt(definition, point), limitsAt(definition, point), new AbortController().signal);
}

describe("at its first point, in a process of its own,", () => {
  for (const { id, file, definition } of experiments) {
    const lack = lacking(definition.needs, file);
    const [point] = chosenPoints(definition, "smoke");
    const asked = { file, seed: 1, window: smoke.window, room: room.directory };
    const name = lack === undefined ? id : `${id} (not tried: ${lack})`;

    test.skipIf(lack !== undefined)(`${name} ${definition.kind === "experiment" ? "agrees" : "tells all its stories"}`, async () => {
      if (mustAgree(definition)) {
        const reply = await ask(definition, { ...asked, task: "agree", points: [point!] });
        expect(reply).toMatchObject({ task: "agree", agree: true });
      }
      if (definition.kind === "experiment") return;
      for (const variant of definition.variantNames) {
        const { timing, warmUp } = smoke;
        const reply = await ask(definition, { ...asked, task: "trial", variant, control: false, point: point!, timing, warmUp });
        if (reply.task === "unavailable" && (!hasAllEngines || seldom.test(reply.because))) continue;
        expect(reply, variant).toMatchObject({ task: "trial" });
        const { trial } = reply as Extract<Reply, { task: "trial" }>;
        expect(Object.keys(trial.readings).toSorted()).toEqual(Object.keys(definition.metrics).toSorted());
      }
    });
  }
});
