import { availableParallelism } from "node:os";
import { extname } from "node:path";
import { Piscina } from "piscina";
import type { Drawings } from "./draw-all.ts";
import type { DrawTask } from "./draw-worker.ts";

/** Each thread loads a canvas and a typeface of its own, a hundred megabytes; two draw everything in seconds. */
const MOST_THREADS = 2;

/** Hands on a function that draws in threads beside this one, and ends them when the work is done. */
export async function withDrawers<T>(work: (draw: (task: DrawTask) => Promise<Drawings>) => Promise<T>): Promise<T> {
  const pool = new Piscina<DrawTask, Drawings>({
    filename: new URL(`./draw-worker${extname(import.meta.url)}`, import.meta.url).href,
    minThreads: 0,
    maxThreads: Math.min(availableParallelism(), MOST_THREADS),
    idleTimeout: Infinity,
  });
  try {
    return await work((task) => pool.run(task));
  } finally {
    await pool.destroy();
  }
}
