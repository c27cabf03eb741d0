import { metricsOf, variantsOf } from "./chart.ts";
import type { Bound, Claim } from "./claim.ts";
import type { Definition } from "./experiment.ts";
import { type Asked, namesOf, restsOn, startOf } from "./quantity.ts";
import { pointKey, pointsOf, type Point, type Sweep } from "./sweep.ts";

/** A definition that compiles and still cannot be meant. The message says what is wrong and what to write instead. */
export class DefinitionError extends Error {
  override name = "DefinitionError";
}

/** @throws {DefinitionError} at the first thing that cannot be meant. */
export function checkDefinition(it: Definition): void {
  if (it.variantNames.length === 0) throw new DefinitionError("`variants` is empty: there is nothing to run");
  checkSweep(it.sweep);
  for (const [parameter, values] of Object.entries(it.quick ?? {})) {
    const all = it.sweep[parameter];
    const extra = (values ?? []).find((value) => !all?.includes(value));
    if (extra !== undefined || !values?.length) {
      throw new DefinitionError(
        `\`quick.${parameter}\` must choose from \`sweep.${parameter}\`${extra === undefined ? "" : `, which lacks ${JSON.stringify(extra)}`}`,
      );
    }
  }
  for (const [id, claims] of Object.entries(it.claims)) {
    const known = it.article.claims[id];
    if (!known)
      throw new DefinitionError(`the article has no claim ${JSON.stringify(id)}; it has ${Object.keys(it.article.claims).join(", ")}`);
    for (const claim of claims ?? []) checkClaim(it, id, claim);
  }
  checkChart(it);
  if (it.together && typeof it.flags === "function") {
    throw new DefinitionError("`together` puts all points into one process, so `flags` cannot depend on the point");
  }
  if (typeof it.timeout === "number" && !(it.timeout > 0)) throw new DefinitionError("`timeout` is a positive number of seconds");
  if (it.kind === "experiment" && typeof it.operations === "number" && !(it.operations > 0)) {
    throw new DefinitionError("`operations` is a positive number: what one call performs");
  }
}

function checkSweep(sweep: Sweep): void {
  for (const [parameter, values] of Object.entries(sweep)) {
    if (values.length === 0) throw new DefinitionError(`\`sweep.${parameter}\` has no values`);
    if (new Set(values).size < values.length) throw new DefinitionError(`\`sweep.${parameter}\` names a value twice`);
    if (values.some((value) => typeof value === "number" && !Number.isFinite(value))) {
      throw new DefinitionError(`\`sweep.${parameter}\` holds a number that is not finite`);
    }
  }
}

function checkClaim(it: Definition, id: string, { holds, given, at = {} }: Claim): void {
  checkBound(it, id, holds, at);
  if (!given) return;
  for (const bound of [given.holds, ...(given.fails ? [given.fails] : [])]) {
    checkBound(it, id, bound, given.at ?? at);
    if (bound.quantity.kind === "extrapolated")
      throw new DefinitionError(`claim ${id} has a condition that nobody measures: it is extrapolated`);
  }
}

function checkBound(it: Definition, id: string, { quantity }: Bound, at: Point): void {
  checkVariants(it, `claim ${id}`, namesOf(quantity));
  checkMetric(it, `claim ${id}`, quantity.metric);
  if (quantity.kind === "step" || quantity.kind === "crossover") return checkPlace(it, id, quantity, at);
  checkPoint(it, `claim ${id} is to hold at`, at);
  if (quantity.kind === "growth") checkGrowth(it, id, quantity, at);
  if (quantity.kind === "extrapolated") checkExtrapolation(it, id, quantity, at);
}

function checkPoint(it: Definition, says: string, at: Point): void {
  if (pointsOf(it.sweep).some((point) => pointKey(point) === pointKey(at))) return;
  throw new DefinitionError(`${says} ${JSON.stringify(at)}, which is no point of the sweep`);
}

function checkVariants(it: Definition, where: string, names: readonly string[]): void {
  const unknown = names.find((variant) => !it.variantNames.includes(variant));
  if (unknown !== undefined) {
    throw new DefinitionError(`${where} names the variant ${JSON.stringify(unknown)}; there are ${it.variantNames.join(", ")}`);
  }
}

function checkMetric(it: Definition, where: string, metric: string): void {
  if (it.together && metric === "rss") {
    throw new DefinitionError(`${where} names rss, which belongs to a process, and \`together\` puts all trials of a round into one`);
  }
  if (!Object.hasOwn(it.metrics, metric)) {
    throw new DefinitionError(`${where} names the metric ${JSON.stringify(metric)}; there are ${Object.keys(it.metrics).join(", ")}`);
  }
}

/** A step and a crossover lie along the sweep, so the sweep must be one number. */
function checkPlace(it: Definition, id: string, { kind, along }: Asked<"step" | "crossover">, point: Point): void {
  const parameters = Object.keys(it.sweep);
  if (parameters.join() !== along || !it.sweep[along]!.every((value) => typeof value === "number" && value > 0)) {
    throw new DefinitionError(`claim ${id} looks for a ${kind} along ${JSON.stringify(along)}, which must be the one number that is swept`);
  }
  if (Object.keys(point).length > 0) throw new DefinitionError(`claim ${id} is about a ${kind} along ${along} and so has no \`at\``);
}

function checkGrowth(it: Definition, id: string, quantity: Asked<"growth">, at: Point): void {
  const since = startOf(quantity, at);
  checkPoint(it, `claim ${id} is about the growth since`, since);
  if (pointKey(since) === pointKey(at)) {
    throw new DefinitionError(`claim ${id} is about the growth since its own point; \`since\` must name another value than \`at\``);
  }
}

function checkExtrapolation(it: Definition, id: string, quantity: Asked<"extrapolated">, at: Point): void {
  const { along, to } = quantity;
  const values = it.sweep[along];
  if (!values?.every((value) => typeof value === "number" && value > 0)) {
    throw new DefinitionError(`claim ${id} extrapolates along ${JSON.stringify(along)}, which must be a swept number above 0`);
  }
  const largest = Math.max(...(values as number[]));
  if (!(to > largest && to < Infinity)) {
    throw new DefinitionError(
      `claim ${id} extrapolates to ${along} = ${to}, which must lie beyond the largest value of the sweep, ${largest}`,
    );
  }
  if (restsOn(quantity, at, pointsOf(it.sweep)).length < 2) {
    throw new DefinitionError(
      `claim ${id} extrapolates from ${JSON.stringify(at)}, below which the sweep must hold one more value of ${along}`,
    );
  }
}

function checkChart(it: Definition): void {
  for (const metric of metricsOf(it.chart)) checkMetric(it, "`chart`", metric);
  checkVariants(it, "`chart`", variantsOf(it.chart));
  const units = new Set(metricsOf(it.chart).map((metric) => it.metrics[metric]!.unit));
  if (it.chart.shows === "across" && units.size !== 1) {
    throw new DefinitionError("`chart` shows readings side by side, so they must have one unit");
  }
  if (!it.priced) return;
  checkMetric(it, "`priced`", it.priced.metric);
  if (it.metrics[it.priced.metric]!.unit !== "bytes" || !(it.priced.times > 0)) {
    throw new DefinitionError("`priced` needs a reading in bytes and how many of them are paid for");
  }
}
