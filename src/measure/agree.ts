/** Floats that differ by less than this share of the larger one count as equal: summing in another order is no disagreement. */
const TOLERANCE = 1e-9;

/**
 * Where two results first differ, as a path and both values; undefined if they agree.
 * Equal means deeply equal, with `NaN` equal to itself, floats within 1e-9, and typed arrays, maps and sets compared by content.
 */
export function difference(a: unknown, b: unknown, path = "result"): string | undefined {
  if (Object.is(a, b)) return undefined;
  if (typeof a === "number" && typeof b === "number") {
    const close = Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
    return close ? undefined : `${path} is ${a} and ${b}`;
  }
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) {
    return `${path} is ${brief(a)} and ${brief(b)}`;
  }
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return `${path} is of two kinds`;
  if (a instanceof Map || a instanceof Set) {
    return difference([...a], [...(b as typeof a)], path);
  }
  if (a instanceof ArrayBuffer) return difference(new Uint8Array(a), new Uint8Array(b as ArrayBuffer), path);
  if (a instanceof Date) return difference(a.getTime(), (b as Date).getTime(), path);
  const keys = Object.keys(a);
  const others = Object.keys(b);
  if (keys.length !== others.length) return `${path} has ${keys.length} and ${others.length} entries`;
  for (const key of keys) {
    if (!Object.hasOwn(b, key)) return `${path} lacks ${key} in one of the two`;
    const found = difference(a[key as keyof typeof a], b[key as keyof typeof b], `${path}.${key}`);
    if (found) return found;
  }
  return undefined;
}

function brief(it: unknown): string {
  const text = typeof it === "string" ? JSON.stringify(it) : String(it);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
