import type { Figure } from "../model/figure.ts";
import type { Overlay } from "./overlay.ts";

/** What a page holds of a chart for the script that makes it live. */
export interface Embedded {
  readonly figure: Figure;
  readonly overlays: readonly Overlay[];
}

/** Digits beyond these cannot be seen in a chart, nor in its words. */
const DIGITS = 8;

/** As JSON inside a `script` element: no letter of it can end the element or begin a comment. */
export function embeddedJson(it: Embedded): string {
  const rounded = (_: string, value: unknown): unknown =>
    typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(DIGITS)) : value;
  return JSON.stringify(it, rounded).replace(/[<>&\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
