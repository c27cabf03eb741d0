/** Four ways from an edit to the new answer, each with an engine's containers and in the model that stands in for them. */
import { join } from "node:path";
import { companion } from "#lab";
import type { Builder } from "./_builder.ts";
import { engine, type Run } from "./_containers.ts";
import { DEPENDENCIES } from "./_context.ts";
import { dockerfiles, makesLayer, stepsOf, type Order } from "./_dockerfile.ts";
import type { Service } from "./_visible.ts";
import { open as openWatcher, startService } from "./_watcher.ts";

/** A service that runs. */
export interface Loop extends Service, AsyncDisposable {
  /** Has it run what the source says now; without it, it notices by itself. */
  readonly update?: () => Promise<void>;
  /** Images that its builder was told to build so far, for whomever. */
  readonly builds: () => number;
}

/** The engine's containers. @param source directory of the source. */
export const inContainers = {
  rebuilt: async (order: Order, source: string, signal: AbortSignal): Promise<Loop> => {
    const it = await engine();
    const images: string[] = [];
    const command = ["node", "start.mjs"];
    const built = async (): Promise<Run> => {
      const image = await it.build(dockerfiles[order], source, signal);
      images.push(image);
      return { image, command };
    };
    let container = it.run(await built(), signal);
    return {
      port: (refused) => container.port(refused),
      ended: () => container.ended(),
      update: async () => {
        const next = await built();
        await container[Symbol.asyncDispose]();
        container = it.run(next, signal);
      },
      builds: () => it.builds(),
      [Symbol.asyncDispose]: async () => {
        await container[Symbol.asyncDispose]();
        await it.removeImages(images);
      },
    };
  },
  mounted: async (watched: boolean, source: string, signal: AbortSignal): Promise<Loop> => {
    const it = await engine();
    const image = await it.build(dockerfiles.runtime, source, signal);
    const order: Run = {
      image,
      // Not over /app, where the image has the packages.
      mount: [source, "/source"],
      command: watched ? ["node", "--watch-path=/source/src", "/source/start.mjs"] : ["node", "/source/start.mjs"],
      ...(watched && { environment: { WATCHED: "1" } }),
    };
    const container = it.run(order, signal);
    return {
      port: (refused) => container.port(refused),
      ended: () => container.ended(),
      ...(!watched && { update: () => container.restart() }),
      builds: () => it.builds(),
      [Symbol.asyncDispose]: async () => {
        await container[Symbol.asyncDispose]();
        await it.removeImages([image]);
      },
    };
  },
};

/** Position of the layer that a step makes, by what stands in the step. */
const layerOf = (order: Order, words: string): number =>
  stepsOf(dockerfiles[order])
    .filter(makesLayer)
    .findIndex(({ text }) => text.startsWith(words));

interface Process {
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null }>;
}

async function endOf(name: string, { ended }: Process): Promise<string> {
  const { code, signal } = await ended;
  return `the ${name} ended ${signal === null ? `with code ${code}` : `by ${signal}`} before it answered`;
}

/** The model: layers are directories, a container is a process. */
export const inModel = {
  rebuilt: async (order: Order, source: string, builder: Builder, signal: AbortSignal): Promise<Loop> => {
    await using begun = new AsyncDisposableStack();
    begun.defer(builder.mark());
    const [code, installed] = [layerOf(order, "COPY . ."), layerOf(order, "RUN")];
    const run = async () => {
      const { layers } = await builder.build(dockerfiles[order], source, signal);
      return () => startService(layers[code]!, { dependencies: join(layers[installed]!, DEPENDENCIES) }, signal);
    };
    let service = await (await run())();
    begun.defer(() => service[Symbol.asyncDispose]());
    const all = begun.move();
    return {
      port: () => service.ready.port,
      ended: () => endOf("service", service),
      update: async () => {
        const start = await run();
        await service[Symbol.asyncDispose]();
        service = await start();
      },
      builds: () => builder.builds(),
      [Symbol.asyncDispose]: () => all.disposeAsync(),
    };
  },
  mounted: async (watched: boolean, source: string, builder: Builder, signal: AbortSignal): Promise<Loop> => {
    const { layers } = await builder.build(dockerfiles.runtime, source, signal);
    const dependencies = join(layers[layerOf("runtime", "RUN")]!, DEPENDENCIES);
    const builds = (): number => builder.builds();
    if (watched) {
      const module = new URL("./_watcher.ts", import.meta.url).href;
      const watcher = await companion<typeof openWatcher>({ module, options: { source, dependencies }, signal, name: "watcher" });
      return {
        port: () => watcher.ready.port,
        ended: () => endOf("watcher", watcher),
        builds,
        [Symbol.asyncDispose]: () => watcher[Symbol.asyncDispose](),
      };
    }
    let service = await startService(source, { dependencies }, signal);
    return {
      port: () => service.ready.port,
      ended: () => endOf("service", service),
      update: async () => {
        await service[Symbol.asyncDispose]();
        service = await startService(source, { dependencies }, signal);
      },
      builds,
      [Symbol.asyncDispose]: () => service[Symbol.asyncDispose](),
    };
  },
};
