import type { Progress } from "../measure/run.ts";

export interface ProgressLine {
  /** An experiment begins: the `index`th of `all`, counted from 0. */
  begin(experiment: string, index: number, all: number): void;
  update(event: Progress): void;
  /** An experiment has ended; `outcome` is one short clause. */
  end(experiment: string, outcome: string): void;
  /** Takes the live line away, so that other output starts on a clean one. */
  clear(): void;
}

/** Seconds to guess for an experiment that has not begun. */
const TYPICAL = 12;

/**
 * One live line on a terminal: what runs, rounds done, time left. Where stderr is no terminal, one plain line an experiment.
 * `decided` is asked for the claims decided so far in the whole run.
 */
export function progressLine(stream: NodeJS.WriteStream, decided: () => string, clock: () => number = Date.now): ProgressLine {
  const live = stream.isTTY === true;
  const began = clock();
  const positions = new Map<string, { readonly index: number; readonly all: number }>();
  const place = (experiment: string): string => {
    const { index = 0, all = 0 } = positions.get(experiment) ?? {};
    return `[${index + 1}/${all}] ${experiment}`;
  };
  let shown = "";
  const clear = (): void => {
    if (live && shown) stream.write("\r\u001b[2K");
    shown = "";
  };
  const show = (text: string): void => {
    if (!live) return;
    const line = text.slice(0, Math.max(20, (stream.columns ?? 100) - 1));
    stream.write(`\r\u001b[2K${line}`);
    shown = line;
  };
  return {
    begin(experiment, index, all) {
      positions.set(experiment, { index, all });
      show(`${place(experiment)}  starting`);
    },
    update({ experiment, phase, round, look, trial, trials, left }) {
      const { index = 0, all = 0 } = positions.get(experiment) ?? {};
      const finished = index > 0 ? (clock() - began) / 1e3 / (index + 0.5) : TYPICAL;
      const rest = (left ?? TYPICAL) + (all - index - 1) * finished;
      const doing =
        phase === "agree" ? "checking that the variants agree" : `round ${round + 1} of ${look}, trial ${trial + 1} of ${trials}`;
      show(`${place(experiment)}  ${doing}  ${decided()}  about ${inWords(rest)} left`);
    },
    end(experiment, outcome) {
      clear();
      stream.write(`${place(experiment)}  ${outcome}\n`);
    },
    clear,
  };
}

function inWords(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  return whole < 100 ? `${whole} s` : `${Math.round(whole / 60)} min`;
}
