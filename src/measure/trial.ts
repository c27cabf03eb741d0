import { pathToFileURL } from "node:url";
import { host } from "../host/fingerprint.ts";
import { enterRoom } from "../host/room.ts";
import { seeded } from "../inputs/random.ts";
import type { Definition, Stage } from "../model/experiment.ts";
import { agreement } from "./agreement.ts";
import type { Reply, Request } from "./protocol.ts";
import { replyTo, together, trialOf } from "./together.ts";

/**
 * The process in which things are measured: it imports one experiment, does what its first argument asks, sends one reply, and ends.
 * It ends at once if the lab does, so that nothing is left behind.
 */
const stop = new AbortController();
process.on("disconnect", () => {
  stop.abort();
  process.exit(1);
});
process.on("SIGTERM", () => stop.abort());

const request = JSON.parse(process.argv[2]!) as Request;
if (request.room !== undefined) enterRoom(request.room);

async function reply(): Promise<Reply> {
  try {
    const { default: definition } = (await import(pathToFileURL(request.file).href)) as { default: Definition };
    const stageOf = (variant: string): Stage => ({
      variant,
      random: seeded(request.seed),
      window: request.window,
      signal: stop.signal,
      // Asked for by few, and not free on every system.
      get host() {
        return host();
      },
    });
    if (request.task === "agree") return await agreement(definition, request.points, stageOf);
    if (request.task === "together") return { task: "together", replies: await together(definition, request, stageOf) };
    return { task: "trial", trial: await trialOf(definition, request, stageOf(request.variant)) };
  } catch (error) {
    return replyTo(error);
  }
}

process.send!(await reply(), () => {
  // What a variant left open (a server, a timer) must not keep the trial alive.
  process.exit(0);
});
