import latencyLadder from "../../benchmarks/cpu-caches/latency-ladder.ts";
import { seeded } from "../../src/inputs/random.ts";
import { KiB, MiB, doubling } from "../../src/inputs/sizes.ts";
import type { RunRecord } from "../../src/model/record.ts";
import { stepOf, steps } from "../../src/stats/steps.ts";
import { normal } from "../_normal.ts";
import { narrowest, recordOf } from "../testdata/record.ts";

export const halfSteps = doubling(4 * KiB, 512 * MiB).flatMap((size) => (size < 512 * MiB ? [size, 1.5 * size] : [size]));
export const grids = {
  "half steps": halfSteps,
  "quick sizes": latencyLadder.quick!.bytes as readonly number[],
  "uneven sizes": [8, 24, 32, 48, 96, 256, 1024, 1536, 3072, 8192, 24_576, 49_152, 131_072].map((size) => size * KiB),
};

/** What the tests make staircases of. */
export interface Stairs {
  readonly capacities: readonly number[];
  /** One more than capacities; nanoseconds. */
  readonly latencies: readonly number[];
  /** What a cache that is too small still serves: what no eviction can better, or nothing, as one that evicts what was used longest ago. */
  readonly evicts: "ideally" | "longest ago";
  /** How much a level has risen when the next one begins; the first one does not. */
  readonly drift: number;
}

export function timeAt(size: number, { capacities, latencies, evicts, drift }: Stairs): number {
  let time = latencies[0]!;
  for (const [level, capacity] of capacities.entries()) {
    if (size <= capacity) break;
    time += (latencies[level + 1]! - latencies[level]!) * (evicts === "ideally" ? 1 - capacity / size : 1);
    const end = capacities[level + 1] ?? 512 * MiB;
    time *= (1 + drift) ** Math.min(1, Math.log(size / capacity) / Math.log(end / capacity));
  }
  return time * 1e-9;
}

/** Single readings that are slow: in what share of all, and by how much. */
export interface Bursts {
  readonly share: number;
  readonly times: number;
}

/** Rounds of a ladder with log-normal noise, rounds that are slow as a whole, and (unless told) one reading in twenty 30 % too slow. */
export function ladder(
  sizes: readonly number[],
  time: (size: number) => number,
  rounds: number,
  noise = 0,
  random = seeded(1),
  bursts: Bursts = { share: 0.05, times: 1.3 },
): RunRecord {
  const slow = Array.from({ length: rounds }, () => Math.exp(noise * normal(random)));
  const once = (size: number, round: number): number =>
    noise === 0 ? time(size) : time(size) * slow[round]! * Math.exp(noise * normal(random)) * (random() < bursts.share ? bursts.times : 1);
  return recordOf(
    sizes.map((bytes) => ({
      variant: "chase",
      point: { bytes },
      readings: { time: Array.from({ length: rounds }, (_, round) => once(bytes, round)) },
    })),
    narrowest(rounds),
  );
}

export const found = (record: RunRecord) => steps(record, "chase", "time", "bytes");

export const nthOf = (record: RunRecord, nth: number) => stepOf(record, { kind: "step", of: "chase", metric: "time", nth, along: "bytes" });

export const latencies = [1.6, 4, 20, 90];
export const capacitiesOf = (run: number): number[] => [
  [32 * KiB, 48 * KiB][run % 2]!,
  [1.25 * MiB, 2 * MiB][(run >> 1) % 2]!,
  [24 * MiB, 33 * MiB][(run >> 2) % 2]!,
];
export const stairs: Stairs = { capacities: capacitiesOf(0), latencies, evicts: "longest ago", drift: 0 };
