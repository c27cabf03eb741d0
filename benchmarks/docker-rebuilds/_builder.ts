/**
 * A model of an image builder: steps with keys, layers in directories, and for each new layer the work that an engine has with it as well.
 * Files are really copied, the installer really runs, and what came of it is packed (tar) and hashed. There is no base image to fetch, no
 * union file system and no namespace.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { pipeline } from "node:stream/promises";
import { create } from "tar";
import { writeContext } from "./_context.ts";
import { keysOf, makesLayer, stepsOf, taken, type Context } from "./_dockerfile.ts";

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
  /** Forgets, and removes, what later builds than this moment have made. */
  mark(): () => void;
}

/** @param store directory for layers, of which each is named by its key. */
export function builderIn(store: string): Builder {
  const layers = new Map<string, string>();
  return {
    async build(dockerfile, source, signal) {
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
          mkdirSync(layer);
          if (step.verb === "COPY") writeContext(layer, taken(step, context));
          if (step.verb === "RUN") await install(layer, merged, signal);
          await packed(layer, signal);
          layers.set(key, layer);
          done.push(step.text);
        }
        merged.push(layers.get(key)!);
      }
      return { layers: merged, done };
    },
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

/** Runs the installer where it sees what the layers below hold; what it makes is the new layer. */
async function install(layer: string, below: readonly string[], signal: AbortSignal): Promise<void> {
  for (const it of below) cpSync(it, layer, { recursive: true });
  const child = spawn(process.execPath, ["install.mjs"], { cwd: layer, stdio: "ignore", signal, killSignal: "SIGKILL", windowsHide: true });
  const leave = (): void => void child.kill("SIGKILL");
  process.once("exit", leave);
  try {
    const [code] = (await once(child, "close")) as [number | null];
    if (code !== 0) throw new Error(`the installer ended with code ${code}`);
  } finally {
    process.off("exit", leave);
  }
}

/** A layer is known by the hash of its archive. */
async function packed(layer: string, signal: AbortSignal): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(create({ cwd: layer, portable: true }, ["."]), hash, { signal });
  return hash.digest("hex");
}
