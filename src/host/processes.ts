import { execFileSync } from "node:child_process";

/** Numbers of the processes whose command line matches; empty on Windows, where no portable program lists command lines. */
export function running(pattern: RegExp): number[] {
  if (process.platform === "win32") return [];
  const listing = execFileSync("ps", ["-A", "-o", "pid=,stat=,args="], { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  return listing.split("\n").flatMap((line) => {
    const [, pid, state, command] = /^\s*(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    // A zombie has ended; its parent has not looked yet.
    return pid !== undefined && !state!.startsWith("Z") && pattern.test(command!) ? [Number(pid)] : [];
  });
}
