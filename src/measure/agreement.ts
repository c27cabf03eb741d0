import { type Definition, mustAgree, type Stage } from "../model/experiment.ts";
import type { Point } from "../model/sweep.ts";
import { ServiceUnavailable } from "../services/unavailable.ts";
import { difference } from "./agree.ts";
import { dispose } from "./dispose.ts";
import type { Reply } from "./protocol.ts";

/**
 * Runs every variant at every point on an input of its own and compares what they return, or what the definition makes of it. Stops at the
 * first disagreement. A scenario that does not say on what its variants agree has nothing to disagree on.
 */
export async function agreement(definition: Definition, points: readonly Point[], stageOf: (variant: string) => Stage): Promise<Reply> {
  let lacking: ServiceUnavailable | undefined;
  let asked = 0;
  for (const point of mustAgree(definition) ? points : []) {
    let reference: { variant: string; value: unknown } | undefined;
    for (const variant of definition.variantNames) {
      try {
        const value = await valueOf(definition, variant, point, stageOf(variant));
        asked++;
        reference ??= { variant, value };
        const found = definition.differs === undefined ? difference(reference.value, value) : undefined;
        if (found) {
          const at = Object.keys(point).length > 0 ? ` at ${JSON.stringify(point)}` : "";
          return { task: "agree", agree: false, detail: `${reference.variant} and ${variant} disagree${at}: ${found}` };
        }
      } catch (error) {
        // What the host lacks is no disagreement: the others are compared.
        if (error instanceof ServiceUnavailable) lacking ??= error;
        else return { task: "failed", variant, point, message: error instanceof Error ? error.message : String(error) };
      }
    }
  }
  if (lacking && asked === 0) throw lacking;
  return { task: "agree", agree: true, ...(definition.differs === undefined ? {} : { detail: definition.differs }) };
}

async function valueOf(definition: Definition, variant: string, point: Point, stage: Stage): Promise<unknown> {
  const input = await definition.setup?.(point, stage);
  try {
    if (definition.kind === "scenario") return await definition.agree?.(input, stage);
    const run = definition.variants[variant] as (input: unknown) => unknown;
    const call = (): unknown => run(input);
    return await (definition.agree ? definition.agree(call, point) : call());
  } finally {
    await dispose(input);
  }
}
