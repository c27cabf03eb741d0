/** Lines of which it is known what must not be read in them. All names and addresses are reserved for examples (RFC 2606, 5737, 3849). */
import { logRecords, seeded } from "#lab";

/** A line cut into what comes before, what it is about, and what comes after. */
export interface Sample {
  readonly before: string;
  readonly subject: string;
  readonly after: string;
}

const EACH = 1_000;

type Random = () => number;
const below = (random: Random, limit: number): number => Math.floor(random() * limit);
const oneOf = <T>(random: Random, all: readonly T[]): T => all[below(random, all.length)]!;
const letters = (random: Random, from: string, count: number): string =>
  Array.from({ length: count }, () => oneOf(random, [...from])).join("");

const HEX = "0123456789abcdef";
const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const names = ["ada", "grace", "edsger", "radia", "tony"] as const;
const domains = ["example.com", "example.org", "mail.example.net"] as const;

/** Mail addresses that RFC 5321 or 6531 allows and that are in use. */
const unusual: readonly ((random: Random) => string)[] = [
  (random) => `"${oneOf(random, names)} ${below(random, 100)}"@${oneOf(random, domains)}`,
  (random) => `${oneOf(random, names)}.o'neil${below(random, 100)}@${oneOf(random, domains)}`,
  (random) => `jörg.müller${below(random, 100)}@${oneOf(random, domains)}`,
  (random) => `${oneOf(random, names)}${below(random, 100)}@bücher.example`,
  (random) => `${oneOf(random, names)}${below(random, 100)}@[192.0.2.${below(random, 256)}]`,
];

function ipv6(random: Random): string {
  const group = (): string => letters(random, HEX, 1 + below(random, 4));
  const groups = (count: number): string => Array.from({ length: count }, group).join(":");
  return random() < 0.5 ? `2001:db8:${groups(6)}` : `2001:db8::${groups(1 + below(random, 4))}`;
}

const number = (random: Random): number => below(random, 20);

/** What must be hidden, and what looks like it and need not be. */
const subjects = {
  mail: (random) =>
    `${oneOf(random, names)}${oneOf(random, ["", "+shop", ".b", "_c", "-d"])}${below(random, 1_000)}@${oneOf(random, domains)}`,
  unusual: (random) => oneOf(random, unusual)(random),
  ipv4: (random) => `${oneOf(random, ["192.0.2", "198.51.100", "203.0.113"])}.${below(random, 256)}`,
  ipv6,
  jwt: (random) => `eyJ${letters(random, BASE64, 17)}.eyJ${letters(random, BASE64, 60)}.${letters(random, BASE64, 43)}`,
  versions: (random) =>
    [number(random), number(random), number(random), number(random), ...(random() < 0.5 ? [number(random)] : [])].join("."),
  impossible: (random) => Array.from({ length: 4 }, () => 256 + below(random, 744)).join("."),
  files: (random) => `${oneOf(random, ["logo", "icon", "banner"])}@${2 + below(random, 2)}x.${oneOf(random, ["png", "webp"])}`,
  clocks: (random) => Array.from({ length: 3 }, () => String(10 + below(random, 14))).join(":"),
} as const satisfies Record<string, (random: Random) => string>;

export type Kind = keyof typeof subjects;

/** Lines of a kind: always the same ones. */
export function samplesOf(kind: Kind): readonly Sample[] {
  const random = seeded(1);
  return Array.from({ length: EACH }, () => ({ before: "seen ", subject: subjects[kind](random), after: ", noted" }));
}

/** Lines of the lab's log about every address that they are known to hold. A line with two of them is there twice. */
export function samplesOfLog(rows: number): readonly Sample[] {
  return logRecords(rows)
    .flatMap(({ message, mail, ip }) =>
      [mail, ip]
        .filter((subject) => subject !== undefined)
        .map((subject) => {
          const at = message.indexOf(subject);
          return { before: message.slice(0, at), subject, after: message.slice(at + subject.length) };
        }),
    )
    .toArray();
}
