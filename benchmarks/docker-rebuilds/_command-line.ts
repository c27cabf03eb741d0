/** The command line of a container engine: `docker` or `podman`, whichever answers. Nothing that is asked of it waits for ever. */
import { execFile, type ExecFileException } from "node:child_process";
import { promisify, stripVTControlCharacters } from "node:util";
import { ServiceFailed } from "#lab";

const PROGRAMS = ["docker", "podman"] as const;
/** Seconds in which an engine must answer a question that costs it no work. */
export const ANSWERS_WITHIN = 5;
const LONGEST_LINE = 200;

const execute = promisify(execFile);

export interface Limits {
  /** Seconds after which it is killed; `ANSWERS_WITHIN` unless given. */
  readonly within?: number;
  readonly signal?: AbortSignal;
}

/**
 * Puts a command to the engine's program.
 * @returns what it printed.
 * @throws {ServiceFailed} it failed, took too long, or was interrupted.
 */
export type Ask = (parameters: readonly string[], limits?: Limits) => Promise<string>;

export const commandLine =
  (name: string): Ask =>
  async (parameters, { within = ANSWERS_WITHIN, signal } = {}) => {
    const options = { timeout: within * 1e3, killSignal: "SIGKILL", windowsHide: true, ...(signal && { signal }) } as const;
    try {
      return (await execute(name, parameters, options)).stdout.trim();
    } catch (error) {
      throw new ServiceFailed(`${name} ${parameters[0]} ${howItFailed(error as ExecFileException, within)}`);
    }
  };

/** The program whose engine answers; undefined if none does. */
export async function answering(): Promise<(typeof PROGRAMS)[number] | undefined> {
  const has = await Promise.all(PROGRAMS.map((name) => succeeds(commandLine(name)(["version"]))));
  return PROGRAMS.find((_name, index) => has[index]);
}

export const succeeds = (asked: Promise<unknown>): Promise<boolean> =>
  asked.then(
    () => true,
    () => false,
  );

function howItFailed({ name, code, killed, stderr = "" }: ExecFileException, within: number): string {
  if (name === "AbortError") return "was interrupted";
  if (killed) return `took longer than its limit of ${within} s`;
  return `failed ${typeof code === "number" ? `with code ${code}` : `(${code ?? name})`}${because(String(stderr))}`;
}

/** What was printed about an end, as the end of a sentence. */
export function because(output: string): string {
  const words = lastWords(output);
  return words === "" ? "" : `: ${words}`;
}

/** "Run 'docker run --help' for more information": true, and not why. */
const HINT = /^(?:See|Run) ['"`].*--help/;
/** Absolute paths and URLs, without the full stop or colon that a sentence puts after them. */
const PLACE = /(?<![\w.…])(?:[a-z][\w+.-]*:\/\/|[a-z]:\\|\\\\|~?\/)[^\s"',;)]+(?<![:.])/gi;
/** Addresses of machines, with their ports. */
const ADDRESS = /\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b|\[[\da-f]*:[\da-f:]*\](?::\d+)?/gi;

/** The line that says why a program ended: its last error, else its last line. Without paths and addresses. */
export function lastWords(output: string): string {
  const lines = stripVTControlCharacters(output)
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !HINT.test(line));
  const line = lines.findLast((it) => /\berror\b[^:]*:|\w+Error\b[^:]*:/i.test(it)) ?? lines.at(-1) ?? "";
  return line.replaceAll(PLACE, "…").replaceAll(ADDRESS, "…").slice(0, LONGEST_LINE);
}
