import type { Figure } from "../model/figure.ts";
import type { Quantity } from "../model/quantity.ts";
import type { RunRecord } from "../model/record.ts";
import type { Verdict } from "../model/verdict.ts";
import { sentenceOf, type Telling } from "./asked.ts";
import { chart } from "./chart.ts";
import { escapeHtml } from "./page/markup.ts";
import { light } from "./theme.ts";
import { unitOf } from "./unit.ts";
import { metricWords, oneLine } from "./words.ts";

/** What an author embeds of an experiment. */
export interface Embedded {
  /** `<article>/<experiment>`. */
  readonly id: string;
  readonly figure: Figure;
  readonly record: RunRecord;
  readonly verdicts: readonly Verdict[];
}

/** Pixels that the interactive chart needs beside the drawing itself: its legend, its buttons and the line that names a reading. */
const CONTROLS = 120;

/**
 * Two pieces of HTML, each on its own: the chart as a picture for both themes, and the interactive chart in a frame.
 * @param base address of the folder that holds `charts/`, as `baseOf` returns it.
 */
export function embed(it: Embedded, base: string): string {
  const { width, height } = chart(it.figure, light, { width: 720, framed: true });
  const path = `${base}charts/${it.id}`;
  const svg = { type: "image/svg+xml" };
  const lines = [
    "<picture>",
    `  ${tag("source", { media: "(prefers-color-scheme: dark)", srcset: `${path}-dark.svg`, ...svg })}`,
    `  ${tag("source", { srcset: `${path}.svg`, ...svg })}`,
    `  ${tag("img", { src: `${path}.png`, width, height, alt: altOf(it), loading: "lazy", decoding: "async" })}`,
    "</picture>",
    "",
    `${tag("iframe", {
      src: `${path}.html`,
      title: `Interactive chart: ${oneLine(it.figure.title, 300)}`,
      width,
      height: height + CONTROLS,
      loading: "lazy",
      style: "max-width:100%;border:0",
    })}</iframe>`,
  ];
  return `${lines.join("\n")}\n`;
}

/** An opening tag; what stands in its attributes can be anything. */
function tag(name: string, attributes: { readonly [name: string]: string | number }): string {
  const written = Object.entries(attributes).map(([attribute, value]) => ` ${attribute}="${escapeHtml(String(value))}"`);
  return `<${name}${written.join("")}>`;
}

/**
 * The address that everything embedded begins with, ended by a slash; nothing for an address that is none: it must be http, https or relative,
 * without a query and without anything that a browser reads as something else.
 */
export function baseOf(address: string): string | undefined {
  const text = address.trim();
  if (text === "" || text === ".") return "";
  if (text.length > 2000 || /[\s\p{C}"'<>\\^`{|}?#]/u.test(text)) return undefined;
  const folder = text.endsWith("/") ? text : `${text}/`;
  if (/^https?:\/\//i.test(text))
    return URL.canParse(folder) && new URL(folder).username + new URL(folder).password === "" ? folder : undefined;
  // A colon before the first slash would name a scheme, two slashes a host.
  return /^[^/]*:/.test(text) || text.startsWith("//") ? undefined : folder;
}

/** Sentences enough to know the chart by; more of them nobody listens to. */
const SENTENCES = 3;

/**
 * The chart in words, from the data: what was asked, and what the claims are about, with intervals. What no claim is about the figure
 * tells in its own words.
 */
export function altOf({ figure, record, verdicts }: Embedded): string {
  const told = new Map<string, string>();
  for (const verdict of verdicts) {
    const sentence = verdict.measured && sentenceOf(verdict, verdict.measured, telling(verdict, record));
    if (sentence) told.set(JSON.stringify([subjectOf(verdict.bound.quantity), verdict.at]), sentence);
  }
  const sentences = [...told.values()].slice(0, SENTENCES);
  return sentences.length === 0 ? oneLine(figure.alt, 2000) : [oneLine(figure.title, 300), ...sentences].join(" ");
}

/** What a sentence is about. Two claims may be about the same two variants, from either side; and of a staircase its last step is told. */
function subjectOf(asked: Quantity): unknown {
  if (asked.kind === "ratio") return [asked.kind, [asked.of, asked.over].toSorted(), asked.metric];
  return asked.kind === "step" ? [asked.kind, asked.of, asked.metric] : asked;
}

function telling({ bound: { quantity: asked } }: Verdict, record: RunRecord): Telling {
  const per = record.kind === "experiment" ? (record.per ?? "operation") : undefined;
  return {
    what: metricWords(asked.metric, per, record.metrics[asked.metric]?.says),
    unit: unitOf(asked, record.metrics as Parameters<typeof unitOf>[1]),
  };
}
