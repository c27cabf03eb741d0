/** What an application writes to its table of profiles, as a plan: the same for every way of carrying it on. */

/** A profile, its values in the order of the columns. `change` is the number of the write that made it so, 0 for none. */
export type Profile = readonly [id: number, mail: string, city: string, change: number];

export interface Write {
  readonly kind: "insert" | "update" | "delete";
  /** No row is written twice, so that a change is known by its row. */
  readonly id: number;
  /** From 1. */
  readonly change: number;
}

/** Of ten writes, six are of new rows, three change one and one removes one, in an order that the seed decides. */
const TEN = ["insert", "insert", "insert", "insert", "insert", "insert", "update", "update", "update", "delete"] as const;
const PART = 1_000;
/** Rows that are there before: the first thousand are changed, the second removed. */
export const BEFORE = 2 * PART;
/** More writes would change a row twice. */
const MOST = (10 / 3) * PART;

const cities = ["Pune", "Turin", "Oslo", "Quito", "Osaka"] as const;

const profile = (id: number, change: number): Profile => [id, `user${id}@example.org`, cities[(id + change) % cities.length]!, change];

/** The rows that every store begins with. */
export const profilesBefore = (): Profile[] => Array.from({ length: BEFORE }, (_, index) => profile(index + 1, 0));

/** @throws {RangeError} for so many writes that a row would have to be written twice. */
export function planned(count: number, random: () => number): Write[] {
  if (count > MOST) throw new RangeError(`${count} writes would change a row twice; at most ${Math.floor(MOST)} do not`);
  const next = { insert: BEFORE + 1, update: 1, delete: PART + 1 };
  const plan: Write[] = [];
  while (plan.length < count) {
    const ten = TEN.map((kind) => ({ kind, place: random() })).toSorted((a, b) => a.place - b.place);
    for (const { kind } of ten.slice(0, count - plan.length)) plan.push({ kind, id: next[kind]++, change: plan.length + 1 });
  }
  return plan;
}

/** A write as a statement for Postgres: prepared once for each kind. */
export function statementOf({ kind, id, change }: Write): {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
} {
  const [, mail, city] = profile(id, change);
  if (kind === "insert") {
    return { name: kind, text: "INSERT INTO profiles VALUES ($1, $2, $3, $4, clock_timestamp())", values: [id, mail, city, change] };
  }
  if (kind === "update") {
    const text = "UPDATE profiles SET city = $2, change = $3, updated_at = clock_timestamp() WHERE id = $1";
    return { name: kind, text, values: [id, city, change] };
  }
  return { name: kind, text: "DELETE FROM profiles WHERE id = $1", values: [id] };
}
