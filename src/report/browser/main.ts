import type { Embedded } from "../embedded.ts";
import { fallbackFonts, typeface } from "../theme.ts";
import { onThemeChange, themeButton } from "./appearance.ts";
import { colourCode } from "./colour.ts";
import { followReader } from "./contents.ts";
import { openTargets } from "./disclosure.ts";
import { LiveChart } from "./live-chart.ts";

/** Charts come to life this long before they are seen, in pixels of scrolling. */
const AHEAD = "500px";

typeface.family = fallbackFonts;
document.querySelector("[data-tools]")?.append(themeButton());
followReader();
colourCode();
openTargets();

const charts: LiveChart[] = [];
onThemeChange(() => {
  for (const it of charts) it.draw();
});

function enliven(place: HTMLElement): void {
  const data = place.querySelector<HTMLScriptElement>("script[type='application/json']")?.textContent;
  if (data === undefined || data === null) return;
  const focused = place.querySelector(".chart") === document.activeElement;
  try {
    charts.push(new LiveChart(place, JSON.parse(data) as Embedded));
    // Who came to the drawing by keyboard stands at what took its place.
    if (focused) place.querySelector<HTMLElement>(".stage")?.focus();
  } catch (error) {
    // The drawing that the page came with stays.
    place.classList.remove("alive");
    for (const it of place.querySelectorAll(".controls, .stage")) it.remove();
    console.warn(`A chart stays a picture: ${String(error)}`);
  }
}

const observer = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      observer.unobserve(target);
      enliven(target as HTMLElement);
    }
  },
  { rootMargin: AHEAD },
);
// A canvas does not wait for a typeface by itself, and what is drawn before it is there has other widths.
const faces = [typeface.regular, typeface.strong].map((weight) => document.fonts.load(`${weight} 12px Inter`));
void Promise.allSettled(faces).then(() => {
  for (const place of document.querySelectorAll("[data-chart]")) observer.observe(place);
  document.documentElement.dataset["live"] = "";
});
