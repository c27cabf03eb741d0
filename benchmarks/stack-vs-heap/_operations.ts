/**
 * One operation of the service in `gc-stalls`, twice: a small order is put together and paid. Both come to the same number; *garbage*
 * makes two dozen objects on the way, *frugal* writes over one buffer that was there before.
 */
export type Operation = (seed: number) => number;

const LINES = 10;

interface Line {
  readonly article: number;
  readonly pieces: number;
  readonly price: number;
  readonly taxed: { readonly rate: number; readonly price: number };
}

interface Order {
  readonly id: number;
  readonly lines: readonly Line[];
}

const price = (article: number): number => 100 + (article & 63);
const tax = (article: number): number => 5 + (article & 15);

/**
 * Every second order stays reachable until so many newer ones do, as in a service that has not answered yet: a collector must keep
 * them alive. If all of them stayed, V8 would notice that they do and make them old at once, where its young generation never sees
 * them.
 */
export function garbage(kept: number): Operation {
  const orders: Order[] = [];
  let next = 0;
  return (seed) => {
    const lines: Line[] = [];
    for (let line = 0; line < LINES; line++) {
      const article = seed + line;
      const total = price(article) * (line + 1);
      lines.push({ article, pieces: line + 1, price: total, taxed: { rate: tax(article), price: total * tax(article) } });
    }
    const order: Order = { id: seed, lines };
    if (kept > 0 && seed % 2 === 0) {
      orders[next] = order;
      next = (next + 1) % kept;
    }
    let sum = 0;
    for (const { taxed } of order.lines) sum = (sum + taxed.price) | 0;
    return sum;
  };
}

/** No object lives longer than the call, and none is made: the prices go through a buffer that belongs to the service. */
export function frugal(): Operation {
  const prices = new Int32Array(LINES);
  return (seed) => {
    for (let line = 0; line < LINES; line++) {
      const article = seed + line;
      prices[line] = price(article) * (line + 1) * tax(article);
    }
    let sum = 0;
    for (let line = 0; line < LINES; line++) sum = (sum + prices[line]!) | 0;
    return sum;
  };
}
