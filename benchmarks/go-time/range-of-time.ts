/**
 * What does it cost to find the events of one day and put them in order, when their times are stored in one of four ways? Five thousand
 * events lie in a database with an index on their time, ten minutes apart, in zones all around the world; a day of UTC holds 144 of them.
 *
 * What to expect: where the stored value is in the order of time the index finds the day and hands it out sorted, whatever the value looks
 * like, so *epoch milliseconds*, *UTC text* and *timestamptz* are close. Local time is in no such order. The index still narrows the
 * search, because no clock on earth is farther from UTC than fourteen hours; but twice as many events as are wanted have to be read, and
 * each text made an instant again, before anybody knows which they are. That is the price of keeping what people meant, and why who has to
 * keep it stores an instant beside it, and renews that when the rules change.
 *
 * How you could be fooled: by a straw man (without the bounds of fourteen hours all five thousand would be read); by answers that differ
 * (each way must name the same events in the same order before it is timed); and by a database that is asked for a day around which nothing
 * changes (New York puts its clocks forward on this one). SQLite, at quick effort, answers within this process; Postgres, at full effort,
 * adds a round trip to all four, so they come closer. No claim is ruled on here: the post says nothing of what its way of storing may cost,
 * and what a store cannot sort by time is counted in `storing-time`.
 */
import { experiment } from "#lab";
import type { ConventionName } from "./_conventions.ts";
import { diaryInPostgres, diaryInSqlite, questionOf, type Diary, type Question } from "./_diary.ts";
import article from "./article.ts";

interface Asked extends AsyncDisposable {
  readonly diary: Diary;
  readonly question: Question;
}

const day = ({ diary, question }: Asked): number[] | Promise<number[]> => diary.ask(question);

export default experiment(article, {
  question: "What does it cost to find the events of one day, in order?",
  sweep: { store: ["SQLite", "Postgres"] },
  quick: { store: ["SQLite"] },
  // Each trial has a table of its own, and what asks it is compiled for each.
  together: true,
  timeout: 120,
  async setup({ store }, { variant }): Promise<Asked> {
    const name = variant as ConventionName;
    const diary = await (store === "SQLite" ? diaryInSqlite(name) : diaryInPostgres(name));
    return { diary, question: questionOf(name), [Symbol.asyncDispose]: () => Promise.resolve(diary[Symbol.asyncDispose]()) };
  },
  variants: { "epoch milliseconds": day, "UTC text": day, timestamptz: day, "local time and zone": day },
  per: "day",
  claims: {},
});
