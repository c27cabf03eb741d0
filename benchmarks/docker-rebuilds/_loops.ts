/** Four ways from an edit to the new answer, each with an engine's containers and in the model that stands in for them. */
import { join } from "node:path";
import { companion } from "#lab";
import type { Builder } from "./_builder.ts";
import { engine, type Run } from "./_containers.ts";
import { DEPENDENCIES } from "./_context.ts";
import { dockerfiles, makesLayer, stepsOf, type Order } from "./_dockerfile.ts";
import { open as openWatcher, startService } from "./_watcher.ts";

/** A service that runs. */
export interface Loop extends AsyncDisposable {
  readonly port: () => number | undefined | Promise<number | undefined>;
  /** Has it run what the source says now; without it, it notices by itself. */
  readonly update?: () => Promise<void>;
  /** Images that were built since it runs. */
  readonly builds: () => number;
}

/** The engine's containers. @param source directory of the source. */
export const inContainers = {
  rebuilt: async (order: Order, source: string, signal: AbortSignal): Promise<Loop> => {
    const it = await engine();
    const images = [await it.build(dockerfiles[order], source, signal)];
    const command = ["node", "start.mjs"];
    let container = await it.run({ image: images[0]!, command }, signal);
    return {
      port: () => container.port(),
      update: async () => {
        const image = await it.build(dockerfiles[order], source, signal);
        images.push(image);
        await container[Symbol.asyncDispose]();
        container = await it.run({ image, command }, signal);
      },
      builds: () => images.length - 1,
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
    const container = await it.run(order, signal);
    return {
      port: () => container.port(),
      ...(!watched && { update: () => container.restart() }),
      builds: () => 0,
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

/** The model: layers are directories, a container is a process. */
export const inModel = {
  rebuilt: async (order: Order, source: string, builder: Builder, signal: AbortSignal): Promise<Loop> => {
    const forget = builder.mark();
    const [code, installed] = [layerOf(order, "COPY . ."), layerOf(order, "RUN")];
    let builds = -1;
    const run = async () => {
      const { layers } = await builder.build(dockerfiles[order], source, signal);
      builds++;
      return () => startService(layers[code]!, { dependencies: join(layers[installed]!, DEPENDENCIES) }, signal);
    };
    let service = await (await run())();
    return {
      port: () => service.ready.port,
      update: async () => {
        const start = await run();
        await service[Symbol.asyncDispose]();
        service = await start();
      },
      builds: () => builds,
      [Symbol.asyncDispose]: async () => {
        await service[Symbol.asyncDispose]();
        forget();
      },
    };
  },
  mounted: async (watched: boolean, source: string, builder: Builder, signal: AbortSignal): Promise<Loop> => {
    const { layers } = await builder.build(dockerfiles.runtime, source, signal);
    const dependencies = join(layers[layerOf("runtime", "RUN")]!, DEPENDENCIES);
    if (watched) {
      const module = new URL("./_watcher.ts", import.meta.url).href;
      const watcher = await companion<typeof openWatcher>({ module, options: { source, dependencies }, signal, name: "watcher" });
      return { port: () => watcher.ready.port, builds: () => 0, [Symbol.asyncDispose]: () => watcher[Symbol.asyncDispose]() };
    }
    let service = await startService(source, { dependencies }, signal);
    return {
      port: () => service.ready.port,
      update: async () => {
        await service[Symbol.asyncDispose]();
        service = await startService(source, { dependencies }, signal);
      },
      builds: () => 0,
      [Symbol.asyncDispose]: () => service[Symbol.asyncDispose](),
    };
  },
};
