import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { deflateSync } from "node:zlib";
import { typeface } from "./theme.ts";

/**
 * The typeface of the charts, cut down to the letters of Latin script and the signs that charts write, so that a page shows it without
 * any network. A TrueType file is a list of tables; glyphs keep their numbers, and those that nobody needs become empty. WOFF is the same
 * tables, each compressed. Formats: OpenType 1.9, WOFF 1.0 (W3C, 2012).
 */

/** Latin and its signs; other scripts fall back to the reader's own typefaces. */
const letters = [
  ...range(0x20, 0x7e),
  ...range(0xa0, 0x17f),
  ...[..."–—‘’“”…•·×−±≈≠≤≥∞→←↑↓√µμ⁰¹²³⁴⁵⁶⁷⁸⁹€₂"].map((sign) => sign.codePointAt(0)!),
];

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

let faces: string | undefined;

/** `@font-face` rules that hold the typeface itself, in the weights of charts. The same every time. */
export function fontFaces(): string {
  return (faces ??= [
    { weight: typeface.regular, file: join("400Regular", "Inter_400Regular.ttf") },
    { weight: typeface.strong, file: join("600SemiBold", "Inter_600SemiBold.ttf") },
  ]
    .map(({ weight, file }) => {
      const folder = dirname(createRequire(import.meta.url).resolve("@expo-google-fonts/inter/package.json"));
      const data = woff(subset(tablesOf(readFileSync(join(folder, file))), letters)).toString("base64");
      return `@font-face{font-family:Inter;font-weight:${weight === 400 ? "400 500" : "550 700"};src:url(data:font/woff;base64,${data}) format("woff")}`;
    })
    .join(""));
}

type Tables = ReadonlyMap<string, Buffer>;

export function tablesOf(file: Buffer): Tables {
  const count = file.readUInt16BE(4);
  return new Map(
    Array.from({ length: count }, (_, index) => {
      const entry = 12 + 16 * index;
      const offset = file.readUInt32BE(entry + 8);
      return [file.toString("latin1", entry, entry + 4), file.subarray(offset, offset + file.readUInt32BE(entry + 12))];
    }),
  );
}

/** Only what is needed to show these characters. */
export function subset(tables: Tables, characters: readonly number[]): Tables {
  const [head, loca, glyf, cmap, hmtx, hhea] = ["head", "loca", "glyf", "cmap", "hmtx", "hhea"].map((name) => tables.get(name)!) as [
    Buffer,
    Buffer,
    Buffer,
    Buffer,
    Buffer,
    Buffer,
  ];
  const isLong = head.readInt16BE(50) === 1;
  const count = tables.get("maxp")!.readUInt16BE(4);
  const at = (glyph: number): number => (isLong ? loca.readUInt32BE(4 * glyph) : 2 * loca.readUInt16BE(2 * glyph));
  const glyphOf = mapOf(cmap);
  const mapped = characters.flatMap((letter): [number, number][] => (glyphOf.has(letter) ? [[letter, glyphOf.get(letter)!]] : []));
  const kept = new Set([0, ...mapped.map(([, glyph]) => glyph)]);
  // A set grows while it is walked through: parts of parts are found as well.
  for (const glyph of kept) for (const part of partsOf(glyf.subarray(at(glyph), at(glyph + 1)))) kept.add(part);

  const outlines: Buffer[] = [];
  const places = Buffer.alloc(4 * (count + 1));
  let offset = 0;
  for (let glyph = 0; glyph < count; glyph++) {
    places.writeUInt32BE(offset, 4 * glyph);
    if (!kept.has(glyph)) continue;
    const outline = glyf.subarray(at(glyph), at(glyph + 1));
    const padded = Buffer.concat([outline, Buffer.alloc(-outline.length & 3)]);
    outlines.push(padded);
    offset += padded.length;
  }
  places.writeUInt32BE(offset, 4 * count);

  const longHead = Buffer.from(head);
  longHead.writeInt16BE(1, 50);
  const widths = Buffer.from(hmtx);
  const full = hhea.readUInt16BE(34);
  for (let glyph = 0; glyph < full; glyph++) if (!kept.has(glyph)) widths.fill(0, 4 * glyph, 4 * glyph + 4);
  const post = Buffer.alloc(32);
  tables.get("post")!.copy(post, 0, 0, 32);
  post.writeUInt32BE(0x00030000, 0);
  const rest = ["OS/2", "hhea", "maxp", "name", "cvt ", "fpgm", "prep", "gasp"];
  return new Map([
    ...rest.flatMap((name): [string, Buffer][] => (tables.has(name) ? [[name, tables.get(name)!]] : [])),
    ["head", longHead],
    ["loca", places],
    ["glyf", Buffer.concat(outlines)],
    ["hmtx", widths],
    ["post", post],
    ["cmap", cmapOf(mapped)],
  ]);
}

