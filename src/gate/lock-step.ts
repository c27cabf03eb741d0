import { fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { bind } from "../host/affinity.ts";
import { seeded } from "../inputs/random.ts";
import { now } from "../measure/clock.ts";
import { alternate } from "./blocks.ts";
import { sides, type Duel, type DuelRequest, type Side, type Unreadable } from "./instrument.ts";
import { quietestProcessor } from "./quietest.ts";
import { unreadable, type SideRequest } from "./side.ts";
import type { Cue, Heard } from "./soloist.ts";

/**
 * The isolated instrument: a process for each version, batches handed over so that never two run. Nothing is shared but the machine, so it sees
 * what shared shapes, a shared heap or a shared dependency hide from the duet. Two processes differ in more than their code, and three
 * things keep that small: both are bound to one processor, because two processors have different neighbours (unbound, the replicates of
 * identical code spread by 9 to 14 % where bound ones spread by 1 to 3 %); both hash with the same seed, which the runtime otherwise
 * draws for each process; and which of the two starts first is a coin's choice.
 */
const request = JSON.parse(process.argv[2]!) as DuelRequest;
process.on("disconnect", () => process.exit(1));
process.on("SIGTERM", () => process.exit(1));

const SOLOIST = fileURLToPath(new URL("./soloist.ts", import.meta.url));
/** Few, because cached code belongs to its flags: each seed has a cache of its own. */
const HASH_SEEDS = 8;

class SideFailed extends Error {
  readonly answer: Unreadable;
  constructor(answer: Unreadable) {
    super(answer.message);
    this.answer = answer;
  }
}

interface Soloist {
  readonly process: number;
  readonly perCall: number;
  ask(cue: Cue): Promise<{ seconds: number; bytes: number }>;
}

async function start(side: Side): Promise<Soloist> {
  const { variant, point, seed, window, flags } = request;
  const asked: SideRequest = { file: request.files[side], variant, point, seed, window };
  const hashing = (seed % HASH_SEEDS) + 1;
  const child = fork(SOLOIST, [JSON.stringify(asked)], {
    execArgv: [...flags[side], `--hash-seed=${hashing}`],
    env: { ...process.env, NODE_COMPILE_CACHE: `${process.env.NODE_COMPILE_CACHE}-hash-${hashing}` },
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  const { ready } = (await answer(child, side)) as { ready: number };
  return {
    process: child.pid!,
    perCall: ready,
    ask: (cue) => {
      const heard = answer(child, side);
      child.send(cue);
      return heard as Promise<{ seconds: number; bytes: number }>;
    },
  };
}

function answer(child: ChildProcess, side: Side): Promise<Heard> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null, signal: string | null): void =>
      reject(new SideFailed({ task: "failed", side, message: signal ? `was ended by ${signal}` : `exited with code ${code}` }));
    child.once("exit", ended);
    child.once("message", (heard: Heard) => {
      child.off("exit", ended);
      if ("task" in heard) reject(new SideFailed({ ...heard, side }));
      else resolve(heard);
    });
  });
}

async function lockStep(): Promise<Duel> {
  try {
    const random = seeded(request.seed);
    const order = random() < 0.5 ? sides : sides.toReversed();
    const soloists: Partial<Record<Side, Soloist>> = {};
    // Setting up is not timed, so both may do it at once.
    const begun = await Promise.allSettled(order.map(async (side) => (soloists[side] = await start(side))));
    const failures = begun.flatMap((it) => (it.status === "rejected" ? [it.reason as SideFailed] : []));
    // What fails in both versions is nobody's fault.
    if (failures.length > 1) return { task: failures[0]!.answer.task, message: failures[0]!.answer.message };
    if (failures[0]) throw failures[0];
    const { base, head } = soloists as Record<Side, Soloist>;
    const of = { base, head };
    const processor = quietestProcessor(random);
    if (processor !== undefined) bind([process.pid, base.process, head.process], processor);
    const blocks = await alternate(async (side, calls) => (await of[side].ask({ calls })).seconds, random, request);
    const limit = { bytes: Math.max(0.01, request.timing / 8) };
    const bytes = { base: (await base.ask(limit)).bytes, head: (await head.ask(limit)).bytes };
    const time = { base: blocks.time.base / base.perCall, head: blocks.time.head / head.perCall };
    const logRatio = blocks.logRatio - Math.log(head.perCall / base.perCall);
    return { task: "duel", time, logRatio, bytes, blocks: blocks.blocks, seconds: now() };
  } catch (error) {
    return error instanceof SideFailed ? error.answer : unreadable(error);
  }
}

process.send!(await lockStep(), () => process.exit(0));
