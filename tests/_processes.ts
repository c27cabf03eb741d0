import { execFileSync } from "node:child_process";

interface Running {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** What runs on this machine, as far as `ps` tells; what has ended and waits to be collected does not run. */
function running(): Running[] {
  const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid=,state=,args="], { encoding: "utf8", maxBuffer: 2 ** 26 }).split("\n");
  return lines.flatMap((line) => {
    const [, pid, parent, state, command] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    return pid === undefined || state!.startsWith("Z") ? [] : [{ pid: Number(pid), parent: Number(parent), command: command! }];
  });
}

export const isRunning = (pid: number): boolean => running().some((it) => it.pid === pid);

/** Trials that a process has started, itself or through another. */
export function trialsOf(lab: number): number[] {
  const all = running();
  const family = new Set([lab]);
  for (let before = 0; before < family.size;) {
    before = family.size;
    for (const { pid, parent } of all) if (family.has(parent)) family.add(pid);
  }
  return all
    .filter(({ pid, command }) => family.has(pid) && /trial\.ts \{/.test(command) && !command.startsWith("/bin/sh"))
    .map(({ pid }) => pid);
}
