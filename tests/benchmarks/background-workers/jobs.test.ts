import type pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { emptiedQueue, sender } from "../../../benchmarks/background-workers/_boss.ts";
import { checkStrikes, fates, NOBODY, outstanding, strike } from "../../../benchmarks/background-workers/_fates.ts";
import {
  booksOf,
  connected,
  designs,
  emptied,
  ENQUEUE,
  LATE,
  LEASE,
  NOTE,
  NOTE_WHOSE,
  type Books,
} from "../../../benchmarks/background-workers/_jobs.ts";
import { Workshop } from "../../../benchmarks/background-workers/_workshop.ts";
import { postgres, type Postgres } from "../../../src/lab.ts";

let server: Postgres;
let pool: pg.Pool;

beforeAll(async () => {
  server = await postgres();
  pool = await connected(server.connection);
}, 60_000);
afterAll(async () => {
  await pool.end();
  await server[Symbol.asyncDispose]();
});
beforeEach(() => emptied(server));

const books = (design: keyof typeof designs, worker = 0): Books => booksOf(pool, designs[design], worker);
const enqueue = async (...jobs: readonly number[]): Promise<void> => {
  for (const job of jobs) await pool.query({ ...ENQUEUE, values: [job] });
};
/** As if so many seconds had passed for the queue. */
const pass = (seconds: number): Promise<unknown> => pool.query(`UPDATE jobs SET visible_at = visible_at - interval '${seconds} s'`);
const summary = async () => {
  const { lost, halfDone, twice, ...rest } = await fates(server);
  return { ...rest, lost: [...lost], halfDone: [...halfDone], twice: [...twice] };
};

describe("taking jobs", () => {
  test("takes the oldest first, no more than asked for, and none that another worker has", async () => {
    await enqueue(0, 1, 2);
    for (const design of ["acknowledge early", "lease"] as const) {
      const [one, other] = [books(design, 0), books(design, 1)];
      expect((await one.take(2)).toSorted(), design).toEqual([0, 1]);
      expect(await other.take(5), design).toEqual([2]);
      expect(await one.take(5), design).toEqual([]);
      await emptied(server);
      await enqueue(0, 1, 2);
    }
  });

  test("a job that was acknowledged early is nobody's any more when its worker dies", async () => {
    await enqueue(0);
    await books("acknowledge early").take(1);
    expect(await outstanding(server, designs["acknowledge early"])).toBe(0);
  });

  test("a borrowed job is handed out again once the lease is over, and not before", async () => {
    await enqueue(0);
    await books("lease", 0).take(1);
    expect(await books("lease", 1).take(1)).toEqual([]);
    await pass(LEASE);
    expect(await books("lease", 1).take(1)).toEqual([0]);
  });

  test("a borrowed job that was acknowledged is gone", async () => {
    await enqueue(0);
    await books("lease").take(1);
    await books("lease").acknowledge(0);
    expect(await outstanding(server, designs.lease)).toBe(0);
  });
});

