import { tokens } from "../page/tokens.ts";
import { element } from "./element.ts";

/** Code is coloured this long before it is seen, in pixels of scrolling. */
const AHEAD = "500px";

const classes = { comment: "c", string: "s", number: "n", keyword: "k" } as const;

/** Colours the code of the page as it comes into sight; what nobody opens stays plain. */
export function colourCode(): void {
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        observer.unobserve(target);
        colour(target.firstElementChild!);
      }
    },
    { rootMargin: AHEAD },
  );
  for (const it of document.querySelectorAll("pre.code")) observer.observe(it);
}

/** The text stays what it was, letter by letter. */
function colour(code: Element): void {
  const parts = tokens(code.textContent ?? "").map(({ kind, text }) =>
    kind === "plain" ? text : element("i", { class: classes[kind] }, text),
  );
  code.replaceChildren(...parts);
}
