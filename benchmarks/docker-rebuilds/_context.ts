/** The service whose source is edited: what lies in the directory that is built or mounted. */
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { INSTALLER, MANIFEST, type Context } from "./_dockerfile.ts";

export const SERVER = "src/server.mjs";
/** Where the installer puts the dependencies. */
export const DEPENDENCIES = "dependencies";

/** In a container its input ends with whoever started it, and then it ends as well; under `--watch` with the process that watches. */
const START = `import { open } from "./src/server.mjs";
await open({ port: 8080, host: "0.0.0.0", dependencies: "/app/${DEPENDENCIES}" });
process.stdin.resume().on("end", () => {
  if (process.env.WATCHED) process.kill(process.ppid);
  process.exit();
});
`;

/** Stands in for a package manager: as many files of 16 KiB as the manifest asks for, and nothing is downloaded. */
const INSTALL = `import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
const { megabytes } = JSON.parse(readFileSync("${MANIFEST}", "utf8"));
mkdirSync("${DEPENDENCIES}");
const contents = Buffer.alloc(16_384);
for (let file = 0; file < megabytes * 64; file++) {
  for (let at = 0; at < 16_384; at += 4) contents.writeUInt32LE((at * 2654435761 + file) >>> 0, at);
  writeFileSync("${DEPENDENCIES}/" + file + ".bin", contents);
}
writeFileSync("${DEPENDENCIES}/index.mjs", "export const installed = " + megabytes + ";\\n");
`;

/** The program of a companion as well: it exports \`open\`. */
export const serverSaying = (words: string): string => `import http from "node:http";
import { once } from "node:events";
import { pathToFileURL } from "node:url";
export const open = async ({ port = 0, host = "127.0.0.1", dependencies }) => {
  const { installed } = await import(pathToFileURL(dependencies + "/index.mjs").href);
  const server = http.createServer((request, response) => response.end(${JSON.stringify(words)} + " on " + installed + " MB"));
  server.listen(port, host);
  await once(server, "listening");
  return { ready: { port: server.address().port }, [Symbol.asyncDispose]: async () => { server.closeAllConnections(); server.close(); } };
};
`;

/** @param megabytes of dependencies. @param words what the service answers. */
export const contextOf = (megabytes: number, words: string): Context =>
  new Map([
    [MANIFEST, JSON.stringify({ megabytes })],
    [INSTALLER, INSTALL],
    ["start.mjs", START],
    ["README.md", "A service.\n"],
    [SERVER, serverSaying(words)],
  ]);

/** Writes files into a directory; each appears whole, as editors save. */
export function writeContext(directory: string, context: Iterable<readonly [path: string, contents: string]>): void {
  for (const [path, contents] of context) {
    const target = join(directory, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(`${target}~`, contents);
    renameSync(`${target}~`, target);
  }
}
