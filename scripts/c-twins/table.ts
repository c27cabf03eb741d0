import { fileURLToPath } from "node:url";
import { host } from "../../src/host/fingerprint.ts";
import { seeded } from "../../src/inputs/random.ts";
import { KiB, MiB } from "../../src/inputs/sizes.ts";
import type { DefinedExperiment } from "../../src/model/experiment.ts";
import type { Point } from "../../src/model/sweep.ts";

/** A variant of an experiment that has a twin in C. */
export interface Twin {
  readonly name: string;
  /** `scripts/c-twins/<source>.c`. */
  readonly source: string;
  readonly file: string;
  readonly variant: string;
  readonly points: readonly Point[];
  /** The array on which it works at a point, as the experiment fills it. */
  readonly array: (point: Point, it: DefinedExperiment) => Promise<NodeJS.ArrayBufferView>;
  /** What the program is told beside the array. */
  readonly numbers: (point: Point) => readonly number[];
  /** Calls whose results make the sum that both must come to. */
  readonly calls: (point: Point) => number;
}

const experimentFile = (path: string): string => fileURLToPath(new URL(`../../benchmarks/${path}.ts`, import.meta.url));

export const load = async ({ file }: Twin): Promise<DefinedExperiment> => ((await import(file)) as { default: DefinedExperiment }).default;

/** What the experiment's own setup makes of a point. */
export async function inputOf(it: DefinedExperiment, variant: string, point: Point): Promise<unknown> {
  const stage = { variant, random: seeded(1), window: 0, signal: new AbortController().signal, host: host() };
  return it.setup!(point, stage);
}

const READS = 65_536;

function walk(source: "dependent" | "linear"): Twin {
  return {
    name: `${source} walk`,
    source,
    file: experimentFile("l1-love-letter/linear-or-dependent"),
    variant: source,
    points: [16 * KiB, 256 * KiB, 64 * MiB].map((bytes) => ({ bytes })),
    array: async ({ bytes }, it) => ((await inputOf(it, source, { bytes: bytes! })) as { links: Uint32Array }).links,
    numbers: () => [READS],
    calls: ({ bytes }) => Math.max(1, Number(bytes) / 64 / READS),
  };
}

/** Numbers of 64 bits, `stride` bytes apart; `passes` as the experiment makes them. */
function sumOf(variant: "sorted" | "columns", stride: number): Twin {
  return {
    name: `sum over ${variant === "columns" ? "a column" : `records of ${stride} B`}`,
    source: "strided-sum",
    file: experimentFile("l1-love-letter/field-order"),
    variant,
    points: [1_024, 32_768, 10_000_000].map((records) => ({ records })),
    array: async ({ records }) => {
      const words = new Int32Array((Number(records) * stride) / Int32Array.BYTES_PER_ELEMENT);
      for (let record = 0; record < Number(records); record++) words[(record * stride) / Int32Array.BYTES_PER_ELEMENT] = record & 0xffff;
      return words;
    },
    numbers: ({ records }) => [0, stride, Number(records), Math.ceil(READS / Number(records))],
    calls: () => 1,
  };
}

const PAGE = 4 * KiB;
const PAGES = 8;
const begins: { readonly [place: string]: number } = { "at byte 3": 3, "across two lines": 60, "across two pages": 4_092 };

const misaligned: Twin = {
  name: "misaligned reads",
  source: "strided-sum",
  file: experimentFile("l1-love-letter/misaligned-reads"),
  variant: "shifted",
  points: Object.keys(begins).map((place) => ({ begins: place })),
  array: async () => new Uint8Array((PAGES + 1) * PAGE).fill(1),
  numbers: (point) => [begins[String(point.begins)]!, PAGE, PAGES, READS / PAGES],
  calls: () => 1,
};

/** Calls that a walk over the whole matrix takes at these sizes. */
const PARTS = 1;

/** @param strides from one number of a walk to the next, and from one walk to the next, of a matrix of so many rows. */
function matrix(variant: "by row" | "by column", strides: (size: number) => readonly [inner: number, outer: number]): Twin {
  return {
    name: `matrix ${variant}`,
    source: "matrix-sum",
    file: experimentFile("cpu-caches/matrix-order"),
    variant,
    points: [1000, 1024].map((rows) => ({ matrix: `${rows} × ${rows}` })),
    array: async (point) => {
      const size = Number.parseInt(String(point.matrix));
      const words = new Int32Array(2 * size ** 2 + size);
      for (let number = 0; number < size ** 2; number++) words[2 * number] = number & 0xffff;
      for (let index = 0; index < size; index++) words[2 * size ** 2 + index] = index * strides(size)[0];
      return words;
    },
    numbers: (point) => {
      const size = Number.parseInt(String(point.matrix));
      return [8 * size ** 2, size, strides(size)[1], size / PARTS, PARTS];
    },
    calls: () => PARTS,
  };
}

export const twins: readonly Twin[] = [
  walk("dependent"),
  walk("linear"),
  sumOf("sorted", 16),
  sumOf("columns", 8),
  misaligned,
  matrix("by row", (size) => [8, 8 * size]),
  matrix("by column", (size) => [8 * size, 8]),
];
