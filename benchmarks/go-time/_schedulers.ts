/** Ways to run a job once a day at a local time, each told without waiting: which instants would it have run at? */
import { CronExpressionParser } from "cron-parser";

/** A job that is due every day at the same local time. */
export interface Job {
  readonly zone: string;
  /** Hour and minute of the day at which it is due. */
  readonly time: Temporal.PlainTime;
  readonly first: Temporal.PlainDate;
  /** How many dates of the calendar it is followed for, those included that the zone leaves out. */
  readonly days: number;
}

export interface Run {
  readonly at: Temporal.Instant;
  /** The date that the scheduler runs it for. */
  readonly of: Temporal.PlainDate;
}

export type Scheduler = (job: Job) => Run[];

const datesOf = ({ first, days }: Job): Temporal.PlainDate[] => Array.from({ length: days }, (_, day) => first.add({ days: day }));

export const startOf = ({ zone, time, first }: Job): Temporal.ZonedDateTime => first.toZonedDateTime({ timeZone: zone, plainTime: time });

/** The first moment that is not followed any more. */
const endOf = ({ zone, first, days }: Job): Temporal.Instant => first.add({ days }).toZonedDateTime(zone).toInstant();

const isBefore = (one: Temporal.Instant, other: Temporal.Instant): boolean => Temporal.Instant.compare(one, other) < 0;

/** setInterval with a day's milliseconds, or a cron that keeps UTC: after the first run the zone is never asked again. */
export const everyDayOf24Hours: Scheduler = (job) => {
  const start = startOf(job).toInstant();
  const instants = datesOf(job).map((_, day) => start.add({ hours: 24 * day }));
  // It knows of no dates: the one that it runs for is the one on the wall.
  return instants.filter((at) => isBefore(at, endOf(job))).map((at) => ({ at, of: at.toZonedDateTimeISO(job.zone).toPlainDate() }));
};

/** All minutes that the job is followed for, as the zone tells them. */
function* minutesOf(job: Job): Generator<Temporal.ZonedDateTime> {
  const end = endOf(job).epochMilliseconds;
  for (let minute = job.first.toZonedDateTime(job.zone); minute.epochMilliseconds < end; minute = minute.add({ minutes: 1 })) yield minute;
}

const isDue = ({ time }: Job, { hour, minute }: { readonly hour: number; readonly minute: number }): boolean =>
  hour === time.hour && minute === time.minute;

/** Looks at the clock once a minute and runs what is due at that minute. It remembers nothing. */
export const eachMinute: Scheduler = (job) =>
  [...minutesOf(job)].filter((now) => isDue(job, now)).map((now) => ({ at: now.toInstant(), of: now.toPlainDate() }));

/** Local time is advanced or put back by less than this where it is summer time; what is more is a new clock. */
const CORRECTION_HOURS = 3;

/**
 * A model of the cron that most servers have, after its manual. Where local time jumps by less than three hours it runs at once what was
 * due in the gap, and does not run again what it ran before the clock was put back; where it jumps by more, the new time counts from then
 * on.
 * Source: cron(8), NOTES, on daylight saving time (Vixie's, as Debian ships it, and cronie).
 */
export const vixie: Scheduler = (job) => {
  const runs: Run[] = [];
  /** The last local minute that was looked at, where the clock has not been set back behind it. */
  let seen = job.first.toPlainDateTime().subtract({ minutes: 1 });
  for (const now of minutesOf(job)) {
    const local = now.toPlainDateTime();
    const jump = seen.until(local, { largestUnit: "minutes" }).minutes;
    const corrected = Math.abs(jump) >= CORRECTION_HOURS * 60;
    if (!corrected && jump <= 0) continue;
    const minutes = corrected ? 1 : jump;
    for (let back = minutes - 1; back >= 0; back--) {
      const due = local.subtract({ minutes: back });
      if (isDue(job, due)) runs.push({ at: now.toInstant(), of: due.toPlainDate() });
    }
    seen = local;
  }
  return runs;
};

/** The parser of cron expressions that many schedulers of this runtime build on. */
export const cronParser: Scheduler = (job) => {
  const { zone, time, first } = job;
  const midnight = first.toZonedDateTime(zone).toInstant();
  const expression = CronExpressionParser.parse(`${time.minute} ${time.hour} * * *`, {
    tz: zone,
    currentDate: new Date(midnight.epochMilliseconds - 1),
    endDate: new Date(endOf(job).epochMilliseconds - 1),
  });
  const runs: Run[] = [];
  while (expression.hasNext()) {
    const at = Temporal.Instant.fromEpochMilliseconds(expression.next().getTime());
    runs.push({ at, of: at.toZonedDateTimeISO(zone).toPlainDate() });
  }
  return runs;
};

/** Adds a day to the last run, as code does that reckons the next run when one is done. */
export const oneDayLater: Scheduler = (job) => {
  const runs: Run[] = [];
  for (let next = startOf(job); isBefore(next.toInstant(), endOf(job)); next = next.add({ days: 1 })) {
    runs.push({ at: next.toInstant(), of: next.toPlainDate() });
  }
  return runs;
};

/**
 * Takes each date of the calendar and asks the zone when that local time is. What it is told where there is no such time, or where there
 * are two, is what it chose: `compatible` takes the later and the earlier one, `reject` refuses, and then there is no run.
 */
export const eachDate =
  (disambiguation: "compatible" | "reject"): Scheduler =>
  (job) =>
    datesOf(job).flatMap((of): Run[] => {
      try {
        return [{ at: of.toPlainDateTime(job.time).toZonedDateTime(job.zone, { disambiguation }).toInstant(), of }];
      } catch (error) {
        if (error instanceof RangeError) return [];
        throw error;
      }
    });

export interface Kept {
  /** Days that the zone had and that saw no run. */
  readonly missed: number;
  /** Days that saw more than one. */
  readonly doubled: number;
  /** Runs at another time of day than they were due at. */
  readonly off: number;
  /** Days on which it did not run once, at its time, and only then. */
  readonly wrong: number;
}

/** What became of the job, told by the calendar and the clock on a wall of its zone. */
export function keptBy(job: Job, runs: readonly Run[]): Kept {
  const local = runs.map(({ at }) => at.toZonedDateTimeISO(job.zone));
  const byDay = Map.groupBy(local, (run) => run.toPlainDate().toString());
  const days = datesOf(job)
    .filter((date) => exists(date, job.zone))
    .map((date) => byDay.get(date.toString()) ?? []);
  const isOff = (run: Temporal.ZonedDateTime): boolean => !isDue(job, run);
  return {
    missed: days.filter((day) => day.length === 0).length,
    doubled: days.filter((day) => day.length > 1).length,
    off: local.filter(isOff).length,
    wrong: days.filter((day) => day.length !== 1 || day.some(isOff)).length,
  };
}

/** Whether the zone had that date at all. */
export const exists = (date: Temporal.PlainDate, zone: string): boolean => date.toZonedDateTime(zone).toPlainDate().equals(date);
