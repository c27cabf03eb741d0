import type { CertificateSummary, Share } from "../../../src/model/certificate.ts";
import type { Comparison, GateResult } from "../../../src/model/gate.ts";
import type { Interval } from "../../../src/model/verdict.ts";
import { logInterval } from "../../../src/stats/ratio.ts";

export const interval = (center: number, low: number, high: number, n = 14): Interval => ({ center, low, high, n, level: 0.95 });

/** A comparison that came out the same, with whatever else a test is about. */
export function compared(more: Partial<Comparison> = {}): Comparison {
  return {
    experiment: "cpu-caches/field-order",
    variant: "columns",
    point: { bytes: 1024 ** 2 },
    metric: "time",
    unit: "seconds",
    better: "lower",
    per: "record",
    state: "same",
    worse: false,
    ratio: interval(1.001, 0.996, 1.006),
    values: { base: 1.02e-9, head: 1.021e-9 },
    detectable: 1.019,
    seconds: 12.4,
    ...more,
  };
}

/** A comparison without some of what is known of others. */
export function without(it: Comparison, ...keys: readonly (keyof Comparison)[]): Comparison {
  return Object.fromEntries(Object.entries(it).filter(([key]) => !keys.includes(key as keyof Comparison))) as unknown as Comparison;
}

const logs = (centre: number, offsets: readonly number[]): number[] => offsets.map((it) => Math.log(centre) + it);
const ten = [-0.018, -0.012, -0.008, -0.004, 0, 0, 0.004, 0.008, 0.012, 0.018];

const confirmation = logs(1.081, ten);
export const slower = compared({
  state: "slower",
  worse: true,
  ratio: logInterval(confirmation, 0.95),
  values: { base: 1.02e-9, head: 1.1e-9 },
  replicates: { duet: logs(1.09, ten), isolated: logs(1.08, [-0.02, 0.02]), confirmation },
});

const alone = logs(1.2, ten);
export const entangled = compared({
  variant: "rows",
  state: "entangled",
  worse: true,
  ratio: logInterval(alone, 0.95),
  values: { base: 1e-9, head: 1.2e-9 },
  replicates: { duet: logs(1.001, [-0.002, 0, 0.002]), isolated: logs(1.21, ten), confirmation: alone },
});

export const whole = (state: Comparison["state"], more: Partial<Comparison> = {}): Comparison =>
  without(compared({ state, metric: "", seconds: 0, ...more }), "ratio", "values", "detectable");

export function found(comparisons: readonly Comparison[], more: Partial<GateResult> = {}): GateResult {
  return {
    base: { name: "main", commit: "1a2b3c4d5e6f7a8b" },
    head: { name: "work tree", commit: "5e6f7a8b9c0d1a2b+" },
    margin: { time: 0.01, bytes: 0.005 },
    comparisons,
    changes: [],
    unchanged: [],
    seconds: 312,
    exit: 0,
    ...more,
  };
}

export const share = (share: number, low: number, high: number, effective = 45.2): Share => ({ share, low, high, effective });
const kind = { spread: { duet: 0.01, isolated: 0.02 }, cost: 11 };
export const certificate: CertificateSummary = {
  startedAt: "2026-11-22T04:00:00Z",
  burnt: false,
  finished: true,
  stale: false,
  runtime: "node 26",
  rows: [
    { injected: { more: 0 }, caught: share(0, 0, 0.079), ...kind },
    { injected: { more: 2 }, caught: share(0.7, 0.55, 0.81), ...kind },
    { injected: { more: 5 }, caught: share(0.98, 0.9, 0.995), ...kind },
    { injected: { hidden: "dependency" }, caught: share(1, 0.92, 1), ...kind },
    { injected: { more: 0 }, kernel: "loop", caught: share(0.5, 0.1, 0.9), ...kind },
  ],
  covered: share(0.95, 0.9, 0.98),
  cost: 11,
  wanted: [{ says: "identical code is called slower", injected: { more: 0 }, atMost: 0.01, share: share(0, 0, 0.079), met: true }],
};

/** Names as an enemy would choose them. */
export const hostile = {
  markup: "</details><script>alert(1)</script>",
  cell: "a | b `c` **d** [e](javascript:f) @g https://h www.i #1",
  lines: "one\n\n## two\r\n</summary>",
  signs: "\u001b[31mred\u001b[0m \u202egnp.exe \u2066x\u2069 \u0000",
} as const;
