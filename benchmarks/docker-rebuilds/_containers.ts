/**
 * A real container engine, if one answers. Images and containers that are made by it bear a label and a name of their own, and are removed.
 * What stays is the build cache of an engine that has one (BuildKit): pruning a reader's cache is not ours to do.
 *
 * A container has its input from this process and ends with it. What a killed process left is removed by a run that starts an hour later:
 * until then it might belong to one that goes on beside this.
 */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { ServiceUnavailable } from "#lab";
import { answering, ANSWERS_WITHIN, because, commandLine, succeeds, type Ask } from "./_command-line.ts";
import { BASE } from "./_dockerfile.ts";

const LABEL = "assay.experiment=edit-to-visible";
const LEFT = ["--force", "--filter", `label=${LABEL}`, "--filter", "until=1h"];
/** Seconds for a build: more than any that a claim speaks of. */
const BUILDS_WITHIN = 300;
const REMOVES_WITHIN = 60;
/** Seconds in which the program that is attached to a container ends it. */
const ENDS_WITHIN = 2;
/** Seconds after which a container ends by itself, whatever became of us. */
const LONGEST_LIFE = "600";
/** Seconds in which the last words of a program that has ended arrive. */
const LAST_WORDS = 0.1;
const KEPT_OUTPUT = 4000;
const PORT = "8080";

export interface Run {
  readonly image: string;
  /** Directory of this host → where the container sees it. */
  readonly mount?: readonly [from: string, to: string];
  readonly command: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

export interface Container extends AsyncDisposable {
  /** Port on 127.0.0.1; undefined while it has none. Asked for once, and again after a restart and where nobody listened (`refused`). */
  port(refused: boolean): Promise<number | undefined>;
  /** Stops its process and starts it again. */
  restart(): Promise<void>;
  /** How the one ended that runs now, once it has. */
  ended(): Promise<string>;
}

export interface Engine {
  /** @returns the image's name. */
  build(dockerfile: string, source: string, signal: AbortSignal): Promise<string>;
  /** How often it was told to build. */
  builds(): number;
  run(order: Run, signal: AbortSignal): Container;
  removeImages(names: readonly string[]): Promise<void>;
}

let usable: Promise<Engine> | undefined;

/**
 * The engine of this host, looked for once in a process.
 * @throws {ServiceUnavailable} none answers, or the base image is not there: nothing is downloaded unasked.
 */
export const engine = (): Promise<Engine> => (usable ??= opened());

let soon: Promise<boolean> | undefined;

/** Whether there is an engine to use, as far as it could be told within so many seconds when it was first asked for. */
export const hasEngine = (within: number): Promise<boolean> => (soon ??= openedWithin(within));

async function openedWithin(within: number): Promise<boolean> {
  const enough = new AbortController();
  const late = wait(within * 1e3, false, { signal: enough.signal }).catch(() => false);
  try {
    return await Promise.race([succeeds(engine()), late]);
  } finally {
    enough.abort();
  }
}

async function opened(): Promise<Engine> {
  const name = await answering();
  if (name === undefined)
    throw new ServiceUnavailable(`it needs a container engine, and neither docker nor podman answers within ${ANSWERS_WITHIN} s`);
  const ask = commandLine(name);
  if (!(await succeeds(ask(["image", "inspect", BASE]))))
    throw new ServiceUnavailable(`it needs the image ${BASE} on this host: ${name} pull ${BASE}`);
  // Not before the first build: whether there is an engine is to be told soon.
  let load: Promise<string[]> | undefined;
  let builds = 0;
  return {
    async build(dockerfile, source, signal) {
      builds++;
      load ??= sweep(ask).then(() => loading(ask));
      const image = `assay-${randomBytes(6).toString("hex")}`;
      const file = join(source, "..", `${image}.Dockerfile`);
      writeFileSync(file, dockerfile);
      const order = ["build", "--quiet", ...(await load), "--label", LABEL, "--tag", image, "--file", file, source];
      await ask(order, { within: BUILDS_WITHIN, signal });
      return image;
    },
    builds: () => builds,
    run: (order, signal) => started(name, ask, order, signal),
    removeImages: async (images) => {
      if (images.length > 0) await succeeds(ask(["rmi", "--force", ...images], { within: REMOVES_WITHIN }));
    },
  };
}

/** Only containers that do not run, and then only images that no container has. */
async function sweep(ask: Ask): Promise<void> {
  await succeeds(ask(["container", "prune", ...LEFT], { within: REMOVES_WITHIN }));
  await succeeds(ask(["image", "prune", "--all", ...LEFT], { within: REMOVES_WITHIN }));
}

/** A builder of Docker's own in a container keeps images for itself unless told. An older docker, or podman, may not know the flag. */
async function loading(ask: Ask): Promise<string[]> {
  const version = await ask(["buildx", "version"]).catch(() => "");
  return version.includes("docker/buildx") ? ["--load"] : [];
}

function started(name: string, ask: Ask, { image, mount, command, environment = {} }: Run, signal: AbortSignal): Container {
  const run = () => {
    const container = `assay-${randomBytes(6).toString("hex")}`;
    const options = [
      "--rm",
      "--interactive",
      "--init",
      "--pull=never",
      `--label=${LABEL}`,
      `--name=${container}`,
      `--publish=127.0.0.1::${PORT}`,
      ...(mount ? [`--volume=${mount[0]}:${mount[1]}:ro`] : []),
      ...Object.entries(environment).map(([key, it]) => `--env=${key}=${it}`),
    ];
    return { container, ...attach(name, ["run", ...options, image, "timeout", LONGEST_LIFE, ...command], signal) };
  };
  let now = run();
  let known: number | undefined;
  // In this order: what the program is still having made would come after its removal.
  const gone = async (): Promise<void> => {
    await now.end();
    await succeeds(ask(["rm", "--force", now.container], { within: REMOVES_WITHIN }));
  };
  return {
    port: async (refused) => {
      if (refused) known = undefined;
      return (known ??= portIn(await ask(["port", now.container, PORT], { signal }).catch(() => "")));
    },
    // What is attached to a container that is started again is gone, so it is another container.
    restart: async () => {
      await gone();
      known = undefined;
      now = run();
    },
    ended: () => now.ended,
    [Symbol.asyncDispose]: gone,
  };
}

function portIn(said: string): number | undefined {
  const port = Number(/:(\d+)$/m.exec(said)?.[1]);
  return Number.isInteger(port) && port > 0 ? port : undefined;
}

/** The program that runs a container and is attached to its input and its errors. */
function attach(name: string, parameters: readonly string[], signal: AbortSignal) {
  const child = spawn(name, parameters, { stdio: ["pipe", "ignore", "pipe"], signal, windowsHide: true });
  let said = "";
  child.stdin.on("error", () => {});
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said = (said + text).slice(-KEPT_OUTPUT)));
  const closed = new Promise((resolve) => child.once("close", resolve));
  const gone = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    // One that never started does not exit; one that was interrupted does.
    child.on("error", () => child.pid === undefined && resolve());
  });
  const ended = gone.then(async () => {
    await Promise.race([closed, wait(LAST_WORDS * 1e3)]);
    const how = child.exitCode === null ? `by ${child.signalCode ?? "a failed start"}` : `with code ${child.exitCode}`;
    return `the container's ${name} run ended ${how}${because(said)}`;
  });
  const end = async (): Promise<void> => {
    const stuck = setTimeout(() => child.kill("SIGKILL"), ENDS_WITHIN * 1e3);
    child.stdin.end();
    child.kill();
    await gone;
    clearTimeout(stuck);
    child.stderr.destroy();
  };
  return { ended, end };
}
