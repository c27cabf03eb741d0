import { constants } from "node:fs";
import { access, chmod, open, realpath } from "node:fs/promises";
import { writeAtomically } from "../host/disk.ts";
import { type Finding, weave } from "../report/weave/weave.ts";
import { type EvidenceFlags, openArchive } from "./evidence.ts";
import { exitCodes, UserError } from "./exit.ts";

export interface WeaveFlags extends EvidenceFlags {
  /** Change nothing; a stale number is exit code 1. */
  readonly check?: boolean;
}

/** A larger file is no post. */
const MOST_BYTES = 4 * 1024 * 1024;
/** So many findings of a post are printed. */
const MOST_FINDINGS = 100;

/**
 * `assay weave post.md`: fills the numbers between marks from the records; with `--check` verifies them. A post with a mark that cannot be
 * read or answered stays as it is.
 * @returns 0 all well; 1 a number is stale or missing (under `--check` alone); 2 a mark cannot be answered or a file not be used.
 */
export async function weaveCommand(files: readonly string[], flags: WeaveFlags): Promise<number> {
  if (files.length === 0) throw new UserError("name the posts to weave, such as post.md");
  const archive = await openArchive(flags);
  let code: number = exitCodes.well;
  for (const file of files) {
    try {
      const post = await read(file);
      const woven = weave(post.text, archive);
      const findings = flags.check ? [...woven.stale, ...woven.problems] : woven.problems;
      print(file, findings);
      const changes = woven.problems.length === 0 && woven.stale.length > 0 && !flags.check;
      if (changes) await write(file, post, woven.text);
      if (woven.problems.length > 0) code = exitCodes.wrongUse;
      else if (flags.check && woven.stale.length > 0) code = Math.max(code, exitCodes.regression);
      console.log(`${file}: ${summary(woven.numbers, woven.stale.length, woven.problems.length, flags.check ?? false)}`);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      console.error(`${file}: ${error.message}`);
      code = exitCodes.wrongUse;
    }
  }
  for (const id of archive.stale()) console.error(`note  ${id}: other code than today's measured its record; npx assay run ${id}`);
  return code;
}

function print(file: string, findings: readonly Finding[]): void {
  const ordered = findings.toSorted((a, b) => a.line - b.line || a.column - b.column);
  for (const { line, column, message } of ordered.slice(0, MOST_FINDINGS)) console.error(`${file}:${line}:${column}: ${message}`);
  if (ordered.length > MOST_FINDINGS) console.error(`${file}: and ${ordered.length - MOST_FINDINGS} more`);
}

function summary(numbers: number, stale: number, problems: number, check: boolean): string {
  const all = `${numbers} ${numbers === 1 ? "number" : "numbers"}`;
  if (problems > 0) return `${all}, ${problems} ${problems === 1 ? "problem" : "problems"}; the file is as it was`;
  if (stale === 0) return numbers === 0 ? "no numbers" : `${all}, as the records say`;
  return check ? `${all}, ${stale} stale; npx assay weave fills them` : `${all}, ${stale} filled`;
}

interface Post {
  readonly text: string;
  readonly mode: number;
}

/** @throws {UserError} with what the file is instead of a post. */
async function read(file: string): Promise<Post> {
  try {
    // Without waiting for a pipe that nobody writes to.
    const opened = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const stat = await opened.stat();
      if (stat.isDirectory()) throw new UserError("it is a folder; name the post in it");
      if (!stat.isFile()) throw new UserError("it is no file");
      if (stat.size > MOST_BYTES) throw new UserError(`it is larger than a post can be (${MOST_BYTES / 1024 ** 2} MiB)`);
      return { text: decoded(await opened.readFile()), mode: stat.mode };
    } finally {
      await opened.close();
    }
  } catch (error) {
    throw explained(error, "read");
  }
}

function decoded(bytes: Uint8Array): string {
  try {
    if (bytes.includes(0)) throw new TypeError("a zero byte");
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new UserError("it is no text in UTF-8");
  }
}

/** Puts the new text in the place of the old one, behind links and with the same permissions. */
async function write(file: string, { mode }: Post, text: string): Promise<void> {
  // To root nothing is read-only, and a file can be replaced where it cannot be written to.
  if ((mode & 0o222) === 0) throw new UserError("it is read-only; nothing was written");
  try {
    const path = await realpath(file);
    await access(path, constants.W_OK);
    await writeAtomically(path, text);
    await chmod(path, mode & 0o7777);
  } catch (error) {
    throw explained(error, "written");
  }
}

function explained(error: unknown, done: "read" | "written"): unknown {
  const reasons: { readonly [code: string]: string } = {
    ENOENT: "there is no such file",
    ENOTDIR: "there is no such file",
    EISDIR: "it is a folder; name the post in it",
    EACCES: `it may not be ${done}`,
    EPERM: `it may not be ${done}`,
    EROFS: "it is on a read-only file system",
    ENOSPC: "the disk is full; the file is as it was",
    ELOOP: "its links lead in a circle",
    ENAMETOOLONG: "its name is too long",
    ERR_INVALID_ARG_VALUE: "that is no name of a file",
  };
  const { code } = error as NodeJS.ErrnoException;
  if (error instanceof UserError || code === undefined) return error;
  return new UserError(reasons[code] ?? `it could not be ${done} (${code})`);
}
