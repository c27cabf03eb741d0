/**
 * Ways of making garbage as fast as the runtime can, for `how-much-garbage`. Each call makes about 8 MB of it (*untouched*: 512 MiB)
 * and returns how many bytes that were.
 */
import v8 from "node:v8";
import { MiB } from "#lab";

const ENOUGH = 8 * MiB;

/** What was made last is reachable until it is overwritten: nothing can be left out because nobody would see it. */
const newest: unknown[] = Array.from({ length: 64 }, () => undefined);

/** V8's own count of what it allocated on this thread's heap, array buffers left out. It is no part of the published type yet. */
export const allocated = (): number =>
  (v8.getHeapStatistics() as unknown as { readonly total_allocated_bytes: number }).total_allocated_bytes;

function onHeap(make: (index: number) => unknown, size: number): () => number {
  return () => {
    const before = allocated();
    for (let index = 0; index < ENOUGH / size; index++) newest[index % 64] = make(index);
    return allocated() - before;
  };
}

/** Memory outside V8's heap, which its own count leaves out. */
function outside(make: () => Uint8Array, size: number): () => number {
  const pieces = Math.ceil(ENOUGH / size);
  return () => {
    for (let piece = 0; piece < pieces; piece++) newest[0] = make();
    return pieces * size;
  };
}

const numbers = Array.from({ length: 1_000 }, (_, index) => index);

export const ways = {
  small: onHeap((index) => ({ index, next: index + 1, half: index >> 1, odd: index & 1 }), 56),
  medium: onHeap((index) => {
    const copy = numbers.slice();
    copy[0] = index;
    return copy;
  }, 8_000),
  large: outside(() => Buffer.allocUnsafeSlow(MiB).fill(1), MiB),
  untouched: outside(() => new Uint8Array(512 * MiB), 512 * MiB),
} as const;

export type Way = keyof typeof ways;
