/**
 * Samoa moved to the other side of the date line at the end of Thursday, 29 December 2011: the next day was Saturday. What happened to a
 * job that was due every day at nine? Seven ways to run a job are asked for the instants at which they would have run, from three days
 * before to four days after, and those are held against the calendar that hung on a wall in Apia. Beside Samoa stand the two days a year on
 * which New York changes its clocks, with a job that is due in the hour that is missing or comes twice.
 *
 * *Every 24 hours* is setInterval, and just as well a cron that keeps UTC. *Each minute* compares the clock on the wall with the job once a
 * minute. *Vixie's cron, modelled* does so too and corrects jumps of less than three hours, as the manual of that cron says. *cron-parser*
 * is the library, and the three that use Temporal add a day to the last run, or go through the dates of the calendar and either take what
 * Temporal makes of a time that does not exist or refuse it. No cron runs here: what *each minute* and
 * *Vixie's cron* would have done is worked out by rules of ours, so a verdict on them is one on a model.
 *
 * What to expect: a job that was due on the 30th alone had no such day, and whoever waits for that date to come waits a year. But a *daily*
 * job hardly notices. Samoa skipped 24 hours to the minute, so no day that it did have goes without a run: even setInterval is right
 * afterwards. The one that suffers is the careful one: who goes through the dates and asks for the instant of each gets one for the 30th as
 * well, on the 31st, and runs twice. New York in spring does the more damage, and adding a day to the last run is never right again after
 * it.
 *
 * How you could be fooled: by counting a day as missed that nobody had (only days that the zone knows count); by a job at midnight, where
 * "before" and "after" fall together (nine is far from it); by a clock that has to be waited for (nothing waits: the schedulers are told
 * the time); and by one source for it all, the runtime's zone data, in which Samoa's day is a line like any other. Where they are older
 * than the decree nothing is tried.
 */
import { count, exact, scenario, seconds, value } from "#lab";
import { changeOn, type Change } from "./_changes.ts";
import { cronParser, eachDate, eachMinute, everyDayOf24Hours, exists, keptBy, oneDayLater, vixie, type Scheduler } from "./_schedulers.ts";
import article from "./article.ts";

/** A date on which a zone changed its clock, and when a daily job is due that it concerns. */
const changes = {
  "Samoa 2011": { zone: "Pacific/Apia", date: "2011-12-30", time: "09:00" },
  "New York, spring": { zone: "America/New_York", date: "2025-03-09", time: "02:30" },
  "New York, autumn": { zone: "America/New_York", date: "2025-11-02", time: "01:30" },
} as const;

const asked =
  (scheduler: Scheduler) =>
  async ({ date, job, skipped, minutes: [before, after] }: Change) => {
    const runs = scheduler(job);
    return {
      ...keptBy(job, runs),
      forTheDay: runs.filter(({ of }) => of.equals(date)).length,
      existed: Number(exists(date, job.zone)),
      skipped,
      weekdayBefore: before.dayOfWeek,
      timeBefore: before.hour * 60 + before.minute,
      weekdayAfter: after.dayOfWeek,
    };
  };

const at = { day: "Samoa 2011" } as const;

const neverRan = (cron: "each minute" | "Vixie's cron, modelled" | "cron-parser", who: string) =>
  ({ says: `${who} never ran its job of 30 December 2011`, holds: value(cron, "forTheDay").between(0, 0), at }) as const;

export default scenario(article, {
  question: "On how many days does a daily job go wrong when the clock changes?",
  sweep: { day: Object.keys(changes) as (keyof typeof changes)[] },
  together: true,
  metrics: {
    wrong: exact(count("lower", "days on which the job did not run once and at its time")),
    missed: exact(count("lower", "days without a run")),
    doubled: exact(count("lower", "days with two runs")),
    off: exact(count("lower", "runs at another time")),
    forTheDay: exact(count("higher", "runs for the date of the change")),
    existed: exact(count("higher", "whether the zone had that date")),
    skipped: exact(seconds("lower", "local time that was left out")),
    weekdayBefore: exact(count("lower", "day of the week a minute before the change (Monday is 1)")),
    timeBefore: exact(count("lower", "minute of the day a minute before the change")),
    weekdayAfter: exact(count("lower", "day of the week at the change (Monday is 1)")),
  },
  setup: ({ day }) => changeOn(changes[day]),
  variants: {
    "every 24 hours": asked(everyDayOf24Hours),
    "each minute": asked(eachMinute),
    "Vixie's cron, modelled": asked(vixie),
    "cron-parser": asked(cronParser),
    "a day later": asked(oneDayLater),
    "each date": asked(eachDate("compatible")),
    "each date or none": asked(eachDate("reject")),
  },
  claims: {
    "go-time-05": [
      { says: "Samoa skipped 24 hours of local time", holds: value("each minute", "skipped").between(86_400, 86_400), at },
      { says: "30 December 2011 did not exist there", holds: value("each minute", "existed").between(0, 0), at },
      { says: "the last day before was a Thursday", holds: value("each minute", "weekdayBefore").between(4, 4), at },
      { says: "its last minute was 23:59", holds: value("each minute", "timeBefore").between(23 * 60 + 59, 23 * 60 + 59), at },
      { says: "the minute after it belonged to a Saturday", holds: value("each minute", "weekdayAfter").between(6, 6), at },
    ],
    "go-time-06": [
      { ...neverRan("each minute", "in the model a cron that looks at the clock each minute"), model: true },
      { ...neverRan("Vixie's cron, modelled", "in the model of its manual Vixie's cron"), model: true },
      neverRan("cron-parser", "a scheduler that takes its times from cron-parser"),
    ],
  },
});
