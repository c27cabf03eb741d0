import type { Given } from "../model/claim.ts";
import type { Point } from "../model/sweep.ts";
import type { Verdict } from "../model/verdict.ts";

type Finding = Pick<Verdict, "ruling" | "measured" | "because">;

/**
 * What a measured condition on the host makes of a claim: nothing if it holds; *not tried* if it is known not to hold; otherwise the claim
 * stays as open as the condition. (Two workers that share one core cannot show what two cores do to each other.)
 * @param find rules on a bound at a point.
 */
export function condition(given: Given, at: Point, find: (holds: Given["holds"], at: Point) => Finding): Finding | undefined {
  const where = given.at ?? at;
  const held = find(given.holds, where);
  if (held.ruling === "reproduced") return undefined;
  // What was not measured at all is no doubt about the host: it is missing, and the same command gets it.
  if (held.measured === undefined && held.ruling !== "undecided" && held.ruling !== "refuted") return held;
  const failed = given.fails ? find(given.fails, where).ruling === "reproduced" : held.ruling === "refuted" || held.ruling === "weaker";
  if (failed) return { ruling: "not tried", because: `it needs a host where ${given.says}, and here that is not so${shown(held)}` };
  return { ruling: "undecided", because: `it is open whether ${given.says}${shown(held)}${held.because ? `: ${held.because}` : ""}` };
}

function shown({ measured }: Finding): string {
  if (!measured) return "";
  const [center, low, high] = [measured.center, measured.low, measured.high].map((it) => String(Number(it.toPrecision(3))));
  return ` (${center} [${low}, ${high}])`;
}
