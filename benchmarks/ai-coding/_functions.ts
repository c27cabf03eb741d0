/**
 * Eighteen small functions that a day's work asks for, right as they stand here. `_faults.ts` spoils each of them in one place; its tests
 * hold it to the sentence above it. No import: a spoilt copy of this file is a module of its own.
 */

/** Cuts a list into pages of `size`, the last of which may be shorter. An empty list has no pages. */
export function pages<T>(items: readonly T[], size: number): T[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, page) => items.slice(page * size, (page + 1) * size));
}

/** Where a number belongs in an ascending list: before the first that is not smaller. */
export function placeOf(ascending: readonly number[], wanted: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The sum of prices such as "12.50", in cents. */
export function totalInCents(prices: readonly string[]): number {
  return prices.reduce((sum, price) => sum + Math.round(Number(price) * 100), 0);
}

/** The middle of a list of numbers, or the mean of the two in the middle. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** What a basket costs after its discount, if it has one. */
export function payable(total: number, discount?: number): number {
  return total - (discount ?? 0);
}

export interface Access {
  readonly admin: boolean;
  readonly owner: boolean;
  readonly locked: boolean;
}

/** Admins and owners may edit a document unless it is locked. */
export function mayEdit({ admin, owner, locked }: Access): boolean {
  return (admin || owner) && !locked;
}

/** The text, or its first characters and an ellipsis, in at most so many characters. */
export function shorten(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join("")}…`;
}

/** The day after a day, both as "2026-03-01". */
export function dayAfter(day: string): string {
  const [year, month, date] = day.split("-").map(Number) as [number, number, number];
  return new Date(Date.UTC(year, month - 1, date + 1)).toISOString().slice(0, 10);
}

/** The defaults, with the given options in their place. */
export function withDefaults(defaults: Record<string, unknown>, given: Record<string, unknown>): Record<string, unknown> {
  return Object.assign({}, defaults, given);
}

const version = /^\d+\.\d+\.\d+$/;

/** Whether a text is three numbers with dots between them. */
export function isVersion(text: string): boolean {
  return version.test(text);
}

export interface Job {
  readonly name: string;
  readonly urgency: number;
}

/** The most urgent first; jobs of equal urgency keep their order. */
export function byUrgency(jobs: readonly Job[]): Job[] {
  return jobs.toSorted((a, b) => b.urgency - a.urgency);
}

/** Greets whoever is not banned, and refuses the others. */
export async function greet(name: string, isBanned: (name: string) => Promise<boolean>): Promise<string> {
  if (await isBanned(name)) throw new Error(`${name} is banned`);
  return `hello ${name}`;
}

/** Saves everything, one after the other, and returns when all is saved. */
export async function saveAll<T>(items: readonly T[], save: (item: T) => Promise<void>): Promise<void> {
  for (const item of items) {
    await save(item);
  }
}

/** Hands out a token. Whoever asks while there is none waits for the same refresh. */
export function tokens(refresh: () => Promise<string>): () => Promise<string> {
  let token: Promise<string> | undefined;
  return async () => {
    token ??= refresh();
    return token;
  };
}

/** Tries up to so many times, and throws what went wrong the last time. */
export async function retried<T>(attempt: () => Promise<T>, times: number): Promise<T> {
  let failure: unknown;
  for (let tried = 0; tried < times; tried++) {
    try {
      return await attempt();
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

/** Every value once, in the order in which they first come. */
export function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}

/** The values that a list of lists holds, in order, without those that are missing. */
export function present<T>(lists: readonly (readonly (T | undefined)[])[]): T[] {
  const found: T[] = [];
  for (const list of lists) for (const value of list) if (value !== undefined) found.push(value);
  return found;
}

/** The text without the blanks at its end. */
export function withoutTrailingBlanks(text: string): string {
  return text.trimEnd();
}
