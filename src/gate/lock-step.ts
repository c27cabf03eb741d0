import { execFileSync, fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { seeded } from "../inputs/random.ts";
import { now } from "../measure/clock.ts";
import { alternate } from "./blocks.ts";
import { sides, type Duel, type DuelRequest, type Side } from "./instrument.ts";
import type { SideRequest } from "./side.ts";
import type { Cue, Heard } from "./soloist.ts";

/**
 * The isolated instrument: a process for each version, batches handed over so that never two run. Nothing is shared but the machine, so it sees
 * what shared shapes, a shared heap or a shared dependency hide from the duet; two processes differ in more than their code, though
 * (where their pages lie, when their collector runs), so its replicates spread wider.
 */
const request = JSON.parse(process.argv[2]!) as DuelRequest;
process.on("disconnect", () => process.exit(1));
process.on("SIGTERM", () => process.exit(1));

const SOLOIST = fileURLToPath(new URL("./soloist.ts", import.meta.url));

if (process.env.PIN) execFileSync("taskset", ["-acp", String(request.seed % 2), String(process.pid)]);

class SideFailed extends Error {
  readonly side: Side;
  constructor(side: Side, message: string) {
    super(message);
    this.side = side;
  }
}

interface Soloist {
  readonly perCall: number;
  ask(cue: Cue): Promise<{ seconds: number; bytes: number }>;
}

async function start(side: Side): Promise<Soloist> {
  const { variant, point, seed, window } = request;
  const asked: SideRequest = { file: request.files[side], variant, point, seed, window };
  const child = fork(SOLOIST, [JSON.stringify(asked)], { execArgv: [...process.execArgv, ...(process.env.SEED ? [`--hash-seed=${request.seed % 8 + 1}`] : [])], stdio: ["ignore", "ignore", "ignore", "ipc"], env: {...process.env, NODE_COMPILE_CACHE: `${process.env.NODE_COMPILE_CACHE}-${request.seed%8}`} });
  const { ready } = (await answer(child, side)) as { ready: number };
  return {
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
      reject(new SideFailed(side, signal ? `was ended by ${signal}` : `exited with code ${code}`));
    child.once("exit", ended);
    child.once("message", (heard: Heard) => {
      child.off("exit", ended);
      if ("error" in heard) reject(new SideFailed(side, heard.error));
      else resolve(heard);
    });
  });
}

async function lockStep(): Promise<Duel> {
  try {
    const random = seeded(request.seed);
    const soloists: Partial<Record<Side, Soloist>> = {};
    // One after the other: two that start together would slow each other down by chance.
    for (const side of random() < 0.5 ? sides : sides.toReversed()) soloists[side] = await start(side);
    const { base, head } = soloists as Record<Side, Soloist>;
    const of = { base, head };
    const blocks = await alternate(async (side, calls) => (await of[side].ask({ calls })).seconds, random, request);
    const limit = { bytes: Math.max(0.01, request.timing / 8) };
    const bytes = { base: (await base.ask(limit)).bytes, head: (await head.ask(limit)).bytes };
    const time = { base: blocks.time.base / base.perCall, head: blocks.time.head / head.perCall };
    const logRatio = blocks.logRatio - Math.log(head.perCall / base.perCall);
    return { task: "duel", time, logRatio, bytes, blocks: blocks.blocks, seconds: now() };
  } catch (error) {
    const side = error instanceof SideFailed ? { side: error.side } : {};
    return { task: "failed", ...side, message: error instanceof Error ? error.message : String(error) };
  }
}

process.send!(await lockStep(), () => process.exit(0));
