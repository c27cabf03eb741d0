/** Floats that differ by less than this share of the larger one count as equal: summing in another order is no disagreement. */
const TOLERANCE = 1e-9;

interface Pair {
  readonly a: unknown;
  readonly b: unknown;
  readonly path: string;
}

/**
 * Where two results first differ, as a path and both values; undefined if they agree.
 * Equal means deeply equal, with `NaN` equal to itself, floats within 1e-9, and buffers, maps and sets compared by content.
 * Results may be of any depth and may contain themselves.
 */
export function difference(a: unknown, b: unknown): string | undefined {
  const met = meetings();
  const waiting: Iterator<Pair>[] = [[{ a, b, path: "result" }].values()];
  while (waiting.length > 0) {
    const next = waiting.at(-1)!.next();
    if (next.done) waiting.pop();
    else {
      const found = compared(next.value, met);
      if (typeof found === "string") return found;
      if (found) waiting.push(found);
    }
  }
  return undefined;
}

/** What tells two values apart, or the pairs of parts that remain to be compared, or nothing. */
function compared({ a, b, path }: Pair, met: (a: object, b: object) => boolean): string | Iterator<Pair> | undefined {
  if (alike(a, b)) return undefined;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return `${clip(path)} is ${brief(a)} and ${brief(b)}`;
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return `${clip(path)} is of two kinds`;
  if (met(a, b)) return undefined;
  if (a instanceof Map || a instanceof Set) return [{ a: [...a], b: [...(b as typeof a)], path }].values();
  if (a instanceof Date) return [{ a: a.getTime(), b: (b as Date).getTime(), path }].values();
  if (a instanceof RegExp || a instanceof Error) {
    if (String(a) !== String(b)) return `${clip(path)} is ${brief(String(a))} and ${brief(String(b))}`;
  }
  if (a instanceof ArrayBuffer || a instanceof SharedArrayBuffer || a instanceof DataView) {
    return [{ a: bytesOf(a), b: bytesOf(b as typeof a), path }].values();
  }
  if (ArrayBuffer.isView(a)) return unequalNumbers(a as Float64Array, b as Float64Array, path);
  return parts(a, b, path);
}

function alike(a: unknown, b: unknown): boolean {
  if (Object.is(a, b) || a === b) return true;
  if (typeof a !== "number" || typeof b !== "number" || !Number.isFinite(a) || !Number.isFinite(b)) return false;
  return Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
}

/** Numbers are compared where they lie: millions of them need no name each. */
function unequalNumbers(a: Float64Array, b: Float64Array, path: string): string | undefined {
  if (a.length !== b.length) return `${clip(path)} has ${a.length} and ${b.length} entries`;
  const index = a.findIndex((value, at) => !alike(value, b[at]));
  return index < 0 ? undefined : `${clip(`${path}.${index}`)} is ${a[index]} and ${b[index]}`;
}

function parts(a: object, b: object, path: string): string | Iterator<Pair> {
  const keys = Object.keys(a);
  const [size, other] = Array.isArray(a) ? [a.length, (b as unknown[]).length] : [keys.length, Object.keys(b).length];
  if (size !== other) return `${clip(path)} has ${size} and ${other} entries`;
  const absent = keys.find((key) => !Object.hasOwn(b, key)) ?? Object.keys(b).find((key) => !Object.hasOwn(a, key));
  if (absent !== undefined) return `${clip(path)} lacks ${brief(absent)} in one of the two`;
  return keys.values().map((key) => ({ a: a[key as keyof typeof a], b: b[key as keyof typeof b], path: `${path}.${key}` }));
}

/** Remembers which objects were compared with which: a pair that comes again is part of a cycle, or was compared already. */
function meetings(): (a: object, b: object) => boolean {
  const first = new Map<object, object>();
  const others = new Map<object, Set<object>>();
  return (a, b) => {
    const partner = first.get(a);
    if (partner === b || others.get(a)?.has(b)) return true;
    if (partner === undefined) first.set(a, b);
    else others.set(a, (others.get(a) ?? new Set()).add(b));
    return false;
  };
}

function bytesOf(it: ArrayBuffer | SharedArrayBuffer | DataView): Uint8Array {
  return it instanceof DataView ? new Uint8Array(it.buffer, it.byteOffset, it.byteLength) : new Uint8Array(it);
}

function brief(it: unknown): string {
  const text =
    typeof it === "string"
      ? JSON.stringify(it.slice(0, 80))
      : typeof it === "object" && it !== null
        ? Object.prototype.toString.call(it)
        : String(it);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** A path names where, and both of its ends say most. */
const clip = (path: string): string => (path.length > 200 ? `${path.slice(0, 100)}…${path.slice(-99)}` : path);
