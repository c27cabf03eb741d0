import type { Figure } from "../model/figure.ts";
import type { RunRecord } from "../model/record.ts";
import type { Verdict } from "../model/verdict.ts";
import { altOf } from "./embed.ts";
import { literal } from "./gate/escape.ts";
import { escapeHtml } from "./page/markup.ts";
import { dateWords, oneLine, short } from "./words.ts";

/** One chart of the gallery. */
export interface Exhibit {
  /** `<article>/<experiment>`. */
  readonly id: string;
  readonly question: string;
  readonly figure: Figure;
  readonly record: RunRecord;
  readonly verdicts: readonly Verdict[];
}

export interface GalleryPost {
  readonly title: string;
  readonly exhibits: readonly Exhibit[];
}

const OPENED = "<!-- gallery: written by `assay publish` -->";
const CLOSED = "<!-- /gallery -->";

/** An SVG that names the record it was drawn from, so that anyone can tell whether it is still true. */
export const stamped = (svg: string, digest: string): string =>
  svg.replace(/<svg\b[^>]*>/, (tag) => `${tag}<metadata>record ${digest}</metadata>`);

/** The digest of the record that a chart was drawn from; undefined where it names none. */
export const stampOf = (svg: string): string | undefined => /<metadata>record ([0-9a-f]{64})<\/metadata>/.exec(svg)?.[1];

/** Everything that is written in an SVG, in order. */
export const textsOf = (svg: string): string[] => [...svg.matchAll(/<(text|title|desc)\b[^>]*>([^<]*)<\/\1>/g)].map(([, , text]) => text!);

/**
 * The gallery of a README: one chart a post.
 * @param base path from the document to the folder that holds `charts/`, ended by a slash or empty.
 */
export function galleryOf(posts: readonly GalleryPost[], base: string): string {
  const shown = posts.flatMap(({ title, exhibits: [first] }) => (first ? [`### ${heading(title)}\n\n${exhibit(first, base)}`] : []));
  const [any] = posts.flatMap(({ exhibits }) => exhibits);
  if (!any) return `${OPENED}\n${CLOSED}`;
  const host = any.record.host.label ?? any.record.host.id;
  const days = [...new Set(posts.flatMap(({ exhibits }) => exhibits.map(({ record }) => dateWords(record.startedAt))))];
  const intro = `Charts of ${oneLine(host, 100)}, measured on ${days.slice(0, 3).join(", ")}${days.length > 3 ? " and later" : ""}.`;
  return [OPENED, intro, ...shown, CLOSED].join("\n\n");
}

/** All charts, post by post: the README of the published folder. */
export function wholeGallery(posts: readonly GalleryPost[]): string {
  const sections = posts
    .filter(({ exhibits }) => exhibits.length > 0)
    .map(({ title, exhibits }) =>
      [`## ${heading(title)}`, ...exhibits.map((it) => `### ${heading(it.question)}\n\n${exhibit(it, "")}`)].join("\n\n"),
    );
  return `${["# Published charts", "Written by `assay publish`. Each chart names, in its metadata, the record that it was drawn from.", ...sections].join("\n\n")}\n`;
}

const heading = (text: string): string => literal(short(text, 200));

function exhibit(it: Exhibit, base: string): string {
  const path = `${base}charts/${it.id}`;
  return [
    "<picture>",
    `  <source media="(prefers-color-scheme: dark)" srcset="${path}-dark.svg" type="image/svg+xml">`,
    `  <source srcset="${path}.svg" type="image/svg+xml">`,
    `  <img src="${path}.png" alt="${escapeHtml(altOf(it))}">`,
    "</picture>",
  ].join("\n");
}

/**
 * A document with its gallery replaced; all else stays as it is.
 * @throws {Error} the document has no place for one.
 */
export function withGallery(document: string, gallery: string): string {
  const [from, to] = [document.indexOf(OPENED), document.indexOf(CLOSED)];
  if (from < 0 || to < from) throw new Error(`it has no place for the gallery, between ${OPENED} and ${CLOSED}`);
  return document.slice(0, from) + gallery + document.slice(to + CLOSED.length);
}
