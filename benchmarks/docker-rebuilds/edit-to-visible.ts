/**
 * One line of a service is edited. How long until it answers with the new line? With an image that is built again, in the order that
 * installs again (`code first`) and in the post's (`manifest first`, which finds the installation in the cache); and with the source
 * mounted into a container of an image that was built before, which is started again or watches its files. The edit is real, the service is
 * one over HTTP, and the clock stops when the new answer has arrived.
 *
 * Where `docker` or `podman` answers and has the base image, all of this is done by that engine. Where none does, a *model* stands in: each
 * layer is a directory, and for a new one files are copied, the installer runs, and what it leaves is packed and hashed; a container is a
 * process. The model has no base image to unpack and no container to set up, and its watcher restarts at once where that of Node lets 0.2 s
 * pass first. So an engine takes longer, most of all where it has to build.
 *
 * What to expect: the order decides whether dependencies count at all. With the code first the wait grows with them; with the manifest
 * first it does not, and what remains is to pack a few files and to start again. Mounting saves that as well, and then a restart is all
 * there is, a fraction of a second for a service that starts so quickly.
 *
 * A model that leaves work out tells how long it takes at least, which can refute no wait of minutes: those claims are an engine's to
 * answer. What the model can tell is the order of the waits, whether an image is built, and whether a watched service is there within a
 * second, because an engine has no part in that (the 0.2 s fit in). Dependencies are made on the spot, in files of 16 KiB; a real
 * installation downloads and compiles, which may well take the minutes of the post. Layers, caches and restarts are no affair of the
 * language, so this carries over from Python.
 *
 * How you could be fooled: by a build that finds its result in the cache (every edit has words of its own); by a service that answers while
 * it is stopped (the words must be the new ones); by the first build (all images are built before the clock starts); by an editor that
 * writes a file in pieces (it is replaced whole); by a service that died (its process is watched as well); and by a restart that is
 * quick because the service is small (it is the same one in all variants).
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { count, exact, MiB, privateDirectory, ratio, scenario, seconds, ServiceUnavailable, timed, value, type Stage } from "#lab";
import { builderIn, type Builder } from "./_builder.ts";
import { hasEngine } from "./_containers.ts";
import { contextOf, SERVER, serverSaying, writeContext } from "./_context.ts";
import { inContainers, inModel, type Loop } from "./_loops.ts";
import { visible } from "./_visible.ts";
import article from "./article.ts";

/** Seconds that the model waits for an engine to answer, where it is not to run beside it. */
const MOMENT = 1;

interface Input extends AsyncDisposable {
  readonly source: string;
  readonly builder: Builder;
}

let builder: Promise<Builder> | undefined;

/** Layers are shared by the trials of a process, as an engine's are: what was built for one is in the cache of the next. */
const builderOfThisProcess = (): Promise<Builder> => (builder ??= privateDirectory().then(({ directory }) => builderIn(directory)));

async function edited({ source }: Input, loop: Loop, { random, signal }: Stage) {
  const words = `edited ${Math.floor(random() * 2 ** 31)}`;
  await visible("as it was", loop, signal);
  const built = loop.builds();
  const { seconds: wait } = await timed(async () => {
    writeContext(source, [[SERVER, serverSaying(words)]]);
    await loop.update?.();
    await visible(words, loop, signal);
  });
  return { wait, builds: loop.builds() - built, atOnce: wait <= 1 ? 1 : 0 };
}

const real = (open: (source: string, signal: AbortSignal) => Promise<Loop>) => async (input: Input, stage: Stage) => {
  await using loop = await open(input.source, stage.signal);
  return await edited(input, loop, stage);
};

/** @param always beside an engine as well. */
const model =
  (open: (source: string, builder: Builder, signal: AbortSignal) => Promise<Loop>, always = false) =>
  async (input: Input, stage: Stage) => {
    if (!always && (await hasEngine(MOMENT))) throw new ServiceUnavailable("a container engine answers here, so no model of one is needed");
    await using loop = await open(input.source, input.builder, stage.signal);
    return await edited(input, loop, stage);
  };

