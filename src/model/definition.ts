import type { Claim } from "./claim.ts";
import type { Definition } from "./experiment.ts";
import { pointKey, pointsOf, type Sweep } from "./sweep.ts";

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

function checkClaim(it: Definition, id: string, claim: Claim): void {
  const { quantity } = claim.holds;
  const named = quantity.kind === "ratio" ? [quantity.of, quantity.over] : [quantity.of];
  const unknown = named.find((variant) => !it.variantNames.includes(variant));
  if (unknown !== undefined) {
    throw new DefinitionError(`claim ${id} names the variant ${JSON.stringify(unknown)}; there are ${it.variantNames.join(", ")}`);
  }
  if (!Object.hasOwn(it.metrics, quantity.metric)) {
    throw new DefinitionError(
      `claim ${id} names the metric ${JSON.stringify(quantity.metric)}; there are ${Object.keys(it.metrics).join(", ")}`,
    );
  }
  const point = claim.at ?? {};
  const known = new Set(pointsOf(it.sweep).map(pointKey));
  if (!known.has(pointKey(point))) {
    throw new DefinitionError(`claim ${id} is to hold at ${JSON.stringify(point)}, which is no point of the sweep`);
  }
}
