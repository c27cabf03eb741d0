import { join } from "node:path";
import { writeAtomically } from "../host/disk.ts";
import type { Figure } from "../model/figure.ts";
import type { RunRecord } from "../model/record.ts";
import { estimates as estimatesOf, floorOf, nullRatio } from "../stats/estimate.ts";
import { browserScript } from "./bundle.ts";
import { hostWords } from "./caption.ts";
import type { Drawings } from "./draw-all.ts";
import { withDrawers } from "./draw-pool.ts";
import type { DrawTask } from "./draw-worker.ts";
import { altOf } from "./embed.ts";
import { benchmarkFormat } from "./export/benchmark-format.ts";
import { estimatesJson } from "./export/json.ts";
import { figure, isEmpty } from "./figure.ts";
import { certificateFigure } from "./figures/certificate.ts";
import type { Drawn, ExperimentReport, Pictured, ReportInput } from "./input.ts";
import { MOST_OVERLAYS, type Overlay, overlayOf } from "./overlay.ts";
import { page } from "./page.ts";
import { lonePage } from "./page/lone.ts";
import { anchor } from "./page/markup.ts";
import { csv, markdown } from "./table.ts";
import { short } from "./words.ts";

/** Paths of what was written. */
export interface Written {
  readonly page: string;
  readonly charts: readonly string[];
  readonly tables: readonly string[];
  /** Experiments whose record could not be drawn; the page says so in their place. */
  readonly broken: readonly { readonly id: string; readonly why: string }[];
  /** Why the charts of the page are pictures alone; absent where they are live. */
  readonly still?: string;
}

/**
 * Writes `index.html`, `charts/<article>/<experiment>[-dark].png|svg`, `charts/<article>/<experiment>.html` (the live chart alone) and
 * `tables/<article>/<experiment>.md|csv|json|bench.txt`. Charts are drawn in threads beside this one. Every file appears whole or not at all. An
 * experiment that cannot be drawn costs no other its place.
 * @throws whatever the file system throws when it cannot be written to.
 */
export async function writeReport(input: ReportInput, outDir: string): Promise<Written> {
  const drawn = new Map<string, Drawn>();
  const charts: string[] = [];
  const tables: string[] = [];
  const { script, still } = await liveScript();
  let certificate: Pictured | undefined;
  const experiments = input.posts.flatMap((post) => post.experiments.map((it) => ({ it, post })));
  await withDrawers(async (draw) => {
    const all = experiments.map(async ({ it, post }) => {
      const made = await attempt(it, draw);
      drawn.set(it.id, made);
      if (made.state !== "drawn") return;
      const files: [path: string, content: string | Uint8Array][] = [
        [`charts/${it.id}.png`, made.files.png],
        [`charts/${it.id}.svg`, made.files.svg],
        [`charts/${it.id}-dark.png`, made.files.darkPng],
        [`charts/${it.id}-dark.svg`, made.files.darkSvg],
        [`charts/${it.id}.html`, lonePage(it, post, made, script)],
        [`tables/${it.id}.md`, markdown(made.estimates, perOf(it))],
        [`tables/${it.id}.csv`, csv(made.estimates)],
        [`tables/${it.id}.json`, estimatesJson(it.record!)],
        [`tables/${it.id}.bench.txt`, benchmarkFormat(it.record!)],
      ];
      for (const [path, content] of files) await writeAtomically(join(outDir, ...path.split("/")), content, false);
    });
    all.push(picturedCertificate(input, draw).then((it) => void (certificate = it)));
    // All of them end before the threads do, whatever becomes of one.
    const settled = await Promise.allSettled(all);
    for (const it of settled) if (it.status === "rejected") throw it.reason;
  });
  for (const { it } of experiments) {
    if (drawn.get(it.id)?.state !== "drawn") continue;
    charts.push(...["png", "svg", "html"].map((kind) => join(outDir, "charts", ...`${it.id}.${kind}`.split("/"))));
    charts.push(...["png", "svg"].map((kind) => join(outDir, "charts", ...`${it.id}-dark.${kind}`.split("/"))));
    tables.push(...["md", "csv", "json", "bench.txt"].map((kind) => join(outDir, "tables", ...`${it.id}.${kind}`.split("/"))));
  }
  const index = join(outDir, "index.html");
  await writeAtomically(index, page(input, drawn, { ...(script !== undefined && { script }), ...(certificate && { certificate }) }), false);
  const broken = [...drawn].flatMap(([id, it]) => (it.state === "broken" ? [{ id, why: it.why }] : []));
  return { page: index, charts, tables, broken, ...(still !== undefined && { still }) };
}

