import type { Marker } from "../theme.ts";

/** What the painters need of a canvas's context; they know no canvas themselves. */
export interface Brush {
  fillStyle: unknown;
  strokeStyle: unknown;
  lineWidth: number;
  globalAlpha: number;
  lineJoin: string;
  font: string;
  textAlign: string;
  textBaseline: string;
  save(): void;
  restore(): void;
  beginPath(): void;
  closePath(): void;
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  bezierCurveTo(x1: number, y1: number, x2: number, y2: number, x: number, y: number): void;
  stroke(): void;
  fill(): void;
  fillRect(x: number, y: number, width: number, height: number): void;
  fillText(text: string, x: number, y: number): void;
  measureText(text: string): { readonly width: number };
  setLineDash(lengths: number[]): void;
}

/**
 * Paints a point. Each marker has a thin rim in the colour of the background, so that it stands out from lines it lies on.
 * A circle is four Bézier curves: an arc would become hundreds of segments in an SVG.
 */
export function paintMarker(ctx: Brush, marker: Marker, x: number, y: number, colour: string, background: string, radius: number): void {
  ctx.save();
  ctx.lineJoin = "round";
  const open = marker === "cross" || marker === "plus";
  trace(ctx, marker, x, y, radius);
  if (open) {
    stroke(ctx, background, 5);
    stroke(ctx, colour, 2.4);
  } else {
    ctx.fillStyle = marker === "ring" ? background : colour;
    if (marker === "ring") {
      stroke(ctx, background, 5);
      ctx.fill();
      stroke(ctx, colour, 2);
    } else {
      stroke(ctx, background, 2.4);
      ctx.fill();
    }
  }
  ctx.restore();
}

function stroke(ctx: Brush, colour: string, width: number): void {
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.stroke();
}

function trace(ctx: Brush, marker: Marker, x: number, y: number, r: number): void {
  ctx.beginPath();
  switch (marker) {
    case "circle":
    case "ring":
      circle(ctx, x, y, marker === "ring" ? r * 0.85 : r * 0.95);
      break;
    case "square":
      polygon(ctx, [
        [x - r * 0.82, y - r * 0.82],
        [x + r * 0.82, y - r * 0.82],
        [x + r * 0.82, y + r * 0.82],
        [x - r * 0.82, y + r * 0.82],
      ]);
      break;
    case "triangle":
      polygon(ctx, [
        [x, y - r * 1.15],
        [x + r * 1.1, y + r * 0.8],
        [x - r * 1.1, y + r * 0.8],
      ]);
      break;
    case "down":
      polygon(ctx, [
        [x, y + r * 1.15],
        [x + r * 1.1, y - r * 0.8],
        [x - r * 1.1, y - r * 0.8],
      ]);
      break;
    case "diamond":
      polygon(ctx, [
        [x, y - r * 1.2],
        [x + r * 1.2, y],
        [x, y + r * 1.2],
        [x - r * 1.2, y],
      ]);
      break;
    case "cross":
      lines(ctx, [
        [x - r * 0.8, y - r * 0.8, x + r * 0.8, y + r * 0.8],
        [x - r * 0.8, y + r * 0.8, x + r * 0.8, y - r * 0.8],
      ]);
      break;
    case "plus":
      lines(ctx, [
        [x - r, y, x + r, y],
        [x, y - r, x, y + r],
      ]);
      break;
  }
}

function circle(ctx: Brush, x: number, y: number, r: number): void {
  const k = r * 0.5522847498;
  ctx.moveTo(x + r, y);
  ctx.bezierCurveTo(x + r, y + k, x + k, y + r, x, y + r);
  ctx.bezierCurveTo(x - k, y + r, x - r, y + k, x - r, y);
  ctx.bezierCurveTo(x - r, y - k, x - k, y - r, x, y - r);
  ctx.bezierCurveTo(x + k, y - r, x + r, y - k, x + r, y);
  ctx.closePath();
}

function polygon(ctx: Brush, corners: readonly (readonly [number, number])[]): void {
  for (const [x, y] of corners) ctx.lineTo(x, y);
  ctx.closePath();
}

function lines(ctx: Brush, strokes: readonly (readonly [number, number, number, number])[]): void {
  for (const [x1, y1, x2, y2] of strokes) {
    ctx.moveTo(x1, y1);
    ctx.lineTo(x2, y2);
  }
}
