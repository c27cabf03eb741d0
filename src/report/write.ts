import { join } from "node:path";
import { writeAtomically } from "../host/disk.ts";
import type { Figure } from "../model/figure.ts";
import { estimates as estimatesOf, floorOf, nullRatio } from "../stats/estimate.ts";
import { drawPng, drawSvg } from "./draw.ts";
import { figure, isEmpty } from "./figure.ts";
import type { Charts, Drawn, ExperimentReport, ReportInput } from "./input.ts";
import { page } from "./page.ts";
import { anchor } from "./page/markup.ts";
import { csv, markdown } from "./table.ts";
import { dark, light } from "./theme.ts";

/** Paths of what was written. */
export interface Written {
  readonly page: string;
  readonly charts: readonly string[];
  readonly tables: readonly string[];
  /** Experiments whose record could not be drawn; the page says so in their place. */
  readonly broken: readonly { readonly id: string; readonly why: string }[];
}

const WIDE = { width: 720, framed: false };
const NARROW = { width: 370, framed: false };

/**
 * Writes `index.html`, `charts/<article>/<experiment>[-dark].png|svg` and `tables/<article>/<experiment>.md|csv`.
 * Every file appears whole or not at all. An experiment that cannot be drawn costs no other its place.
 * @throws whatever the file system throws when it cannot be written to.
 */
export async function writeReport(input: ReportInput, outDir: string): Promise<Written> {
  const drawn = new Map<string, Drawn>();
  const charts: string[] = [];
  const tables: string[] = [];
  for (const it of input.posts.flatMap(({ experiments }) => experiments)) {
    const made = attempt(it);
    drawn.set(it.id, made.drawn);
    for (const [path, content] of made.files) {
      const whole = join(outDir, ...path.split("/"));
      await writeAtomically(whole, content, false);
      (path.startsWith("charts/") ? charts : tables).push(whole);
    }
  }
  const index = join(outDir, "index.html");
  await writeAtomically(index, page(input, drawn), false);
  const broken = [...drawn].flatMap(([id, it]) => (it.state === "broken" ? [{ id, why: it.why }] : []));
  return { page: index, charts, tables, broken };
}

interface Made {
  readonly drawn: Drawn;
  readonly files: readonly (readonly [path: string, content: string | Buffer])[];
}

function attempt(it: ExperimentReport): Made {
  try {
    return make(it);
  } catch (error) {
    return { drawn: { state: "broken", why: error instanceof Error ? error.message : String(error) }, files: [] };
  }
}

function make(it: ExperimentReport): Made {
  // An id is part of a path: whatever names it must not lead out of the report.
  if (!/^[a-z0-9-]+\/[a-z0-9-]+$/.test(it.id)) throw new Error("its name is not <article>/<experiment>");
  const { record, definition } = it;
  if (record === undefined || record.agreement?.agree === false) return { drawn: { state: "empty" }, files: [] };
  const estimates = estimatesOf(record);
  const drawing = figure(definition, it.id, record, estimates, it.verdicts);
  if (isEmpty(drawing)) return { drawn: { state: "empty" }, files: [] };
  const per = definition.kind === "experiment" ? (record.per ?? "operation") : undefined;
  const control = nullRatio(record);
  const floor = floorOf(record);
  const charts = chartsOf(drawing, `${anchor(it.id)}-`);
  return {
    drawn: { state: "drawn", figure: drawing, estimates, charts, ...(control && { control }), ...(floor !== undefined && { floor }) },
    files: [
      [`charts/${it.id}.png`, drawPng(drawing, light)],
      [`charts/${it.id}.svg`, drawSvg(drawing, light)],
      [`charts/${it.id}-dark.png`, drawPng(drawing, dark)],
      [`charts/${it.id}-dark.svg`, drawSvg(drawing, dark)],
      [`tables/${it.id}.md`, markdown(estimates, per)],
      [`tables/${it.id}.csv`, csv(estimates)],
    ],
  };
}

/** The page's own drawings. A phone shows one panel below the other. */
function chartsOf(it: Figure, prefix: string): Charts {
  return {
    wide: drawSvg(it, light, WIDE, `${prefix}w`),
    narrow: it.panels.map((panel, index) => drawSvg({ ...it, panels: [panel] }, light, NARROW, `${prefix}n${index}-`)),
  };
}
