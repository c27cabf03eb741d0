/**
 * Kills a run (SIGKILL) at thirty seeded moments, each time resuming it, and checks that nothing is lost and nothing is left behind:
 * no corrupt record, no finished round missing, no process, no temporary file, no data directory.
 *
 *     npm run kills                         thirty kills of three experiments, one of them on Postgres
 *     npm run kills -- 10 descriptors       ten of one
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { isTemporary } from "../src/host/disk.ts";
import { running } from "../src/host/processes.ts";
import { seeded } from "../src/inputs/random.ts";
import { readRecords } from "../src/store/records.ts";

const main = fileURLToPath(new URL("../src/cli/main.ts", import.meta.url));
const LONGEST = 6000; // ms

export interface Toll {
  readonly kills: number;
  readonly corrupt: number;
  readonly lostRounds: number;
  readonly processesLeft: number;
  readonly temporariesLeft: number;
  /** Data directories of servers; their ports and shared memory lie in them or end with their processes. */
  readonly directoriesLeft: number;
  readonly finalExit: number | null;
}

/** @param report is told of every kill. */
export async function killAndResume(kills: number, patterns: readonly string[], report: (line: string) => void): Promise<Toll> {
  const out = mkdtempSync(join(tmpdir(), "assay-kills-"));
  const random = seeded(1);
  const start = () => spawn(process.execPath, [main, "run", ...patterns, "--resume", "--out", out], { stdio: "ignore" });
  const before = new Set(trials());
  const standing = new Set(databases());
  let corrupt = 0;
  let lostRounds = 0;
  let finished = new Map<string, number>();
  try {
    for (let kill = 1; kill <= kills; kill++) {
      const lab = start();
      const moment = Math.round(300 + random() * LONGEST);
      const ended = once(lab, "exit").then(() => "ended by itself");
      const how = await Promise.race([ended, wait(moment).then(() => `killed after ${moment} ms`)]);
      lab.kill("SIGKILL");
      await ended;
      const { records, partial, refused } = await readRecords([out]);
      corrupt += refused.length;
      const now = new Map([...partial, ...records].map((record) => [record.experiment, record.rounds.length]));
      for (const [experiment, rounds] of finished) lostRounds += Math.max(0, rounds - (now.get(experiment) ?? 0));
      finished = now;
      report(`${kill}: ${how}; ${[...now].map(([experiment, rounds]) => `${experiment} ${rounds} rounds`).join(", ") || "no round yet"}`);
    }
    const last = start();
    const [finalExit] = (await once(last, "exit")) as [number | null];
    // What is still ending had this long to notice.
    await wait(1500);
    const processesLeft = trials().filter((pid) => !before.has(pid)).length;
    const temporariesLeft = readdirSync(out, { recursive: true })
      .map(String)
      .filter((name) => isTemporary(name) || name.endsWith(".lock")).length;
    const directoriesLeft = databases().filter((name) => !standing.has(name)).length;
    return { kills, corrupt, lostRounds, processesLeft, temporariesLeft, directoriesLeft, finalExit };
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

/** Every process that a trial is or has started (its own file, or a server's). */
const trials = (): number[] =>
  running(/measure[/\\]trial\.ts|benchmarks[/\\][\w-]+[/\\]_[\w-]+\.ts|postgres[/\\]keeper|bin[/\\]postgres|load[/\\]companion-process/);

/** What stands in the registries of servers that were started on demand, and of private directories. */
const databases = (): string[] =>
  readdirSync(tmpdir())
    .filter((name) => /^assay-(postgres|scratch)-/.test(name))
    .flatMap((registry) => readdirSync(join(tmpdir(), registry)).map((name) => `${registry}/${name}`));

if (import.meta.main) {
  const [count = "30", ...patterns] = process.argv.slice(2);
  const toll = await killAndResume(
    Number(count),
    patterns.length > 0 ? patterns : ["misaligned-reads", "speed-limit", "descriptors"],
    console.log,
  );
  console.log(toll);
  process.exitCode =
    toll.corrupt + toll.lostRounds + toll.processesLeft + toll.temporariesLeft + toll.directoriesLeft === 0 && toll.finalExit === 0 ? 0 : 1;
}
