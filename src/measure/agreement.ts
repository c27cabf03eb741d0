import type { DefinedExperiment, Stage } from "../model/experiment.ts";
import type { Point } from "../model/sweep.ts";
import { ServiceUnavailable } from "../services/unavailable.ts";
import { difference } from "./agree.ts";
import { dispose } from "./dispose.ts";
import type { Reply } from "./protocol.ts";

/** Runs every variant at every point on an input of its own and compares what they return. Stops at the first disagreement. */
export async function agreement(
  definition: DefinedExperiment,
  points: readonly Point[],
  stageOf: (variant: string) => Stage,
): Promise<Reply> {
  for (const point of points) {
    let reference: { variant: string; value: unknown } | undefined;
    for (const variant of definition.variantNames) {
      try {
        const value = await valueOf(definition, variant, point, stageOf(variant));
        reference ??= { variant, value };
        const found = definition.differs === undefined ? difference(reference.value, value) : undefined;
        if (found) {
          const at = Object.keys(point).length > 0 ? ` at ${JSON.stringify(point)}` : "";
          return { task: "agree", agree: false, detail: `${reference.variant} and ${variant} disagree${at}: ${found}` };
        }
      } catch (error) {
        // What the host lacks is no disagreement.
        if (error instanceof ServiceUnavailable) throw error;
        return { task: "failed", variant, point, message: error instanceof Error ? error.message : String(error) };
      }
    }
  }
  return { task: "agree", agree: true, ...(definition.differs === undefined ? {} : { detail: definition.differs }) };
}

async function valueOf(definition: DefinedExperiment, variant: string, point: Point, stage: Stage): Promise<unknown> {
  const run = definition.variants[variant] as (input: unknown) => unknown;
  const input = await definition.setup?.(point, stage);
  try {
    const call = (): unknown => run(input);
    return await (definition.agree ? definition.agree(call, point) : call());
  } finally {
    await dispose(input);
  }
}
