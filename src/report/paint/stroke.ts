import type { Brush } from "./marker.ts";

const CAP = 3.5;

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

/** A stroke with a cap at each end. */
export function whisker(ctx: Brush, colour: string, from: readonly [number, number], to: readonly [number, number]): void {
  const lies = from[1] === to[1];
  const [dx, dy] = lies ? [0, CAP] : [CAP, 0];
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1.4;
  ctx.beginPath();
  ctx.moveTo(...from);
  ctx.lineTo(...to);
  for (const [x, y] of [from, to]) {
    ctx.moveTo(x - dx, y - dy);
    ctx.lineTo(x + dx, y + dy);
  }
  ctx.stroke();
}
