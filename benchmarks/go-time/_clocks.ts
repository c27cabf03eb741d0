/** The clocks of the runtime, each with what it takes to compare its readings. A reading is whatever the clock tells, untouched. */

export interface Clock<T = unknown> {
  readonly read: () => T;
  /** A reading for a zone, where the clock takes one. */
  readonly readIn?: (zone: string) => T;
  /** Nanoseconds from one reading to a later one. */
  readonly between: (one: T, other: T) => number;
  /** The reading taken as a time of the calendar: milliseconds since 1970. */
  readonly asCalendar: (reading: T) => number;
  /** The zone that a reading carries with it; most carry none. */
  readonly zoneOf?: (reading: T) => string;
}

const wall: Clock<number> = {
  read: () => Date.now(),
  between: (one, other) => (other - one) * 1e6,
  asCalendar: (reading) => reading,
};

const sinceStart: Clock<number> = { ...wall, read: () => performance.now() };

const highResolution: Clock<bigint> = {
  read: () => process.hrtime.bigint(),
  between: (one, other) => Number(other - one),
  asCalendar: (reading) => Number(reading / 1_000_000n),
};

const instants: Clock<Temporal.Instant> = {
  read: () => Temporal.Now.instant(),
  between: (one, other) => Number(other.epochNanoseconds - one.epochNanoseconds),
  asCalendar: (reading) => reading.epochMilliseconds,
};

const zoned: Clock<Temporal.ZonedDateTime> = {
  read: () => Temporal.Now.zonedDateTimeISO(),
  readIn: (zone) => Temporal.Now.zonedDateTimeISO(zone),
  between: (one, other) => Number(other.epochNanoseconds - one.epochNanoseconds),
  asCalendar: (reading) => reading.epochMilliseconds,
  zoneOf: (reading) => reading.timeZoneId,
};

export const clocks = {
  "Date.now": wall,
  "performance.now": sinceStart,
  "hrtime.bigint": highResolution,
  "Temporal.Now": instants,
  "Temporal.Now, zoned": zoned,
} as const;

export type ClockName = keyof typeof clocks;

export interface Steps {
  /** Nanoseconds of the smallest step forward. */
  readonly smallest: number;
  /** Steps that led backwards. */
  readonly backwards: number;
}

/** Readings that are taken in one go, before anybody compares them. */
const AT_ONCE = 10_000;

/**
 * Reads a clock over and over until it has moved so often.
 * @throws {Error} it hardly moves: that is no clock.
 */
export function stepsOf<T>({ read, between }: Clock<T>, moves: number, most: number = 1e8): Steps {
  let [smallest, backwards, moved] = [Infinity, 0, 0];
  for (let taken = 0; taken < most; taken += AT_ONCE) {
    // The runtime's own loop: one written here would be slower for the second clock of a process than for the first.
    const readings = Array.from({ length: AT_ONCE }, read);
    for (let index = 1; index < AT_ONCE; index++) {
      const step = between(readings[index - 1]!, readings[index]!);
      if (step > 0) smallest = Math.min(smallest, step);
      if (step < 0) backwards++;
      if (step !== 0) moved++;
    }
    if (moved >= moves) return { smallest, backwards };
  }
  throw new Error(`the clock moved ${moved} times in ${most} readings`);
}

const DAY = 86_400_000;
const MINUTE = 60_000;

/** Whether what it reads is the time of the calendar, give or take a day. */
export const tellsCalendar = <T>({ read, asCalendar }: Clock<T>): boolean => Math.abs(asCalendar(read()) - Date.now()) < DAY;

/** Sets the zone of this process as often as there are zones, and has it back at the end. */
function underEach<T>(zones: readonly string[], body: (zone: string) => T): T[] {
  const before = process.env.TZ;
  try {
    return zones.map((zone) => {
      process.env.TZ = zone;
      return body(zone);
    });
  } finally {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  }
}

export interface Zoned {
  /** Zones under which the clock reads another instant than it ought to, going by the time that has passed since the first of them. */
  readonly moved: number;
  /** In how many ways its readings show one moment: the date, the time of day and the distance from UTC. */
  readonly shown: number;
}

/**
 * Reads a clock in each of these zones: they are the process's, and the reading's where the clock takes one.
 * No two zones differ by less than a quarter of an hour, so a minute is not their doing.
 * @param moment shown in the zone that each reading carries, or in UTC where it carries none. One for all, for readings are moments apart.
 */
export function underZones<T>({ read, readIn = read, between, zoneOf }: Clock<T>, moment: number, zones: readonly string[]): Zoned {
  const instant = Temporal.Instant.fromEpochMilliseconds(moment);
  const first = read();
  const began = performance.now();
  const seen = underEach(zones, (zone) => {
    const reading = readIn(zone);
    const off = Math.abs(between(first, reading) / 1e6 - (performance.now() - began)) > MINUTE;
    return { off, shown: instant.toString({ timeZone: zoneOf?.(reading) ?? "UTC" }) };
  });
  return { moved: seen.filter(({ off }) => off).length, shown: new Set(seen.map(({ shown }) => shown)).size };
}
