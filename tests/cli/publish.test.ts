import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { stampOf, textsOf } from "../../src/report/gallery.ts";
import { readRecords } from "../../src/store/records.ts";
import { assay, temporaryFolder, testdata } from "./_command.ts";

const sound = ["--benchmarks", testdata("sound")];
const PLACE = "<!-- gallery: written by `assay publish` -->\n<!-- /gallery -->";

describe("publish", () => {
  const folder = temporaryFolder();
  const [local, published, readme] = [join(folder.path, "local"), join(folder.path, "published"), join(folder.path, "README.md")];
  const publish = (...more: string[]) => assay("publish", "--from", local, "--out", published, "--readme", readme, ...sound, ...more);

  beforeAll(async () => {
    await assay("run", "tiny/sums", "--budget", "2s", "--out", local, ...sound);
    return () => folder[Symbol.dispose]();
  });

  test("refuses a document without a place for the gallery before it forgets anything", async () => {
    writeFileSync(readme, "# Post\n");
    const { code, stderr } = await publish();
    expect(stderr).toMatch(/^assay: .*README\.md: it has no place for the gallery/m);
    expect(code).toBe(2);
    expect(readFileSync(readme, "utf8")).toBe("# Post\n");
    expect((await readRecords([local])).records).toHaveLength(1);
  });

  test("moves the records, names the host, and draws what names its record", async () => {
    writeFileSync(readme, `# Post\n\n${PLACE}\n\nafter\n`);
    const { code, stdout, stderr } = await publish("--label", "reference host: small");
    expect(stderr).toBe("");
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringMatching(/^1 records? moved to .*; 1 charts? drawn$/m) });
    expect((await readRecords([local])).records).toEqual([]);
    const [record] = (await readRecords([published])).records;
    expect(record!.host.label).toBe("reference host: small");
    for (const name of ["sums.svg", "sums-dark.svg"]) {
      const svg = readFileSync(join(published, "charts", "tiny", name), "utf8");
      expect(stampOf(svg)).toBe(record!.digest);
      expect(textsOf(svg).length).toBeGreaterThan(3);
    }
    expect(
      readFileSync(join(published, "charts", "tiny", "sums.png"))
        .subarray(1, 4)
        .toString(),
    ).toBe("PNG");
    const document = readFileSync(readme, "utf8");
    expect(document).toMatch(/^# Post\n/);
    expect(document).toMatch(/\nafter\n$/);
    expect(document).toContain('src="published/charts/tiny/sums.png" alt="');
    expect(document).toContain("reference host: small");
    expect(readFileSync(join(published, "README.md"), "utf8")).toContain('srcset="charts/tiny/sums-dark.svg"');
  });

  test("once more changes nothing", async () => {
    const before = readFileSync(readme, "utf8");
    expect((await publish()).code).toBe(0);
    expect(readFileSync(readme, "utf8")).toBe(before);
  });

  test("says where nothing is to be published", async () => {
    const nothing = join(folder.path, "nothing");
    mkdirSync(nothing, { recursive: true });
    const { code, stderr } = await assay("publish", "--from", nothing, "--out", join(folder.path, "else"), "--readme", readme, ...sound);
    expect(stderr).toMatch(/^assay: .* holds no finished record of host [0-9a-f]{12}; measure with npx assay/m);
    expect(code).toBe(2);
    expect(existsSync(join(folder.path, "else"))).toBe(false);
  });
});
