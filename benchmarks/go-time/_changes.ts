/** A change of a zone's clock, looked up in the runtime's zone data. */
import { ServiceUnavailable } from "#lab";
import type { Job } from "./_schedulers.ts";

const BEFORE = 3;
const DAYS = 8;

/** A date on which a zone changed its clock, and when a daily job is due that it concerns. */
export interface ChangeOfClock {
  readonly zone: string;
  readonly date: string;
  readonly time: string;
}

export interface Change {
  readonly date: Temporal.PlainDate;
  readonly job: Job;
  /** Seconds of local time that were left out; below zero where they came twice. */
  readonly skipped: number;
  /** The last minute of local time before the change and the first one after it. */
  readonly minutes: readonly [before: Temporal.ZonedDateTime, after: Temporal.ZonedDateTime];
}

/** @throws {ServiceUnavailable} the zone data know of no such change. */
export function changeOn({ zone, time, ...on }: ChangeOfClock): Change {
  const date = Temporal.PlainDate.from(on.date);
  const first = date.subtract({ days: BEFORE });
  const after = first.toZonedDateTime(zone).getTimeZoneTransition("next");
  if (!after || Temporal.PlainDate.compare(after.toPlainDate(), date.add({ days: 1 })) > 0) {
    throw new ServiceUnavailable("it needs zone data that know of this change, and those of this runtime are older");
  }
  const before = after.subtract({ minutes: 1 });
  return {
    date,
    job: { zone, time: Temporal.PlainTime.from(time), first, days: DAYS },
    skipped: (after.offsetNanoseconds - before.offsetNanoseconds) / 1e9,
    minutes: [before, after],
  };
}
