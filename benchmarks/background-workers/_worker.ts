/** What runs in the process of a worker, which is killed while it works: a companion, so that a signal meets a real process. */
import http from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { listen, type OpenCompanion, type Postgres } from "#lab";
import { booksOf, connected, type Books, type Design } from "./_jobs.ts";
import { Workshop } from "./_workshop.ts";

export interface WorkerOptions {
  readonly connection: Postgres["connection"];
  readonly design: Design;
  /** Its number among the workers of a trial, from 0. */
  readonly number: number;
}

/** `begin`: take jobs. `idle`: answer once nothing is under way. A number: answer once that job, or a later one, is half done. */
export type Question = "begin" | "idle" | number;
export type OpenWorker = OpenCompanion<WorkerOptions, null, Question, void>;

/** Milliseconds after which a worker looks again whether there is anything to take. */
const POLL = 5;

/** Takes jobs until it is stopped, no more than there are slots for. */
class Taker {
  readonly #books: Books;
  readonly #workshop: Workshop;
  #stopped = false;
  #running: Promise<void> | undefined;

  constructor(books: Books, workshop: Workshop) {
    this.#books = books;
    this.#workshop = workshop;
  }

  begin(): void {
    this.#running ??= this.#run();
  }

  /** Takes no more jobs; those under way go on. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      const jobs = this.#workshop.free > 0 ? await this.#books.take(this.#workshop.free) : [];
      for (const job of jobs) void this.#workshop.do(job, () => this.#books.acknowledge(job));
      if (jobs.length === 0) await sleep(POLL);
    }
  }
}

/** A server that answers 202 once it has a job in its memory, and does it afterwards. `begin` tells customers where it is. */
async function serverOf(pool: pg.Pool, workshop: Workshop, number: number) {
  const server = http.createServer((request, response) => {
    void workshop.do(Number(request.url!.slice(1)));
    response.writeHead(202).end();
  });
  const { port, ...listening } = await listen(server);
  return { ...listening, begin: async () => void (await pool.query("INSERT INTO servers VALUES ($1, $2)", [port, number])) };
}

export const open: OpenWorker = async (options) => {
  const { connection, design, number } = options;
  if (design.keeps === "with pg-boss") return (await import("./_boss.ts")).open(options);
  const pool = await connected(connection);
  const books = booksOf(pool, design, number);
  const workshop = new Workshop(books);
  const taker = new Taker(books, workshop);
  await using stack = new AsyncDisposableStack();
  stack.defer(() => pool.end());
  const server = design.keeps === "in memory" ? stack.use(await serverOf(pool, workshop, number)) : undefined;
  stack.defer(() => taker.stop());
  // Without a handler the signal ends the process, whatever it is doing.
  if (design.drains)
    process.once(
      "SIGTERM",
      () =>
        void taker
          .stop()
          .then(workshop.idle)
          .then(() => process.exit(0)),
    );
  const opened = stack.move();
  return {
    ready: null,
    answer: async (question) => {
      if (question !== "begin") return workshop.asked(question);
      return server ? server.begin() : taker.begin();
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
};
