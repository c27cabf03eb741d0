import { oneLine } from "../one-line.ts";

/**
 * The environment of Postgres's programs: what the system needs to start a program, and nothing that would change what Postgres does
 * (PGDATA, LANG, TZ, …) or that is none of its business (DATABASE_URL).
 */
export function environment(): NodeJS.ProcessEnv {
  const kept = ["PATH", "LD_LIBRARY_PATH", "SystemRoot", "TEMP", "TMP"].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  });
  return { ...(Object.fromEntries(kept) as Record<string, string>), LC_ALL: "C", TZ: "UTC" };
}

/**
 * The line of a program's output that says why it ended: of several errors the first, which is the cause of the others, without
 * paths, because the line may end up in a record.
 */
export function lastWords(output: string): string | undefined {
  const lines = output.split(/\r?\n/).filter((line) => line.trim() !== "");
  const line = lines.find((one) => /\b(FATAL|PANIC|error|ERROR):|parameter "|cannot/.test(one)) ?? lines.at(-1);
  return line === undefined ? undefined : oneLine(line.replace(/^[\d-]+ [\d:.]+ \w+ \[\d+\] /, "").trim());
}
