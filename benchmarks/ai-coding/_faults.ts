/** Eighteen ways to be nearly right: one replacement in one function each, the kind that passes a glance. */
import { readFileSync } from "node:fs";

/** What a fault is about: a row of the chart. */
export const kinds = ["boundaries", "numbers", "logic", "textAndTime", "state", "waiting", "cost"] as const;
export type Kind = (typeof kinds)[number];

export interface Fault {
  /** The function of `_functions.ts` that it spoils; its name. */
  readonly in: string;
  readonly kind: Kind;
  readonly says: string;
  readonly right: string;
  readonly wrong: string;
}

export const faults: readonly Fault[] = [
  {
    in: "pages",
    kind: "boundaries",
    says: "an empty page more where the last one is full",
    right: "Math.ceil(items.length / size)",
    wrong: "Math.floor(items.length / size) + 1",
  },
  {
    in: "placeOf",
    kind: "boundaries",
    says: "never behind the last",
    right: "let high = ascending.length;",
    wrong: "let high = ascending.length - 1;",
  },
  {
    in: "totalInCents",
    kind: "numbers",
    says: "binary fractions cut off: 19.99 × 100 is 1998.9999999999998",
    right: "Math.round(Number(price) * 100)",
    wrong: "Math.trunc(Number(price) * 100)",
  },
  {
    in: "median",
    kind: "numbers",
    says: "numbers sorted as text: 10 before 9",
    right: "numbers.toSorted((a, b) => a - b)",
    wrong: "numbers.toSorted()",
  },
  {
    in: "payable",
    kind: "logic",
    says: "the difference binds tighter than the default",
    right: "total - (discount ?? 0)",
    wrong: "total - discount ?? 0",
  },
  {
    in: "mayEdit",
    kind: "logic",
    says: "admins edit what is locked: `and` binds tighter than `or`",
    right: "(admin || owner) && !locked",
    wrong: "admin || (owner && !locked)",
  },
  {
    in: "shorten",
    kind: "textAndTime",
    says: "counts UTF-16 units and cuts an emoji in half",
    right: "const characters = [...text];",
    wrong: 'const characters = text.split("");',
  },
  {
    in: "dayAfter",
    kind: "textAndTime",
    says: "midnight in the zone of the machine: east of Greenwich the day after is today",
    right: "new Date(Date.UTC(year, month - 1, date + 1))",
    wrong: "new Date(year, month - 1, date + 1)",
  },
  {
    in: "withDefaults",
    kind: "state",
    says: "changes the defaults for everybody after",
    right: "Object.assign({}, defaults, given)",
    wrong: "Object.assign(defaults, given)",
  },
  {
    in: "isVersion",
    kind: "state",
    says: "a global expression remembers where it stopped, so every second answer is no",
    right: String.raw`const version = /^\d+\.\d+\.\d+$/;`,
    wrong: String.raw`const version = /^\d+\.\d+\.\d+$/g;`,
  },
  {
    in: "byUrgency",
    kind: "state",
    says: "never calls two jobs equal, so it turns their order round",
    right: "b.urgency - a.urgency",
    wrong: "(a.urgency < b.urgency ? 1 : -1)",
  },
  {
    in: "greet",
    kind: "waiting",
    says: "a promise is always true",
    right: "if (await isBanned(name))",
    wrong: "if (isBanned(name))",
  },
  {
    in: "saveAll",
    kind: "waiting",
    says: "nobody waits for what forEach starts",
    right: "for (const item of items) {\n    await save(item);\n  }",
    wrong: "items.forEach(async (item) => {\n    await save(item);\n  });",
  },
  {
    in: "tokens",
    kind: "waiting",
    says: "checks, waits, then acts: the race of the post",
    right: "let token: Promise<string> | undefined;\n  return async () => {\n    token ??= refresh();",
    wrong: "let token: string | undefined;\n  return async () => {\n    token ??= await refresh();",
  },
  {
    in: "retried",
    kind: "waiting",
    says: "gives up without a word",
    right: "  throw failure;\n",
    wrong: "",
  },
  {
    in: "unique",
    kind: "cost",
    says: "looks through the whole list for each value",
    right: "[...new Set(values)]",
    wrong: "values.filter((value, index) => values.indexOf(value) === index)",
  },
  {
    in: "present",
    kind: "cost",
    says: "copies all that it has for each value",
    right:
      "const found: T[] = [];\n  for (const list of lists) for (const value of list) if (value !== undefined) found.push(value);\n  return found;",
    wrong: "return lists.flat().reduce<T[]>((found, value) => (value === undefined ? found : [...found, value as T]), []);",
  },
  {
    in: "withoutTrailingBlanks",
    kind: "cost",
    says: "begins again at every blank of a long gap in the middle",
    right: "text.trimEnd()",
    wrong: String.raw`text.replace(/\s+$/, "")`,
  },
];

const FUNCTIONS = new URL("./_functions.ts", import.meta.url);

/** All eighteen functions, right. */
export const source = readFileSync(FUNCTIONS, "utf8").replaceAll("\r\n", "\n");

/** The same with one fault. @throws {Error} what it replaces is not there exactly once. */
export function spoilt({ in: name, right, wrong }: Fault): string {
  const parts = source.split(right);
  if (parts.length !== 2) throw new Error(`the fault in ${name} replaces what stands there ${parts.length - 1} times`);
  return parts.join(wrong);
}
