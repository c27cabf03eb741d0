/**
 * The file operations of a program, counted, and in the model delayed: each takes so many microseconds longer, as if it had to cross to
 * another system and back. One at a time: whoever waits, waits for its own operation and for none beside it.
 */
import { closeSync, openSync, readdirSync, readFileSync, realpathSync, statSync, type Dirent, type Stats } from "node:fs";
import { sep } from "node:path";

export interface Files {
  /** The file or directory that is there; undefined if there is none. One operation. */
  stat(path: string): Stats | undefined;
  /** Opens, reads, closes: three operations; one if there is no such file, and undefined. */
  read(path: string): string | undefined;
  /** Opens, reads, closes; one operation if there is no such directory, and undefined. */
  list(directory: string): Dirent[] | undefined;
  /** One operation. */
  real(path: string): string;
  /** Operations so far on files below the directory. */
  readonly operations: () => number;
  /** Waits for what is still owed. */
  settle(): void;
}

/** Microseconds that are waited for at once: the system wakes a sleeper some 60 µs late, and must not do so at every operation. */
const LUMP = 10_000;
const bell = new Int32Array(new SharedArrayBuffer(4));

/**
 * @param directory operations below it count and are delayed; those elsewhere (the compiler's own libraries) are done as ever.
 * @param added microseconds that each of them takes longer; 0 where the place itself is as slow as it is.
 */
export function filesBelow(directory: string, added = 0): Files {
  const below = directory + sep;
  let operations = 0;
  let owed = 0;
  const settle = (): void => {
    if (owed > 0) Atomics.wait(bell, 0, 0, owed / 1e3);
    owed = 0;
  };
  const account = (path: string, times: number): void => {
    if (path !== directory && !path.startsWith(below)) return;
    operations += times;
    owed += times * added;
    if (owed >= LUMP) settle();
  };
  const opened = <T>(path: string, use: (descriptor: number) => T): T | undefined => {
    let descriptor: number;
    try {
      descriptor = openSync(path, "r");
    } catch {
      account(path, 1);
      return undefined;
    }
    try {
      return use(descriptor);
    } catch {
      return undefined;
    } finally {
      closeSync(descriptor);
      account(path, 3);
    }
  };
  return {
    stat(path) {
      account(path, 1);
      return statSync(path, { throwIfNoEntry: false });
    },
    read: (path) => opened(path, (descriptor) => readFileSync(descriptor, "utf8")),
    list(path) {
      try {
        const entries = readdirSync(path, { withFileTypes: true });
        account(path, 3);
        return entries;
      } catch {
        account(path, 1);
        return undefined;
      }
    },
    real(path) {
      account(path, 1);
      return realpathSync.native(path);
    },
    operations: () => operations,
    settle,
  };
}
