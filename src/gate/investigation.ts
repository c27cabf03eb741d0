import { marginFor, type Margin } from "../model/gate.ts";
import type { Metric } from "../model/metric.ts";
import { besideInterval, confirmation, firstSight, worseLogs, zeroState, type Decision, type FirstSight, type Pairs } from "./decide.ts";
import type { Unreadable } from "./instrument.ts";
import type { Subject } from "./pairs.ts";
import { sourcesOf, type Sample, type Sampled, type Source } from "./sample.ts";
import { confirmationLooks, gateLooks, ISOLATED } from "./schedule.ts";

/** How a subject is read: by real processes, or in the tests by simulated ones. */
export type Read = (source: Source, subject: Subject, replicate: number) => Promise<Sampled>;

/** One reading of a subject: what was seen at first, and what a confirmation made of a suspicion. */
export interface Finding {
  readonly metric: string;
  readonly of: Metric;
  readonly sight?: FirstSight | ZeroSight;
  /** Where what was seen came from. */
  readonly by?: Source;
  readonly confirmed?: Decision | ZeroDecision;
}

/** Readings of zero have a state and no ratio. */
export interface ZeroDecision {
  readonly state: "slower" | "faster" | "same" | "undecided";
  readonly worse: boolean;
}
export interface ZeroSight {
  readonly sight: "decided" | "suspect" | "open";
  readonly decision: ZeroDecision;
}

type Gathered = Record<Source, Sample[]>;
const nothing = (): Gathered => ({ duet: [], isolated: [], stories: [] });

/** Everything that is known of one subject, and how more of it is found out. */
export class Investigation {
  readonly subject: Subject;
  readonly first = nothing();
  readonly second = nothing();
  /** Sources that cannot be used, and why. */
  readonly out = new Map<Source, Unreadable>();
  readonly findings = new Map<string, Finding>();
  readonly #read: Read;
  readonly #margin: Margin;
  #replicate = 0;

  constructor(subject: Subject, read: Read, margin: Margin) {
    this.subject = subject;
    this.#read = read;
    this.#margin = margin;
    const { base, head } = subject.places;
    // Flags belong to a process, and a duet has one.
    if (base.flags.join() !== head.flags.join()) this.out.set("duet", { task: "failed", message: "the flags of the runtime differ" });
    for (const [metric, of] of Object.entries(subject.versions.head.readings)) {
      if (Object.hasOwn(subject.versions.base.readings, metric)) this.findings.set(metric, { metric, of });
    }
  }

  /**
   * Gathers first evidence, look by look, until nothing is open.
   * @param left whether there is time for another replicate.
   */
  async look(left: () => boolean): Promise<void> {
    const scenario = this.subject.versions.head.kind === "scenario";
    for (const look of gateLooks) {
      if (scenario) await this.#gather(this.first, "stories", look, left);
      else {
        await this.#gather(this.first, "duet", look, left);
        await this.#gather(this.first, "isolated", this.out.has("duet") ? look : Math.min(look, ISOLATED), left);
      }
      const last = look === gateLooks.at(-1) || !left();
      for (const finding of this.findings.values()) this.findings.set(finding.metric, this.#sight(finding, last));
      if (last || ![...this.findings.values()].some(({ sight }) => sight?.sight === "open")) return;
    }
  }

  /** Readings that are to be confirmed. */
  get suspects(): Finding[] {
    return [...this.findings.values()].filter(({ sight, confirmed }) => sight?.sight === "suspect" && !confirmed);
  }

  /** Has fresh processes confirm the suspects, `of` how many there are in all. */
  async confirm(of: number, left: () => boolean): Promise<void> {
    for (const look of confirmationLooks) {
      for (const source of new Set(this.suspects.map(({ by }) => by!))) await this.#gather(this.second, source, look, left);
      const last = look === confirmationLooks.at(-1) || !left();
      for (const finding of this.suspects) {
        const confirmed = this.#confirmation(finding, of, last);
        if (confirmed) this.findings.set(finding.metric, { ...finding, confirmed });
      }
      if (last || this.suspects.length === 0) return;
    }
  }

  /**
   * What keeps the subject from being read: that no source can be used, or that a version fails in a process of its own, whatever it does beside the other one,
   * whose module it may live on.
   */
  get broken(): Unreadable | undefined {
    const scenario = this.subject.versions.head.kind === "scenario";
    const isolated = this.out.get("isolated");
    if (isolated?.side) return isolated;
    const usable = scenario ? (["stories"] as const) : (["isolated", "duet"] as const);
    return usable.every((source) => this.out.has(source)) ? this.out.get(usable[0]) : undefined;
  }

  async #gather(into: Gathered, source: Source, wanted: number, left: () => boolean): Promise<void> {
    let failures = 0;
    while (into[source].length < wanted && !this.out.has(source) && left()) {
      const answer = await this.#read(source, this.subject, this.#replicate++);
      if (answer.task === "sampled") {
        into[source].push(answer);
        failures = 0;
        continue;
      }
      if (answer.message === "interrupted") return;
      // Once may be chance, a process that was ended by the system. What takes too long takes too long again.
      if (++failures > 1 || answer.task === "unavailable" || answer.message.startsWith("took longer")) this.out.set(source, answer);
    }
  }

  #sight(finding: Finding, last: boolean): Finding {
    const { metric } = finding;
    const sources = sourcesOf(this.subject.versions.head.kind, metric);
    const by = sources.find((source) => !this.out.has(source) && this.first[source].length >= gateLooks[0]);
    if (!by) return finding;
    // Not every process can tell what it allocates.
    if (this.pairs(metric, by, this.first).base.length < gateLooks[0]) return finding;
    const logs = this.logs(finding, by, this.first);
    if (!logs) {
      const state = zeroState(this.pairs(metric, by, this.first), finding.of.better);
      const sight = state === "slower" ? "suspect" : state === "undecided" ? "open" : "decided";
      return { ...finding, by, sight: { sight, decision: { state, worse: false } } };
    }
    const both = metric === "time" && by === "duet" && !this.out.has("isolated");
    const isolated = both ? this.logs(finding, "isolated", this.first)! : [];
    const sight = firstSight({ duet: logs, isolated }, marginFor(this.#margin, metric), last);
    return { ...finding, sight, by: sight.by === "isolated" ? "isolated" : by };
  }

  #confirmation(finding: Finding, of: number, last: boolean): Decision | ZeroDecision | undefined {
    const { metric, by, sight } = finding;
    const state = sight!.decision.state as "slower" | "entangled";
    const samples = this.second[by!];
    if (samples.length < confirmationLooks[0]) return undefined;
    const logs = this.logs(finding, by!, this.second);
    const duet = state === "entangled" ? this.logs(finding, "duet", this.first) : undefined;
    if (logs) return confirmation(state, logs, marginFor(this.#margin, metric), of, last, duet && besideInterval(duet));
    const again = zeroState(this.pairs(metric, by!, this.second), finding.of.better);
    return { state: again, worse: again === "slower" };
  }

  /** How much worse head is, one a replicate; undefined where a reading is zero. */
  logs({ metric, of }: Finding, source: Source, gathered: Gathered): readonly number[] | undefined {
    if (metric === "time" && source !== "stories") return gathered[source].map((sample) => sample.logTime ?? NaN);
    return worseLogs(this.pairs(metric, source, gathered), of.better);
  }

  pairs(metric: string, source: Source, gathered: Gathered): Pairs {
    const values = gathered[source].flatMap(({ readings }) => readings[metric] ?? []);
    return { base: values.map(({ base }) => base), head: values.map(({ head }) => head) };
  }
}
