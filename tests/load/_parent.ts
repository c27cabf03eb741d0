import { constant } from "../../src/load/arrivals.ts";
import { generate } from "../../src/load/generator.ts";
import type { Options } from "./_target.ts";

/** Starts a generator and is killed while it runs. */
const module = new URL("./_target.ts", import.meta.url).href;
const options: Options = { port: Number(process.argv[2]), way: "hangs" };
await generate({ module, arrivals: constant(10), window: 20, maxInFlight: 100, seed: 1, options });
