import { writeFileSync } from "node:fs";
/** An application in many modules and a process of its own that runs it: started from a place, it reads its code there, and then serves. */
import http from "node:http";
import { registerHooks } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { listen, type OpenCompanion } from "#lab";
import { filesBelow } from "./_files.ts";

export const MODULES = 40;
const MAIN = "app.mjs";
const PAGE = "page.txt";

/** Writes the application into a directory: modules of a little arithmetic each, a main module that imports them all, and a page. */
export function writeApp(directory: string): void {
  const names = Array.from({ length: MODULES }, (_, module) => `step${module}`);
  names.forEach((name, module) =>
    writeFileSync(join(directory, `${name}.mjs`), `export const ${name} = (it) => (it * ${2 * module + 3} + ${module}) % 1000003;\n`),
  );
  const imports = names.map((name) => `import { ${name} } from "./${name}.mjs";\n`).join("");
  writeFileSync(
    join(directory, MAIN),
    `${imports}export const answer = (it) => [${names.join(", ")}].reduce((value, step) => step(value), it);\n`,
  );
  writeFileSync(join(directory, PAGE), "a page\n".repeat(100));
}

interface App {
  readonly answer: (it: number) => number;
}

/** What the application answers to its first request; the same wherever it was started. */
export async function firstAnswer(directory: string): Promise<number> {
  const { answer } = (await import(pathToFileURL(join(directory, MAIN)).href)) as App;
  return answer(1);
}

export interface AppOptions {
  readonly directory: string;
  /** Microseconds added to each of its file operations, its modules included. */
  readonly added: number;
  /** How often it reads its page for each request. */
  readonly reads: number;
}

export interface Served {
  readonly port: number;
  readonly operations: number;
}

/** Starts the application: what it imports from its directory is read through `filesBelow`. Answers how many file operations it has done. */
export const open: OpenCompanion<AppOptions, Served, "operations", number> = async ({ directory, added, reads }) => {
  const files = filesBelow(directory, added);
  const hooks = registerHooks({
    load(url, context, next) {
      if (!url.startsWith("file:")) return next(url, context);
      const path = fileURLToPath(url);
      const source = path.startsWith(directory) ? files.read(path) : undefined;
      return source === undefined ? next(url, context) : { format: "module", source, shortCircuit: true };
    },
  });
  const { answer } = (await import(pathToFileURL(join(directory, MAIN)).href)) as App;
  hooks.deregister();
  files.settle();
  let requests = 0;
  const server = http.createServer((_request, response) => {
    let read = 0;
    for (let times = 0; times < reads; times++) read += files.read(join(directory, PAGE))!.length;
    response.end(String(answer(++requests) + read));
  });
  const listening = await listen(server);
  return {
    ready: { port: listening.port, operations: files.operations() },
    answer: () => files.operations(),
    async [Symbol.asyncDispose]() {
      await listening[Symbol.asyncDispose]();
    },
  };
};
