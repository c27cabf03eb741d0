import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A directory for files of lines, which goes when it is left. The names of the files are the worst that a path may hold. */
export function tabLines(): { readonly file: (text: string | Buffer) => string; readonly leave: () => void } {
  const directory = mkdtempSync(join(tmpdir(), "assay-lines-"));
  let made = 0;
  return {
    file: (text) => {
      const path = join(directory, `it's {${made++},x} [1]?.tsv.gz`);
      writeFileSync(path, text);
      return path;
    },
    leave: () => rmSync(directory, { recursive: true, force: true }),
  };
}

/** Lines with all that an engine may take for something else, and the rows that they are. */
export const ODD_LINES = [
  ["1\t\tü😀", [1, "", "ü😀"]],
  [`2\t\\N\t"quoted" 'x' #c, d; e`, [2, null, `"quoted" 'x' #c, d; e`]],
  ["3\ta\\\\nb\\tc\\nd\\re\\\\\\t|\t #x ", [3, "a\\nb\tc\nd\re\\\t|", " #x "]],
  ["4\t\\\\N\t\\\\\\\\", [4, "\\N", "\\\\"]],
  ["5\tNULL\t0", [5, "NULL", "0"]],
] as const;
