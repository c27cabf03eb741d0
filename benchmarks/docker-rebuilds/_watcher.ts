/**
 * Most of what `node --watch` does, as a companion: runs the service, and whenever its source changes ends it and starts it again at the
 * same port. Left out are the 0.2 s that `node --watch` waits after a change, in case more of them come: this one restarts at once.
 */
import { watch } from "node:fs";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { companion, type OpenCompanion } from "#lab";
import { SERVER } from "./_context.ts";

export interface ServiceOptions {
  readonly dependencies: string;
  /** Any free one unless given. */
  readonly port?: number;
}

/** The service in a process of its own. @param source the directory of its source. */
export const startService = (source: string, options: ServiceOptions, signal?: AbortSignal) =>
  companion<OpenCompanion<ServiceOptions, { readonly port: number }>>({
    module: pathToFileURL(join(source, SERVER)).href,
    options,
    signal,
    name: "service",
  });

export const open: OpenCompanion<{ source: string; dependencies: string }, { port: number }> = async ({ source, dependencies }) => {
  let service = await startService(source, { dependencies });
  const { port } = service.ready;
  let restarting = Promise.resolve();
  let waiting = false;
  const restart = async (): Promise<void> => {
    waiting = false;
    await service[Symbol.asyncDispose]();
    service = await startService(source, { dependencies, port });
  };
  const watcher = watch(join(source, dirname(SERVER)), (_event, name) => {
    // Editors write beside the file first.
    if (waiting || name !== basename(SERVER)) return;
    waiting = true;
    restarting = restarting.then(restart);
  });
  return {
    ready: { port },
    async [Symbol.asyncDispose]() {
      watcher.close();
      await restarting.catch(() => {});
      await service[Symbol.asyncDispose]();
    },
  };
};
