import { findings, type Finding } from "../host/findings.ts";
import { readHost } from "../host/readings.ts";
import { probe } from "../measure/probes.ts";
import { exitCodes } from "./exit.ts";

/** `assay doctor`: what makes this host noisy, the worst first, and the remedy. */
export async function doctorCommand(flags: { readonly json?: boolean }): Promise<number> {
  const readings = readHost();
  if (!flags.json) process.stderr.write("probing for a few seconds\n");
  const probes = await probe(readings.cores);
  const found = findings(readings, probes);
  console.log(flags.json ? JSON.stringify({ readings, probes, findings: found }) : lines(found).join("\n"));
  return exitCodes.well;
}

function lines(found: readonly Finding[]): string[] {
  const width = Math.max(...found.map(({ subject }) => subject.length));
  const told = found.flatMap(({ subject, state, says, remedy, effect }) => {
    const mark = { trouble: `up to ${effect.toFixed(2)}×`, unknown: "unknown", fine: "fine" }[state].padEnd(13);
    return [`${mark} ${subject.padEnd(width)}  ${says}`, ...(remedy === undefined ? [] : [`${" ".repeat(16 + width)}→ ${remedy}`])];
  });
  const troubles = found.filter(({ state }) => state === "trouble").length;
  return [...told, "", troubles === 0 ? "nothing to mend" : `${troubles} to mend, the worst first`];
}
