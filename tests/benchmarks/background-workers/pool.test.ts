import { expect, test } from "vitest";
import { Pool } from "../../../benchmarks/background-workers/_pool.ts";

/** Jobs that are under way until somebody ends them. */
function gates(count: number) {
  const begun: number[] = [];
  const jobs = Array.from({ length: count }, () => Promise.withResolvers<void>());
  const job = (index: number) => (): Promise<void> => {
    begun.push(index);
    return jobs[index]!.promise;
  };
  return { begun, job, end: (index: number) => jobs[index]!.resolve() };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test("no more jobs are under way than there are slots, and the next begins as one ends", async () => {
  const { begun, job, end } = gates(4);
  const pool = new Pool(2);
  const all = [0, 1, 2, 3].map((index) => pool.run(job(index)));
  await turn();
  expect(begun).toEqual([0, 1]);
  expect({ busy: pool.busy, free: pool.free }).toEqual({ busy: 2, free: 0 });
  end(1);
  await turn();
  expect(begun).toEqual([0, 1, 2]);
  for (const index of [0, 2, 3]) end(index);
  await Promise.all(all);
  expect({ busy: pool.busy, free: pool.free }).toEqual({ busy: 0, free: 2 });
});

test("a slot that is handed on is not free for whoever comes meanwhile", async () => {
  const { begun, job, end } = gates(3);
  const pool = new Pool(1);
  const all = [pool.run(job(0)), pool.run(job(1))];
  end(0);
  await all[0];
  all.push(pool.run(job(2)));
  await turn();
  expect(begun).toEqual([0, 1]);
  end(1);
  end(2);
  await Promise.all(all);
  expect(begun).toEqual([0, 1, 2]);
});

test("a job that fails gives its slot back, and tells whoever waits for it", async () => {
  const pool = new Pool(1);
  await expect(pool.run(() => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  expect(await pool.run(async () => "done")).toBe("done");
});

test.each([0, 1.5, -1, Number.NaN])("there is no pool of %s slots", (slots) => {
  expect(() => new Pool(slots)).toThrow(RangeError);
});
