import type { Pgoutput } from "pg-logical-replication";
import type { Row } from "../engine.ts";

/** A row's values by the names of its columns, as `Engine.query` has them. A large value that an update left as it was is absent. */
export type Values = Readonly<Record<string, Row[number]>>;

/** What a transaction did to one row. `key` holds the columns of the primary key, as they were before. */
export type Change =
  | { readonly kind: "insert"; readonly table: string; readonly row: Values }
  | { readonly kind: "update"; readonly table: string; readonly key: Values; readonly row: Values }
  | { readonly kind: "delete"; readonly table: string; readonly key: Values };

/** A committed transaction, as far as it touched the tables that are followed. */
export interface Transaction {
  /** Position behind its commit in the server's write-ahead log ("0/16B3748"). */
  readonly position: string;
  /** When it was committed by the server's clock, in seconds since 1970, to the microsecond. */
  readonly committedAt: number;
  readonly changes: readonly Change[];
}

/** Puts the messages of a stream together to transactions and hands them on, a batch at a time. */
export interface Gathering {
  take(message: Pgoutput.Message): void;
  /** The server has nothing to send before that position, and may want to hear how far we are. */
  idle(position: string, answer: boolean): void;
  /** Resolves when the transaction with that mark, and so all before it, has been applied. */
  reached(mark: string): Promise<void>;
  /** Nothing is handed on from now on. */
  fail(error: Error): void;
  /** Waits for what is being applied, and drops what waits. @throws what it failed with. */
  end(): Promise<void>;
}

interface Gathered extends Transaction {
  readonly changes: Change[];
  readonly marks: string[];
}

/**
 * @param apply gets all transactions that wait, in order.
 * @param acknowledge hears the position up to which all has been applied.
 */
export function gathering(
  apply: (transactions: readonly Transaction[]) => void | Promise<void>,
  acknowledge: (position: string) => void,
): Gathering {
  let waiting: Gathered[] = [];
  let open: { readonly changes: Change[]; readonly marks: string[] } | undefined;
  let applied: string | undefined;
  let working: Promise<void> | undefined;
  let failed: Error | undefined;
  let ended = false;
  const marks = new Map<string, PromiseWithResolvers<void>>();

  const fail = (error: Error): void => {
    failed ??= error;
    for (const { reject } of marks.values()) reject(failed);
    marks.clear();
  };
  const goesOn = (): boolean => !failed && !ended;
  const done = (position: string): void => {
    applied = position;
    acknowledge(position);
  };
  const work = async (): Promise<void> => {
    while (waiting.length > 0 && goesOn()) {
      const batch = waiting;
      waiting = [];
      try {
        const touching = batch.filter(({ changes }) => changes.length > 0);
        if (touching.length > 0) await apply(touching.map(({ marks: _marks, ...transaction }) => transaction));
      } catch (error) {
        fail(error as Error);
        return;
      }
      done(batch.at(-1)!.position);
      for (const mark of batch.flatMap((it) => it.marks)) {
        marks.get(mark)?.resolve();
        marks.delete(mark);
      }
    }
  };
  const commit = ({ commitEndLsn, commitTime }: Pgoutput.MessageCommit): void => {
    waiting.push({ position: brief(commitEndLsn!), committedAt: Number(commitTime) / 1e6, ...open! });
    open = undefined;
    working ??= work().finally(() => (working = undefined));
  };

  return {
    take(message) {
      if (!goesOn()) return;
      if (message.tag === "begin") open = { changes: [], marks: [] };
      else if (message.tag === "commit") commit(message);
      else if (message.tag === "message") open?.marks.push(Buffer.from(message.content).toString());
      else open?.changes.push(...changesOf(message));
    },
    idle(position, answer) {
      // What was sent before has been taken by now: with nothing left to apply the server may forget all of it.
      if (!failed && !open && !working && waiting.length === 0) done(position);
      else if (answer && applied !== undefined) acknowledge(applied);
    },
    reached(mark) {
      if (failed) return Promise.reject(failed);
      const reached = Promise.withResolvers<void>();
      marks.set(mark, reached);
      return reached.promise;
    },
    fail,
    async end() {
      ended = true;
      await working;
      const before = failed;
      fail(new Error("following was ended"));
      if (before) throw before;
    },
  };
}

function changesOf(message: Pgoutput.Message): Change[] {
  if (message.tag === "insert") return [{ kind: "insert", table: message.relation.name, row: present(message.new) }];
  if (message.tag === "update") {
    const { relation, key, old } = message;
    const row = present(message.new);
    return [{ kind: "update", table: relation.name, key: keyOf(relation, key ?? old ?? row), row }];
  }
  if (message.tag === "delete") {
    const { relation, key, old } = message;
    return [{ kind: "delete", table: relation.name, key: keyOf(relation, key ?? old!) }];
  }
  // What is left names tables, types and origins.
  return [];
}

/** As Postgres writes it: without leading zeros. */
const brief = (position: string): string => position.replace(/\b0+(?=\w)/g, "");

const keyOf = ({ keyColumns }: Pgoutput.MessageRelation, row: Values): Values =>
  Object.fromEntries(keyColumns.map((column) => [column, row[column]!]));

/** The parser gives undefined for a large value that was left as it is. */
const present = (row: Record<string, unknown>): Values =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as Values;
