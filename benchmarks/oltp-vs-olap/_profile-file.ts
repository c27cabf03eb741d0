/** Profiles in a file of blocks, without any database: a slot for each, or a slot for each field of each. */
import { blockFile, BLOCK, type BlockFile } from "./_block-file.ts";
import type { Layout } from "./_layouts.ts";
import { type Field, fields, profileOf, WIDEST } from "./_post-profiles.ts";

export interface ProfileFile extends Disposable {
  readonly file: BlockFile;
  /** The fields of one profile, in their order. */
  fetch(id: number): string[];
  latestLogin(): number;
}

/** Slots of one width, from a block on. None straddles two blocks, unless it is wider than one: then it begins with a block of its own. */
interface Region {
  readonly first: number;
  readonly width: number;
}

/** Where a slot begins, in bytes. */
export function slotAt({ first, width }: Region, index: number): number {
  const perBlock = Math.floor(BLOCK / width);
  if (perBlock === 0) return (first + index * Math.ceil(width / BLOCK)) * BLOCK;
  return (first + Math.floor(index / perBlock)) * BLOCK + (index % perBlock) * width;
}

/** Where the region of so many slots ends: the next block that is free. */
const endOf = (region: Region, slots: number): number => Math.ceil((slotAt(region, slots - 1) + region.width) / BLOCK);

/** Where a field of a profile begins, and where the file ends, in blocks. */
function placesOf(layout: Layout, profiles: number, widths: Readonly<Record<Field, number>>) {
  if (layout === "rows") {
    const region = { first: 0, width: fields.reduce((sum, field) => sum + widths[field], 0) };
    const offsets = new Map(fields.map((field, index) => [field, fields.slice(0, index).reduce((sum, it) => sum + widths[it], 0)]));
    return { blocks: endOf(region, profiles), at: (field: Field, id: number): number => slotAt(region, id) + offsets.get(field)! };
  }
  const regions = new Map<Field, Region>();
  let blocks = 0;
  for (const field of fields) {
    const region = { first: blocks, width: widths[field] };
    regions.set(field, region);
    blocks = endOf(region, profiles);
  }
  return { blocks, at: (field: Field, id: number): number => slotAt(regions.get(field)!, id) };
}

/** @param preferences bytes of the preferences of each profile. */
export function profileFile(layout: Layout, profiles: number, preferences: number): ProfileFile {
  const widths = { ...WIDEST, Preferences: preferences };
  const { blocks, at } = placesOf(layout, profiles, widths);
  const bytes = Buffer.alloc(blocks * BLOCK);
  for (let id = 0; id < profiles; id++) {
    const profile = profileOf(id, preferences);
    for (const field of fields) bytes.write(profile[field].padEnd(widths[field]), at(field, id), "latin1");
  }
  const file = blockFile(bytes);
  const read = (field: Field, id: number): string => text(file, at(field, id), widths[field]).trimEnd();
  return {
    file,
    fetch: (id) => fields.map((field) => read(field, id)),
    latestLogin() {
      let latest = 0;
      for (let id = 0; id < profiles; id++) latest = Math.max(latest, Number(read("LastLogin", id)));
      return latest;
    },
    [Symbol.dispose]: () => file[Symbol.dispose](),
  };
}

/** So many bytes of the file, through as many blocks as it takes. */
function text(file: BlockFile, from: number, length: number): string {
  let read = "";
  for (let at = from; at < from + length;) {
    const end = Math.min(from + length, (Math.floor(at / BLOCK) + 1) * BLOCK);
    file.read(Math.floor(at / BLOCK));
    read += Buffer.from(file.contents.buffer, at % BLOCK, end - at).toString("latin1");
    at = end;
  }
  return read;
}
