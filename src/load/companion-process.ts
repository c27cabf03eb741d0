import { setTimeout } from "node:timers/promises";
import { END_TIMEOUT, type OpenCompanion, type Opened, type Said, type Told } from "./companion.ts";
import { exportedFunction } from "./exported.ts";

/**
 * The process of a companion: opens one module's export, says that it is ready, answers questions, and ends when its parent has closed the
 * channel, or has died.
 */
type AnyOpened = Opened<unknown, unknown, unknown>;
let opened: Promise<AnyOpened> | undefined;

process.once("disconnect", () => void close());
// What a module forgot to catch is told in a line, not as a stack on the terminal.
process.on("uncaughtException", (error) => tell({ error: lineOf(error) }, () => process.exit(1)));
process.on("message", (said: Said) => void ("open" in said ? open(said.open) : answer(said)));

async function open(order: { readonly module: string; readonly export: string; readonly options: unknown }): Promise<void> {
  try {
    opened = opening(order);
    tell({ ready: (await opened).ready });
  } catch (error) {
    tell({ error: lineOf(error) }, () => process.exit(1));
  }
}

async function opening({ module, export: name, options }: { readonly module: string; readonly export: string; readonly options: unknown }) {
  return (await exportedFunction<OpenCompanion<unknown, unknown, unknown, unknown>>(module, name))(options);
}

async function answer({ id, question }: { readonly id: number; readonly question: unknown }): Promise<void> {
  try {
    const companion = await opened!;
    if (!companion.answer) throw new TypeError("its module answers no questions");
    tell({ id, answer: await companion.answer(question) });
  } catch (error) {
    tell({ id, error: lineOf(error) });
  }
}

async function close(): Promise<void> {
  const closed = opened?.then((companion) => companion[Symbol.asyncDispose]?.()).catch(() => {});
  await Promise.race([closed, setTimeout(END_TIMEOUT * 1e3)]);
  process.exit(0);
}

function lineOf(error: unknown): string {
  const line = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return line.split("\n", 1)[0]!;
}

function tell(told: Told, then: () => void = () => {}): void {
  if (process.connected) process.send!(told, then);
}
