import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { cpSync, lchownSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { ServiceUnavailable } from "../unavailable.ts";
import type { Account } from "./account.ts";
import type { Binaries } from "./binaries.ts";
import { madeOnce, unmake } from "./made-once.ts";
import { environment, lastWords } from "./words.ts";

/**
 * Nothing of the machine goes in: UTF-8, sorted by code point (Postgres's own C.UTF-8, not the system's), messages in English. Only the
 * template is made without waiting for the disk; what a server later writes is as durable as its settings say.
 */
const INITDB =
  "--no-sync --auth=scram-sha-256 --username=postgres --encoding=UTF8 --locale-provider=builtin --builtin-locale=C.UTF-8 --locale=C --text-search-config=english".split(
    " ",
  );

/**
 * The databases from which others would be made are not needed, and are two thirds of the files: without them every start that copies the
 * template, and every store that is copied, takes half as long. One statement a line, as Postgres without a server wants it.
 */
const SLIM = "UPDATE pg_database SET datistemplate = false\nDROP DATABASE template1\nDROP DATABASE template0\n";

interface Made {
  readonly password: string;
  readonly files: number;
  readonly bytes: number;
}

/**
 * Fills `data` with a new data directory that belongs to the account, and returns the password of its superuser `postgres`.
 * Copying one takes 0.04 s where initdb takes ten times as long, so the first one made is kept in the first of `caches` that can be
 * written to, per version and per way of making it. One that lacks a file or a byte is removed and made anew.
 * @throws {ServiceUnavailable} initdb does not run on this host.
 */
export async function fillData(
  { data, scratch, caches }: { readonly data: string; readonly scratch: string; readonly caches: readonly string[] },
  binaries: Binaries,
  account: Account,
  signal: AbortSignal,
): Promise<string> {
  const way = createHash("sha256")
    .update(JSON.stringify([INITDB, SLIM]))
    .digest("hex")
    .slice(0, 8);
  const templates = caches.map((cache) => join(cache, `postgres-${binaries.version}-${process.platform}-${process.arch}-${way}`));
  for (const template of templates) {
    const password = copied(template, data, account);
    if (password !== undefined) return password;
  }
  const password = await initialised(data, scratch, binaries, account, signal);
  for (const template of templates) if (kept(template, data, password)) break;
  return password;
}

/** Copies a template; undefined if there is none that is whole and ours. */
function copied(template: string, data: string, account: Account): string | undefined {
  let made: Made;
  try {
    if (process.getuid && statSync(template).uid !== process.getuid()) return undefined;
    made = JSON.parse(readFileSync(join(template, "made.json"), "utf8")) as Made;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT" || hasEntry(template)) unmake(template);
    return undefined;
  }
  try {
    cpSync(join(template, "data"), data, { recursive: true });
    const { files, bytes } = handOver(data, account);
    if (files === made.files && bytes === made.bytes) return made.password;
  } catch {
    // It is incomplete, or being removed at this moment.
  }
  unmake(template);
  rmSync(data, { recursive: true, force: true });
  return undefined;
}

const hasEntry = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined;

/** Gives all in a directory to an account, and says how much it is. */
export function handOver(directory: string, { uid, gid }: Account): { files: number; bytes: number } {
  let files = 0;
  let bytes = 0;
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) {
      files++;
      bytes += statSync(path).size;
    }
    if (uid !== undefined) lchownSync(path, uid, gid!);
  }
  if (uid !== undefined) lchownSync(directory, uid, gid!);
  return { files, bytes };
}

async function initialised(data: string, scratch: string, binaries: Binaries, account: Account, signal: AbortSignal): Promise<string> {
  const password = randomBytes(18).toString("base64url");
  const passwordFile = join(scratch, "password");
  mkdirSync(data, { mode: 0o700 });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (account.uid !== undefined) for (const path of [data, passwordFile]) lchownSync(path, account.uid, account.gid!);
  const parameters = [`--pgdata=${data}`, `--pwfile=${passwordFile}`, ...INITDB];
  const running = { cwd: scratch, account, signal };
  try {
    await run(binaries.initdb, parameters, "", running);
    await run(binaries.postgres, ["--single", "-D", data, "postgres"], SLIM, running);
  } catch (error) {
    signal.throwIfAborted();
    const { code, message } = error as NodeJS.ErrnoException;
    throw new ServiceUnavailable(`it needs Postgres, whose files cannot be made on this host: ${code ?? message}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  return password;
}

interface Running {
  readonly cwd: string;
  readonly account: Account;
  readonly signal: AbortSignal;
}

/** Runs one of Postgres's programs to its end. @throws its last words if it fails. */
async function run(program: string, parameters: readonly string[], input: string, { cwd, account, signal }: Running): Promise<void> {
  const child = spawn(program, parameters, { ...account, env: environment(), cwd, stdio: ["pipe", "ignore", "pipe"], windowsHide: true });
  const stop = (): void => void child.kill("SIGTERM");
  signal.addEventListener("abort", stop, { once: true });
  // It may have ended before it read anything, and then says why.
  child.stdin.on("error", () => {}).end(input);
  try {
    const [said, [code, killedBy]] = await Promise.all([
      text(child.stderr),
      once(child, "close") as Promise<[number | null, string | null]>,
    ]);
    signal.throwIfAborted();
    if (code !== 0) throw new Error(lastWords(said) ?? `${basename(program)} ended with ${killedBy ?? `code ${code}`}`);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

/** Keeps a copy as the template. Where that fails the next start is slower, and that is all. */
function kept(template: string, data: string, password: string): boolean {
  try {
    madeOnce(template, (partial) => {
      mkdirSync(partial, { mode: 0o700 });
      cpSync(data, join(partial, "data"), { recursive: true });
      const made: Made = { password, ...handOver(join(partial, "data"), {}) };
      writeFileSync(join(partial, "made.json"), JSON.stringify(made), { mode: 0o600 });
    });
    return statSync(dirname(template)).isDirectory();
  } catch {
    return false;
  }
}
