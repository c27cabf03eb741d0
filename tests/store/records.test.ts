import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readRecord, readRecords, recordPath, saveComplete, savePartial } from "../../src/store/records.ts";
import { filesBelow, signed, temporaryFolder } from "./_folder.ts";

const complete = "records/a-post/an-experiment/0123456789ab.json";
const partial = "records/a-post/an-experiment/0123456789ab.partial.json";

test("a record is read back as it was written, and no temporary file stays", async () => {
  using folder = temporaryFolder();
  const record = signed();
  const path = await saveComplete(folder.path, record);
  expect(path).toBe(recordPath(folder.path, record.experiment, record.host.id));
  expect(await readRecord(path)).toEqual(record);
  expect(filesBelow(folder.path)).toEqual([complete]);
});

test("what is saved while it runs is partial, and completion takes its place", async () => {
  using folder = temporaryFolder();
  await savePartial(folder.path, signed());
  expect(filesBelow(folder.path)).toEqual([partial]);
  await savePartial(folder.path, signed({ seed: 2 }));
  expect(await readRecord(join(folder.path, partial))).toMatchObject({ seed: 2 });
  await saveComplete(folder.path, signed({ seed: 3 }));
  expect(filesBelow(folder.path)).toEqual([complete]);
  expect(await readRecord(join(folder.path, complete))).toMatchObject({ seed: 3 });
});

describe("a complete record", () => {
  const standing = async (folder: string) => readRecord(join(folder, complete));

  test.each([
    ["quick", "quick"],
    ["quick", "full"],
    ["full", "full"],
  ] as const)("of %s effort gives way to one of %s effort", async (before, after) => {
    using folder = temporaryFolder();
    await saveComplete(folder.path, signed({ effort: before, seed: 1 }));
    await saveComplete(folder.path, signed({ effort: after, seed: 2 }));
    expect(await standing(folder.path)).toMatchObject({ effort: after, seed: 2 });
  });

  test("of full effort does not give way to one of quick effort, whose partial is taken away", async () => {
    using folder = temporaryFolder();
    await saveComplete(folder.path, signed({ effort: "full", seed: 1 }));
    await savePartial(folder.path, signed({ effort: "quick", seed: 2 }));
    await saveComplete(folder.path, signed({ effort: "quick", seed: 2 }));
    expect(await standing(folder.path)).toMatchObject({ effort: "full", seed: 1 });
    expect(filesBelow(folder.path)).toEqual([complete]);
  });

  test("of full effort gives way if it measured other code, or cannot be read", async () => {
    using folder = temporaryFolder();
    await saveComplete(folder.path, signed({ effort: "full", source: "f".repeat(16) }));
    await saveComplete(folder.path, signed({ effort: "quick", seed: 2 }));
    expect(await standing(folder.path)).toMatchObject({ effort: "quick", seed: 2 });
    writeFileSync(join(folder.path, complete), "{");
    await saveComplete(folder.path, signed({ effort: "quick", seed: 3 }));
    expect(await standing(folder.path)).toMatchObject({ seed: 3 });
  });
});

test("all records of several folders are read, partial ones apart, and a folder that is missing is none", async () => {
  using one = temporaryFolder();
  using two = temporaryFolder();
  await savePartial(one.path, signed({ experiment: "a-post/a-partial-one" }));
  await saveComplete(one.path, signed());
  await saveComplete(two.path, signed({ host: { ...signed().host, id: "ffffffffffff" } }));
  const { records, partial, refused } = await readRecords([one.path, two.path, join(one.path, "nowhere")]);
  expect(refused).toEqual([]);
  const names = (read: typeof records): string[] => read.map(({ experiment, host }) => `${experiment} ${host.id}`);
  expect(names(records)).toEqual(["a-post/an-experiment 0123456789ab", "a-post/an-experiment ffffffffffff"]);
  expect(names(partial)).toEqual(["a-post/a-partial-one 0123456789ab"]);
});

