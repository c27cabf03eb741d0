/**
 * A file of log lines that exists only as long as somebody reads it. It is written by a process of its own, so that making it adds nothing
 * to the memory of the one that is measured.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Account, Accounts } from "./_accounts.ts";

const WRITER = fileURLToPath(new URL("./_write-lines.ts", import.meta.url));

export interface LinesFile extends AsyncDisposable {
  /** At its beginning; to be read once. */
  readonly handle: FileHandle;
  readonly bytes: number;
  /** What its lines come to. */
  readonly truth: Accounts;
}

/** What the writer says when it is done. */
export type Written = { readonly bytes: number; readonly accounts: readonly (readonly [service: string, account: Account])[] };

export async function linesFile(bytes: number): Promise<LinesFile> {
  const folder = mkdtempSync(join(tmpdir(), "assay-lines-"));
  const away = (): void => {
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // Some systems keep the name of a file as long as it is open; then it is removed when it has been closed.
    }
  };
  // A lab that is gone ends its trials wherever they are.
  process.once("exit", away);
  try {
    const path = join(folder, "log.jsonl");
    const output = await open(path, "w");
    const handle = await open(path, "r");
    // From here on the file has no name: it goes when the last process that has it open goes, however that comes.
    away();
    const { bytes: written, accounts } = await filled(output, bytes).finally(() => output.close());
    return {
      handle,
      bytes: written,
      truth: new Map(accounts),
      async [Symbol.asyncDispose]() {
        // Who read it to its end may have closed it.
        await handle.close().catch(() => {});
        away();
        process.off("exit", away);
      },
    };
  } catch (error) {
    away();
    throw error;
  }
}

async function filled(output: FileHandle, bytes: number): Promise<Written> {
  const writer = spawn(process.execPath, [WRITER, String(bytes)], { stdio: ["ignore", output.fd, "inherit", "ipc"], windowsHide: true });
  let said: Written | undefined;
  writer.on("message", (message) => (said = message as Written));
  const [code] = (await once(writer, "close")) as [number | null];
  if (!said) throw new Error(`the file of log lines could not be written: its writer ended with ${code}`);
  return said;
}
