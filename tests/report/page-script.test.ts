import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { inflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { browserScript, inlined } from "../../src/report/bundle.ts";
import { fontFaces, subset, tablesOf, woff } from "../../src/report/typeface.ts";

describe("the script of the page", () => {
  test("can stand inside an element, and is made once", async () => {
    const script = await browserScript();
    expect(script).not.toMatch(/<\/script|<!--|<script/i);
    expect(script.length).toBeLessThan(250_000);
    expect(await browserScript()).toBe(script);
  });

  test("loses nothing where a string looks like markup", () => {
    const text = `"</script><!--<SCRIPT>"`;
    // oxlint-disable-next-line no-eval
    expect((0, eval)(inlined(text))).toBe("</script><!--<SCRIPT>");
  });
});

describe("the typeface of the page", () => {
  const folder = dirname(createRequire(import.meta.url).resolve("@expo-google-fonts/inter/package.json"));
  const whole = tablesOf(readFileSync(join(folder, "400Regular", "Inter_400Regular.ttf")));

  test("is small, holds both weights, and is the same every time", () => {
    expect(fontFaces().length).toBeLessThan(80_000);
    expect(fontFaces().match(/@font-face/g)).toHaveLength(2);
    expect(fontFaces()).toBe(fontFaces());
  });

  test("keeps the outlines of its letters as they were, and those that they are made of", () => {
    const few = subset(whole, [0x41, 0xc4]);
    const glyph = (tables: ReadonlyMap<string, Buffer>, index: number): Buffer => {
      const [loca, glyf, head] = [tables.get("loca")!, tables.get("glyf")!, tables.get("head")!];
      const at = (it: number): number => (head.readInt16BE(50) === 1 ? loca.readUInt32BE(4 * it) : 2 * loca.readUInt16BE(2 * it));
      return glyf.subarray(at(index), at(index + 1));
    };
    const count = whole.get("maxp")!.readUInt16BE(4);
    const kept = Array.from({ length: count }, (_, index) => index).filter((index) => glyph(few, index).length > 0);
    expect(kept.length).toBeGreaterThanOrEqual(3);
    expect(kept.length).toBeLessThan(10);
    for (const index of kept) {
      const [before, after] = [glyph(whole, index), glyph(few, index)];
      expect(after.subarray(0, before.length).equals(before)).toBe(true);
    }
  });

  test("is a WOFF whose tables unpack to what was put in", () => {
    const tables = subset(whole, [0x41]);
    const file = woff(tables);
    expect(file.toString("latin1", 0, 4)).toBe("wOFF");
    expect(file.readUInt32BE(8)).toBe(file.length);
    for (let index = 0; index < file.readUInt16BE(12); index++) {
      const entry = 44 + 20 * index;
      const [offset, packed, length] = [4, 8, 12].map((field) => file.readUInt32BE(entry + field)) as [number, number, number];
      const data = file.subarray(offset, offset + packed);
      const table = packed < length ? inflateSync(data) : data;
      expect(table.equals(tables.get(file.toString("latin1", entry, entry + 4))!)).toBe(true);
    }
  });
});