/** Glyphs that a composite glyph is made of. */
function partsOf(outline: Buffer): number[] {
  if (outline.length === 0 || outline.readInt16BE(0) >= 0) return [];
  const parts: number[] = [];
  for (let at = 10, flags = 0x20; flags & 0x20;) {
    flags = outline.readUInt16BE(at);
    parts.push(outline.readUInt16BE(at + 2));
    at += 4 + (flags & 0x01 ? 4 : 2) + (flags & 0x08 ? 2 : flags & 0x40 ? 4 : flags & 0x80 ? 8 : 0);
  }
  return parts;
}

/** Characters and their glyphs, from the subtables of format 4 and 12. */
function mapOf(cmap: Buffer): Map<number, number> {
  const found = new Map<number, number>();
  for (let index = 0; index < cmap.readUInt16BE(2); index++) {
    const table = cmap.subarray(cmap.readUInt32BE(8 + 8 * index));
    if (table.readUInt16BE(0) === 12) {
      for (let group = 0; group < table.readUInt32BE(12); group++) {
        const [first, last, glyph] = [0, 4, 8].map((field) => table.readUInt32BE(16 + 12 * group + field)) as [number, number, number];
        for (let letter = first; letter <= last; letter++) found.set(letter, glyph + letter - first);
      }
    }
    if (table.readUInt16BE(0) === 4) readSegments(table, found);
  }
  return found;
}

function readSegments(table: Buffer, found: Map<number, number>): void {
  const size = table.readUInt16BE(6);
  for (let at = 14; at < 14 + size; at += 2) {
    const [last, first] = [table.readUInt16BE(at), table.readUInt16BE(at + size + 2)];
    const [delta, offset] = [table.readUInt16BE(at + 2 * size + 2), table.readUInt16BE(at + 3 * size + 2)];
    for (let letter = first; letter <= last && letter < 0xffff; letter++) {
      const direct = offset === 0 ? letter : table.readUInt16BE(at + 3 * size + 2 + offset + 2 * (letter - first));
      if (direct !== 0) found.set(letter, (direct + delta) & 0xffff);
    }
  }
}

/** A map of format 12, one group a character. */
function cmapOf(mapped: readonly (readonly [letter: number, glyph: number])[]): Buffer {
  const groups = [...new Map(mapped)].toSorted(([a], [b]) => a - b).flatMap(([letter, glyph]) => [letter, letter, glyph]);
  const table = Buffer.alloc(28 + 4 * groups.length);
  table.writeUInt16BE(1, 2);
  table.writeUInt16BE(3, 4);
  table.writeUInt16BE(10, 6);
  table.writeUInt32BE(12, 8);
  table.writeUInt16BE(12, 12);
  table.writeUInt32BE(16 + 4 * groups.length, 16);
  table.writeUInt32BE(groups.length / 3, 24);
  groups.forEach((value, index) => table.writeUInt32BE(value, 28 + 4 * index));
  return table;
}

export function woff(tables: Tables): Buffer {
  const all = [...tables].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const header = Buffer.alloc(44 + 20 * all.length);
  const bodies: Buffer[] = [];
  let offset = header.length;
  all.forEach(([tag, data], index) => {
    const packed = deflateSync(data, { level: 9 });
    const body = packed.length < data.length ? packed : data;
    const entry = 44 + 20 * index;
    header.write(tag, entry, "latin1");
    [offset, body.length, data.length, checksum(data)].forEach((value, field) => header.writeUInt32BE(value, entry + 4 + 4 * field));
    bodies.push(body, Buffer.alloc(-body.length & 3));
    offset += body.length + (-body.length & 3);
  });
  header.write("wOFF", 0, "latin1");
  header.writeUInt32BE(0x00010000, 4);
  header.writeUInt32BE(offset, 8);
  header.writeUInt16BE(all.length, 12);
  const plain = all.reduce((sum, [, { length }]) => sum + length + (-length & 3), 12 + 16 * all.length);
  header.writeUInt32BE(plain, 16);
  header.writeUInt16BE(1, 20);
  return Buffer.concat([header, ...bodies]);
}

function checksum(data: Buffer): number {
  const padded = Buffer.concat([data, Buffer.alloc(-data.length & 3)]);
  let sum = 0;
  for (let at = 0; at < padded.length; at += 4) sum = (sum + padded.readUInt32BE(at)) >>> 0;
  return sum;
}
