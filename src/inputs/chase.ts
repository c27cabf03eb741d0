import { counting, ring, shuffled } from "./order.ts";

/**
 * Bytes from one slot of a chase to the next: the cache line of nearly every processor. Where a line is 128 bytes long (Apple's), two
 * slots share one, and every second miss of a walk in order is a hit.
 */
export const LINE = 64;
/** Bytes of the smallest page: where pages are larger, what keeps to one of these keeps to one of those. */
const PAGE = 4096;
/** Reads of a call, at most, unless a round has more and cannot be halved. */
const READS = 65_536;

/** A walk in which every read waits for the one before it: a slot holds nothing but where the next one is. */
export interface Chase {
  /**
   * Index of the next slot, at the index of each slot. Unsigned: a signed index is extended to 64 bits between two reads, which puts a cycle of
   * its own into each of them (six instead of five in the L1 of an x86 server core).
   */
  readonly links: Uint32Array;
  /** Reads of one call. */
  readonly reads: number;
  /** Where the last call stopped: calls carry on, or the first slots would stay warm. */
  cursor: number;
}

/**
 * Makes the ring that visits the slots in this order and comes back to the first.
 * @param order numbers of the slots, each once.
 * @param stride bytes from one slot to the next, a multiple of four. Only memory that holds a slot is ever touched.
 */
export function chaseOver(order: Int32Array, stride: number = LINE, reads: number = readsOf(order.length)): Chase {
  const step = stride / Uint32Array.BYTES_PER_ELEMENT;
  const links = new Uint32Array(order.length * step);
  const next = ring(order);
  // From the first slot to the last: a system hands out pages as they are first written, and in the order of the walk they would lie scattered,
  // which made a walk straight through 64 MiB half as fast again as that of a C program which had read its array from a file.
  for (let slot = 0; slot < next.length; slot++) links[slot * step] = next[slot]! * step;
  return { links, reads, cursor: 0 };
}

/** Reads along the ring; returns the sum of all indices read, modulo 2^32. Compiles to the loop of a C compiler: one load that waits. */
export function chase(walk: Chase): number {
  const { links, reads } = walk;
  let sum = 0;
  let at = walk.cursor;
  for (let read = 0; read < reads; read++) {
    at = links[at]!;
    sum = (sum + at) | 0;
  }
  walk.cursor = at;
  return sum;
}

/**
 * Reads that make whole rounds or a whole part of one, so that walks in any order come to the same sum.
 * @param slots of the ring; a count that is no power of two times a small number may be visited whole.
 */
export function readsOf(slots: number): number {
  let reads = slots;
  while (reads > READS && reads % 2 === 0) reads /= 2;
  return reads * Math.max(1, Math.floor(READS / reads));
}

/** All lines in random order: a read misses the translation of its address, too, once the pages outnumber what is kept of those. */
export const scattered = (lines: number, random: () => number): Int32Array => shuffled(counting(lines), random);

/** Page by page: the pages in random order, and the lines of each in random order before the next page: one translation serves 64 reads. */
export function pageByPage(lines: number, random: () => number): Int32Array {
  const perPage = PAGE / LINE;
  const order = new Int32Array(lines);
  let filled = 0;
  for (const page of shuffled(counting(Math.ceil(lines / perPage)), random)) {
    const began = filled;
    const end = Math.min(lines, (page + 1) * perPage);
    for (let line = page * perPage; line < end; line++) order[filled++] = line;
    shuffled(order.subarray(began, filled), random);
  }
  return order;
}
