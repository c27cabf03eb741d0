import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const bin = join(root, "bin", "assay.js");

export const testdata = (name: string): string => join(root, "tests", "testdata", name);

export interface Ended {
  /** As a shell tells it: 130 also for a process that Ctrl-C ended. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** Starts the command as a reader would, in a process group of its own where there are any. */
export function start(...parameters: string[]): Started {
  const child = spawn(process.execPath, [bin, ...parameters], { cwd: root, detached: process.platform !== "win32" });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const ended = new Promise<Ended>((resolve) =>
    child.on("close", (code, signal) => resolve({ code: signal === "SIGINT" ? 130 : code, stdout, stderr })),
  );
  return { child, ended };
}

export const assay = (...parameters: string[]): Promise<Ended> => start(...parameters).ended;

/** Ctrl-C as the terminal sends it: to everything in the group. */
export const interrupt = ({ child }: Started): void => void process.kill(-child.pid!, "SIGINT");

/** A folder for one test; gone when it is disposed. */
export function temporaryFolder(): { readonly path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), "assay-cli-"));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}
