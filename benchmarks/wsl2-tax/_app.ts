/** An application in many modules and a process of its own that runs it: started from a place, it reads its code there, and then serves. */
import { mkdirSync, writeFileSync } from "node:fs";
import http from "node:http";
import { registerHooks } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { listen, type OpenCompanion } from "#lab";
import { filesBelow } from "./_files.ts";

export const MODULES = 40;
const MAIN = "app.mjs";
const PAGE = "page.txt";

/** Writes the application into a new directory: modules of a little arithmetic each, a main module that imports them all, and a page. */
export function writeApp(directory: string): void {
  mkdirSync(directory);
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

/** What the application answers; the same wherever it was started. */
export async function answerFrom(directory: string): Promise<number> {
  const { answer } = (await import(pathToFileURL(join(directory, MAIN)).href)) as App;
  return answer(1);
}

export interface AppOptions {
  readonly directory: string;
  /** Microseconds added to each of its own file operations and to the reading of its modules. */
  readonly added: number;
  /** How often it reads its page for each request. */
  readonly reads: number;
}

export interface Served {
  readonly port: number;
}

/**
 * Starts the application: what it imports from its directory is read through `filesBelow`. How the runtime finds those modules first (a
 * stat and a realpath for each) is its own affair, neither counted nor delayed. A request for `/7` is answered with what it makes of 7.
 */
export const open: OpenCompanion<AppOptions, Served> = async ({ directory, added, reads }) => {
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
  const page = join(directory, PAGE);
  const server = http.createServer(({ url = "/" }, response) => {
    let read = 0;
    for (let times = 0; times < reads; times++) read += files.read(page)?.length ?? 0;
    response.end(String(answer(Number(url.slice(1))) + read));
  });
  const listening = await listen(server);
  return {
    ready: { port: listening.port },
    async [Symbol.asyncDispose]() {
      await listening[Symbol.asyncDispose]();
    },
  };
};
