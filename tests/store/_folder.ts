import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RunRecord } from "../../src/model/record.ts";
import { sign } from "../../src/store/records.ts";
import { recordOf } from "../testdata/record.ts";

/** A folder for one test; gone when it is disposed. */
export function temporaryFolder(): { readonly path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), "assay-store-"));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** All files below a folder, with forward slashes. */
export const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll("\\", "/"),
    )
    .toSorted();

/** A record with a correct digest. */
export const signed = (changes: Partial<RunRecord> = {}): RunRecord =>
  sign(
    recordOf(
      [
        { variant: "one", readings: { time: [1e-9, [2e-9, 3e-9]] } },
        { variant: "two", readings: { time: [2e-9, 3e-9] } },
      ],
      changes,
    ),
  );
