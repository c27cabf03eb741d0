import type { Figure } from "../model/figure.ts";
import { type Drawings, drawings } from "./draw-all.ts";

export interface DrawTask {
  readonly figure: Figure;
  readonly prefix: string;
}

/** What a thread of the drawing pool does. */
export default function draw({ figure, prefix }: DrawTask): Drawings {
  return drawings(figure, prefix);
}
