import { InvalidArgumentError } from "commander";
import { efforts, type Effort } from "../model/effort.ts";
import type { Point, SweepValue } from "../model/sweep.ts";

export function parseEffort(text: string): Effort {
  const found = efforts.find((effort) => effort === text);
  if (!found) throw new InvalidArgumentError(`It is one of ${efforts.join(", ")}.`);
  return found;
}

/** `90s`, `5m`, `1.5h` or plain seconds; in seconds. */
export function parseDuration(text: string): number {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text) ?? [];
  const duration = Number(digits) * { ms: 1e-3, s: 1, m: 60, h: 3600 }[(unit ?? "s") as "ms" | "s" | "m" | "h"];
  if (!(duration > 0)) throw new InvalidArgumentError("It is a time such as 90s, 5m or 1h.");
  return duration;
}

export function parseSeed(text: string): number {
  const seed = Number(text);
  if (!/^\d+$/.test(text) || seed > 0xffffffff) throw new InvalidArgumentError("It is a whole number from 0 to 4294967295.");
  return seed;
}

/** `1%` or `0.01`: a share above 0 and below 1. */
export function parseMargin(text: string): number {
  const [, digits, percent] = /^(\d+(?:\.\d+)?)\s*(%)?$/.exec(text) ?? [];
  const share = Number(digits) / (percent ? 100 : 1);
  if (!(share > 0 && share < 1)) throw new InvalidArgumentError("It is a share such as 1% or 0.01.");
  return share;
}

/** Dollars for a gigabyte of memory. */
export function parsePrice(text: string): number {
  const price = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || !(price > 0 && Number.isFinite(price))) {
    throw new InvalidArgumentError("It is a positive number of US dollars, such as 3.5.");
  }
  return price;
}

/** `bytes=1MiB`, `limit=soft`; may be given several times, each narrowing the points further. */
export function parseAt(text: string, before: Point = {}): Point {
  const [, parameter, value] = /^([A-Za-z]\w*)=(.+)$/.exec(text) ?? [];
  if (!parameter || value === undefined) throw new InvalidArgumentError("It is a parameter and its value, such as bytes=1MiB.");
  return { ...before, [parameter]: parseValue(value) };
}

const PREFIXES = { KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3, k: 1e3, M: 1e6 } as const;

function parseValue(text: string): SweepValue {
  if (text === "true" || text === "false") return text === "true";
  const [, digits, prefix] = /^(-?\d[\d_]*(?:\.\d+)?(?:e\d+)?)(KiB|MiB|GiB|k|M)?$/i.exec(text) ?? [];
  if (digits === undefined) return text;
  const scale = prefix
    ? PREFIXES[(Object.keys(PREFIXES).find((key) => key.toLowerCase() === prefix.toLowerCase()) ?? "k") as keyof typeof PREFIXES]
    : 1;
  return Number(digits.replaceAll("_", "")) * scale;
}
