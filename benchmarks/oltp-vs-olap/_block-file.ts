/** A file that is read a block at a time, as a database reads its own, and that counts how many it has read. */
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Bytes of a block: a page of memory, of a file system and of most databases that use the smallest one. */
export const BLOCK = 4096;
/** Bytes that every system writes at one call. */
const MOST_AT_ONCE = 1 << 30;

export interface BlockFile extends Disposable {
  /** Bytes in all. */
  readonly bytes: number;
  /** The block that was read last. */
  readonly contents: Uint8Array<ArrayBuffer>;
  /** Blocks read so far; one that was at hand is not read again. */
  readonly reads: number;
  read(block: number): void;
}

/** Makes a file. It has no name where the system allows that, so it is gone with this process however that ends. */
export function blockFile(bytes: Uint8Array): BlockFile {
  const folder = mkdtempSync(join(tmpdir(), "assay-blocks-"));
  const away = (): void => {
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // Some systems keep the name of a file as long as it is open; then it goes when it has been closed.
    }
  };
  let file: number;
  try {
    file = openSync(join(folder, "blocks"), "w+", 0o600);
  } finally {
    // Nobody else will look for it.
    if (process.platform !== "win32") away();
  }
  const close = (): void => {
    closeSync(file);
    away();
  };
  try {
    for (let written = 0; written < bytes.length;)
      written += writeSync(file, bytes, written, Math.min(MOST_AT_ONCE, bytes.length - written));
  } catch (error) {
    close();
    throw error;
  }
  const contents = new Uint8Array(BLOCK);
  let held = -1;
  let reads = 0;
  return {
    bytes: bytes.length,
    contents,
    get reads() {
      return reads;
    },
    read(block) {
      if (block === held) return;
      if (readSync(file, contents, 0, BLOCK, block * BLOCK) === 0) throw new RangeError(`the file has no block ${block}`);
      held = block;
      reads++;
    },
    [Symbol.dispose]: close,
  };
}
