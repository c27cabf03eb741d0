import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import os from "node:os";
import type { Host } from "../model/host.ts";
import { caches } from "./caches.ts";

/** Describes this machine as far as results depend on it. No user name, host name, path or address is read. */
export function host(): Host {
  const cpu = os.cpus()[0]?.model.trim().replace(/\s+/g, " ") || "unknown processor";
  const cores = os.availableParallelism();
  const memory = memoryClass(os.totalmem());
  const system = `${os.type()} ${os.release().split(".").slice(0, 2).join(".")}`;
  const identity = [cpu, os.arch(), cores, memory, os.type(), process.versions.node.split(".")[0]];
  const id = createHash("sha256").update(JSON.stringify(identity)).digest("hex").slice(0, 12);
  return { id, cpu, arch: os.arch(), cores, memory, os: system, virtual: virtual(), caches: caches() };
}

/** Rounds to a power of two times 1, 1.25, 1.5 or 1.75, so that what the kernel keeps for itself does not make another host. */
export function memoryClass(bytes: number): number {
  if (!(bytes > 0)) return 0;
  const power = 2 ** Math.floor(Math.log2(bytes));
  return Math.round((bytes / power) * 4) * (power / 4);
}

/** Whether this is a virtual machine; `null` where the system does not tell. */
function virtual(): boolean | null {
  if (process.platform !== "linux") return null;
  try {
    const information = readFileSync("/proc/cpuinfo", "utf8");
    const flags = /^flags\s*:(.*)$/m.exec(information)?.[1];
    // Processors that are not x86 list no such flag.
    return flags === undefined ? null : /\bhypervisor\b/.test(flags);
  } catch {
    return null;
  }
}