export default scenario(article, {
  question: "One line is edited: how long until the service answers with it?",
  sweep: { dependencyBytes: [0, 10 * MiB, 100 * MiB, 500 * MiB] },
  quick: { dependencyBytes: [10 * MiB] },
  // Two builds and the waits after them.
  timeout: 600,
  together: true,
  metrics: {
    wait: seconds("lower", "time from the edit to the new answer"),
    builds: exact(count("lower", "images built for it")),
    atOnce: exact(count("higher", "whether it took a second at most")),
  },
  async setup({ dependencyBytes }): Promise<Input> {
    const shared = await builderOfThisProcess();
    const own = await privateDirectory();
    const source = join(own.directory, "source");
    mkdirSync(source);
    writeContext(source, contextOf(dependencyBytes / MiB, "as it was"));
    return { source, builder: shared, [Symbol.asyncDispose]: () => own[Symbol.asyncDispose]() };
  },
  variants: {
    // Without any engine this is what an edit costs at least, so it runs everywhere.
    "model: mounted, restarted": model((...it) => inModel.mounted(false, ...it), true),
    "model: mounted, watched": model((...it) => inModel.mounted(true, ...it)),
    "model: rebuilt, manifest first": model((...it) => inModel.rebuilt("manifest first", ...it)),
    "model: rebuilt, code first": model((...it) => inModel.rebuilt("code first", ...it)),
    "mounted, restarted": real((...it) => inContainers.mounted(false, ...it)),
    "mounted, watched": real((...it) => inContainers.mounted(true, ...it)),
    "rebuilt, manifest first": real((...it) => inContainers.rebuilt("manifest first", ...it)),
    "rebuilt, code first": real((...it) => inContainers.rebuilt("code first", ...it)),
  },
  claims: {
    "docker-rt-01": [
      {
        says: "with the code copied first and 10 MiB of dependencies a typo takes two minutes to show",
        holds: value("rebuilt, code first", "wait").atLeast(120),
        at: { dependencyBytes: 10 * MiB },
      },
      {
        says: "with the code copied first and 500 MiB of dependencies a typo takes two minutes to show",
        holds: value("rebuilt, code first", "wait").atLeast(120),
        at: { dependencyBytes: 500 * MiB },
      },
    ],
    "docker-rt-02": [
      {
        says: "mounted and watched, an edit shows within a second",
        holds: value("mounted, watched", "atOnce").between(1, 1),
        at: { dependencyBytes: 10 * MiB },
      },
      {
        says: "mounted and watched, an edit shows within a second, in the model",
        holds: value("model: mounted, watched", "atOnce").between(1, 1),
        at: { dependencyBytes: 10 * MiB },
        model: true,
      },
      {
        says: "and no image is built for it",
        holds: value("mounted, watched", "builds").between(0, 0),
        at: { dependencyBytes: 10 * MiB },
      },
      {
        says: "and no image is built for it, in the model",
        holds: value("model: mounted, watched", "builds").between(0, 0),
        at: { dependencyBytes: 10 * MiB },
        model: true,
      },
      {
        says: "mounted and watched, an edit shows at least ten times sooner than through a build in the post's own order",
        holds: ratio("rebuilt, manifest first", "mounted, watched", "wait").atLeast(10),
        at: { dependencyBytes: 10 * MiB },
      },
      {
        says: "mounted, an edit shows sooner than through a build that installs again, in the model",
        holds: ratio("model: rebuilt, code first", "model: mounted, restarted", "wait").atLeast(1),
        at: { dependencyBytes: 10 * MiB },
        model: true,
      },
    ],
    "docker-rt-05": [
      {
        says: "even with the installation cached an edit takes half a minute to show",
        holds: value("rebuilt, manifest first", "wait").atLeast(30),
        at: { dependencyBytes: 10 * MiB },
      },
    ],
  },
});
