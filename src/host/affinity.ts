import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** Processors that this process may run on; empty where the system does not tell (only Linux does). */
export function allowedProcessors(): number[] {
  try {
    const [, list = ""] = /^Cpus_allowed_list:\s*(\S+)$/m.exec(readFileSync("/proc/self/status", "utf8")) ?? [];
    return processorsIn(list);
  } catch {
    return [];
  }
}

/** `0-3,8` → 0, 1, 2, 3, 8. */
export function processorsIn(list: string): number[] {
  return list.split(",").flatMap((part) => {
    const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(part) ?? [];
    return first === undefined
      ? []
      : Array.from({ length: Math.max(0, Number(last) - Number(first) + 1) }, (_, index) => Number(first) + index);
  });
}

/**
 * Binds processes with all their threads to one processor; what they start is bound with them.
 * @returns whether all could be: there is no `taskset` on many systems.
 */
export function bind(processes: readonly number[], processor: number): boolean {
  try {
    for (const id of processes) execFileSync("taskset", ["-acp", String(processor), String(id)], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
