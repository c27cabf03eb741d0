import { readdirSync, readFileSync } from "node:fs";
import os from "node:os";
import { host } from "./fingerprint.ts";
import { availableMemory } from "./memory.ts";

/** What the system says of itself as far as it makes timings noisy; `null` where it does not tell. */
export interface HostReadings {
  readonly cores: number;
  readonly virtual: boolean | null;
  /** Policy by which Linux chooses the clock frequency, `performance` or another; several if the cores differ. */
  readonly governors: readonly string[] | null;
  /** Highest over base frequency: how much a timing can change as boost comes and goes. */
  readonly boost: number | null;
  /** Runnable processes, averaged over the last minute. */
  readonly load: number | null;
  /** Bytes. */
  readonly memory: { readonly free: number; readonly total: number };
  readonly battery: boolean | null;
  readonly runtime: string;
}

export function readHost(): HostReadings {
  const { cores, virtual } = host();
  return {
    cores,
    virtual,
    governors: governors(),
    boost: boost(),
    // Windows has no load average and reports zero.
    load: process.platform === "win32" ? null : os.loadavg()[0]!,
    memory: { free: availableMemory(), total: os.totalmem() },
    battery: battery(),
    runtime: process.versions.node,
  };
}

const read = (path: string): string | null => {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return null;
  }
};

const CPUS = "/sys/devices/system/cpu";

/** Source: Documentation/admin-guide/pm/cpufreq.rst of the Linux kernel. */
function governors(): string[] | null {
  try {
    const policies = readdirSync(`${CPUS}/cpufreq`).filter((name) => name.startsWith("policy"));
    const found = policies.map((policy) => read(`${CPUS}/cpufreq/${policy}/scaling_governor`)).filter((name) => name !== null);
    return found.length > 0 ? [...new Set(found)] : null;
  } catch {
    return null;
  }
}

function boost(): number | null {
  if (read(`${CPUS}/intel_pstate/no_turbo`) === "1" || read(`${CPUS}/cpufreq/boost`) === "0") return 1;
  const highest = Number(read(`${CPUS}/cpufreq/policy0/cpuinfo_max_freq`));
  const base = Number(read(`${CPUS}/cpufreq/policy0/base_frequency`));
  return highest > 0 && base > 0 ? highest / base : null;
}

function battery(): boolean | null {
  const supplies = "/sys/class/power_supply";
  try {
    const mains = readdirSync(supplies)
      .map((name) => read(`${supplies}/${name}/online`))
      .filter((online) => online !== null);
    return mains.length > 0 ? mains.every((online) => online === "0") : null;
  } catch {
    return null;
  }
}
