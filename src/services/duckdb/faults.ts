import { ServiceFailed } from "../failed.ts";
import { oneLine, withoutPaths } from "../one-line.ts";
import { ServiceUnavailable } from "../unavailable.ts";
import { TookTooLong } from "./running.ts";

/**
 * What the engine said, as one line without paths. Its messages go on with the line of the statement, with what could be done and, where
 * a file is wrong, with every setting it was read with.
 * @param seconds what the statement was allowed to take.
 */
export function fault(error: unknown, seconds: number): unknown {
  if (error instanceof TookTooLong) return new ServiceFailed(`DuckDB took longer than ${seconds} s`);
  if (!(error instanceof Error) || error instanceof ServiceFailed || error instanceof ServiceUnavailable) return error;
  if (error instanceof RangeError || error instanceof TypeError) return error;
  return new ServiceFailed(told(error.message));
}

export function told(message: string): string {
  if (/No space left on device|ENOSPC|disk is full|max_temp_directory_size|not enough space/i.test(message)) {
    return "DuckDB could not write: the disk is full";
  }
  const [, line, rest] = message.match(/CSV Error on Line: (\d+)\n(?:Original Line:[^\n]*\n)?([^]*)/) ?? [];
  const first = (rest ?? message).split("\n")[0]!.replace(/^(?:[A-Z][\w ]*|INTERRUPT) Error: /, "");
  const said = withoutPaths(first).replace(/[\s.:!]+$/, "");
  return oneLine(`DuckDB failed: ${said}${line === undefined ? "" : ` (line ${line})`}`);
}
