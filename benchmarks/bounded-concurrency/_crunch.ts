/** A task that needs nothing but a processor: a chain of xorshift steps, each waiting for the one before it; one to two ns a step. */
export default function crunch(steps: number): number {
  let word = 0x9e3779b9 | 0;
  for (let step = 0; step < steps; step++) {
    word ^= word << 13;
    word ^= word >>> 17;
    word ^= word << 5;
  }
  return word;
}
