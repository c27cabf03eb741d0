import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import type { ZodType } from "zod";

/** What a digest makes tamper-evident: whatever is kept on disk to be read again. */
interface Signed {
  readonly digest: string;
}

/** A file that cannot be used, and why, in one line. */
export interface Refused {
  readonly path: string;
  readonly because: string;
}

/** Adds the digest by which a cut or edited file is told; one that it had gives way. */
export function signed<T extends Signed>(it: Omit<T, "digest">): T {
  const { digest: _old, ...rest } = it as T;
  return { ...rest, digest: digestOf(rest) } as unknown as T;
}

export const serialize = (it: Signed): string => `${JSON.stringify(it)}\n`;

/**
 * Reads what `signed` and `serialize` wrote; what is nothing of the kind is refused with the reason, never thrown.
 * @param noun what the file should be: `record`.
 */
export async function readSigned<T extends Signed>(
  path: string,
  schema: ZodType<T>,
  { noun, mostBytes }: { readonly noun: string; readonly mostBytes: number },
): Promise<T | Refused> {
  try {
    if ((await stat(path)).size > mostBytes) return { path, because: `it is larger than any ${noun} can be` };
    const parsed: unknown = JSON.parse(await readFile(path, "utf8"));
    const version = (parsed as { schema?: unknown } | null)?.schema;
    if (version !== 1) return { path, because: `its schema is ${brief(version)} and this version reads schema 1` };
    const checked = schema.safeParse(parsed);
    if (!checked.success) {
      const issue = checked.error.issues[0];
      const where = issue?.path.join(".") || "its root";
      return { path, because: oneLine(`it does not fit the schema at ${where}: ${issue?.message}`) };
    }
    const { digest, ...rest } = checked.data;
    if (digestOf(rest) !== digest) return { path, because: "it was changed after it was written (its digest does not match)" };
    return checked.data;
  } catch (error) {
    if (error instanceof SyntaxError) return { path, because: "it is cut off or no JSON" };
    return { path, because: oneLine((error as Error).message) };
  }
}

/** What a foreign file says must neither fill nor steer a terminal. */
const oneLine = (text: string): string => text.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, " ").slice(0, 300);

/** SHA-256. Order of keys does not count: a file may pass through tools that sort them. */
function digestOf(it: object): string {
  return createHash("sha256").update(canonical(it)).digest("hex");
}

function canonical(it: unknown): string {
  if (Array.isArray(it)) return `[${it.map(canonical).join(",")}]`;
  if (it === null || typeof it !== "object") return JSON.stringify(it) ?? "null";
  const entries = Object.entries(it)
    .filter(([, value]) => value !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${canonical(value)}`).join(",")}}`;
}

function brief(it: unknown): string {
  const text = JSON.stringify(it) ?? "missing";
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
