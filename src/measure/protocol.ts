import type { Trial } from "../model/record.ts";
import type { Point } from "../model/sweep.ts";
import type { Cell } from "./plan.ts";

/** What the lab asks of a fresh process, as JSON in its first argument; or in its first message, if the argument told it to boot. */
export type Request = TrialRequest | TogetherRequest | AgreeRequest;

/** Load the experiment, say so, and wait for the request. */
export interface BootRequest extends Loaded {
  readonly task: "boot";
}

interface Loaded {
  /** Path of the experiment's file. */
  readonly file: string;
  /** The run's room, for what its trials share. */
  readonly room?: string;
}

interface Asked extends Loaded {
  readonly seed: number;
  /** How long a load may last, in seconds. */
  readonly window: number;
}

interface Timed extends Asked {
  readonly timing: number;
  readonly warmUp: readonly [shortest: number, longest: number];
  /** What the yardstick read in the quietest of the last trials; seconds. */
  readonly atRest?: number;
}

/** One variant at one point. */
export interface TrialRequest extends Timed, Cell {
  readonly task: "trial";
}

/** All cells of a round, in this order, one after the other in one process. */
export interface TogetherRequest extends Timed {
  readonly task: "together";
  readonly cells: readonly Cell[];
}

/** All variants at these points, once each, to see whether they return the same. */
export interface AgreeRequest extends Asked {
  readonly task: "agree";
  readonly points: readonly Point[];
}

/** What the process sends back before it ends; one that was told to boot says `booted` first. */
export type Reply =
  | { readonly task: "trial"; readonly trial: Trial }
  /** One for each cell, in their order. */
  | { readonly task: "together"; readonly replies: readonly Reply[] }
  | { readonly task: "agree"; readonly agree: boolean; readonly detail?: string }
  /** The host lacks a service that the experiment needs: *not tried*, because of this. */
  | { readonly task: "unavailable"; readonly because: string }
  | { readonly task: "failed"; readonly message: string; readonly variant?: string; readonly point?: Point };
