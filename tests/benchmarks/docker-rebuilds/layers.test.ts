import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import os from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { builderIn } from "../../../benchmarks/docker-rebuilds/_builder.ts";
import { contextOf, SERVER, serverSaying, writeContext } from "../../../benchmarks/docker-rebuilds/_context.ts";
import { dockerfiles, keysOf, MANIFEST, stepsOf, type Context, type Order } from "../../../benchmarks/docker-rebuilds/_dockerfile.ts";

const before = contextOf(0, "as it was");
const edited: Context = new Map([...before, [SERVER, serverSaying("edited")]]);
const asksForMore: Context = new Map([...before, [MANIFEST, JSON.stringify({ megabytes: 1 })]]);

function invalidated(order: Order, after: Context): string[] {
  const steps = stepsOf(dockerfiles[order]);
  const old = keysOf(steps, before);
  return keysOf(steps, after).flatMap((key, index) => (key === old[index] ? [] : [steps[index]!.text]));
}

describe("a step is done again", () => {
  test("never while nothing has changed, in whatever order the files come", () => {
    for (const order of ["manifest first", "code first", "runtime"] as const) {
      expect(invalidated(order, new Map([...before].toReversed())), order).toEqual([]);
    }
  });

  test("if a file changed that it copies, and with it all that follow", () => {
    expect(invalidated("code first", edited)).toEqual(["COPY . .", "RUN node install.mjs", `CMD ["node", "start.mjs"]`]);
    expect(invalidated("manifest first", edited)).toEqual(["COPY . .", `CMD ["node", "start.mjs"]`]);
  });

  test("not for a file that it does not copy", () => {
    expect(invalidated("runtime", edited)).toEqual([]);
    expect(invalidated("runtime", asksForMore)).toContain("RUN node install.mjs");
  });

  test("if a file is moved, though all contents are the same", () => {
    const moved = new Map([...before].map(([path, contents]) => [path === "README.md" ? "README" : path, contents]));
    expect(invalidated("manifest first", moved)).toContain("COPY . .");
  });
});

describe("the model of a builder", () => {
  let directory: string;
  let source: string;
  let store: string;
  const signal = new AbortController().signal;
  beforeEach(() => {
    directory = mkdtempSync(join(os.tmpdir(), "assay-test-"));
    [source, store] = [join(directory, "source"), join(directory, "store")];
    for (const made of [source, store]) mkdirSync(made);
    writeContext(source, before);
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  test("does every step once, and after an edit only what that invalidates", async () => {
    const builder = builderIn(store);
    const first = await builder.build(dockerfiles["manifest first"], source, signal);
    expect(first.done).toHaveLength(5);
    expect((await builder.build(dockerfiles["manifest first"], source, signal)).done).toEqual([]);
    writeContext(source, edited);
    expect((await builder.build(dockerfiles["manifest first"], source, signal)).done).toEqual(["COPY . ."]);
  });

  test("installs what the manifest asks for into a layer of its own", async () => {
    writeContext(source, asksForMore);
    const { layers } = await builderIn(store).build(dockerfiles.runtime, source, signal);
    expect(readdirSync(join(layers.at(-1)!, "dependencies"))).toHaveLength(64 + 1);
  });

  test("forgets what was built since a mark, and keeps what was there", async () => {
    const builder = builderIn(store);
    const kept = await builder.build(dockerfiles.runtime, source, signal);
    const forget = builder.mark();
    const { layers } = await builder.build(dockerfiles["code first"], source, signal);
    forget();
    expect(layers.filter((layer) => existsSync(layer))).toEqual(layers.filter((layer) => kept.layers.includes(layer)));
    expect((await builder.build(dockerfiles.runtime, source, signal)).done).toEqual([]);
  });

  test("leaves nothing of a step that failed, and does it again when asked again", async () => {
    const builder = builderIn(store);
    writeContext(source, [[MANIFEST, "not a manifest"]]);
    for (const _twice of [1, 2]) {
      await expect(builder.build(dockerfiles.runtime, source, signal)).rejects.toThrow("the installer ended with code 1");
    }
    // From FROM to COPY; WORKDIR has one as well.
    expect(readdirSync(store)).toHaveLength(3);
    writeContext(source, before);
    expect((await builder.build(dockerfiles.runtime, source, signal)).done).toContain("RUN node install.mjs");
    expect(builder.builds()).toBe(3);
  });

  test("leaves nothing of a step that was interrupted", async () => {
    const builder = builderIn(store);
    await builder.build(dockerfiles.runtime.split("RUN")[0]!, source, signal);
    await expect(builder.build(dockerfiles.runtime, source, AbortSignal.abort())).rejects.toMatchObject({ name: "AbortError" });
    expect(readdirSync(store)).toHaveLength(3);
  });
});
