/** `matrix-sum.wat`, assembled by `node scripts/kernels.ts src/inputs/matrix-sum.wat`; a test assembles it again and compares. */
export const matrixSumBytes =
  "AGFzbQEAAAABCgFgBX9/f39/AX4CDwEDbGFiBm1lbW9yeQIAAAMCAQAHCQEFc3VtQXQAAAr/AQH8AQICfwR+AkADQCACRQ0BIAJBAWshAiADIQUgBCEGAkADQCAGQQhJDQEgByAAIAUoAgBqKQMAfCEHIAggACAFKAIEaikDAHwhCCAJIAAgBSgCCGopAwB8IQkgCiAAIAUoAgxqKQMAfCEKIAcgACAFKAIQaikDAHwhByAIIAAgBSgCFGopAwB8IQggCSAAIAUoAhhqKQMAfCEJIAogACAFKAIcaikDAHwhCiAFQSBqIQUgBkEIayEGDAALCwJAA0AgBkUNASAHIAAgBSgCAGopAwB8IQcgBUEEaiEFIAZBAWshBgwACwsgACABaiEADAALCyAHIAh8IAkgCnx8Cw==";

/** A square of 64-bit integers, row after row, tables of offsets behind it, and the kernel that sums what they name. */
export interface MatrixSum {
  readonly memory: WebAssembly.Memory;
  /** Puts a table into memory, behind those that are there already; returns the byte at which it starts. */
  readonly table: (offsets: Int32Array) => number;
  /**
   * Sum, modulo 2^64, of the integers at `base` plus each of the first `count` offsets of a table; `walks` times over, with a `base`
   * that is `stride` bytes further on each time.
   */
  readonly sumAt: (base: number, stride: number, walks: number, table: number, count: number) => bigint;
}

const PAGE = 65_536;

/**
 * Makes zeroed memory for a matrix of `bytes` bytes, with room for tables of `tables` bytes, and the kernel over it.
 * @throws {RangeError} where the host cannot give so much.
 */
export function matrixSum(bytes: number, tables: number): MatrixSum {
  const memory = new WebAssembly.Memory({ initial: Math.max(1, Math.ceil((bytes + tables) / PAGE)) });
  const module = new WebAssembly.Module(Buffer.from(matrixSumBytes, "base64"));
  const { exports } = new WebAssembly.Instance(module, { lab: { memory } });
  let end = bytes;
  const table = (offsets: Int32Array): number => {
    const start = end;
    new Int32Array(memory.buffer, start, offsets.length).set(offsets);
    end += offsets.byteLength;
    return start;
  };
  return { memory, table, sumAt: exports.sumAt as MatrixSum["sumAt"] };
}