async function picturedCertificate({ certificate = [] }: ReportInput, draw: Draw): Promise<Pictured | undefined> {
  if (certificate.length === 0) return undefined;
  const drawing = certificateFigure(certificate);
  return { figure: drawing, charts: (await draw({ figure: drawing, prefix: "certificate-" })).charts };
}

/** A page without its script is still a page. */
async function liveScript(): Promise<{ readonly script?: string; readonly still?: string }> {
  try {
    return { script: await browserScript() };
  } catch (error) {
    return { still: messageOf(error) };
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

type Draw = (task: DrawTask) => Promise<Drawings>;
type Made = (Drawn & { readonly state: "drawn"; readonly files: Drawings }) | Exclude<Drawn, { readonly state: "drawn" }>;

async function attempt(it: ExperimentReport, draw: Draw): Promise<Made> {
  try {
    return await make(it, draw);
  } catch (error) {
    return { state: "broken", why: messageOf(error) };
  }
}

async function make(it: ExperimentReport, draw: Draw): Promise<Made> {
  // An id is part of a path: whatever names it must not lead out of the report.
  if (!/^[a-z0-9-]+\/[a-z0-9-]+$/.test(it.id)) throw new Error("its name is not <article>/<experiment>");
  const { record, definition } = it;
  if (record === undefined || record.agreement?.agree === false) return { state: "empty" };
  const estimates = estimatesOf(record);
  const unread = figure(definition, it.id, record, estimates, it.verdicts);
  if (isEmpty(unread)) return { state: "empty" };
  // Who cannot see it hears what the claims came to, with intervals, not the list of what was claimed.
  const drawing = { ...unread, alt: altOf({ id: it.id, figure: unread, record, verdicts: it.verdicts }) };
  const control = nullRatio(record);
  const floor = floorOf(record);
  const files = await draw({ figure: drawing, prefix: `${anchor(it.id)}-` });
  return {
    state: "drawn",
    figure: drawing,
    estimates,
    charts: files.charts,
    overlays: overlaysOf(it, drawing),
    ...(control && { control }),
    ...(floor !== undefined && { floor }),
    files,
  };
}

const perOf = ({ definition, record }: ExperimentReport): string | undefined =>
  definition.kind === "experiment" ? (record?.per ?? "operation") : undefined;

/** Other hosts in the places of the figure; what of them cannot be shown says why. */
function overlaysOf(it: ExperimentReport, drawing: Figure): Overlay[] {
  const others = (it.others ?? []).slice(0, MOST_OVERLAYS);
  return others.map((other) => {
    const name = shortName(other);
    const alike = others.filter((one) => shortName(one) === name).length > 1;
    const host = {
      id: other.host.id,
      name: alike ? `${name} ${other.host.id.slice(0, 4)}` : name,
      host: hostWords(other),
      shown: other.host.label !== undefined,
    };
    const without = (leftOut: string): Overlay => ({ ...host, panels: drawing.panels.map(() => []), leftOut });
    if (other.agreement?.agree === false) return without("not in this chart, for its variants disagree");
    try {
      return overlayOf(drawing, otherFigure(it, other), host);
    } catch (error) {
      return without(`not in this chart, for it could not be drawn: ${messageOf(error)}`);
    }
  });
}

/** `reference host` of `reference host: shared 2-core virtual machine`; else the processor. */
const shortName = ({ host }: RunRecord): string =>
  short(
    (host.label ?? host.cpu)
      .replace(/\((R|TM)\)/gi, "")
      .split(":")[0]!
      .trim(),
    40,
  );

/** With the reader's claims, so that both choose the same points where there is no room for all. */
const otherFigure = (it: ExperimentReport, other: RunRecord): Figure =>
  figure(it.definition, it.id, other, estimatesOf(other), it.verdicts);
