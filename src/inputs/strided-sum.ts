/** `strided-sum.wat`, assembled by `node scripts/kernels.ts src/inputs/strided-sum.wat`; a test assembles it again and compares. */
export const stridedSumBytes =
  "AGFzbQEAAAABCQFgBH9/f38BfgIPAQNsYWIGbWVtb3J5AgAAAwIBAAcJAQVzdW02NAAACvMBAfABAgJ/BH4CQANAIANFDQEgA0EBayEDIAAhBCACIQUCQANAIAVBCEkNASAGIAQpAAB8IQYgBCABaiEEIAcgBCkAAHwhByAEIAFqIQQgCCAEKQAAfCEIIAQgAWohBCAJIAQpAAB8IQkgBCABaiEEIAYgBCkAAHwhBiAEIAFqIQQgByAEKQAAfCEHIAQgAWohBCAIIAQpAAB8IQggBCABaiEEIAkgBCkAAHwhCSAEIAFqIQQgBUEIayEFDAALCwJAA0AgBUUNASAGIAQpAAB8IQYgBCABaiEEIAVBAWshBQwACwsMAAsLIAYgB3wgCCAJfHwL";

/** Memory and the kernel that reads it. WebAssembly is the one place where JavaScript engines load 64-bit integers as Go and C do. */
export interface StridedSum {
  readonly memory: WebAssembly.Memory;
  /** Sum of `count` 64-bit integers that lie `stride` bytes apart from byte `start` on, `passes` times over, modulo 2^64. */
  readonly sum64: (start: number, stride: number, count: number, passes: number) => bigint;
}

const PAGE = 65_536;

/**
 * Makes zeroed memory of at least `bytes` bytes and the kernel over it.
 * @throws {RangeError} where the host cannot give so much.
 */
export function stridedSum(bytes: number): StridedSum {
  const memory = new WebAssembly.Memory({ initial: Math.max(1, Math.ceil(bytes / PAGE)) });
  const module = new WebAssembly.Module(Buffer.from(stridedSumBytes, "base64"));
  const { exports } = new WebAssembly.Instance(module, { lab: { memory } });
  return { memory, sum64: exports.sum64 as StridedSum["sum64"] };
}
