type Numbers = Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

/** A typed array that grows by doubling, until it is trimmed to what is in it. */
export interface Column<A extends Numbers> {
  /** What is in it, and until it is trimmed what may come. */
  readonly values: A;
  readonly length: number;
  push(number: number): void;
  append(numbers: ArrayLike<number>): void;
  trim(): void;
}

export function growing<A extends Numbers>(Type: new (length: number) => A): Column<A> {
  let values = new Type(1024);
  let length = 0;
  const reserve = (more: number): void => {
    if (length + more <= values.length) return;
    const larger = new Type(Math.max(2 * values.length, length + more));
    larger.set(values);
    values = larger;
  };
  return {
    get values() {
      return values;
    },
    get length() {
      return length;
    },
    push(number) {
      reserve(1);
      values[length++] = number;
    },
    append(numbers) {
      reserve(numbers.length);
      values.set(numbers, length);
      length += numbers.length;
    },
    trim: () => void (values = values.slice(0, length) as A),
  };
}

/** A column of up to 256 words, each kept once and named by a byte. */
export class Words<W extends string> {
  readonly words: W[] = [];
  readonly codes: Column<Uint8Array<ArrayBuffer>> = growing<Uint8Array<ArrayBuffer>>(Uint8Array);

  /** -1 for a word that has not come. */
  codeOf(word: W): number {
    return this.words.indexOf(word);
  }

  push(word: W): void {
    let code = this.codeOf(word);
    if (code < 0) code = this.words.push(word) - 1;
    if (code > 255) throw new RangeError("more than 256 different words need more than a byte");
    this.codes.push(code);
  }

  at(index: number): W {
    return this.words[this.codes.values[index]!]!;
  }
}
