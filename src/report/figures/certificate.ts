import { type CertificateSummary, type Injected, injectedKey, inOrder } from "../../model/certificate.ts";
import type { Figure, Reading, Segment } from "../../model/figure.ts";
import { categoryAxis, valueAxis } from "../axes.ts";
import { effectiveWords, injectedWords, moreWords, shareWords, stateWords, wantedWords } from "../certificate.ts";
import { dateWords, oneLine } from "../words.ts";

/**
 * The share of comparisons that the gate calls slower, one column for each kind of change and one series for each state of the host, with
 * what was wanted as short lines. Pure. Without a row the figure has no series.
 * @param summaries of one host; of each state the first counts.
 */
export function certificateFigure(summaries: readonly CertificateSummary[]): Figure {
  const shown = [false, true].flatMap((burnt, slot) => {
    const summary = summaries.find((it) => it.burnt === burnt);
    const rows = summary?.rows.filter(({ kernel }) => kernel === undefined) ?? [];
    return summary && rows.length > 0 ? [{ name: stateWords(summary), slot, summary, rows }] : [];
  });
  const kinds = [...new Map(shown.flatMap(({ rows }) => rows.map(({ injected }) => [injectedKey(injected), injected]))).values()].toSorted(
    inOrder,
  );
  const indexOf = (it: Injected): number => kinds.findIndex((kind) => injectedKey(kind) === injectedKey(it));
  const series = shown.map(({ name, slot, rows }) => ({
    name,
    slot,
    points: rows.map(({ injected, caught }): Reading => {
      const { share, low, high, effective } = caught;
      return { x: indexOf(injected), y: share, low, high, n: Math.round(effective), words: shareWords(caught) };
    }),
  }));
  const wanted = (shown[0]?.summary.wanted ?? []).flatMap((it) =>
    "share" in it && it.injected !== undefined && indexOf(it.injected) >= 0 ? [{ ...it, x: indexOf(it.injected) }] : [],
  );
  // Their figures stand in the subtitle: beside the lines they would cover the intervals.
  const segments = wanted.map((it): Segment => ({ x: it.x, y: "atLeast" in it ? it.atLeast : it.atMost, label: "", slot: 0 }));
  const asked = [...Map.groupBy(wanted, wantedWords)].map(([words, all]) => `${listed(all.map(({ x }) => nameOf(kinds[x]!)))} ${words}`);
  const title = "How often the gate calls a change slower";
  const subtitle = `Share of comparisons called slower, with 95% intervals${asked.length > 0 ? `; short lines are what is wanted: ${asked.join("; ")}` : ""}`;
  const told = shown.map(({ name, rows }) => {
    const each = rows.map(
      ({ injected, caught }) => `${injectedWords(injected)} ${shareWords(caught)}, worth ${effectiveWords(caught)} independent comparisons`,
    );
    return `With ${name}: ${each.join("; ")}.`;
  });
  const empty = shown.length === 0;
  return {
    title,
    subtitle,
    mark: "point",
    x: categoryAxis("", kinds.map(nameOf)),
    y: valueAxis("called slower", "fraction", [0, 1], []),
    panels: [{ series, bounds: [], segments }],
    marks: [],
    notes: [],
    caption: shown
      .map(
        ({ name, summary }) =>
          `${name}: ${dateWords(summary.startedAt)}, ${oneLine(summary.runtime, 40)}${summary.finished ? "" : ", unfinished"}`,
      )
      .join(" · "),
    alt: empty ? `${title}. Nothing has been measured yet.` : [`Dot plot: ${title}. ${subtitle}.`, ...told].join(" "),
  };
}

/** `elements, heap and shapes`. */
const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;

const hiddenNames = { "element-kind": "elements", "retained-heap": "heap", dependency: "shapes" } as const;

/** Short enough to stand below a column on a phone. */
function nameOf(it: Injected): string {
  if ("hidden" in it) return hiddenNames[it.hidden];
  return it.more === 0 ? "identical" : `${moreWords(it.more)} more`;
}
