/**
 * Does a trial that shares its process read what a fresh process reads? For every experiment that declares `together`, the cells of quick effort
 * are measured both ways in turn, the shared process in another random order each time, and the ratio of the two is printed for each.
 *
 *     npm run together              six pairs of every such experiment (two minutes)
 *     npm run together -- ladder 10
 */
import { fileURLToPath } from "node:url";
import { openRoom } from "../src/host/room.ts";
import { shuffled } from "../src/inputs/order.ts";
import { seeded } from "../src/inputs/random.ts";
import { startFlagsOf } from "../src/measure/flags.ts";
import { launch } from "../src/measure/launch.ts";
import { cellKey, cellsOf, chosenPoints, type Cell } from "../src/measure/plan.ts";
import type { Reply } from "../src/measure/protocol.ts";
import { limitsOf } from "../src/measure/recording.ts";
import { spending } from "../src/model/effort.ts";
import type { Definition } from "../src/model/experiment.ts";
import { processMetrics } from "../src/model/metric.ts";
import { interval, pointWords } from "../src/report/words.ts";
import { median } from "../src/stats/quantiles.ts";
import { ratioInterval } from "../src/stats/ratio.ts";
import { discover } from "../src/store/discover.ts";
import { select } from "../src/store/pattern.ts";

const { timing, warmUp, window } = spending.quick;
const room = await openRoom();
const signal = new AbortController().signal;
/** Twenty cells are not one: of so many intervals one in twenty excludes 1 by chance alone, so they are wide enough for all of them together. */
const ERROR = 0.05;

/** What is compared: the time, or what a scenario reads itself and noise can touch. */
const metricsOf = (it: Definition): string[] =>
  it.kind === "experiment"
    ? ["time"]
    : Object.keys(it.metrics).filter((name) => !Object.hasOwn(processMetrics, name) && !it.metrics[name]!.exact);

type Readings = Readonly<Record<string, number>>;

/** Undefined where the host lacks what the variant needs. */
function readingsOf(reply: Reply, metrics: readonly string[]): Readings | undefined {
  if (reply.task === "unavailable") return undefined;
  if (reply.task !== "trial") throw new Error(reply.task === "failed" ? reply.message : reply.task);
  return Object.fromEntries(metrics.map((metric) => [metric, median(reply.trial.readings[metric]!)]));
}

/** Of each cell, in their order. */
interface Pair {
  readonly shared: readonly (Readings | undefined)[];
  readonly fresh: readonly (Readings | undefined)[];
}

async function both(file: string, it: Definition, cells: readonly Cell[], seed: number): Promise<Pair> {
  const metrics = metricsOf(it);
  const limits = limitsOf(
    it,
    cells.map(({ point }) => point),
  );
  const asked = { file, seed, window, timing, warmUp, room: room.directory };
  const order = shuffled([...cells], seeded(seed));
  const flags = startFlagsOf(it);
  const reply = await launch(
    { ...asked, task: "together", cells: order },
    flags,
    { ...limits, timeout: Math.max(120, limits.timeout) },
    signal,
  );
  if (reply.task !== "together") throw new Error(reply.task === "failed" ? reply.message : reply.task);
  const shared = new Map(order.map((cell, index) => [cellKey(cell), readingsOf(reply.replies[index]!, metrics)]));
  const fresh: (Readings | undefined)[] = [];
  for (const cell of cells) fresh.push(readingsOf(await launch({ ...asked, ...cell, task: "trial" }, flags, limits, signal), metrics));
  return { shared: cells.map((cell) => shared.get(cellKey(cell))), fresh };
}

const [pattern, pairs = "6"] = process.argv.slice(2).toSorted((a, b) => Number(/^\d+$/.test(a)) - Number(/^\d+$/.test(b)));
const named = pattern !== undefined && !/^\d+$/.test(pattern);
const rounds = Number(named ? pairs : (pattern ?? pairs));
const catalogue = select(await discover(fileURLToPath(new URL("../benchmarks", import.meta.url))), named ? [pattern] : []);
for (const { id, file, definition } of catalogue.articles.flatMap(({ experiments }) => experiments)) {
  if (!definition.together) continue;
  const cells = cellsOf(definition, chosenPoints(definition, "quick"));
  const read: Pair[] = [];
  for (let pair = 1; pair <= rounds; pair++) read.push(await both(file, definition, cells, pair));
  let excluding = 0;
  const metrics = metricsOf(definition);
  const isRead = (index: number): boolean => read.every(({ shared, fresh }) => shared[index] !== undefined && fresh[index] !== undefined);
  const rows = cells.flatMap((cell, index) => (isRead(index) ? metrics.map((metric) => ({ cell, index, metric })) : []));
  for (const { cell, index, metric } of rows) {
    const ratio = ratioInterval(
      read.map(({ shared }) => shared[index]![metric]!),
      read.map(({ fresh }) => fresh[index]![metric]!),
      1 - ERROR / rows.length,
    );
    const excludes = ratio !== undefined && (ratio.low > 1 || ratio.high < 1);
    excluding += Number(excludes);
    const told = ratio === undefined ? "a reading of zero has no ratio" : interval(ratio, "ratio");
    console.log(
      `${id}  ${cell.variant}, ${metric}, ${pointWords(cell.point) || "the only point"}: ${told}${excludes ? ", which excludes 1" : ""}`,
    );
  }
  console.log(`${id}: ${excluding} of ${rows.length} readings are others in a shared process\n`);
}
await room[Symbol.asyncDispose]();
