import { readFileSync } from "node:fs";
import os from "node:os";

/** Private writable memory that the runtime reserves before a program allocates anything; it counts where a process is limited. */
export const RUNTIME_MEMORY = 768 * 1024 ** 2;

/** Bytes that programs could still ask for: what is free, and what the kernel would give back. */
export function availableMemory(): number {
  const kilobytes = /^MemAvailable:\s+(\d+) kB$/m.exec(meminfo())?.[1];
  return kilobytes === undefined ? os.freemem() : Number(kilobytes) * 1024;
}

/**
 * Bytes that a new process of the runtime could fill: what is free on the machine, less where a container or a resource limit of this
 * process (RLIMIT_DATA and the like, which libuv asks for) allows less.
 */
export function memoryForTrial(): number {
  const constrained = process.constrainedMemory();
  const allowed = constrained > 0 && constrained < os.totalmem() ? constrained - RUNTIME_MEMORY : Infinity;
  return Math.max(0, Math.min(availableMemory(), process.availableMemory(), allowed));
}

function meminfo(): string {
  try {
    return readFileSync("/proc/meminfo", "utf8");
  } catch {
    return "";
  }
}
