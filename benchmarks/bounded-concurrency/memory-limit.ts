/**
 * Eighteen hundred tasks that each hold 512 KiB while they wait 10 ms for an answer, in a process that may have half a GiB beyond
 * what the runtime takes for itself. On a developer's machine, which has more, all ways finish; under the limit the unbounded one
 * needs 900 MiB at once.
 *
 * A container's limit kills the process from outside; here the system refuses it more memory (RLIMIT_DATA) and the runtime gives
 * up. Either way the work in hand is lost, and that is what is counted.
 *
 * How you could be fooled: by a limit on the JavaScript heap, which does not see buffers; by a limit so low that the runtime
 * itself cannot start under it (every capped way must survive, or the experiment says nothing); and by calling any failure a lack
 * of memory (a process that ends for another reason fails the trial).
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { count, exact, GiB, KiB, scenario, value, type Stage } from "#lab";
import type { Appetite } from "./_hungry.ts";
import article from "./article.ts";

const TASKS = 1_800;
const BUFFER = 512 * KiB;
const CAP = 100;
/** What V8 reserves before a program has allocated anything, and what is to spare beyond it. */
const LIMIT = 0.75 * GiB + 0.5 * GiB;
const hungry = fileURLToPath(new URL("./_hungry.ts", import.meta.url));

async function survives(way: Appetite["way"], { memory }: { memory: "limited" | "plenty" }, { signal }: Stage) {
  const appetite: Appetite = { way, tasks: TASKS, buffer: BUFFER, limit: CAP };
  const limit = memory === "limited" ? `ulimit -d ${LIMIT / KiB}; ulimit -c 0; ` : "";
  const child = spawn("/bin/sh", ["-c", `${limit}exec "$@"`, "sh", process.execPath, hungry, JSON.stringify(appetite)], { signal });
  let printed = "";
  let complained = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (printed += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (complained = (complained + text).slice(-20_000)));
  const [code] = (await once(child, "close")) as [number | null];
  const survived = code === 0 && Number(printed) === TASKS;
  if (!survived && !/out of memory|allocation failed|FatalOOM/i.test(complained)) throw new Error(`${way} ended with code ${code}`);
  return { killed: survived ? 0 : 1, done: survived ? TASKS : 0 };
}

export default scenario(article, {
  question: "Who survives a limit on memory?",
  sweep: { memory: ["plenty", "limited"] },
  needs: { platforms: ["linux"], memory: 2.5 * GiB },
  memory: 4 * GiB,
  metrics: { done: exact(count("higher", "tasks finished")), killed: exact(count("lower", "whether the process was ended for memory")) },
  setup: ({ memory }) => ({ memory }),
  variants: {
    unbounded: (host, stage) => survives("unbounded", host, stage),
    "p-limit": (host, stage) => survives("p-limit", host, stage),
    pullers: (host, stage) => survives("pullers", host, stage),
  },
  claims: {
    "bounded-02": [
      {
        says: "with at most a hundred tasks at once (p-limit) the process survives the limit",
        holds: value("p-limit", "killed").between(0, 0),
        at: { memory: "limited" },
      },
      { says: "so it does with a hundred pullers", holds: value("pullers", "killed").between(0, 0), at: { memory: "limited" } },
    ],
    "bounded-05": [
      {
        says: "unbounded, it works where there is plenty of memory",
        holds: value("unbounded", "killed").between(0, 0),
        at: { memory: "plenty" },
      },
      { says: "under the limit it is ended for memory", holds: value("unbounded", "killed").between(1, 1), at: { memory: "limited" } },
    ],
  },
});
