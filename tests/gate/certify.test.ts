import { expect, test } from "vitest";
import { certify, plannedCells, roundsOf, type CertifyOptions } from "../../src/gate/certify.ts";
import type { CertificateRun } from "../../src/model/certificate.ts";

const fresh: CertificateRun = {
  startedAt: "2026-11-22T00:00:00.000Z",
  finished: false,
  seconds: 0,
  seed: 1,
  source: "0".repeat(16),
  runtime: "node",
  kernels: [],
};

/** Answers at once what the kernel's address asks for, and remembers in what order it was asked. */
function options(run: CertificateRun, more: Partial<CertifyOptions> = {}): CertifyOptions & { asked: string[]; saved: CertificateRun[] } {
  const asked: string[] = [];
  const saved: CertificateRun[] = [];
  return {
    run,
    burn: false,
    budget: Infinity,
    rounds: { fewest: 1, most: 3 },
    signal: new AbortController().signal,
    save: async (it) => void saved.push(it),
    progress: () => {},
    duel: async (instrument, { files, seed }) => {
      asked.push(`${instrument} ${seed} ${files.head.split("/").at(-1)}`);
      const extra = Number(new URL(files.head).searchParams.get("more") ?? 0);
      const time = { base: 1, head: 1 + extra / 100 };
      return { task: "duel", time, logRatio: Math.log(time.head), blocks: 3, seconds: 1 };
    },
    asked,
    saved,
    ...more,
  };
}

test("every kernel in every size is read by both instruments, identical code and what hides twice as often, and a round is saved as it ends", async () => {
  const lab = options(fresh);
  const run = await certify(lab);
  expect(run.finished).toBe(true);
  expect(roundsOf(run)).toBe(3);
  expect(run.kernels).toHaveLength(plannedCells.length);
  for (const { injected, duet, isolated } of run.kernels) {
    const often = "hidden" in injected || injected.more === 0;
    expect([duet.length, isolated.length]).toEqual(often ? [6, 6] : [3, 3]);
    const truth = "more" in injected ? Math.log(1 + injected.more / 100) : 0;
    for (const { logRatio } of [...duet, ...isolated]) expect(logRatio).toBeCloseTo(truth, 12);
  }
  expect(lab.saved.map(({ finished }) => finished)).toEqual([false, false, true]);
  expect(new Set(lab.asked).size).toBe(lab.asked.length);
});

test("what was interrupted goes on with the same processes as if it had not been", async () => {
  const whole = options(fresh);
  await certify(whole);
  const stop = new AbortController();
  const first = options(fresh, { signal: stop.signal });
  const { duel } = first;
  const halfway = await certify({
    ...first,
    duel: async (instrument, request, signal) => {
      const answer = await duel!(instrument, request, signal);
      if (first.asked.length === 90) stop.abort();
      return answer;
    },
  });
  expect(halfway.finished).toBe(false);
  expect(roundsOf(halfway)).toBe(1);
  const second = options(halfway);
  const run = await certify(second);
  expect(run.finished).toBe(true);
  const perRound = whole.asked.length / 3;
  expect(second.asked).toEqual(whole.asked.slice(perRound));
});

test("a kernel that cannot be read is an error, and nothing false is kept", async () => {
  const lab = options(fresh, { duel: async () => ({ task: "failed", message: "ran out of memory" }) });
  await expect(certify(lab)).rejects.toThrow(/kernel \w+ could not be read: ran out of memory/);
  expect(lab.saved).toEqual([]);
});
