import { type Problem } from "./marks.ts";

/**
 * What a mark asks. The whole grammar; words may stand in double quotes, as JSON writes strings, and must where they hold white space or
 * one of `( ) , = "`:
 *
 *     question = subject ask [ "since" point ] [ "at" point ] [ "on" host ] [ "as" form ]
 *     subject  = article "/" experiment | article          an article alone only before verdict
 *     ask      = "ratio" "(" variant "," variant [ "," metric ] ")"
 *              | "value" "(" variant [ "," metric ] ")"
 *              | "growth" "(" variant [ "," metric ] ")"      since where: the values that differ there
 *              | "crossover" "(" variant "," variant "," parameter [ "," metric ] ")"      has no point
 *              | "extrapolated" "(" variant "," parameter "," value [ "," metric ] ")"     at the largest point to use
 *              | "verdict" "(" claim ")"                    takes no form
 *     point    = parameter "=" value { "," parameter "=" value }
 *     form     = "center" | "interval" | "estimate" | "low" | "high" | "n" | "number" | "percent" | "more" | "less"
 *
 * The metric is `time` and the form `center` unless given.
 */
export type Question = Reading | Verdict;

interface Asked {
  /** `<article>/<experiment>`; before `verdict` also `<article>`. */
  readonly subject: Word;
  readonly at: readonly Setting[];
  /** Id or label of the host whose record answers. */
  readonly on?: Word;
}

export interface Reading extends Asked {
  readonly kind: keyof typeof asks;
  readonly of: Word;
  /** Of a ratio and of a crossover. */
  readonly over?: Word;
  /** Of a crossover and of what is extrapolated. */
  readonly along?: Word;
  /** Of what is extrapolated. */
  readonly to?: Word;
  /** Of a growth. */
  readonly since?: readonly Setting[];
  readonly metric: Word;
  readonly form: Form;
  /** Where the form stands, or else the question. */
  readonly formAt: number;
}

export interface Verdict extends Asked {
  readonly kind: "verdict";
  readonly claim: Word;
}

/** A name or a value, and where it stands in the question. */
export interface Word {
  readonly text: string;
  readonly at: number;
  /** It stood between quotes and so is text, whatever it looks like. */
  readonly quoted: boolean;
}

export interface Setting {
  readonly parameter: Word;
  readonly value: Word;
}

export const forms = ["center", "interval", "estimate", "low", "high", "n", "number", "percent", "more", "less"] as const;
export type Form = (typeof forms)[number];

