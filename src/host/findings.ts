import type { HostReadings } from "./readings.ts";

/** What the lab measured of the host by running something on it. */
export interface Probes {
  /** Time of a fixed piece of arithmetic, its 95th percentile over its median. */
  readonly unrest: number;
  /** Time of two such pieces on two threads over that of one alone; `null` on one core. */
  readonly together: number | null;
  /** Share of the processors' time that the hypervisor gave to others meanwhile; `null` where it does not tell. */
  readonly stolen: number | null;
  /** Seconds. */
  readonly clock: { readonly cost: number; readonly resolution: number };
}

/** Something that makes timings noisy, or that does not. */
export interface Finding {
  readonly subject: string;
  readonly state: "trouble" | "fine" | "unknown";
  readonly says: string;
  /** What to do about it; absent where nothing need be. */
  readonly remedy?: string;
  /** Factor by which timings may be off because of it; 1 is none. An estimate for setting priorities. */
  readonly effect: number;
}

/** Two workers this much slower together than one alone run on real cores, or on siblings of one. */
const REAL_CORES = 1.15;
const SIBLINGS = 1.5;
/** The shortest batch that quick effort times, in seconds. */
const BATCH = 0.00075;
const SCARCE_MEMORY = 2 * 1024 ** 3;
export const pinnedRuntime = 26;

/** All that can be said of a host, the worst first. Pure. */
export function findings(readings: HostReadings, probes: Probes): Finding[] {
  const all = [unrest(probes), stolen(probes), load(readings), memory(readings), governor(readings), boost(readings), battery(readings)];
  const rest = [cores(probes), virtualMachine(readings), clock(probes), runtime(readings)];
  const order = { trouble: 0, unknown: 1, fine: 2 };
  return [...all, ...rest].toSorted((a, b) => order[a.state] - order[b.state] || b.effect - a.effect);
}

const fine = (subject: string, says: string): Finding => ({ subject, state: "fine", says, effect: 1 });
const unknown = (subject: string, says: string): Finding => ({ subject, state: "unknown", says, effect: 1 });
const trouble = (subject: string, effect: number, says: string, remedy: string): Finding => ({
  subject,
  state: "trouble",
  says,
  remedy,
  effect,
});
const percent = (share: number): string => `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;

function unrest({ unrest: spread }: Probes): Finding {
  const says = `the same arithmetic takes ${percent(spread - 1)} longer in its slowest twentieth than in the middle`;
  if (spread <= 1.05) return fine("busy neighbours", says);
  return trouble(
    "busy neighbours",
    spread,
    says,
    "close what else runs; on a shared machine run again at another hour and trust intervals, not single numbers",
  );
}

function stolen({ stolen: share }: Probes): Finding {
  if (share === null) return unknown("stolen time", "the system does not tell whether a hypervisor takes time away");
  const says = `a hypervisor gave ${percent(share)} of this machine's time to others just now`;
  if (share < 0.005) return fine("stolen time", says);
  return trouble("stolen time", 1 / (1 - Math.min(share, 0.9)), says, "use a machine of your own, or one with dedicated cores");
}

function load({ load: running, cores: all }: HostReadings): Finding {
  if (running === null) return unknown("load", "the system reports no load average");
  const says = `${running.toFixed(1)} processes wanted to run in the last minute, on ${all} cores`;
  // Trials want one core to themselves, and the collector and compiler of the runtime another.
  const crowd = running + 1 - all;
  if (crowd <= 0.2) return fine("load", says);
  return trouble("load", 1 + crowd / all, says, "wait until it is quiet, or close what else runs");
}

function memory({ memory: { free, total } }: HostReadings): Finding {
  const gibibytes = (bytes: number): string => (bytes / 1024 ** 3).toFixed(1);
  const says = `${gibibytes(free)} of ${gibibytes(total)} GiB are free`;
  if (free >= SCARCE_MEMORY) return fine("memory", says);
  return trouble("memory", 10, says, "free some: a machine that swaps measures its disk");
}

function governor({ governors }: HostReadings): Finding {
  if (governors === null) return unknown("governor", "the system does not tell how it chooses the clock frequency");
  const says = `the clock frequency is chosen by ${governors.join(" and ")}`;
  if (governors.every((name) => name === "performance")) return fine("governor", says);
  return trouble("governor", 1.2, says, "sudo cpupower frequency-set --governor performance");
}

function boost({ boost: factor }: HostReadings): Finding {
  if (factor === null) return unknown("boost", "the system does not tell whether the clock is boosted for short times");
  if (factor <= 1.02) return fine("boost", "the clock is not boosted");
  const says = `the clock may run up to ${factor.toFixed(2)} times its base frequency, depending on heat and on other cores`;
  return trouble("boost", Math.sqrt(factor), says, "for numbers that must repeat, switch it off (intel_pstate/no_turbo or cpufreq/boost)");
}

function battery({ battery: drained }: HostReadings): Finding {
  if (drained === null) return unknown("power", "the system does not tell whether it runs on a battery");
  if (!drained) return fine("power", "it runs on mains power");
  return trouble("power", 1.5, "it runs on a battery, and saves power", "plug it in");
}

function cores({ together }: Probes): Finding {
  if (together === null)
    return trouble(
      "cores",
      1.3,
      "there is one core: the collector and the compiler of the runtime compete with what is timed",
      "use a machine with two",
    );
  const says = `two threads of arithmetic take ${together.toFixed(2)} times as long as one alone`;
  if (together <= REAL_CORES) return fine("cores", `${says}: the cores are real`);
  const remedy = "experiments with several threads compete for one core; switch simultaneous multithreading off if you can";
  if (together >= SIBLINGS)
    return trouble("cores", together, `${says}: they are siblings of one core, or somebody else uses the second`, remedy);
  return { subject: "cores", state: "unknown", says: `${says}: too much for real cores and too little for siblings`, effect: together };
}

function virtualMachine({ virtual }: HostReadings): Finding {
  if (virtual === null) return unknown("virtualisation", "the system does not tell whether it is a virtual machine");
  if (!virtual) return fine("virtualisation", "it is no virtual machine");
  const says = "it is a virtual machine: cache sizes and core numbers are what its hypervisor says, and neighbours cannot be seen";
  return trouble("virtualisation", 1.1, says, "confirm what matters on hardware of your own");
}

function clock({ clock: { cost, resolution } }: Probes): Finding {
  const error = (cost + resolution) / BATCH;
  const nanoseconds = (seconds: number): string => `${Math.round(seconds * 1e9)} ns`;
  const says = `reading the clock costs ${nanoseconds(cost)}, and it steps by ${nanoseconds(resolution)}`;
  if (error <= 0.01) return fine("clock", says);
  return trouble("clock", 1 + error, says, "on Linux see that the clock source is tsc (kvm-clock or arch_sys_counter on virtual machines)");
}

function runtime({ runtime: version }: HostReadings): Finding {
  const says = `Node ${version} runs the trials`;
  if (Number(version.split(".")[0]) >= pinnedRuntime) return fine("runtime", says);
  return trouble(
    "runtime",
    1.2,
    `${says}, not the one this lab pins`,
    "run npm ci again, with optional dependencies, so that results compare with those of others",
  );
}
