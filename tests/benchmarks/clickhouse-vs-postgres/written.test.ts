import { describe, expect, test } from "vitest";
import { BTREES } from "../../../benchmarks/clickhouse-vs-postgres/_tables.ts";
import { bytesOf, trafficOf, touchedBy } from "../../../benchmarks/clickhouse-vs-postgres/_written.ts";
import { createLogTable } from "../../../src/services/log-lines.ts";
import { postgres, type Postgres } from "../../../src/services/postgres.ts";
import { ServiceUnavailable } from "../../../src/services/unavailable.ts";

const ROWS = 30;

const insert = (server: Postgres, rows: number) => async (): Promise<void> => {
  for (let id = 1; id <= rows; id++) {
    await server.query(`INSERT INTO logs VALUES (${id}, now(), 'auth', 'info', 200, 1, 2, md5('${id}'), repeat('x', 100))`);
  }
};

const available = await postgres().then(
  async (server) => {
    await server[Symbol.asyncDispose]();
    return true;
  },
  () => false,
);

describe.skipIf(!available)("what Postgres writes", () => {
  for (const trees of [0, 1, BTREES.length]) {
    test(`its log holds an entry for every row in each of ${trees} B-trees`, async () => {
      await using server = await postgres();
      await createLogTable(server);
      for (const columns of BTREES.slice(0, trees)) await server.query(`CREATE INDEX ON logs (${columns})`);
      await server.query("CREATE INDEX ON logs USING brin (time)");
      const touched = await touchedBy(server, ROWS, insert(server, ROWS));
      expect(touched.trees).toBe(trees);
      // One of the table and one of each tree; the BRIN changes its page only where a row widens a range, and a new root is one more.
      expect(touched.pages).toBeGreaterThanOrEqual((1 + trees) * ROWS);
      expect(touched.pages).toBeLessThan((2 + trees) * ROWS + 4 * (1 + trees));
    });
  }

  test("a tree that gets an entry for some of the rows only does not count", async () => {
    await using server = await postgres();
    await createLogTable(server);
    await server.query("CREATE INDEX ON logs (id)");
    await server.query(`CREATE INDEX ON logs (trace) WHERE id > ${ROWS / 2}`);
    expect((await touchedBy(server, ROWS, insert(server, ROWS))).trees).toBe(1);
  });

  test("a row costs its log and its page, and nothing is still to be written when it is counted", async () => {
    await using server = await postgres();
    await createLogTable(server);
    const before = await bytesOf(server);
    await insert(server, ROWS)();
    const after = await bytesOf(server);
    expect(after.wal - before.wal).toBeGreaterThan(100 * ROWS);
    // The page of the table at least.
    expect(after.written - before.written).toBeGreaterThanOrEqual(after.wal - before.wal + 8192);
    expect(after.disk).toBeGreaterThan(before.disk);
    const { pagesWritten } = await trafficOf(server);
    expect((await trafficOf(server)).pagesWritten).toBe(pagesWritten);
  });
});

test("a server that does not count its bytes is said to be too old", async () => {
  const old = { engine: "Postgres", version: "16.2" } as Postgres;
  await expect(trafficOf(old)).rejects.toThrow(ServiceUnavailable);
  await expect(trafficOf(old)).rejects.toThrow("it needs Postgres 18 or newer, which counts the bytes that it writes, and this is 16.2");
});
