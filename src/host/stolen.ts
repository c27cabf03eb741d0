import { readFileSync } from "node:fs";

/** Linux counts processor time in ticks of this many seconds for its readers (USER_HZ is 100 on every architecture it supports). */
const TICK = 0.01;

/**
 * Processor time that the hypervisor gave to others, in seconds over all cores since the system started.
 * `null` where the system does not tell (anything but Linux). Source: proc_stat(5), field "steal".
 */
export function stolenTime(): number | null {
  try {
    const [, ...ticks] = readFileSync("/proc/stat", "utf8").split("\n", 1)[0]!.trim().split(/\s+/);
    const stolen = Number(ticks[7]);
    return Number.isFinite(stolen) ? stolen * TICK : null;
  } catch {
    return null;
  }
}
