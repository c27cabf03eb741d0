import type { ChildProcess } from "node:child_process";

/** Characters of a message for the reader. */
const KEPT = 2000;

/** Keeps the end of what a process prints: there stands why it died. */
export function lastWords({ stdout, stderr }: Pick<ChildProcess, "stdout" | "stderr">): () => string {
  let words = "";
  for (const stream of [stdout, stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => (words = (words + text).slice(-8 * KEPT)));
  }
  return () => words;
}

/** How a process ended before it did what it was for, and the error that it printed last, if it did. One line. */
export function endOf(code: number | null, killedBy: string | null, words: string, before: string): string {
  const error = words.match(/^\w*Error: .*$/m)?.[0];
  const end = killedBy ? `was ended by ${killedBy}` : `exited with code ${code}`;
  return `${end} before it ${before}${error ? `: ${error}` : ""}`.slice(0, KEPT);
}
