/** Words of a program by their kind, as far as colouring needs it. Runs in the page as well. */

export type Kind = "comment" | "string" | "number" | "keyword" | "plain";
export interface Token {
  readonly kind: Kind;
  readonly text: string;
}

const keywords = new Set(
  "as async await break case catch class const continue default delete do else export extends false finally for from function if import in instanceof let new null of return satisfies static super switch this throw true try type typeof undefined using var void while yield interface readonly".split(
    " ",
  ),
);

const pattern =
  /(?<comment>\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|(?<string>"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?|`(?:\\[\s\S]|[^`\\])*`?)|(?<number>\b(?:0[xXbBoO][\da-fA-F_]+|\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?)n?\b)|(?<word>[A-Za-z_$][\w$]*)|(?<other>[\s\S])/g;

/** A few kinds of words are all that colouring needs; what it does not know stays plain, and no character is ever lost. */
export function tokens(source: string): Token[] {
  const found: { kind: Kind; text: string }[] = [];
  for (const { 0: text, groups } of source.matchAll(pattern)) {
    const kind: Kind =
      groups?.["comment"] !== undefined
        ? "comment"
        : groups?.["string"] !== undefined
          ? "string"
          : groups?.["number"] !== undefined
            ? "number"
            : keywords.has(text)
              ? "keyword"
              : "plain";
    const last = found[found.length - 1];
    if (last?.kind === kind) last.text += text;
    else found.push({ kind, text });
  }
  return found;
}
