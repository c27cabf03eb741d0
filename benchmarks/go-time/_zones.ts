/** What the runtime's zone data say: every change of every clock, and rules that were changed after people had made plans. */

const FROM = Temporal.Instant.from("2000-01-01T00:00Z");
const TO = Temporal.Instant.from("2038-01-01T00:00Z");

/** The edition of the zone data as a number: 2026.03 is 2026c. */
export function editionOf(version: string = process.versions.tz ?? ""): number {
  const [, year, letter] = /^(\d{4})([a-z])/.exec(version) ?? [];
  return year === undefined || letter === undefined ? 0 : Number(year) + (letter.charCodeAt(0) - 96) / 100;
}

/** A time that somebody wrote down: the instant they meant, and what the clock on their wall said. */
export interface Moment {
  readonly instant: Temporal.Instant;
  readonly local: Temporal.PlainDateTime;
  /** The distance from UTC that held when it was written down (`-05:00`). */
  readonly offset: string;
  readonly zone: string;
}

const momentOf = (zoned: Temporal.ZonedDateTime): Moment => ({
  instant: zoned.toInstant(),
  local: zoned.toPlainDateTime(),
  offset: zoned.offset,
  zone: zoned.timeZoneId,
});

/** Every change of a clock from 2000 to 2037, as the first instant after it, in the order of the zones. */
export function* transitions(zones: readonly string[] = Intl.supportedValuesOf("timeZone")): Generator<Temporal.ZonedDateTime> {
  for (const zone of zones) {
    let next = FROM.toZonedDateTimeISO(zone).getTimeZoneTransition("next");
    while (next && Temporal.Instant.compare(next.toInstant(), TO) < 0) {
      yield next;
      next = next.getTimeZoneTransition("next");
    }
  }
}

/** Half an hour before each change, a quarter of an hour after it: where local time is put back, both lie in the hour that comes twice. */
export function* around(changes: Iterable<Temporal.ZonedDateTime>): Generator<Moment> {
  for (const change of changes) {
    yield momentOf(change.subtract({ minutes: 30 }));
    yield momentOf(change.add({ minutes: 15 }));
  }
}

/**
 * Zones whose rules were changed at short notice, and a month after the change in which the clock shows another time than in the same month
 * of the year before, which is what the rules had promised until then.
 * Source: the NEWS file of the time zone database.
 */
export const decrees = [
  { zone: "Europe/Moscow", month: "2015-01" },
  { zone: "Europe/Istanbul", month: "2017-01" },
  { zone: "America/Caracas", month: "2017-01" },
  { zone: "Asia/Pyongyang", month: "2019-01" },
  { zone: "America/Sao_Paulo", month: "2020-01" },
  { zone: "Pacific/Apia", month: "2022-01" },
  { zone: "Asia/Amman", month: "2023-01" },
  { zone: "Asia/Tehran", month: "2023-06" },
  { zone: "America/Mexico_City", month: "2023-06" },
  { zone: "Africa/Cairo", month: "2023-06" },
  { zone: "Asia/Almaty", month: "2024-06" },
  { zone: "America/Asuncion", month: "2025-06" },
] as const;

/** Days of a month that something is planned for, all of them in every month. */
const PLANNED = 28;

/**
 * Appointments at nine in the morning, written down while the old rules held. Their instant is the one that these promised.
 * Nothing if the zone data are older than the decree and still promise the same.
 */
export function plannedUnder({ zone, month }: { readonly zone: string; readonly month: string }): Moment[] {
  return Array.from({ length: PLANNED }, (_, day) => {
    const local = Temporal.PlainDate.from(`${month}-01`).add({ days: day }).toPlainDateTime("09:00");
    const { offset } = local.subtract({ years: 1 }).toZonedDateTime(zone);
    return { local, offset, zone, instant: Temporal.Instant.from(`${local.toString()}${offset}`) };
  }).filter(({ local, offset }) => local.toZonedDateTime(zone).offset !== offset);
}

/** The same moments, each with nine decimals of a second that are its own. */
export function* withNanoseconds(moments: Iterable<Moment>): Generator<Moment> {
  let nanoseconds = 123_456_789;
  for (const { instant, local, ...rest } of moments) {
    nanoseconds = (nanoseconds * 7 + 11) % 999_999_937;
    yield { ...rest, instant: instant.add({ nanoseconds }), local: local.add({ nanoseconds }) };
  }
}
