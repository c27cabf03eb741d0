import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "vitest";

const folder = join(import.meta.dirname, "..", "testdata", "report", "golden");

/**
 * Compares with the file of that name in `tests/testdata/report/golden`. After an intended change write them anew with
 * `UPDATE_GOLDEN=1 npx vitest run tests/report` and read the difference before committing it.
 */
export function expectGolden(name: string, text: string): void {
  const path = join(folder, name);
  if (process.env["UPDATE_GOLDEN"] !== undefined) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  expect(existsSync(path), `${name} is missing: run with UPDATE_GOLDEN=1`).toBe(true);
  expect(text).toBe(readFileSync(path, "utf8").replaceAll("\r\n", "\n"));
}
