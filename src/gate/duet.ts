import { seeded } from "../inputs/random.ts";
import { now } from "../measure/clock.ts";
import type { DefinedExperiment } from "../model/experiment.ts";
import { alternate } from "./blocks.ts";
import { sides, type Duel, type DuelRequest, type Side } from "./instrument.ts";
import { definitionAt, prepare, unreadable, useThisLab, type Prepared } from "./side.ts";

/**
 * The fine instrument, a process of its own: both versions in one isolate, batches in turn. Each copy has type feedback of its own, and every
 * drift of the machine hits both; but object shapes, the heap and whatever both import are shared, so what happens there is hidden from it.
 */
const request = JSON.parse(process.argv[2]!) as DuelRequest;
process.on("disconnect", () => process.exit(1));
process.on("SIGTERM", () => process.exit(1));

/** Whoever is loaded first finds an empty heap and unspoilt feedback: that has to be a coin's choice. */
async function duet(): Promise<Duel> {
  const random = seeded(request.seed);
  const order = random() < 0.5 ? sides : sides.toReversed();
  let side: Side = "base";
  try {
    useThisLab();
    const loaded: Partial<Record<Side, DefinedExperiment>> = {};
    for (side of order) loaded[side] = await definitionAt(request.files[side]);
    const prepared: Partial<Record<Side, Prepared>> = {};
    for (side of order) prepared[side] = await prepare(loaded[side]!, { ...request, file: request.files[side] });
    const { base, head } = prepared as Record<Side, Prepared>;
    const of = { base, head };
    const blocks = await alternate((it, calls) => of[(side = it)].time(calls), random, request);
    const limit = Math.max(0.01, request.timing / 8);
    const bytes = { base: await base.bytes(limit), head: await head.bytes(limit) };
    const time = { base: blocks.time.base / base.perCall, head: blocks.time.head / head.perCall };
    // A version that does twice as many operations in a call is not twice as slow.
    const logRatio = blocks.logRatio - Math.log(head.perCall / base.perCall);
    await base[Symbol.asyncDispose]();
    await head[Symbol.asyncDispose]();
    return { task: "duel", time, logRatio, bytes, blocks: blocks.blocks, seconds: now() };
  } catch (error) {
    return unreadable(error, side);
  }
}

process.send!(await duet(), () => process.exit(0));