test("a file in the place of the folder of records is refused, not stumbled over", async () => {
  using folder = temporaryFolder();
  writeFileSync(join(folder.path, "records"), "");
  const { records, refused } = await readRecords([folder.path]);
  expect(records).toEqual([]);
  expect(refused).toHaveLength(1);
});

test("a folder that cannot be made is an error that names the reason, and nothing is left", async () => {
  using folder = temporaryFolder();
  writeFileSync(join(folder.path, "file"), "");
  await expect(savePartial(join(folder.path, "file"), signed())).rejects.toMatchObject({
    code: expect.stringMatching(/ENOTDIR|EEXIST|ENOENT/),
  });
  expect(filesBelow(folder.path)).toEqual(["file"]);
});

// The superuser may write anywhere, and Windows has other permissions.
test.skipIf(process.platform === "win32" || process.getuid?.() === 0)(
  "a folder that may not be written to is an error, and nothing is left",
  async () => {
    using folder = temporaryFolder();
    chmodSync(folder.path, 0o500);
    await expect(savePartial(folder.path, signed())).rejects.toMatchObject({ code: "EACCES" });
    expect(filesBelow(folder.path)).toEqual([]);
    chmodSync(folder.path, 0o700);
  },
);

test("a folder in the record's place is an error, and the finished rounds stay in the partial record", async () => {
  using folder = temporaryFolder();
  mkdirSync(join(folder.path, complete, "something"), { recursive: true });
  await expect(saveComplete(folder.path, signed())).rejects.toMatchObject({ code: expect.stringMatching(/EISDIR|ENOTEMPTY|EEXIST|EPERM/) });
  expect(filesBelow(folder.path)).toEqual([partial]);
  const { partial: records, refused } = await readRecords([folder.path]);
  expect(records).toHaveLength(1);
  expect(refused).toHaveLength(1);
});

test("a record holds no number in any other form than it was read", async () => {
  using folder = temporaryFolder();
  const samples = [1e-9, Number.MIN_VALUE, Number.MAX_VALUE, 0.1 + 0.2, 123456789.12345679, 0, 5e-324];
  const [round] = signed().rounds;
  const trials = [{ ...round!.trials[0]!, readings: { time: samples } }];
  const path = await saveComplete(folder.path, signed({ rounds: [{ trials }] }));
  expect(await readRecord(path)).toMatchObject({ rounds: [{ trials: [{ readings: { time: samples } }] }] });
  expect(readFileSync(path, "utf8").endsWith("\n")).toBe(true);
});

test("a run at fewer points does not take the place of a record of the same code that has more", async () => {
  using folder = temporaryFolder();
  await saveComplete(folder.path, signed({ points: [{ bytes: 1 }, { bytes: 2 }] }));
  await saveComplete(folder.path, signed({ points: [{ bytes: 1 }] }));
  const { records } = await readRecords([folder.path]);
  expect(records[0]!.points).toEqual([{ bytes: 1 }, { bytes: 2 }]);
});

describe("a host that is short of something today", () => {
  test("does not replace the points that it measured before", async () => {
    using folder = temporaryFolder();
    const points = [{ size: 1 }, { size: 2 }];
    await saveComplete(folder.path, signed({ seed: 1, points }));
    const skipped = [{ point: { size: 2 }, because: "it needs more memory than there is" }];
    await saveComplete(folder.path, signed({ seed: 2, points, skipped }));
    expect(await readRecord(join(folder.path, complete))).toMatchObject({ seed: 1 });
    await saveComplete(folder.path, signed({ seed: 3, points }));
    expect(await readRecord(join(folder.path, complete))).toMatchObject({ seed: 3 });
  });

  test("does not replace a record by one of nothing", async () => {
    using folder = temporaryFolder();
    await saveComplete(folder.path, signed({ seed: 1 }));
    await saveComplete(folder.path, signed({ seed: 2, rounds: [], notTried: "it needs two cores" }));
    expect(await readRecord(join(folder.path, complete))).toMatchObject({ seed: 1 });
  });
});
