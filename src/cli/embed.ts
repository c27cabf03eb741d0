import { verdictsOf } from "../judge/verdicts.ts";
import { baseOf, embed } from "../report/embed.ts";
import { figure, isEmpty } from "../report/figure.ts";
import { estimates } from "../stats/estimate.ts";
import { select } from "../store/pattern.ts";
import { type EvidenceFlags, openArchive } from "./evidence.ts";
import { exitCodes, UserError } from "./exit.ts";

export interface EmbedFlags extends EvidenceFlags {
  /** Where the report will stand: the folder that holds `charts/`. */
  readonly baseUrl?: string;
}

/** `assay embed <experiment>`: prints the HTML by which a post shows an experiment's chart. */
export async function embedCommand(pattern: string, flags: EmbedFlags): Promise<number> {
  const base = baseOf(flags.baseUrl ?? "");
  if (base === undefined)
    throw new UserError("--base-url is an address that begins with http:// or https://, or a relative one, without a query");
  const archive = await openArchive(flags);
  const found = select(archive.catalogue, [pattern]).articles.flatMap((it) => it.experiments);
  const [experiment] = found;
  if (experiment === undefined || found.length > 1) {
    const names = found.map(({ id }) => id).join(", ");
    throw new UserError(experiment ? `one chart at a time; ${pattern} is ${names}` : `${pattern} has no experiment that can be loaded`);
  }
  const { id, definition } = experiment;
  const record = archive.recordOf(id);
  if ("because" in record) throw new UserError(`${id}: ${record.because}`);
  const verdicts = verdictsOf(definition, id, record);
  const drawing = figure(definition, id, record, estimates(record), verdicts);
  if (isEmpty(drawing) || record.agreement?.agree === false) throw new UserError(`${id}: its record has nothing that a chart could show`);
  process.stdout.write(embed({ id, figure: drawing, record, verdicts }, base));
  for (const stale of archive.stale()) console.error(`note  ${stale}: other code than today's measured its record; npx assay run ${stale}`);
  return exitCodes.well;
}