/** A question that cannot be answered: what is wrong, where in it, and what to do. */
export class Unanswerable extends Error implements Problem {
  override name = "Unanswerable";
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

/** What can be asked of a record's numbers: the names that it takes before a metric, and an example. */
const asks = {
  ratio: { takes: ["of", "over"], says: "two variants", example: "ratio(declared, sorted)" },
  value: { takes: ["of"], says: "one variant", example: "value(declared)" },
  growth: { takes: ["of"], says: "one variant", example: "growth(scan) since rows=100 at rows=1_000_000" },
  crossover: { takes: ["of", "over", "along"], says: "two variants, a parameter", example: "crossover(scan, index, rows)" },
  extrapolated: {
    takes: ["of", "along", "to"],
    says: "one variant, a parameter, a value",
    example: "extrapolated(scan, rows, 1_000_000_000)",
  },
} as const;
const isAsk = (text: string): text is keyof typeof asks => Object.hasOwn(asks, text);
const every = Object.keys(asks)
  .map((ask) => `${ask}(…)`)
  .join(", ");

const SUBJECT = /^[a-z0-9][a-z0-9-]*(\/[a-z0-9][a-z0-9-]*)?$/;

/** @throws {Unanswerable} at the first thing that the grammar does not know. */
export function parseQuestion(text: string): Question {
  const reader = new Reader(text);
  const subject = reader.word("a question, such as l1-love-letter/field-order ratio(declared, sorted) at records=10_000_000");
  if (!SUBJECT.test(subject.text)) throw new Unanswerable("a question begins with <article>/<experiment>", subject.at);
  const ask = reader.word(`${every} or verdict(…)`);
  if (!isAsk(ask.text) && ask.text !== "verdict") {
    throw new Unanswerable(`expected ${every} or verdict(…) after ${subject.text}`, ask.at);
  }
  if (ask.text !== "verdict" && !subject.text.includes("/")) {
    throw new Unanswerable(`${ask.text} needs the experiment as well: ${subject.text}/<experiment>`, subject.at);
  }
  const names = reader.list(ask.text);
  const since = ask.text === "growth" && reader.option("since") ? reader.settings() : [];
  const at = reader.option("at") ? reader.settings() : [];
  const on = reader.option("on") ? reader.word("a host's id or label") : undefined;
  const asked: Asked = { subject, at, ...(on && { on }) };
  const as = reader.option("as");
  if (ask.text === "verdict") {
    const [claim, extra] = names;
    if (extra) throw new Unanswerable("verdict takes one claim: verdict(l1-love-01)", extra.at);
    if (as) throw new Unanswerable("a verdict is a word and takes no form; remove `as`", as.at);
    reader.end();
    return { kind: "verdict", ...asked, claim: claim! };
  }
  const form = as ? formOf(reader.word(`one of ${forms.join(", ")}`)) : { form: "center" as const, formAt: subject.at };
  reader.end();
  const { takes, says, example } = asks[ask.text];
  if (names.length < takes.length || names.length > takes.length + 1) {
    throw new Unanswerable(`${ask.text} takes ${says} and, if it is not the time, a metric: ${example}`, ask.at);
  }
  if (ask.text === "growth" && since.length === 0) throw new Unanswerable(`growth needs where it begins: ${example}`, ask.at);
  const metric = names[takes.length] ?? { text: "time", at: ask.at, quoted: false };
  const taken = Object.fromEntries(takes.map((role, index) => [role, names[index]!])) as { readonly of: Word };
  return { kind: ask.text, ...asked, ...taken, ...(since.length > 0 && { since }), metric, ...form };
}

function formOf({ text, at }: Word): { readonly form: Form; readonly formAt: number } {
  const form = forms.find((it) => it === text);
  if (form === undefined) throw new Unanswerable(`a form is one of ${forms.join(", ")}`, at);
  return { form, formAt: at };
}

/** Reads a question word by word. */
class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#skip();
  }

  word(wanted: string): Word {
    const at = this.#at;
    if (this.#text[at] === '"') return { text: this.#quoted(), at, quoted: true };
    const text = this.#take(/[^\s(),="]+/y);
    if (text === undefined) throw new Unanswerable(`expected ${wanted}`, at);
    return { text, at, quoted: false };
  }

  /** Names between parentheses. */
  list(of: string): Word[] {
    this.#sign("(", `${of}(`);
    const names = [this.word("a name")];
    while (this.#take(/,/y)) names.push(this.word("a name"));
    this.#sign(")", "a comma and another name, or )");
    return names;
  }

  settings(): Setting[] {
    const settings: Setting[] = [];
    do {
      const parameter = this.word("a parameter and its value, such as records=10_000_000");
      this.#sign("=", `${parameter.text}=value; thousands are parted by underscores, as in 10_000_000`, parameter.at);
      settings.push({ parameter, value: this.word("a value") });
    } while (this.#take(/,/y));
    return settings;
  }

  /** The keyword, if it is what comes next. */
  option(keyword: string): Word | undefined {
    const at = this.#at;
    const text = this.#take(new RegExp(`${keyword}(?![^\\s"])`, "y"));
    return text === undefined ? undefined : { text, at, quoted: false };
  }

  end(): void {
    if (this.#at < this.#text.length) {
      throw new Unanswerable("expected the end of the question, or at parameter=value, on host, as form, in this order", this.#at);
    }
  }

  #quoted(): string {
    const at = this.#at;
    const text = this.#take(/"(?:[^"\\]|\\.)*"/y);
    try {
      return JSON.parse(text ?? "") as string;
    } catch {
      throw new Unanswerable('a text between quotes is written as in JSON and closed with "', at);
    }
  }

  #sign(sign: "(" | ")" | "=", wanted: string, at = this.#at): void {
    if (!this.#take(new RegExp(`\\${sign}`, "y"))) throw new Unanswerable(`expected ${wanted}`, at);
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found === undefined) return undefined;
    this.#at += found.length;
    this.#skip();
    return found;
  }

  #skip(): void {
    while (/\s/.test(this.#text[this.#at] ?? "")) this.#at++;
  }
}
