import type { Margin } from "../model/gate.ts";
import { timedMetrics } from "../model/metric.ts";
import type { Interval } from "../model/verdict.ts";
import { logInterval } from "../stats/ratio.ts";
import { Investigation } from "./investigation.ts";
import type { Benchmark, Place, Subject } from "./pairs.ts";
import type { Draw } from "./resample.ts";
import { gateLooks } from "./schedule.ts";

const LEVEL = 0.95;
const version: Benchmark = {
  file: "",
  kind: "experiment",
  variants: ["drawn"],
  points: [],
  readings: { time: timedMetrics.time },
  imports: "",
};
const place: Place = { point: {}, flags: [], limits: { timeout: 0, memory: 0 } };
const subject: Subject = {
  experiment: "certificate/drawn",
  variant: "drawn",
  point: {},
  versions: { base: version, head: version },
  places: { base: place, head: place },
};

/**
 * One whole comparison as the gate makes it, by the gate's own code, of replicates that are drawn instead of measured. It is the only
 * suspect of its run.
 */
export async function rehearse(draw: Draw, margin: Margin): Promise<{ slower: boolean; duetInterval: Interval; seconds: number }> {
  let seconds = 0;
  let stage: "first" | "confirmation" = "first";
  const always = (): boolean => true;
  const it = new Investigation(
    subject,
    async (source) => {
      const [read] = draw(source === "duet" ? "duet" : "isolated", stage, 1);
      seconds += read!.seconds;
      return { task: "sampled", readings: { time: { base: 1, head: Math.exp(read!.logRatio) } }, logTime: read!.logRatio };
    },
    margin,
  );
  await it.look(always);
  stage = "confirmation";
  await it.confirm(1, always);
  const slower = [...it.findings.values()].some(({ confirmed }) => confirmed?.worse);
  const first = it.first.duet.slice(0, gateLooks[0]).map(({ logTime }) => logTime!);
  return { slower, duetInterval: logInterval(first, LEVEL), seconds };
}