describe("what became of the jobs", () => {
  test("a job with both effects is done", async () => {
    await enqueue(0);
    await books("lease").apply(0, "charge");
    await books("lease").apply(0, "receipt");
    expect(await summary()).toEqual({ accepted: 1, late: 0, lost: [], halfDone: [], twice: [] });
  });

  test("one that nobody took is nobody's loss", async () => {
    await enqueue(0);
    expect(await summary()).toEqual({ accepted: 1, late: 0, lost: [[NOBODY, 1]], halfDone: [], twice: [] });
  });

  test("one that was taken and not done is the loss of whoever had it last", async () => {
    await enqueue(0, 1, 2);
    await books("acknowledge early", 0).take(2);
    await books("lease", 0).take(1);
    await pass(LEASE);
    await books("lease", 1).take(1);
    expect((await fates(server)).lost).toEqual(
      new Map([
        [0, 2],
        [1, 1],
      ]),
    );
  });

  test("one that a server accepted is that server's, and one that another queue handed out is the one's who got it", async () => {
    await pool.query({ ...NOTE_WHOSE, values: [0, 1] });
    await pool.query({ ...NOTE, values: [1] });
    await books("pg-boss", 2).has([1]);
    expect((await summary()).lost.toSorted()).toEqual([
      [1, 1],
      [2, 1],
    ]);
  });

  test("one with a charge alone is lost and half done, and the worker's who charged it", async () => {
    await enqueue(0);
    await books("lease", 1).take(1);
    await books("lease", 1).apply(0, "charge");
    expect(await summary()).toMatchObject({ lost: [[1, 1]], halfDone: [[1, 1]], twice: [] });
  });

  test("one that was charged by two workers was done twice, and the first of them is to blame", async () => {
    await enqueue(0);
    await books("lease", 0).apply(0, "charge");
    await books("lease", 1).apply(0, "charge");
    await books("lease", 1).apply(0, "receipt");
    expect(await summary()).toMatchObject({ lost: [], halfDone: [], twice: [[0, 1]] });
  });

  test("with a key the second charge has no effect", async () => {
    await enqueue(0);
    for (const worker of [0, 1]) await books("lease, drain, key", worker).apply(0, "charge");
    await books("lease, drain, key", 1).apply(0, "receipt");
    expect(await summary()).toMatchObject({ lost: [], twice: [] });
  });

  test("one that was done long after it was accepted is late", async () => {
    await enqueue(0, 1);
    for (const job of [0, 1]) await books("lease").apply(job, "receipt");
    await pool.query(`UPDATE accepted SET at = at - interval '${LATE} s' WHERE job = 0`);
    expect(await summary()).toMatchObject({ accepted: 2, lost: [], late: 1 });
  });
});

describe("a strike", () => {
  const kill = (worker: number, drains = false): Promise<void> => strike(server, worker, drains, () => {});

  test("is one if a job of its worker is half done, whoever finishes it afterwards", async () => {
    await books("lease", 0).apply(0, "charge");
    await kill(0);
    await books("lease", 1).apply(0, "receipt");
    await expect(checkStrikes(server)).resolves.toBeUndefined();
  });

  test("is one to a worker that drains, too, and finishes what was half done", async () => {
    await books("lease", 0).apply(0, "charge");
    await kill(0, true);
    await books("lease", 0).apply(0, "receipt");
    await expect(checkStrikes(server)).resolves.toBeUndefined();
  });

  test("is none if the worker has nothing under way, or its jobs are done, or begun later", async () => {
    await books("lease", 1).apply(0, "charge");
    await books("lease", 0).apply(1, "charge");
    await books("lease", 0).apply(1, "receipt");
    await kill(0);
    await books("lease", 0).apply(2, "charge");
    await expect(checkStrikes(server)).rejects.toThrow("none of its jobs was half done");
  });

  test("explains why a job is handed on after it, and not before it", async () => {
    await enqueue(0);
    await books("lease", 0).take(1);
    await books("lease", 0).apply(0, "charge");
    await kill(0);
    await pass(LEASE);
    await books("lease", 1).take(1);
    await expect(checkStrikes(server)).resolves.toBeUndefined();
    await pass(LEASE);
    await books("lease", 2).take(1);
    await expect(checkStrikes(server)).rejects.toThrow("while the one that had it was alive");
  });

  test("does not explain it where the worker drains: it is alive until it has nothing left", async () => {
    await enqueue(0);
    await books("lease", 0).take(1);
    await books("lease", 0).apply(0, "charge");
    await kill(0, true);
    await pass(LEASE);
    await books("lease", 1).take(1);
    await expect(checkStrikes(server)).rejects.toThrow("while the one that had it was alive");
  });
});

test("a worker tells when a job, or a later one, is half done, and when nothing is under way", async () => {
  await pool.query({ ...NOTE, values: [3] });
  const workshop = new Workshop(books("array in memory"));
  const doing = workshop.do(3);
  await workshop.asked(2);
  expect(await summary()).toMatchObject({ lost: [[NOBODY, 1]], halfDone: [[0, 1]] });
  await workshop.asked("idle");
  expect(await summary()).toMatchObject({ lost: [], halfDone: [] });
  await doing;
});

test("a job that is left with pg-boss is outstanding until somebody does it, and a trial begins without any", async () => {
  await emptiedQueue(server);
  {
    await using way = await sender(server.connection);
    await way.send(0);
  }
  expect(await outstanding(server, designs["pg-boss"])).toBe(1);
  await emptiedQueue(server);
  expect(await outstanding(server, designs["pg-boss"])).toBe(0);
});
