/** Everything that a benchmark file may import from the lab. */
export { article } from "./model/article.ts";
export type { Article } from "./model/article.ts";
export { ratio, value } from "./model/claim.ts";
export { experiment, scenario } from "./model/experiment.ts";
export type { Stage } from "./model/experiment.ts";
export { bytes, bytesPerSecond, count, exact, fraction, perSecond, seconds } from "./model/metric.ts";
export { layoutOf } from "./inputs/layout.ts";
export type { Field, Layout } from "./inputs/layout.ts";
export { ring, shuffled } from "./inputs/order.ts";
export { seeded } from "./inputs/random.ts";
export { stridedSum } from "./inputs/strided-sum.ts";
export { GiB, KiB, MiB, doubling } from "./inputs/sizes.ts";
export { saturate } from "./load/saturate.ts";
export { watchStalls } from "./load/stall.ts";
export { timed } from "./load/stopwatch.ts";
