import { spawn } from "node:child_process";
import { appendFileSync, closeSync, openSync, readFileSync } from "node:fs";
import net from "node:net";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { ServiceFailed } from "../failed.ts";
import { ServiceUnavailable } from "../unavailable.ts";
import type { Account } from "./account.ts";
import { environment, lastWords } from "./words.ts";

const WINDOWS = process.platform === "win32";
const GLANCE = 5; // ms
const PATIENCE = 20_000; // ms
/** What it may take to write a loaded store to a slow disk. */
const SHUTDOWN = 120_000; // ms

/** Another program bound the port between our choosing it and Postgres binding it. */
export class PortTaken extends Error {}

export interface Server {
  /**
   * Ends it at once, without a checkpoint: what it wrote is about to be deleted. Resolves when it has ended, with how it had done so
   * before, if it had.
   */
  readonly kill: () => Promise<string | undefined>;
  /** Ends it after a checkpoint, so that its data can be used again. Resolves as `kill` does; a server that does not end in time is killed. */
  readonly stop: () => Promise<string | undefined>;
}

/** A port of 127.0.0.1 that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer().once("error", reject);
    probe.listen({ port: 0, host: "127.0.0.1" }, () => {
      const { port } = probe.address() as net.AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

/** Adds settings to a data directory's configuration; of several for one name the last holds, and `ALTER SYSTEM` overrules them. */
export function configure(data: string, settings: Readonly<Record<string, string>>): void {
  const lines = Object.entries(settings).map(([name, value]) => {
    if (!/^[a-z_][a-z0-9_.]*$/i.test(name)) throw new ServiceFailed(`${JSON.stringify(name)} is not the name of a setting of Postgres`);
    return `${name} = '${value.replaceAll("'", "''").replaceAll("\\", "\\\\")}'\n`;
  });
  appendFileSync(join(data, "postgresql.conf"), lines.join(""));
}

/**
 * Starts the server of a data directory and waits until it says of itself that it is ready (in its `postmaster.pid`).
 * @throws {PortTaken} try another one.
 * @throws {ServiceFailed} it refuses a setting, or is not ready in time.
 * @throws {ServiceUnavailable} it does not run on this host.
 */
export async function startServer(program: string, data: string, log: string, account: Account, signal: AbortSignal): Promise<Server> {
  signal.throwIfAborted();
  const output = openSync(log, "w", 0o600);
  // The data directory is its last argument: by that it is found again where the system has no /proc.
  const child = spawn(program, ["-D", data], {
    ...account,
    env: environment(),
    cwd: data,
    stdio: ["ignore", output, output],
    windowsHide: true,
  });
  closeSync(output);
  const ended = new Promise<string>((resolve) => {
    child.once("error", (error: NodeJS.ErrnoException) => resolve(`it could not be started (${error.code ?? error.message})`));
    child.once("exit", (code, killedBy) => resolve(killedBy ? `it was ended by ${killedBy}` : `it ended with code ${code}`));
  });
  const running = (): boolean => child.pid !== undefined && child.exitCode === null && child.signalCode === null;
  const kill = async (): Promise<string | undefined> => {
    const before = !running();
    child.kill(WINDOWS ? "SIGKILL" : "SIGQUIT");
    const how = await ended;
    // The system may have known of its end before we did. It hears SIGQUIT and leaves with a code, so another signal was not ours.
    return before || (!WINDOWS && child.signalCode !== null) ? how : undefined;
  };
  const stop = async (): Promise<string | undefined> => {
    // Windows has no signal that asks for it.
    if (WINDOWS || !running()) return (await kill()) ?? "it cannot be asked to write everything";
    child.kill("SIGINT");
    const how = await Promise.race([ended, setTimeout(SHUTDOWN, "it did not end in time", { ref: false })]);
    if (running()) await kill();
    return child.exitCode === 0 ? undefined : how;
  };
  for (let waited = 0; running() && !isReady(data); waited += GLANCE) {
    if (signal.aborted || waited > PATIENCE) {
      await kill();
      signal.throwIfAborted();
      throw new ServiceFailed(`Postgres was not ready after ${PATIENCE / 1000} s`);
    }
    await setTimeout(GLANCE);
  }
  if (running()) return { kill, stop };
  throw refusal(readFileSync(log, "utf8"), await ended);
}

/** Its eighth line is how far the server has come. */
function isReady(data: string): boolean {
  try {
    return readFileSync(join(data, "postmaster.pid"), "utf8").split("\n")[7]?.trim() === "ready";
  } catch {
    return false;
  }
}

/** Why a server did not come up. A refused setting is the experiment's fault, everything else the host's. */
function refusal(log: string, how: string): Error {
  if (/could not (bind|create any TCP)|Address already in use/i.test(log)) return new PortTaken();
  const words = lastWords(log) ?? how;
  if (/parameter "|configuration file/.test(words)) return new ServiceFailed(`Postgres refuses its settings: ${words}`);
  return new ServiceUnavailable(`it needs Postgres, which does not start on this host: ${words}`);
}
