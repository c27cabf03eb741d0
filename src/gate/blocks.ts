import { setImmediate } from "node:timers/promises";
import { clockError } from "../measure/clock.ts";
import { callsToTopTier } from "../measure/flags.ts";
import type { Versions } from "../model/gate.ts";
import { median } from "../stats/quantiles.ts";
import { other, sides, type DuelRequest, type Side } from "./instrument.ts";

/** Times a batch of so many calls of one side; seconds. */
export type Timer = (side: Side, calls: number) => Promise<number>;

/** What blocks of alternating batches come to. */
export interface Blocks {
  /** Seconds per call. */
  readonly time: Versions<number>;
  readonly logRatio: number;
  readonly blocks: number;
}

/** Timer error may be this share of a batch. */
const TIMER_SHARE = 0.01;
/** A batch is no shorter, so that what happens at a switch stays small beside it. */
const SHORTEST_BATCH = 0.0005;
const MOST_CALLS = 2 ** 22;
const FEWEST_BLOCKS = 3;
const MOST_BLOCKS = 300;
const LONG = 10;
const STEADY_WITHIN = 0.05;

/**
 * Alternates batches of two versions, base head head base or the other way round, so that a drift of the machine that is linear over a block hits both alike.
 * Both sides make the same number of calls. A block's ratio is that of its two pairs; the replicate is the median of the blocks, so that an
 * interruption spoils one block and nothing else.
 */
export async function alternate(
  time: Timer,
  random: () => number,
  { timing, warmUp }: Pick<DuelRequest, "timing" | "warmUp">,
): Promise<Blocks> {
  const calls = await settle(time, random, warmUp);
  const blocks: { logRatio: number; base: number; head: number }[] = [];
  // Of calls that take longer than all of the timing a single block has to do.
  const fewest = (spent: number): number => (spent > LONG * timing ? 1 : FEWEST_BLOCKS);
  for (let spent = 0; (spent < timing || blocks.length < fewest(spent)) && blocks.length < MOST_BLOCKS;) {
    // Only between blocks does a process hear that nobody waits for it any more.
    await setImmediate();
    const outer: Side = random() < 0.5 ? "base" : "head";
    const inner = other(outer);
    const took = { base: 0, head: 0 };
    let logs = 0;
    for (const side of [outer, inner, inner, outer]) {
      const seconds = await time(side, calls);
      took[side] += seconds / 2;
      logs += (side === "head" ? 0.5 : -0.5) * Math.log(seconds);
      spent += seconds;
    }
    blocks.push({ ...took, logRatio: logs });
  }
  return {
    time: { base: median(blocks.map(({ base }) => base)) / calls, head: median(blocks.map(({ head }) => head)) / calls },
    logRatio: median(blocks.map(({ logRatio }) => logRatio)),
    blocks: blocks.length,
  };
}

/** Warms both sides up in turns and finds a number of calls that lasts long enough on either. */
async function settle(time: Timer, random: () => number, [shortest, longest]: DuelRequest["warmUp"]): Promise<number> {
  const { cost, resolution } = clockError(500);
  const aim = Math.max(SHORTEST_BATCH, (cost + resolution) / TIMER_SHARE);
  let calls = 1;
  let made = 0;
  const recent: Versions<number[]> = { base: [], head: [] };
  for (let spent = 0; spent < longest;) {
    const took = { base: 0, head: 0 };
    const order = random() < 0.5 ? sides : sides.toReversed();
    for (const side of order) took[side] = await time(side, calls);
    spent += took.base + took.head;
    made += calls;
    const least = Math.min(took.base, took.head);
    if (least < aim && calls < MOST_CALLS) {
      calls = Math.min(MOST_CALLS, Math.ceil(calls * Math.min(16, Math.max(1.3, (1.2 * aim) / Math.max(least, 1e-9)))));
      recent.base.length = recent.head.length = 0;
      continue;
    }
    for (const side of sides) recent[side].push(took[side]);
    if (spent >= shortest && made >= callsToTopTier && sides.every((side) => isSteady(recent[side]))) break;
  }
  return calls;
}

function isSteady(durations: readonly number[]): boolean {
  const last = durations.slice(-6);
  if (last.length < 6) return false;
  const [before, after] = [median(last.slice(0, 3)), median(last.slice(3))];
  return Math.abs(before - after) <= STEADY_WITHIN * Math.min(before, after);
}
