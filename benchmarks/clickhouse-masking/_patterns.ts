/**
 * What is to be hidden, as patterns that every engine here reads alike: no look-around, no back references, no classes that mean different
 * things in different engines (`\d`, `\w`, `\b`), and none repeated more than sixteen times by count, which V8's linear engine refuses.
 * The first two are the post's own.
 */
export interface Pattern {
  readonly source: string;
  /** What stands where something was hidden. */
  readonly mark: string;
  /** A text without which it cannot match, where there is one: looking for that costs a fraction of running the pattern. */
  readonly must?: string;
}

/** Letters, digits and `._%+-`, an at sign, letters, digits and `.-`, a dot, two letters or more. */
export const mail: Pattern = { source: String.raw`[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\.[a-zA-Z]{2,}`, mark: "[EMAIL_REDACTED]", must: "@" };

/** Four groups of one to three digits with dots between them. */
export const ipv4: Pattern = { source: String.raw`[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}`, mark: "[IP_REDACTED]", must: "." };

/**
 * The post's two, and what else a company hides in its logs. Most of them are found in no line, as in most logs; orders and users are in
 * many. In the lab's log no two match at the same place, so one walk and sixteen come to the same.
 */
const catalogue: readonly Pattern[] = [
  mail,
  ipv4,
  { source: "A-[0-9]{6}", mark: "[ORDER_REDACTED]", must: "A-" },
  { source: "user[: ][0-9]+", mark: "[USER_REDACTED]", must: "user" },
  { source: String.raw`eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+`, mark: "[JWT_REDACTED]", must: "eyJ" },
  { source: "Bearer [A-Za-z0-9._~+/-]+", mark: "[BEARER_REDACTED]", must: "Bearer " },
  { source: "[A-Z]{2}[0-9]{2} [A-Z0-9]{4} [A-Z0-9]{4} [A-Z0-9 ]+", mark: "[IBAN_REDACTED]" },
  { source: "[0-9]{4}(?:[ -][0-9]{4}){3}", mark: "[CARD_REDACTED]" },
  { source: "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", mark: "[UUID_REDACTED]", must: "-" },
  { source: "[0-9]{3}-[0-9]{2}-[0-9]{4}", mark: "[SSN_REDACTED]", must: "-" },
  { source: "AKIA[0-9A-Z]+", mark: "[KEY_REDACTED]", must: "AKIA" },
  { source: "ghp_[A-Za-z0-9]+", mark: "[TOKEN_REDACTED]", must: "ghp_" },
  { source: "(?:[0-9a-f]{2}:){5}[0-9a-f]{2}", mark: "[MAC_REDACTED]", must: ":" },
  { source: String.raw`\+[0-9]{1,3} [0-9][0-9 ]{5,13}`, mark: "[PHONE_REDACTED]", must: "+" },
  { source: "password=[^ ;]+", mark: "[PASSWORD_REDACTED]", must: "password=" },
  { source: "session=[^ ;]+", mark: "[SESSION_REDACTED]", must: "session=" },
];

/** @throws {RangeError} there are not so many. */
export function firstPatterns(count: number): readonly Pattern[] {
  if (count < 1 || count > catalogue.length) throw new RangeError(`there are 1 to ${catalogue.length} patterns, not ${count}`);
  return catalogue.slice(0, count);
}

/** The mark of whoever has one for all kinds. */
export const ONE_MARK = "[REDACTED]";

/** One pattern that finds what any of them finds. */
export const alternation = (patterns: readonly Pattern[]): string => patterns.map(({ source }) => `(?:${source})`).join("|");

/** A text with all marks made one, so that who tells kinds apart and who does not can be compared. */
export const marksAlike = (text: string): string => text.replaceAll(/\[[A-Z]+_REDACTED\]/g, ONE_MARK);
