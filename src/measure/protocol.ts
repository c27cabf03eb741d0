import type { Trial } from "../model/record.ts";
import type { Point } from "../model/sweep.ts";

/** What the lab asks of a fresh process, as JSON in its first argument. */
export type Request = TrialRequest | AgreeRequest;

interface Asked {
  /** Path of the experiment's file. */
  readonly file: string;
  readonly seed: number;
  /** How long a load may last, in seconds. */
  readonly window: number;
}

/** One variant at one point. */
export interface TrialRequest extends Asked {
  readonly task: "trial";
  readonly variant: string;
  readonly control: boolean;
  readonly point: Point;
  readonly timing: number;
  readonly warmUp: readonly [shortest: number, longest: number];
}

/** All variants at these points, once each, to see whether they return the same. */
export interface AgreeRequest extends Asked {
  readonly task: "agree";
  readonly points: readonly Point[];
}

/** What the process sends back before it ends. */
export type Reply =
  | { readonly task: "trial"; readonly trial: Trial }
  | { readonly task: "agree"; readonly agree: boolean; readonly detail?: string }
  /** The host lacks a service that the experiment needs: *not tried*, because of this. */
  | { readonly task: "unavailable"; readonly because: string }
  | { readonly task: "failed"; readonly message: string; readonly variant?: string; readonly point?: Point };
