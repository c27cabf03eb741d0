/**
 * A small seeded generator, uniform on [0, 1): sfc32, which passes PractRand, seeded through splitmix32.
 * Source: C. Doty-Humphrey, PractRand (sfc); G. Steele et al., "Fast Splittable Pseudorandom Number Generators" (2014).
 */
export function seeded(seed: number): () => number {
  let state = seed | 0;
  const split = (): number => {
    state = (state + 0x9e3779b9) | 0;
    let word = state ^ (state >>> 16);
    word = Math.imul(word, 0x21f0aaad);
    word ^= word >>> 15;
    word = Math.imul(word, 0x735a2d97);
    return word ^ (word >>> 15);
  };
  let a = split();
  let b = split();
  let c = split();
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let discarded = 0; discarded < 12; discarded++) next();
  return next;
}

/** A 32-bit seed out of any words: equal words give equal seeds (FNV-1a). */
export function seedFrom(...words: readonly (string | number)[]): number {
  let hash = 0x811c9dc5;
  for (const character of words.join("\u0000")) {
    hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193);
  }
  return hash >>> 0;
}
