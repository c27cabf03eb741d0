/**
 * A real container engine: `docker` or `podman`, whichever answers. What is made by it bears a label and a name of its own, and is removed.
 * A container has its input from this process and ends with it; an image that a killed process left is removed at the next start.
 */
import { execFile, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { ServiceFailed, ServiceUnavailable } from "#lab";
import { BASE } from "./_dockerfile.ts";

const PROGRAMS = ["docker", "podman"] as const;
const LABEL = "assay.experiment=edit-to-visible";
/** Seconds in which an engine must say that it is there. */
const ANSWERS_WITHIN = 5;
/** Seconds after which a container ends by itself, whatever became of us. */
const LONGEST_LIFE = "300";
const PORT = "8080";

const execute = promisify(execFile);

export interface Run {
  readonly image: string;
  /** Directory of this host → where the container sees it. */
  readonly mount?: readonly [from: string, to: string];
  readonly command: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

export interface Container extends AsyncDisposable {
  /** Port on 127.0.0.1; undefined while it has none. */
  port(): Promise<number | undefined>;
  /** Stops its process and starts it again. */
  restart(): Promise<void>;
}

export interface Engine {
  /** @returns the image's name. */
  build(dockerfile: string, source: string, signal: AbortSignal): Promise<string>;
  run(order: Run, signal: AbortSignal): Promise<Container>;
  removeImages(names: readonly string[]): Promise<void>;
}

/** The program whose engine answers. It may hang, so it is ended after a while. */
async function program(): Promise<string | undefined> {
  const answers = async (name: string): Promise<string | undefined> => {
    const options = { timeout: ANSWERS_WITHIN * 1e3, killSignal: "SIGKILL", windowsHide: true } as const;
    const asked = spawn(name, ["version"], { ...options, stdio: "ignore" });
    return new Promise((resolve) =>
      asked.once("error", () => resolve(undefined)).once("exit", (code) => resolve(code === 0 ? name : undefined)),
    );
  };
  return (await Promise.all(PROGRAMS.map(answers))).find((name) => name !== undefined);
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
  const found = engine().then(
    () => true,
    () => false,
  );
  const late = Promise.withResolvers<boolean>();
  const clock = setTimeout(() => late.resolve(false), within * 1e3);
  try {
    return await Promise.race([found, late.promise]);
  } finally {
    clearTimeout(clock);
  }
}

async function opened(): Promise<Engine> {
  const name = await program();
  if (name === undefined)
    throw new ServiceUnavailable(`it needs a container engine, and neither docker nor podman answers within ${ANSWERS_WITHIN} s`);
  const run = async (parameters: readonly string[], signal?: AbortSignal): Promise<string> => {
    try {
      return (await execute(name, parameters, { windowsHide: true, ...(signal && { signal }) })).stdout.trim();
    } catch (error) {
      throw new ServiceFailed(`${name} ${parameters[0]} failed${codeOf(error)}`);
    }
  };
  const hasBase = await run(["image", "inspect", BASE]).then(
    () => true,
    () => false,
  );
  if (!hasBase) throw new ServiceUnavailable(`it needs the image ${BASE} on this host: ${name} pull ${BASE}`);
  const left = (await run(["image", "ls", "-q", "--filter", `label=${LABEL}`])).split("\n").filter(Boolean);
  // One that another run uses is not removed without force, and need not be.
  for (const image of new Set(left)) await run(["rmi", image]).catch(() => {});
  return {
    async build(dockerfile, source, signal) {
      const image = `assay-${randomBytes(6).toString("hex")}`;
      const file = join(source, "..", `${image}.Dockerfile`);
      writeFileSync(file, dockerfile);
      await run(["build", "--quiet", "--label", LABEL, "--tag", image, "--file", file, source], signal);
      return image;
    },
    run: async (order, signal) => started(name, run, order, signal),
    removeImages: async (images) => {
      if (images.length > 0) await run(["rmi", "--force", ...images]).catch(() => {});
    },
  };
}

type Ask = (parameters: readonly string[], signal?: AbortSignal) => Promise<string>;

async function started(name: string, ask: Ask, { image, mount, command, environment = {} }: Run, signal: AbortSignal): Promise<Container> {
  const container = `assay-${randomBytes(6).toString("hex")}`;
  const run = (): ReturnType<typeof spawn> =>
    spawn(
      name,
      [
        "run",
        "--rm",
        "--interactive",
        "--init",
        `--label=${LABEL}`,
        `--name=${container}`,
        `--publish=127.0.0.1::${PORT}`,
        ...(mount ? [`--volume=${mount[0]}:${mount[1]}:ro`] : []),
        ...Object.entries(environment).map(([key, it]) => `--env=${key}=${it}`),
        image,
        "timeout",
        LONGEST_LIFE,
        ...command,
      ],
      { stdio: ["pipe", "ignore", "ignore"], signal, windowsHide: true },
    ).on("error", () => {});
  let attached = run();
  const gone = async (): Promise<void> => {
    const ended =
      attached.exitCode !== null || attached.signalCode !== null ? undefined : new Promise((resolve) => attached.once("exit", resolve));
    await ask(["rm", "--force", container]).catch(() => {});
    attached.stdin?.end();
    attached.kill();
    await ended;
  };
  return {
    port: async () => {
      const said = await ask(["port", container, PORT], signal).catch(() => "");
      const port = Number(/:(\d+)$/m.exec(said)?.[1]);
      return Number.isInteger(port) && port > 0 ? port : undefined;
    },
    // What is attached to a container that is started again is gone, so it is another container of the same name.
    restart: async () => {
      await gone();
      attached = run();
    },
    [Symbol.asyncDispose]: gone,
  };
}

function codeOf(error: unknown): string {
  const { code, name } = error as { code?: unknown; name?: string };
  return typeof code === "number" ? ` with code ${code}` : ` (${name ?? "unknown error"})`;
}
