/** Real builds whose every file operation is ours: esbuild asks a plugin for its modules, tsc asks us for all it wants of the disk. */
import { dirname, join, resolve } from "node:path";
import { build } from "esbuild";
import { API } from "typescript/unstable/sync";
import type { Files } from "./_files.ts";
import { ENTRY } from "./_project.ts";

/**
 * Bundles a project. esbuild resolves and loads through the plugin, so it does no file operation in the project by itself.
 * @returns the bundle's code, which is not written anywhere.
 * @throws {Error} what esbuild found wrong.
 */
export async function bundle(project: string, files: Files): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(project, ENTRY)],
    absWorkingDir: project,
    bundle: true,
    write: false,
    format: "esm",
    logLevel: "silent",
    tsconfigRaw: {},
    plugins: [
      {
        name: "counted files",
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /.*/ }, ({ path, importer }) => {
            const file = importer === "" ? path : `${resolve(dirname(importer), path)}.ts`;
            return files.stat(file)?.isFile() ? { path: file } : { errors: [{ text: `there is no module ${path}` }] };
          });
          onLoad({ filter: /.*/ }, ({ path }) => ({ contents: files.read(path) ?? "", loader: "ts" }));
        },
      },
    ],
  });
  files.settle();
  return outputFiles[0]!.text;
}

/**
 * Checks the types of a project with a compiler of its own process, as `tsc --noEmit` does.
 * @returns how many modules of the project it has checked.
 * @throws {Error} if it found a mistake: the projects here have none.
 */
export function check(project: string, files: Files): number {
  const compiler = new API({
    cwd: project,
    fs: {
      readFile: (path) => files.read(path) ?? null,
      fileExists: (path) => files.stat(path)?.isFile() ?? false,
      directoryExists: (path) => files.stat(path)?.isDirectory() ?? false,
      getAccessibleEntries: (directory) => {
        const entries = files.list(directory);
        const namesOf = (wanted: "isFile" | "isDirectory"): string[] => entries?.filter((it) => it[wanted]()).map(({ name }) => name) ?? [];
        return entries && { files: namesOf("isFile"), directories: namesOf("isDirectory") };
      },
      realpath: (path) => files.real(path),
    },
  });
  try {
    const [only] = compiler.updateSnapshot({ openProjects: [join(project, "tsconfig.json")] }).getProjects();
    if (!only) throw new Error("tsc found no project");
    const mistakes = only.program.getSemanticDiagnostics();
    if (mistakes.length > 0) throw new Error(`tsc found ${mistakes.length} mistakes in a project that has none`);
    files.settle();
    return only.rootFiles.length;
  } finally {
    compiler.close();
  }
}
