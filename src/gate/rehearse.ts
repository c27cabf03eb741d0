import { experiment } from "../model/experiment.ts";
import type { Margin } from "../model/gate.ts";
import type { Interval } from "../model/verdict.ts";
import { logInterval } from "../stats/ratio.ts";
import { Investigation } from "./investigation.ts";
import { certificate } from "./kernels/injected.ts";
import type { Subject } from "./pairs.ts";
import type { Draw } from "./resample.ts";
import { gateLooks } from "./schedule.ts";

const LEVEL = 0.95;
const definition = experiment(certificate, { question: "?", variants: { drawn: () => 0 }, claims: {} });
const subject: Subject = {
  experiment: "certificate/drawn",
  variant: "drawn",
  point: {},
  files: { base: "", head: "" },
  flags: { base: [], head: [] },
  definitions: { base: definition, head: definition },
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
