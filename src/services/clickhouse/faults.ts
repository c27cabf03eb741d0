import { ServiceFailed } from "../failed.ts";
import { oneLine, withoutPaths } from "../one-line.ts";

/** Codes of ClickHouse's errors (`system.errors`). */
const TIMEOUT_EXCEEDED = 159;
const NOT_ENOUGH_SPACE = 243;

/**
 * What the engine threw, as one line without paths.
 * @param seconds what the statement was allowed to take.
 */
export function fault(error: unknown, seconds: number): Error {
  if (error instanceof ServiceFailed || error instanceof RangeError || error instanceof TypeError) return error;
  const message = error instanceof Error ? error.message : String(error);
  // The library has codes of its own and writes ClickHouse's into the text; a server's client takes it out of there.
  const code = message.match(/Code: (\d+)/)?.[1] ?? (error as { readonly code?: string }).code;
  return new ServiceFailed(told(message, code, seconds));
}

/**
 * Messages begin with a code, list all that a statement could have gone on with, name the steps of the work and, where a line of a file
 * is wrong, quote it with some before it.
 */
export function told(message: string, code: string | undefined, seconds: number): string {
  if (Number(code) === TIMEOUT_EXCEEDED) return `ClickHouse took longer than ${seconds} s`;
  // Where the space ends while a file is written the code is that of the file, and only the words of the system say why.
  if (Number(code) === NOT_ENOUGH_SPACE || /No space left on device|ENOSPC|errno: 28\b/i.test(message)) {
    return "ClickHouse could not write: the disk is full";
  }
  const row = message.match(/\(at row (\d+)\)/)?.[1];
  const [first] = message
    .replace(/^Query failed: /, "")
    .replaceAll(/Code: \d+\. DB::Exception: /g, "")
    .split("\n");
  const cut = first!
    .replaceAll(/\.?\s*Expected one of:.*|\s*\(in file\/uri.*|: While executing .*|\s*\(version [\d.]+.*|\s*\(at row \d+\)/g, "")
    .replace(/\s*\([A-Z_]{3,}\)\s*$/, "");
  const said = withoutPaths(cut).replace(/[\s.:]+$/, "");
  return oneLine(`ClickHouse failed: ${said}${row === undefined ? "" : ` (line ${row})`}`);
}
