/** The post's profiles: a name, a mail address, preferences and the last login, under an id that counts from 0. */
import { seeded } from "#lab";

/** In the order in which they lie. */
export const fields = ["Name", "Email", "Preferences", "LastLogin"] as const;
export type Field = (typeof fields)[number];
export type Profile = Readonly<Record<Field, string>>;

/** Bytes that a field may take at most, preferences apart. */
export const WIDEST = { Name: 24, Email: 40, LastLogin: 16 } as const;

const given = ["Ada", "Bela", "Chitra", "Dmitri", "Emeka", "Farah", "Goran", "Hana"];
const family = ["Achebe", "Bose", "Castro", "Dubois", "Eriksen", "Fujita", "Gupta", "Horvat", "Ivanova"];
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/** Preferences as Postgres writes them: the shorter key first, a space after each colon and comma. */
export const preferencesText = (seen: string): string => `{"seen": "${seen}", "theme": "dark"}`;
const EMPTY = preferencesText("");
const FIRST_LOGIN = Date.UTC(2026, 0, 1);

/** Letters at random, longer than any preferences; each profile has a piece of them. */
let letters: string | undefined;
const POOL = 1 << 18;

function piece(id: number, length: number): string {
  letters ??= scattered();
  const from = (id * 7_919) % (POOL - length);
  return letters.slice(from, from + length);
}

function scattered(): string {
  const random = seeded(1);
  return Array.from({ length: POOL }, () => LETTERS[Math.floor(random() * LETTERS.length)]).join("");
}

/**
 * @param preferences bytes of the preferences: an object in JSON, mostly of letters that say nothing, as identifiers do, so that no store can
 *   press them. Less than 29 is taken for 29.
 */
export function profileOf(id: number, preferences: number): Profile {
  const seen = piece(id, Math.max(0, preferences - EMPTY.length));
  const name = `${given[id % given.length]} ${family[id % family.length]}`;
  return {
    Name: name,
    Email: `${name.toLowerCase().replace(" ", ".")}.${id}@example.org`,
    Preferences: preferencesText(seen),
    LastLogin: String(FIRST_LOGIN + ((id * 7_919_003) % 31_536_000_000)),
  };
}

/** @throws {Error} unless this is the profile that was asked for. */
export function mustBeProfile(told: readonly unknown[], id: number, preferences: number): void {
  const truth = profileOf(id, preferences);
  const differs = fields.find((field, index) => String(told[index]) !== truth[field]);
  if (differs) throw new Error(`${differs} of profile ${id} came back as ${String(told[fields.indexOf(differs)]).slice(0, 60)}`);
}

/** The latest of the logins of so many profiles. */
export function latestLogin(profiles: number): number {
  let latest = 0;
  for (let id = 0; id < profiles; id++) latest = Math.max(latest, Number(profileOf(id, 0).LastLogin));
  return latest;
}
