/**
 * A generated TypeScript project, bundled by esbuild and checked by tsc after one of its files was edited: on this disk, in memory, on the
 * Windows side where this is WSL, and in a *model*, which is this disk with so many microseconds added to every file operation in the
 * project. *Synced* keeps the source where it is and builds from a copy on this disk: it looks at every file there, copies what has
 * changed, and builds the copy.
 *
 * Both programs are the real ones, in processes of their own. They are asked to leave the file operations to us (a plugin of esbuild's, the
 * `fs` of tsc's programming interface), in every place alike; that is how the model can delay them, and `operations` counts them.
 *
 * What to expect: a build touches each file several times. Looking up modules asks for far more than reading them does, so the price of a
 * build is a few operations for each file whatever is in it, and it is paid anew each time: nothing stays behind from one build to the
 * next. A sync still has to look once at every file on the slow side; most of the tax comes back, not all. (The better remedy, to move the
 * source over for good, is *this disk*.)
 *
 * 240 µs is the lesser of two figures that others measured on real machines (`_calibration.ts`); where the host is WSL its own Windows side
 * is measured.
 *
 * The Go compiler does not carry over; that builds consist of small file operations does. Processor time is not lost at the boundary but
 * waited away, so what the remedy wins back is time.
 *
 * How you could be fooled: by file operations one after the other (both tools would have several under way at once if they were let, so the
 * model, and this way of building on the Windows side, is the worst case for a delay); by the tools themselves, which lie on this disk
 * (they are loaded before anything is timed); by builds that differ (each must come to the same code, that of a copy as well); by a cache
 * between two builds (each has new processes, and nothing is kept on the disk, so any build is like the first); and by what the first sync
 * costs, which copies everything (it is not part of the build after an edit).
 */
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { stop } from "esbuild";
import { count, ratio, scenario, seconds, timed } from "#lab";
import { bundle, check } from "./_builders.ts";
import { MEASURED_MICROSECONDS } from "./_calibration.ts";
import { filesBelow, type Files } from "./_files.ts";
import { mirror } from "./_mirror.ts";
import { openPlace, type Place, type Workplace } from "./_places.ts";
import { ENTRY, sourcesOf, writeSources } from "./_project.ts";
import article from "./article.ts";

const EDIT = "export const edited = true;\n";

interface Input extends AsyncDisposable {
  readonly source: Files & Workplace;
  /** Where the copy lies that is built, if one is. */
  readonly copy?: Workplace;
}

type Variant = Place | "model" | `${"Windows side" | "model"}, synced`;

const placeOf = (variant: Variant): Place => (variant.startsWith("model") ? "this disk" : (variant.replace(", synced", "") as Place));

/** What is built, and how its files are reached; where there is a copy, it is brought up to date first. */
function projectOf({ source, copy }: Input): [project: string, files: Files] {
  if (!copy) return [source.directory, source];
  mirror(source.directory, copy.directory, source);
  return [copy.directory, filesBelow(copy.directory)];
}

/** Processes of their own for both tools. */
async function builtIn(project: string, files: Files): Promise<string> {
  const code = await bundle(project, files);
  await stop();
  check(project, files);
  return code;
}

let warm: Promise<string> | undefined;

/** The first build of a process also loads both tools from this disk, wherever the project lies: a small one comes before all others. */
async function warmUp(): Promise<string> {
  await using place = await openPlace("this disk");
  writeSources(sourcesOf(2), place.directory);
  return await builtIn(place.directory, filesBelow(place.directory));
}

/** A build after an edit; where there is a copy, it was up to date before that. */
async function told(input: Input) {
  const { source, copy } = input;
  if (copy) mirror(source.directory, copy.directory, source);
  appendFileSync(join(source.directory, ENTRY), EDIT);
  const before = source.operations();
  const { seconds: build, result } = await timed(() => builtIn(...projectOf(input)));
  if (!result.includes("edited")) throw new Error("what was built is not what the source says");
  return { build, operations: source.operations() - before };
}

export default scenario(article, {
  question: "What does a build pay for source behind a slow boundary, and what does a copy on this side win back?",
  sweep: { files: [100, 300, 1_000], addedMicroseconds: [100, ...MEASURED_MICROSECONDS] },
  quick: { files: [100], addedMicroseconds: [240] },
  timeout: 120,
  together: true,
  metrics: {
    build: seconds("lower", "time of a build after an edit"),
    operations: count("lower", "file operations on the source for a build"),
  },
  async setup({ files, addedMicroseconds: added }, { variant }): Promise<Input> {
    await (warm ??= warmUp());
    await using begun = new AsyncDisposableStack();
    const place = begun.use(await openPlace(placeOf(variant as Variant)));
    const copy = variant.endsWith("synced") ? begun.use(await openPlace("this disk")) : undefined;
    writeSources(sourcesOf(files), place.directory);
    const all = begun.move();
    const slow = variant.startsWith("model") ? added : 0;
    return {
      source: { ...place, ...filesBelow(place.directory, slow) },
      ...(copy && { copy }),
      [Symbol.asyncDispose]: () => all.disposeAsync(),
    };
  },
  agree: (input) => bundle(...projectOf(input)),
  variants: { "this disk": told, memory: told, "Windows side": told, "Windows side, synced": told, model: told, "model, synced": told },
  claims: {
    "wsl2-tax-01": [
      {
        says: "every build pays: one after an edit takes at least 1.5 times as long on the Windows side, one operation at a time",
        holds: ratio("Windows side", "this disk", "build").atLeast(1.5),
        at: { files: 100, addedMicroseconds: 240 },
      },
      {
        says: "in the model (0.24 ms added, one operation at a time) every build pays: one after an edit takes at least 1.5 times as long",
        holds: ratio("model", "this disk", "build").atLeast(1.5),
        at: { files: 100, addedMicroseconds: 240 },
        model: true,
      },
    ],
    "wsl2-tax-02": [
      {
        says: "a copy on this disk wins it back: sync included, one operation at a time, a build takes at most 1.5 times as long",
        holds: ratio("Windows side, synced", "this disk", "build").atMost(1.5),
        at: { files: 100, addedMicroseconds: 240 },
      },
      {
        says: "in the model (0.24 ms added, one operation at a time) a copy wins it back: with the sync a build takes at most 1.5 times as long",
        holds: ratio("model, synced", "this disk", "build").atMost(1.5),
        at: { files: 100, addedMicroseconds: 240 },
        model: true,
      },
    ],
  },
});
