/** The type check: TypeScript's own compiler, `--strict`, over all files in one start. */
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { ServiceFailed, ServiceUnavailable } from "#lab";

const OPTIONS = "--strict --noEmit --pretty false --target es2024 --module nodenext --moduleDetection force --types".split(" ");
/** With errors in the files, and none to write. */
const FOUND_ERRORS = [1, 2];

/**
 * The native program, which is what `tsc` starts.
 * @throws {ServiceUnavailable} there is none for this platform.
 */
function compiler(): string {
  try {
    const own = createRequire(import.meta.url).resolve("typescript/package.json");
    const native = createRequire(own).resolve(`@typescript/typescript-${process.platform}-${process.arch}/package.json`);
    return path.join(path.dirname(native), "lib", process.platform === "win32" ? "tsc.exe" : "tsc");
  } catch {
    throw new ServiceUnavailable("the TypeScript compiler has no program for this platform");
  }
}

/** The files, by name, in which the compiler's lines tell of errors. */
export function filesWithErrors(lines: string): Set<string> {
  const found = lines.matchAll(/^(.+?)\(\d+,\d+\): error TS\d+:/gm);
  return new Set([...found].map(([, file]) => path.basename(file!)));
}

/**
 * The files, by name, that the compiler refuses.
 * @throws {ServiceUnavailable} there is no compiler for this platform.
 * @throws {ServiceFailed} it ended without a verdict.
 */
export async function refused(folder: string, files: readonly string[], signal: AbortSignal): Promise<Set<string>> {
  const child = spawn(compiler(), [...OPTIONS, "", ...files], {
    cwd: folder,
    signal,
    stdio: ["ignore", "pipe", "ignore"],
    windowsHide: true,
  });
  let lines = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (lines += text));
  const { promise, resolve, reject } = Promise.withResolvers<number | null>();
  child.once("error", reject).once("close", resolve);
  const code = await promise.catch((error: NodeJS.ErrnoException) => {
    throw new ServiceFailed(`the TypeScript compiler could not be started (${error.code ?? error.name})`);
  });
  const found = filesWithErrors(lines);
  if (code === 0 || (found.size > 0 && FOUND_ERRORS.includes(code!))) return found;
  throw new ServiceFailed(`the TypeScript compiler ended with ${code} and named no file`);
}
