import type { Pgoutput } from "pg-logical-replication";
import { describe, expect, test } from "vitest";
import type { Transaction } from "../../src/services/postgres/changes.ts";
import { gathering } from "../../src/services/postgres/transactions.ts";

const relation = { tag: "relation", name: "people", keyColumns: ["id"] } as unknown as Pgoutput.MessageRelation;
const begin: Pgoutput.Message = { tag: "begin", commitLsn: null, commitTime: 0n, xid: 1 };
const insert = (id: number): Pgoutput.Message => ({ tag: "insert", relation, new: { id } });
const mark = (content: string): Pgoutput.Message => ({
  tag: "message",
  flags: 1,
  transactional: true,
  messageLsn: null,
  prefix: "assay",
  content: Buffer.from(content),
});
const commit = (end: string, microseconds = 0n): Pgoutput.Message => ({
  tag: "commit",
  flags: 0,
  commitLsn: end,
  commitEndLsn: end,
  commitTime: microseconds,
});

/** A gathering that writes down what it is asked to apply and to acknowledge; `apply` does what the test says. */
function recorded(apply: (batch: readonly Transaction[]) => void | Promise<void> = () => {}) {
  const batches: (readonly Transaction[])[] = [];
  const acknowledged: string[] = [];
  const stream = gathering(
    (batch) => {
      batches.push(batch);
      return apply(batch);
    },
    (position) => void acknowledged.push(position),
  );
  const feed = (...messages: readonly Pgoutput.Message[]): void => messages.forEach((message) => stream.take(message));
  return { stream, batches, acknowledged, feed };
}

describe("the messages of a stream", () => {
  test("become a transaction with its commit, its position as Postgres writes it and its time in seconds", async () => {
    const { stream, batches, acknowledged, feed } = recorded();
    feed(begin, insert(1), insert(2), commit("00000000/016B3748", 1_500_000n));
    await stream.end();
    const changes = [1, 2].map((id) => ({ kind: "insert", table: "people", row: { id } }));
    expect(batches).toEqual([[{ position: "0/16B3748", committedAt: 1.5, changes }]]);
    expect(acknowledged).toEqual(["0/16B3748"]);
  });

  test("that come while a batch is applied become the next one", async () => {
    const first = Promise.withResolvers<void>();
    const { stream, batches, feed } = recorded((batch) => (batch[0]!.position === "0/1" ? first.promise : undefined));
    feed(
      begin,
      insert(1),
      commit("0/1"),
      begin,
      insert(2),
      commit("0/2"),
      begin,
      insert(3),
      commit("0/3"),
      begin,
      mark("end"),
      commit("0/4"),
    );
    const reached = stream.reached("end");
    first.resolve();
    await reached;
    expect(batches.map((batch) => batch.map(({ position }) => position))).toEqual([["0/1"], ["0/2", "0/3"]]);
  });

  test("of a transaction that changed nothing are acknowledged and not handed on", async () => {
    const { stream, batches, acknowledged, feed } = recorded();
    feed(begin, commit("0/1"));
    await stream.end();
    expect(batches).toEqual([]);
    expect(acknowledged).toEqual(["0/1"]);
  });

  test("that follow a failure are dropped, and nothing that failed is acknowledged", async () => {
    const { stream, batches, acknowledged, feed } = recorded(() => {
      throw new Error("full");
    });
    feed(begin, insert(1), commit("0/1"), begin, insert(2), commit("0/2"));
    await expect(stream.reached("never")).rejects.toThrow("full");
    await expect(stream.end()).rejects.toThrow("full");
    expect(batches).toHaveLength(1);
    expect(acknowledged).toEqual([]);
  });
});

describe("a server that has nothing to send", () => {
  test("is told that it may forget all before, unless something waits to be applied", async () => {
    const work = Promise.withResolvers<void>();
    const { stream, acknowledged, feed } = recorded(() => work.promise);
    stream.idle("0/5", false);
    feed(begin, insert(1), commit("0/6"));
    stream.idle("0/7", false);
    expect(acknowledged).toEqual(["0/5"]);
    stream.idle("0/8", true);
    expect(acknowledged).toEqual(["0/5", "0/5"]);
    work.resolve();
    await stream.end();
    expect(acknowledged.at(-1)).toBe("0/6");
  });
});
