import { dark, light, type Theme } from "../theme.ts";
import { element } from "./element.ts";

/** Where a reader's choice of light or dark is kept; the head of the page reads it before anything is shown. */
const KEY = "assay-theme";

const system = matchMedia("(prefers-color-scheme: dark)");

const chosen = (): string | undefined => document.documentElement.dataset["theme"];

/** What the page looks like now: the reader's choice, else the system's. */
export function theme(): Theme {
  const name = chosen() ?? (system.matches ? "dark" : "light");
  return name === "dark" ? dark : light;
}

/** Calls back after every change, whoever made it. */
export function onThemeChange(changed: () => void): void {
  system.addEventListener("change", changed);
  new MutationObserver(changed).observe(document.documentElement, { attributeFilter: ["data-theme"] });
}

/** A button that turns the page from light to dark and back. What agrees with the system is no choice and is forgotten. */
export function themeButton(): HTMLButtonElement {
  const sign = element("span", { "aria-hidden": "true", class: "half" });
  const words = element("span");
  const button = element("button", { type: "button", class: "tool" }, sign, words);
  const say = (): void => {
    words.textContent = theme() === dark ? "Light" : "Dark";
    button.setAttribute("aria-label", theme() === dark ? "Show the page in light colours" : "Show the page in dark colours");
  };
  button.addEventListener("click", () => {
    const next = theme() === dark ? "light" : "dark";
    const own = system.matches ? "dark" : "light";
    if (next === own) delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = next;
    keep(next === own ? undefined : next);
  });
  onThemeChange(say);
  say();
  return button;
}

/** A page from disk may have no storage, and a reader may forbid it. */
function keep(name: string | undefined): void {
  try {
    if (name === undefined) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, name);
  } catch {
    // The choice lasts as long as the page.
  }
}
