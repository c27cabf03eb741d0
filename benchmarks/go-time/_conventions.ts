/** Ways to write a time down, so that every store can hold it. */
import type { Moment } from "./_zones.ts";

export type Written = number | string;

export interface Convention {
  /** What Postgres calls the column's type; SQLite has whole numbers and text, and JSON numbers and text. */
  readonly type: "bigint" | "text" | "timestamptz";
  readonly write: (moment: Moment) => Written;
  /** The time that is read back, told in a zone: by the rules that hold now. */
  readonly read: (written: Written, zone: string) => Temporal.ZonedDateTime;
}

const told = (text: Written, zone: string): Temporal.ZonedDateTime => Temporal.Instant.from(String(text)).toZonedDateTimeISO(zone);

const nineDecimals = { smallestUnit: "nanosecond" } as const;

/** Milliseconds since 1970, which is what Date.now tells. */
const epoch: Convention = {
  type: "bigint",
  write: ({ instant }) => instant.epochMilliseconds,
  read: (written, zone) => Temporal.Instant.fromEpochMilliseconds(Number(written)).toZonedDateTimeISO(zone),
};

/** Text in UTC. Always as many decimals, for text of different lengths is not in the order of time. */
const utcText: Convention = {
  type: "text",
  write: ({ instant }) => instant.toString(nineDecimals),
  read: told,
};

/** Postgres's own type, which keeps an instant and no zone, in microseconds. Where a store has no such type, what Postgres prints. */
const timestamptz: Convention = {
  type: "timestamptz",
  write: ({ instant }) => postgresText(instant),
  read: told,
};

/**
 * The clock on the wall, its distance from UTC and the zone: `2023-06-01T09:00:00-05:00[America/Mexico_City]`. Read back, the offset tells
 * the two passes of an hour that came twice apart; where it is none that the zone has at that time any more, the clock on the wall counts.
 */
const zoned: Convention = {
  type: "text",
  write: ({ local, offset, zone }) => `${local.toString(nineDecimals)}${offset}[${zone}]`,
  read: (written) => Temporal.ZonedDateTime.from(String(written), { offset: "prefer" }),
};

/** An instant as Postgres prints a timestamptz of a session in UTC: decimals without the zeros at their end. */
export function postgresText(instant: Temporal.Instant): string {
  const [date, time] = instant.round({ smallestUnit: "microsecond", roundingMode: "halfEven" }).toString().slice(0, -1).split("T");
  return `${date} ${time}+00`;
}

export const conventions = {
  "epoch milliseconds": epoch,
  "UTC text": utcText,
  timestamptz,
  "local time and zone": zoned,
} as const satisfies Record<string, Convention>;

export type ConventionName = keyof typeof conventions;
