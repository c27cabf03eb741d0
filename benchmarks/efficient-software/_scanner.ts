import type { FileHandle } from "node:fs/promises";
import { emptyAccount, LATE, type Account, type Accounts } from "./_accounts.ts";

const byte = (character: string): number => character.charCodeAt(0);
const QUOTE = byte('"');
const COMMA = byte(",");
const COLON = byte(":");
const OPEN = byte("{");
const CLOSE = byte("}");
const BACKSLASH = byte("\\");
const NEWLINE = byte("\n");
const ZERO = byte("0");
const SERVICE = Buffer.from("service");
const LEVEL = Buffer.from("level");
const LATENCY = Buffer.from("latency");
const DEBUG = Buffer.from("debug");
const ERROR = Buffer.from("error");

/**
 * Keeps accounts of the services from the bytes of JSON lines, and makes no string but one for each service. It knows flat objects of
 * strings and whole numbers without spaces between them, which is all that this log writes, and refuses anything else. That is the price:
 * a page of code that answers one question about one format, where `JSON.parse` answers all.
 */
export class Scanner {
  readonly #services: { readonly name: Buffer; readonly account: Account }[] = [];

  get accounts(): Accounts {
    return new Map(this.#services.map(({ name, account }) => [name.toString(), account]));
  }

  /** Reads whole lines: from the start of the bytes to `end`, which is just behind a line's end. */
  lines(bytes: Uint8Array, end: number): void {
    for (let at = 0; at < end;) at = this.#line(bytes, at, end);
  }

  #line(bytes: Uint8Array, start: number, end: number): number {
    let serviceFrom = 0;
    let serviceTo = 0;
    let latency = 0;
    let debug = false;
    let error = false;
    let at = start;
    if (bytes[at] !== OPEN) throw strange(at);
    do {
      const key = at + 2;
      if (bytes[at + 1] !== QUOTE) throw strange(at);
      at = key;
      while (at < end && bytes[at] !== QUOTE) at++;
      const keyEnd = at++;
      if (bytes[at++] !== COLON) throw strange(at);
      if (bytes[at] === QUOTE) {
        const from = ++at;
        while (at < end && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
        if (same(bytes, key, keyEnd, SERVICE)) {
          serviceFrom = from;
          serviceTo = at;
        } else if (same(bytes, key, keyEnd, LEVEL)) {
          debug = same(bytes, from, at, DEBUG);
          error = same(bytes, from, at, ERROR);
        }
        at++;
      } else {
        let number = 0;
        for (let digit = bytes[at]! - ZERO; digit >= 0 && digit <= 9; digit = bytes[++at]! - ZERO) number = 10 * number + digit;
        if (same(bytes, key, keyEnd, LATENCY)) latency = number;
      }
    } while (bytes[at] === COMMA);
    if (bytes[at] !== CLOSE || bytes[at + 1] !== NEWLINE) throw strange(at);
    if (!debug) {
      const account = this.#accountOf(bytes, serviceFrom, serviceTo);
      account.latency += latency;
      if (error) account.errors++;
      if (latency >= LATE) account.late++;
    }
    return at + 2;
  }

  #accountOf(bytes: Uint8Array, from: number, to: number): Account {
    for (const { name, account } of this.#services) if (same(bytes, from, to, name)) return account;
    const account = emptyAccount();
    this.#services.push({ name: Buffer.from(bytes.subarray(from, to)), account });
    return account;
  }
}

/** Reads a file through one buffer that is used over and over; what is left of a line at its end moves to its beginning. */
export async function scanFile(file: FileHandle, room: number): Promise<Accounts> {
  const scanner = new Scanner();
  const buffer = Buffer.allocUnsafe(room);
  for (let kept = 0; ;) {
    const { bytesRead } = await file.read(buffer, kept, room - kept, null);
    if (bytesRead === 0) {
      if (kept > 0) throw new Error("the last line has no end, or one is longer than the buffer");
      return scanner.accounts;
    }
    const filled = kept + bytesRead;
    const whole = buffer.lastIndexOf(NEWLINE, filled - 1) + 1;
    scanner.lines(buffer, whole);
    buffer.copyWithin(0, whole, filled);
    kept = filled - whole;
  }
}

function same(bytes: Uint8Array, from: number, to: number, word: Uint8Array): boolean {
  if (to - from !== word.length) return false;
  for (let at = 0; at < word.length; at++) if (bytes[from + at] !== word[at]) return false;
  return true;
}

const strange = (at: number): Error => new Error(`byte ${at} of the buffer is not where this scanner expects it`);
