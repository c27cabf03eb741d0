import type { Unreadable } from "./instrument.ts";
import { definitionAt, prepare, unreadable, useThisLab, type SideRequest } from "./side.ts";

/** What the conductor asks of a process that holds one version. */
export type Cue = { readonly calls: number } | { readonly bytes: number };
export type Heard = { readonly ready: number } | { readonly seconds: number } | { readonly bytes: number } | Unreadable;

/** One version alone in a process: its own heap, shapes and collector. It works when it is its turn and waits otherwise. */
const request = JSON.parse(process.argv[2]!) as SideRequest;
process.on("disconnect", () => process.exit(0));

const say = (it: Heard): void => void process.send!(it);

try {
  useThisLab();
  const side = await prepare(await definitionAt(request.file), request);
  process.on("message", (cue: Cue) => {
    const answer =
      "calls" in cue ? side.time(cue.calls).then((seconds) => ({ seconds })) : side.bytes(cue.bytes).then((bytes) => ({ bytes }));
    answer.then(say, (error: unknown) => say(unreadable(error)));
  });
  say({ ready: side.perCall });
} catch (error) {
  say(unreadable(error));
}
