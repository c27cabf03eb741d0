import { shuffled } from "../inputs/order.ts";
import { seeded } from "../inputs/random.ts";
import { now } from "../measure/clock.ts";
import type { Comparison, Margin, Versions } from "../model/gate.ts";
import { Investigation, type Read } from "./investigation.ts";
import { pairUp, type Side, type Subject } from "./pairs.ts";
import { inOrder, rowsOf } from "./rows.ts";

export interface GateOptions {
  readonly margin: Margin;
  /** Seconds for everything; part of it is kept for confirming. */
  readonly budget: number;
  readonly seed: number;
  readonly read: Read;
  readonly signal: AbortSignal;
  readonly progress: (event: GateProgress) => void;
  readonly clock?: () => number;
}

export interface GateProgress {
  readonly phase: "first look" | "confirmation";
  readonly subject: Subject;
  readonly index: number;
  readonly of: number;
  /** Comparisons under suspicion so far. */
  readonly suspects: number;
}

/** First looks may take this share of the budget: a suspicion that nobody has time to confirm would be worth nothing. */
const FIRST_SHARE = 0.65;

/** What was compared, worst first, and what needed no comparison. */
export interface Gated {
  readonly comparisons: readonly Comparison[];
  readonly unchanged: readonly string[];
}

/**
 * Compares two versions of a folder of benchmarks. All of what differs gets a first look; what looks slower then is confirmed in fresh
 * processes, whose number grows with nothing but whose error is divided by how many are suspected. What one comparison throws costs no other its place.
 */
export async function gate(versions: Versions<Side>, options: GateOptions): Promise<Gated> {
  const { clock = now, signal, budget } = options;
  const began = clock();
  const { subjects, rows, unchanged } = pairUp(versions);
  const before = (deadline: number) => () => !signal.aborted && clock() - began < deadline;
  const investigations: { it: Investigation; seconds: number }[] = [];
  const suspected = (): number => investigations.reduce((sum, { it }) => sum + it.suspects.length, 0);
  const order = inTurns(subjects, options.seed);
  for (const [index, subject] of order.entries()) {
    options.progress({ phase: "first look", subject, index, of: order.length, suspects: suspected() });
    const it = new Investigation(subject, options.read, options.margin);
    const seconds = await timed(clock, () => it.look(before(budget * FIRST_SHARE)));
    investigations.push({ it, seconds });
  }
  const suspects = suspected();
  // The largest first: if time runs out, it is the smallest that stays unconfirmed.
  const suspicious = investigations.filter(({ it }) => it.suspects.length > 0).toSorted((a, b) => excessOf(b.it) - excessOf(a.it));
  for (const [index, entry] of suspicious.entries()) {
    options.progress({ phase: "confirmation", subject: entry.it.subject, index, of: suspicious.length, suspects });
    entry.seconds += await timed(clock, () => entry.it.confirm(suspects, before(budget)));
  }
  return { comparisons: inOrder([...rows, ...investigations.flatMap(({ it, seconds }) => rowsOf(it, seconds))]), unchanged };
}

/** How much worse the worst suspect of a subject looks; something where there was nothing is worst of all. */
const excessOf = ({ suspects }: Investigation): number =>
  Math.max(
    ...suspects.map(({ sight }) => (sight && "ratio" in sight.decision ? Math.abs(Math.log(sight.decision.ratio.center)) : Infinity)),
  );

async function timed(clock: () => number, action: () => Promise<void>): Promise<number> {
  const began = clock();
  await action();
  return clock() - began;
}

/** One subject of each experiment, then the next of each: a budget that is too small for all then leaves no experiment out. */
function inTurns(subjects: readonly Subject[], seed: number): Subject[] {
  const random = seeded(seed);
  const queues = [...Map.groupBy(subjects, ({ experiment }) => experiment).values()].map((own) => shuffled(own, random));
  const most = Math.max(0, ...queues.map(({ length }) => length));
  return Array.from({ length: most }, (_, turn) => queues.flatMap((queue) => queue[turn] ?? [])).flat();
}
