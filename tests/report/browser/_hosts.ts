import type { RunRecord } from "../../../src/model/record.ts";
import { inputOf } from "../../testdata/report/input.ts";

/** What another machine could have measured: the same, so many times as slow. */
function elsewhere(record: RunRecord, id: string, cpu: string, factor: number, label?: string): RunRecord {
  const rounds = record.rounds.map(({ trials }) => ({
    trials: trials.map((trial) => ({
      ...trial,
      readings: Object.fromEntries(Object.entries(trial.readings).map(([name, samples]) => [name, samples.map((it) => it * factor)])),
    })),
  }));
  const { label: _, ...host } = record.host;
  return { ...record, rounds, host: { ...host, id, cpu, ...(label !== undefined && { label }) } };
}

/** The synthetic experiments, measured by three hosts. */
export const input = inputOf((all) =>
  all.map((it) => ({
    ...it,
    others: [
      elsewhere(it.record!, "aaaaaaaaaaaa", "Reference CPU", 0.5, "reference host: a shared machine"),
      elsewhere(it.record!, "bbbbbbbbbbbb", "Another CPU", 3),
    ],
  })),
);
