/**
 * A model of an image builder: steps with keys, layers in directories, and for each new layer the work that an engine has with it as well.
 * Files are really copied, the installer really runs, and what came of it is packed (tar) and hashed. There is no base image to fetch, no
 * union file system and no namespace.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { pipeline } from "node:stream/promises";
import { create } from "tar";
import { writeContext } from "./_context.ts";
import { keysOf, makesLayer, stepsOf, taken, type Context, type Step } from "./_dockerfile.ts";

export interface Image {
  /** What COPY and RUN have left, merged: the later over the earlier. */
  readonly layers: readonly string[];
  /** Steps that were done and not found in the cache, as they stand in the Dockerfile. */
  readonly done: readonly string[];
}

export interface Builder {
  /**
   * Builds what lies in a directory.
   * @throws {Error} the installer failed, or the signal ended it.
   */
  build(dockerfile: string, source: string, signal: AbortSignal): Promise<Image>;
  /** How often it was told to build. */
  builds(): number;
  /** Forgets, and removes, what later builds than this moment have made. */
  mark(): () => void;
}

/** @param store directory for layers, of which each is named by its key. */
export function builderIn(store: string): Builder {
  const layers = new Map<string, string>();
  let builds = 0;
  return {
    async build(dockerfile, source, signal) {
      builds++;
      const context = contextIn(source);
      const steps = stepsOf(dockerfile);
      const keys = keysOf(steps, context);
      const done: string[] = [];
      const merged: string[] = [];
      for (const [index, step] of steps.entries()) {
        const key = keys[index]!;
        if (!makesLayer(step)) continue;
        if (!layers.has(key)) {
          const layer = join(store, key);
          await makeLayer(layer, step, context, merged, signal);
          layers.set(key, layer);
          done.push(step.text);
        }
        merged.push(layers.get(key)!);
      }
      return { layers: merged, done };
    },
    builds: () => builds,
    mark() {
      const before = new Set(layers.keys());
      return () => {
        for (const [key, layer] of layers) {
          if (before.has(key)) continue;
          layers.delete(key);
          rmSync(layer, { recursive: true, force: true });
        }
      };
    },
  };
}

/** Everything in the directory is sent to the builder: text, in our case. */
function contextIn(directory: string): Context {
  const paths = globSync("**", { cwd: directory }).filter((path) => statSync(join(directory, path)).isFile());
  return new Map(paths.map((path) => [path.split(sep).join("/"), readFileSync(join(directory, path), "utf8")]));
}

/** Does a step; nothing is left of one that failed. */
async function makeLayer(layer: string, step: Step, context: Context, below: readonly string[], signal: AbortSignal): Promise<void> {
  mkdirSync(layer);
  try {
    if (step.verb === "COPY") writeContext(layer, taken(step, context));
    if (step.verb === "RUN") await install(layer, below, signal);
    await pack(layer, signal);
  } catch (error) {
    rmSync(layer, { recursive: true, force: true });
    throw error;
  }
}

/** Runs the installer where it sees what the layers below hold; what it makes is the new layer. */
async function install(layer: string, below: readonly string[], signal: AbortSignal): Promise<void> {
  for (const it of below) cpSync(it, layer, { recursive: true });
  const child = spawn(process.execPath, ["install.mjs"], { cwd: layer, stdio: "ignore", signal, killSignal: "SIGKILL", windowsHide: true });
  const leave = (): void => void child.kill("SIGKILL");
  process.once("exit", leave);
  try {
    const code = await endOf(child);
    signal.throwIfAborted();
    if (code !== 0) throw new Error(`the installer ended with code ${code}`);
  } finally {
    process.off("exit", leave);
  }
}

/** Its code once it is gone, also where it was interrupted: only then nothing is written any more. */
function endOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once("close", resolve);
    child.on("error", (error) => child.pid === undefined && reject(error));
  });
}

/** The work by which an engine names a layer: to pack it and hash the archive. Ours has its key for a name, so only the work is done. */
async function pack(layer: string, signal: AbortSignal): Promise<void> {
  await pipeline(create({ cwd: layer, portable: true }, ["."]), createHash("sha256"), { signal });
}
