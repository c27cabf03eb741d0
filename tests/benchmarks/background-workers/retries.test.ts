import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { open } from "../../../benchmarks/background-workers/_forgotten.ts";
import {
  ATTEMPTS,
  Attempts,
  backoff,
  deadLetters,
  retried,
  retrying,
  unread,
  type Batch,
} from "../../../benchmarks/background-workers/_retries.ts";
import { companion, privateDirectory, seeded } from "../../../src/lab.ts";

const batch: Batch = { jobs: 40, failureRate: 0.3, poisonEvery: 20, seed: 1 };
const POISONED = [19, 39];

test("the bound of a wait doubles from attempt to attempt, up to a last one", () => {
  const bounds = [1, 2, 3, 4, 5, 6].map((attempts) => backoff(attempts, () => 1));
  expect(bounds.map((it) => it / bounds[0]!)).toEqual([1, 2, 4, 8, 10, 10]);
});

test("jobs that failed together do not come back together", () => {
  const random = seeded(1);
  const waits = Array.from({ length: 100 }, () => backoff(1, random));
  expect(new Set(waits).size).toBe(100);
  expect(Math.max(...waits)).toBeLessThan(backoff(1, () => 1));
});

test("which attempts fail is the seed's choice, and nobody else's", async () => {
  const once = await unread(batch, seeded(1));
  const again = await unread(batch, seeded(2));
  expect([...once.attempts.done].toSorted()).toEqual([...again.attempts.done].toSorted());
  expect(once.attempts.done.size).toBeLessThan(batch.jobs - POISONED.length);
  const other = await unread({ ...batch, seed: 2 }, seeded(1));
  expect([...other.attempts.done].toSorted()).not.toEqual([...once.attempts.done].toSorted());
});

test("a job that can never be done is tried as often as any, and then given up with its own error", async () => {
  const attempts = new Attempts({ ...batch, failureRate: 0 });
  await expect(retried(attempts, 19, seeded(1))).rejects.toThrow("job 19 cannot be done");
  expect(attempts.made).toBe(ATTEMPTS);
});

test("retries do what failed for a while, and leave what can never be done", async () => {
  const { attempts, letters } = await retrying({ ...batch, failureRate: 0.1 }, seeded(1));
  expect(POISONED.filter((job) => attempts.done.has(job))).toEqual([]);
  expect(attempts.done.size).toBe(batch.jobs - POISONED.length);
  expect(letters.size).toBe(0);
});

test("every job is either done or a dead letter that says why", async () => {
  const { attempts, letters } = await deadLetters(batch, seeded(1));
  for (let job = 0; job < batch.jobs; job++) expect(attempts.done.has(job), String(job)).toBe(!letters.has(job));
  expect(letters.get(19)).toBe("TypeError: job 19 cannot be done");
});

test("a process that waits for none of its jobs is ended by the first that fails, and says which", async () => {
  const module = new URL("../../../benchmarks/background-workers/_forgotten.ts", import.meta.url).href;
  await using books = await privateDirectory();
  const ledger = join(books.directory, "done");
  await using worker = await companion<typeof open>({ module, options: { ...batch, failureRate: 0, ledger } });
  expect(await worker.ask("begin")).toBe(batch.jobs);
  expect(await worker.ended).toEqual({ code: 1, signal: null });
  await expect(worker.ask("begin")).rejects.toThrow("job 19 cannot be done");
  const done = (await readFile(ledger, "utf8")).trim().split("\n").map(Number);
  expect(done.filter((job) => POISONED.includes(job))).toEqual([]);
});
