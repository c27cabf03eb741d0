import type { Point } from "./sweep.ts";

/** What a host must have for an experiment to be tried at all; what it lacks is named in the ruling *not tried*. */
export interface Needs<P extends Point = Point> {
  /** Processors that the process may use. */
  readonly cores?: number;
  /** Bytes of memory that are free when the experiment starts; or what a trial at a point fills, so that a host with less leaves that point out. */
  readonly memory?: number | ((point: P) => number);
  readonly platforms?: readonly NodeJS.Platform[];
  /** A package that may be absent because its platform has none. */
  readonly packages?: readonly string[];
}
