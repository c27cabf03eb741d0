import type { Brush } from "./marker.ts";

/** A straight stroke from one place to another. */
export function line(ctx: Brush, colour: string, width: number, dash: number[], x1: number, y1: number, x2: number, y2: number): void {
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.setLineDash(dash);
  ctx.beginPath();
  ctx.moveTo(x1, y1);
  ctx.lineTo(x2, y2);
  ctx.stroke();
  ctx.setLineDash([]);
}
