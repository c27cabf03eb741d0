import { pathToFileURL } from "node:url";
import { host } from "../host/fingerprint.ts";
import { enterRoom } from "../host/room.ts";
import { seeded } from "../inputs/random.ts";
import type { Definition, Stage } from "../model/experiment.ts";
import { agreement } from "./agreement.ts";
import { now } from "./clock.ts";
import type { BootRequest, Reply, Request } from "./protocol.ts";
import { replyTo, together, trialOf } from "./together.ts";

/**
 * The process in which things are measured: it imports one experiment, does what it is asked, sends one reply, and ends.
 * It ends at once if the lab does, so that nothing is left behind.
 */
const stop = new AbortController();
process.on("disconnect", () => {
  stop.abort();
  process.exit(1);
});
process.on("SIGTERM", () => stop.abort());

const given = JSON.parse(process.argv[2]!) as Request | BootRequest;
if (given.room !== undefined) enterRoom(given.room);
const load = async (): Promise<Definition> => ((await import(pathToFileURL(given.file).href)) as { default: Definition }).default;

/** When this trial began: with the process, unless that has waited since. */
let began = 0;

/** Loads the experiment ahead of the request. What is wrong with it is said when it is asked. */
async function booted(): Promise<Request> {
  // What waits has nothing to stop.
  const leave = (): void => process.exit(1);
  process.once("SIGTERM", leave);
  const asked = new Promise<Request>((resolve) => process.once("message", (request: Request) => resolve(request)));
  void asked.then(() => (began = now()));
  await Promise.allSettled([load()]);
  process.send!({ task: "booted" });
  return asked.finally(() => process.off("SIGTERM", leave));
}

async function reply(request: Request): Promise<Reply> {
  try {
    const definition = await load();
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
    const { conditions, ...trial } = await trialOf(definition, request, stageOf(request.variant));
    return { task: "trial", trial: { ...trial, conditions: { ...conditions, wall: now() - began } } };
  } catch (error) {
    return replyTo(error);
  }
}

process.send!(await reply(given.task === "boot" ? await booted() : given), () => {
  // What a variant left open (a server, a timer) must not keep the trial alive.
  process.exit(0);
});
