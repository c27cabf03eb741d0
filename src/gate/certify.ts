import { fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { shuffled } from "../inputs/order.ts";
import { seeded, seedFrom } from "../inputs/random.ts";
import { now } from "../measure/clock.ts";
import type { CertificateRun, CertifiedKernel, Injected } from "../model/certificate.ts";
import type { Duel, DuelRequest } from "./instrument.ts";
import { instruments } from "./processes.ts";
import { duelSpending } from "./schedule.ts";

const kernels = {
  loop: { variant: "sum", address: new URL("./kernels/loop.ts", import.meta.url) },
  objects: { variant: "churn", address: new URL("./kernels/objects.ts", import.meta.url) },
  json: { variant: "trip", address: new URL("./kernels/json.ts", import.meta.url) },
  map: { variant: "get", address: new URL("./kernels/map.ts", import.meta.url) },
  async: { variant: "awaits", address: new URL("./kernels/async.ts", import.meta.url) },
} as const satisfies Record<CertifiedKernel["kernel"], { variant: string; address: URL }>;

const sizes = [0, 1, 2, 5, 10];
const regressions = ["element-kind", "retained-heap", "dependency"] as const;

/** Every kernel in every size, and the regressions that hide, which one kernel shows. */
export const plannedCells: readonly { readonly kernel: CertifiedKernel["kernel"]; readonly injected: Injected }[] = [
  ...(Object.keys(kernels) as CertifiedKernel["kernel"][]).flatMap((kernel) => sizes.map((more) => ({ kernel, injected: { more } }))),
  ...regressions.map((hidden) => ({ kernel: "objects" as const, injected: { hidden } })),
];

/** Replicates of either instrument in a round: of identical code twice as many, because false alarms are rare if all is well, and of what one kernel shows alone. */
const inRound = (injected: Injected): number => ("hidden" in injected || injected.more === 0 ? 2 : 1);

/** Rounds of a whole certificate; a slow host has finished one when its time is up and it has the fewest. */
export const certificateRounds = { fewest: 12, most: 24 } as const;

/** How many rounds a run holds: what a killed one did not finish is not in it. */
export const roundsOf = (run: Pick<CertificateRun, "kernels">): number =>
  Math.min(
    ...plannedCells.map(({ kernel, injected }) => Math.floor((cellOf(run, kernel, injected)?.isolated.length ?? 0) / inRound(injected))),
  );

const cellOf = ({ kernels: all }: Pick<CertificateRun, "kernels">, kernel: string, injected: Injected): CertifiedKernel | undefined =>
  all.find((it) => it.kernel === kernel && JSON.stringify(it.injected) === JSON.stringify(injected));

export interface CertifyOptions {
  readonly run: CertificateRun;
  readonly burn: boolean;
  /** Seconds that a certificate may take, those before an interruption included. */
  readonly budget: number;
  readonly rounds?: { readonly fewest: number; readonly most: number };
  /** How one replicate is made: by real processes, or in the tests by a simulation. */
  readonly duel?: (instrument: "duet" | "isolated", request: DuelRequest, signal: AbortSignal) => Promise<Duel>;
  readonly signal: AbortSignal;
  readonly save: (run: CertificateRun) => Promise<void>;
  readonly progress: (event: { readonly round: number; readonly rounds: number; readonly done: number; readonly of: number }) => void;
}

/**
 * Measures what is missing of a certificate: rounds of every kernel in every size, each in an order drawn from the seed, so that no drift of the
 * machine favours any. A round is saved as it ends.
 * @throws {Error} a kernel could not be read, which no certificate can do without.
 */
export async function certify({
  burn,
  budget,
  signal,
  save,
  progress,
  rounds = certificateRounds,
  duel = inProcess,
  ...options
}: CertifyOptions): Promise<CertificateRun> {
  const began = now();
  let { run } = options;
  using _burner = burn ? burner() : undefined;
  for (let round = roundsOf(run); round < rounds.most; round++) {
    const roundBegan = now();
    const random = seeded(seedFrom("certificate", run.seed, round));
    const tasks = plannedCells.flatMap((cell) =>
      Array.from({ length: inRound(cell.injected) }, (_, turn) => turn).flatMap((turn) =>
        (["duet", "isolated"] as const).map((instrument) => ({ ...cell, instrument, turn })),
      ),
    );
    const read: { task: (typeof tasks)[number]; logRatio: number; seconds: number }[] = [];
    for (const [done, task] of shuffled(tasks, random).entries()) {
      progress({ round, rounds: rounds.most, done, of: tasks.length });
      const taskBegan = now();
      const request = requestOf(task, seedFrom("certificate", run.seed, round, task.turn, task.kernel, JSON.stringify(task.injected)));
      const answer = await duel(task.instrument, request, signal);
      if (signal.aborted) return run;
      if (answer.task !== "duel") throw new Error(`the kernel ${task.kernel} could not be read: ${answer.message}`);
      read.push({ task, logRatio: answer.logRatio, seconds: now() - taskBegan });
    }
    const seconds = run.seconds + now() - roundBegan;
    // Another round takes about as long.
    const spent = seconds + (now() - roundBegan) > budget;
    run = {
      ...run,
      seconds,
      finished: round + 1 >= (spent ? rounds.fewest : rounds.most),
      kernels: plannedCells.map(({ kernel, injected }) => {
        const before = cellOf(run, kernel, injected) ?? { kernel, injected, duet: [], isolated: [] };
        const own = (instrument: "duet" | "isolated") =>
          read
            .filter(({ task }) => task.kernel === kernel && task.injected === injected && task.instrument === instrument)
            .map(({ logRatio, seconds }) => ({ logRatio, seconds }));
        return { ...before, duet: [...before.duet, ...own("duet")], isolated: [...before.isolated, ...own("isolated")] };
      }),
    };
    await save(run);
    if (run.finished || now() - began > budget) break;
  }
  return run;
}

const limits = { timeout: 60, memory: 3 * 1024 ** 3 };
const inProcess: NonNullable<CertifyOptions["duel"]> = (instrument, request, signal) =>
  instruments[instrument](request, [], limits, signal);

function requestOf({ kernel, injected }: (typeof plannedCells)[number], seed: number): DuelRequest {
  const { address, variant } = kernels[kernel];
  const version = (parameters: Record<string, string>): string => {
    const it = new URL(address);
    for (const [name, value] of Object.entries(parameters)) it.searchParams.set(name, value);
    return it.href;
  };
  const changed: Record<string, string> = "more" in injected ? { more: String(injected.more) } : { hidden: injected.hidden };
  const files = { base: version({ version: "base" }), head: version({ version: "head", ...changed }) };
  return { files, variant, point: {}, flags: { base: [], head: [] }, seed, window: 0.05, ...duelSpending };
}

function burner(): Disposable {
  const child: ChildProcess = fork(fileURLToPath(new URL("./burner.ts", import.meta.url)), {
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  return { [Symbol.dispose]: () => void child.kill("SIGKILL") };
}
