import { lastShare } from "./looks.ts";
import { deviation, mean } from "./quantiles.ts";
import { studentQuantile } from "./student.ts";

/** What is known so far of a comparison that is still open. */
export interface OpenQuestion {
  /** One logarithm a round: of the ratio of a pair, or of a single variant's reading. */
  readonly logs: readonly number[];
  /** Edges of the claim's bound, as the ratio or reading itself; an infinite one is none. */
  readonly boundLow: number;
  readonly boundHigh: number;
  /** Log ratios of the null control. Its floor, which keeps a verdict away from the edges, sinks as rounds are added. */
  readonly nullLogs?: readonly number[];
  /** What the interval will be of: the mean of the logs (a ratio), or their median (a value). */
  readonly centre?: "mean" | "median";
}

/** More than anyone would run: beyond it the answer is "never". */
const most = 100_000;

/**
 * How many rounds in total it would take until neither the last look's interval nor the floor around the estimate reaches the nearest edge any more,
 * if centre and spread stay what they are. The median's interval is wider by √(π/2), its asymptotic price on normal noise.
 * @returns always more than the rounds so far; undefined if fewer than two rounds tell no spread, if the centre (or the null's own) sits on the edge, or if it takes more than 100 000.
 */
export function roundsToDecide({ logs, boundLow, boundHigh, nullLogs = [], centre = "mean" }: OpenQuestion): number | undefined {
  const edges = [boundLow, boundHigh].filter((edge) => edge > 0 && edge < Infinity);
  if (logs.length < 2 || edges.length === 0) return undefined;
  const middle = mean(logs);
  const distance = Math.min(...edges.map((edge) => Math.abs(middle - Math.log(edge))));
  const spread = deviation(logs) * (centre === "median" ? Math.sqrt(Math.PI / 2) : 1);
  const bias = nullLogs.length > 0 ? Math.abs(mean(nullLogs)) : 0;
  const nullSpread = nullLogs.length > 1 ? deviation(nullLogs) : 0;

  const decides = (n: number): boolean => {
    const reach = studentQuantile(1 - lastShare / 2, n - 1) / Math.sqrt(n);
    return reach * spread < distance && reach * nullSpread + bias < distance;
  };
  let enough = logs.length + 1;
  while (!decides(enough)) {
    if (enough > most) return undefined;
    enough *= 2;
  }
  let tooFew = Math.max(logs.length, Math.floor(enough / 2));
  while (enough - tooFew > 1) {
    const between = Math.floor((tooFew + enough) / 2);
    if (decides(between)) enough = between;
    else tooFew = between;
  }
  return enough > most ? undefined : enough;
}
