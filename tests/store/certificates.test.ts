import { mkdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Certificate, CertificateRun } from "../../src/model/certificate.ts";
import {
  certificatePath,
  certificatesIn,
  newestCertificate,
  partialCertificatePath,
  readCertificate,
  saveCertificate,
} from "../../src/store/certificates.ts";
import { runOf } from "../gate/_certificate.ts";
import { recordOf } from "../testdata/record.ts";
import { filesBelow, temporaryFolder } from "./_folder.ts";

type Unsigned = Omit<Certificate, "digest">;

const { host } = recordOf([]);
const finished = runOf([
  {
    kernel: "loop",
    injected: { more: 5 },
    duet: [
      { logRatio: 0.05, seconds: 0.4 },
      { logRatio: -5e-324, seconds: 0 },
    ],
    isolated: [],
  },
]);
const unfinished: CertificateRun = { ...finished, finished: false };
const unsigned = (changes: Partial<Unsigned> = {}): Unsigned => ({ schema: 1, host, quiet: finished, ...changes });
const at = (day: number, run: CertificateRun = finished): CertificateRun => ({ ...run, startedAt: `2026-11-${day}T12:00:00Z` });

const whole = "certificates/0123456789ab.json";
const partial = "certificates/0123456789ab.partial.json";

test("a certificate is read back as it was written, and no temporary file stays", async () => {
  using folder = temporaryFolder();
  const path = await saveCertificate(folder.path, unsigned());
  expect(path).toBe(certificatePath(folder.path, host.id));
  expect(await readCertificate(path)).toEqual({ ...unsigned(), digest: expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(filesBelow(folder.path)).toEqual([whole]);
});

test("an unfinished one is kept beside the finished one, until it is finished and takes its place", async () => {
  using folder = temporaryFolder();
  await saveCertificate(folder.path, unsigned());
  expect(await saveCertificate(folder.path, unsigned({ quiet: at(22), burnt: at(22, unfinished) }))).toBe(
    partialCertificatePath(folder.path, host.id),
  );
  expect(filesBelow(folder.path).toSorted()).toEqual([whole, partial]);
  expect(await readCertificate(join(folder.path, whole))).toMatchObject({ quiet: { startedAt: finished.startedAt } });
  await saveCertificate(folder.path, unsigned({ quiet: at(22), burnt: at(22) }));
  expect(filesBelow(folder.path)).toEqual([whole]);
  expect(await readCertificate(join(folder.path, whole))).toMatchObject({ burnt: { finished: true } });
});

describe("the newest certificate of a host", () => {
  test("is, part by part, the one begun last, of all folders; a folder that is missing is none", async () => {
    using one = temporaryFolder();
    using two = temporaryFolder();
    await saveCertificate(one.path, unsigned({ quiet: at(22) }));
    await saveCertificate(two.path, unsigned({ quiet: at(21), burnt: at(23) }));
    const found = await newestCertificate([one.path, join(one.path, "nowhere"), two.path], host.id);
    expect(found).toMatchObject({ certificate: { quiet: at(22), burnt: at(23) }, refused: [] });
    expect(await newestCertificate([one.path, two.path], "ffffffffffff")).toEqual({ refused: [] });
  });

  test("is no one else's, whatever its file is called", async () => {
    using folder = temporaryFolder();
    const path = await saveCertificate(folder.path, unsigned());
    writeFileSync(certificatePath(folder.path, "ffffffffffff"), readFileSync(path));
    expect(await newestCertificate([folder.path], "ffffffffffff")).toEqual({ refused: [] });
  });

  test("is an unfinished one only where there is no other", async () => {
    using folder = temporaryFolder();
    await saveCertificate(folder.path, unsigned({ quiet: at(25, unfinished) }));
    expect(await newestCertificate([folder.path], host.id)).toMatchObject({ certificate: { quiet: { finished: false } } });
    await saveCertificate(folder.path, unsigned({ quiet: at(21) }));
    await saveCertificate(folder.path, unsigned({ quiet: at(25, unfinished) }));
    expect(await newestCertificate([folder.path], host.id)).toMatchObject({ certificate: { quiet: at(21) } });
  });

  test("is none where it has no part", async () => {
    using folder = temporaryFolder();
    await saveCertificate(folder.path, { schema: 1, host });
    expect((await newestCertificate([folder.path], host.id)).certificate).toBeUndefined();
  });
});

test("one bad file costs no good one its place, and a folder in its place is refused", async () => {
  using folder = temporaryFolder();
  await saveCertificate(folder.path, unsigned());
  writeFileSync(certificatePath(folder.path, "ffffffffffff"), "{");
  mkdirSync(certificatePath(folder.path, "eeeeeeeeeeee"));
  const { certificates, refused } = await certificatesIn([folder.path, folder.path]);
  expect(certificates).toHaveLength(1);
  expect(refused.map(({ because }) => because)).toEqual([expect.stringContaining("EISDIR"), "it is cut off or no JSON"]);
  writeFileSync(join(folder.path, "file"), "");
  expect(await certificatesIn([join(folder.path, "file")])).toEqual({ certificates: [], refused: [] });
});

describe("a file is refused in one line", () => {
  const refusal = async (text: string): Promise<string> => {
    using folder = temporaryFolder();
    const path = certificatePath(folder.path, host.id);
    mkdirSync(dirname(path));
    writeFileSync(path, text);
    const read = await readCertificate(path);
    expect(read).toHaveProperty("because");
    const { because } = read as { because: string };
    expect(because).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/);
    expect(because.length).toBeLessThanOrEqual(300);
    return because;
  };
  const written = async (changes: object = {}): Promise<string> => {
    using folder = temporaryFolder();
    return readFileSync(await saveCertificate(folder.path, { ...unsigned(), ...changes } as Unsigned), "utf8");
  };

  test("if it is cut anywhere, empty, or no JSON", async () => {
    const text = (await written()).trimEnd();
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: text.length - 1 }), async (length) => {
        expect(await refusal(text.slice(0, length))).toBe("it is cut off or no JSON");
      }),
      { numRuns: 30 },
    );
  });

  test("if it was changed by hand", async () => {
    const text = await written();
    for (const [before, after] of [
      ['"finished":true', '"finished":false'],
      ['"logRatio":0.05', '"logRatio":0.01'],
      ['"more":5', '"more":0'],
    ] as const) {
      expect(text).toContain(before);
      expect(await refusal(text.replace(before, after))).toContain("its digest does not match");
    }
  });

  test("if its schema is another one", async () => {
    expect(await refusal(await written({ schema: 2 }))).toBe("its schema is 2 and this version reads schema 1");
    for (const foreign of ["{}", "[]", "null", "1"]) expect(await refusal(foreign)).toContain("its schema is missing");
  });

  test("if it does not fit, although its digest is right", async () => {
    const [cell] = finished.kernels;
    const runs = [
      { ...finished, kernels: [{ ...cell, duet: [{ logRatio: NaN, seconds: 1 }] }] },
      { ...finished, kernels: [{ ...cell, duet: [{ logRatio: Infinity, seconds: 1 }] }] },
      { ...finished, kernels: [{ ...cell, duet: [{ logRatio: 0, seconds: -1 }] }] },
      { ...finished, kernels: [{ ...cell, kernel: "\u001b[2J" }] },
      { ...finished, kernels: [{ ...cell, injected: { more: -1 } }] },
      { ...finished, kernels: [{ ...cell, injected: { hidden: "<script>" } }] },
      { ...finished, kernels: Array.from({ length: 201 }, () => cell) },
      { ...finished, startedAt: "yesterday" },
      { ...finished, "\u001b[2Jnext\nline": 1 },
      "\u001b]0;owned\u0007",
    ];
    for (const quiet of runs) expect(await refusal(await written({ quiet }))).toContain("it does not fit the schema");
  });

  test("if it is larger than any certificate", async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, "certificate.json");
    writeFileSync(path, "");
    truncateSync(path, 17 * 1024 * 1024);
    expect(await readCertificate(path)).toEqual({ path, because: "it is larger than any certificate can be" });
    expect(await readCertificate(join(folder.path, "nowhere.json"))).toMatchObject({ because: expect.stringContaining("ENOENT") });
  });
});
