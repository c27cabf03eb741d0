/**
 * A gateway reads documents from a database and answers with what its client wants of them: here the value of each article in stock.
 * Three ways of coming from the bytes of a document to the same bytes of an answer.
 */
export type Answer = (document: Buffer) => Buffer | string;

interface Article {
  readonly id: number;
  readonly price: number;
  readonly stock: number;
}

/** As a database would send it: an array of articles, of which an answer needs two numbers each. */
export function documentOf(articles: number, random: () => number): Buffer {
  const list = Array.from({ length: articles }, (_, id) => ({
    id,
    name: `article ${id}`,
    tags: ["new", `shelf ${id % 40}`],
    owner: { id: id % 100, level: id % 3, since: "2026-01-01" },
    price: 100 + Math.floor(random() * 9_000),
    stock: 1 + Math.floor(random() * 9),
  }));
  return Buffer.from(JSON.stringify(list));
}

/**
 * The whole document becomes objects, each of which is copied to add a field to it: short to write, and all of it garbage a moment
 * later.
 */
export const parseAndSpread: Answer = (document) =>
  JSON.stringify(
    (JSON.parse(document.toString()) as Article[])
      .map((article) => ({ ...article, value: article.price * article.stock }))
      .map(({ value }) => value),
  );

const QUOTE = 34;
const PRICE = Buffer.from('"price":');
const STOCK = Buffer.from('"stock":');

const digit = (byte: number): boolean => byte >= 48 && byte <= 57;

/** Where the number after this key begins. Byte by byte: the runtime's own search would make garbage at each call. */
function after(document: Buffer, key: Buffer, from: number): number {
  for (let at = from; at < document.length; at++) {
    if (document[at] !== QUOTE) continue;
    let same = 1;
    while (same < key.length && document[at + same] === key[same]) same++;
    if (same === key.length) return at + same;
  }
  return -1;
}

function numberAt(document: Buffer, at: number): number {
  let number = 0;
  for (; digit(document[at]!); at++) number = number * 10 + document[at]! - 48;
  return number;
}

/** Calls back with the value of each article, without making an object of anything. */
function eachValue(document: Buffer, take: (value: number) => void): void {
  for (let at = after(document, PRICE, 0); at >= 0; at = after(document, PRICE, at)) {
    const price = numberAt(document, at);
    at = after(document, STOCK, at);
    take(price * numberAt(document, at));
  }
}

/** Only the two numbers are read; the answer is still put together from new strings. */
export const selectiveParse: Answer = (document) => {
  const values: number[] = [];
  eachValue(document, (value) => values.push(value));
  return JSON.stringify(values);
};

/** A buffer comes round again when fifteen others have been sent. */
const BUFFERS = 16;

/**
 * Nothing is made: the digits of the answer go into buffers that belong to the service.
 * @param longest bytes of each, at least those of the longest answer.
 */
export function pooledBuffers(longest: number): Answer {
  const pool = Array.from({ length: BUFFERS }, () => Buffer.alloc(longest));
  let turn = 0;
  return (document) => {
    const buffer = pool[turn++ % BUFFERS]!;
    let end = 0;
    buffer[end++] = 91; // [
    eachValue(document, (value) => {
      if (end > 1) buffer[end++] = 44; // ,
      let digits = 1;
      for (let rest = value; rest >= 10; rest = Math.floor(rest / 10)) digits++;
      for (let at = end + digits - 1, rest = value; at >= end; at--, rest = Math.floor(rest / 10)) buffer[at] = 48 + (rest % 10);
      end += digits;
    });
    buffer[end++] = 93; // ]
    return buffer.subarray(0, end);
  };
}

/** Twelve fields: with its header 120 bytes, and 8 for the reference to it. */
const ENTRY = 128;
const SHELF = 1_000;

/** Objects that refer to each other and stay, as an index or a cache of the service would. */
export function liveHeap(size: number): unknown {
  return Array.from({ length: size / (SHELF * ENTRY) }, (_, number) => {
    const shelf: unknown[] = [];
    for (let place = 0; place < SHELF; place++) {
      const owner = shelf[place >> 1];
      shelf.push({ shelf, owner, number, place, price: place, stock: 1, sold: 0, level: 2, row: 3, bin: 4, from: 5, until: number });
    }
    return shelf;
  });
}
