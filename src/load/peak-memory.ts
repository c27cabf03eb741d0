import { readFileSync } from "node:fs";

/**
 * The most memory of this process that was resident at any time, in bytes; it never falls. On Linux the figure of `getrusage` is no such thing: it
 * survives `exec`, so that a small program started by a large one reads the large one's peak. The kernel's own high-water mark belongs to
 * the program alone.
 * Source: proc_pid_status(5), VmHWM; getrusage(2), ru_maxrss.
 */
export function peakMemory(): number {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
    if (kilobytes !== undefined) return Number(kilobytes) * 1024;
  } catch {
    // Another system: there `getrusage` is all there is, and no `exec` stands between.
  }
  return process.resourceUsage().maxRSS * 1024;
}
