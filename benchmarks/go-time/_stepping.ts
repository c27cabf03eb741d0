/** A machine whose clocks something happens to, as a function of true time. All times are seconds since the beginning of the story. */

export type Clock = (now: number) => number;

/** What a wall clock and a monotonic clock read at a true time. */
export interface Machine {
  readonly wall: Clock;
  readonly monotonic: Clock;
}

const steady: Clock = (now) => now;

/** Reads `by` more from `at` on. */
const stepped =
  (at: number, by: number): Clock =>
  (now) =>
    now < at ? now : now + by;

/** Runs too fast or too slow by so large a share of the time. */
const slewed =
  (share: number): Clock =>
  (now) =>
    now * (1 + share);

/** Stands still from `at` for so long. */
const asleep =
  (at: number, duration: number): Clock =>
  (now) =>
    now - Math.min(Math.max(0, now - at), duration);

const HOUR = 3_600;
/** When it happens: in the middle of the hundred seconds of the story. */
export const EVENT = 50;

/**
 * What happens to the clocks of machines. A step: whoever sets the clock, or NTP where it is off by more than a few tenths of a second. A
 * leap second: POSIX time has none, so the last second of the day is told twice. Smeared: it is spread over a day, as public time servers
 * do. A slew of 500 parts in a million is the most that adjtime(3) allows (chrony may go beyond it), and it bends the monotonic clock as
 * well, for both run off the same oscillator. Suspended: Linux's CLOCK_MONOTONIC does not count the sleep of a machine, the calendar is
 * right when it wakes up.
 */
export const events = {
  "set back": { wall: stepped(EVENT, -HOUR), monotonic: steady },
  "set forward": { wall: stepped(EVENT, HOUR), monotonic: steady },
  "leap second": { wall: stepped(EVENT, -1), monotonic: steady },
  smeared: { wall: slewed(-1 / 86_400), monotonic: slewed(-1 / 86_400) },
  slewed: { wall: slewed(-500e-6), monotonic: slewed(-500e-6) },
  suspended: { wall: steady, monotonic: asleep(EVENT, HOUR) },
} as const satisfies Record<string, Machine>;

export type Event = keyof typeof events;

export interface Told {
  /** Share of the durations that are wrong by more than a millisecond. */
  readonly wrong: number;
  /** Share of them that are below zero. */
  readonly negative: number;
  /** Seconds by which the worst of them is off. */
  readonly worst: number;
}

/** Stretches that are measured, one begun each second. */
const STRETCHES = 100;
/** Seconds that each of them lasts while the machine is awake. */
const LASTING = 10;
const TOLERATED = 1e-3;

/** What a clock tells of stretches of ten seconds, before the event, across it and after it. */
export function toldBy(clock: Clock, slept: number = 0): Told {
  const errors = Array.from({ length: STRETCHES }, (_, index) => {
    // Half a second off, so that none begins or ends at the very moment.
    const begin = wake(index - LASTING / 2 + 0.5, slept);
    const end = wake(index + LASTING / 2 + 0.5, slept);
    return { told: clock(end) - clock(begin), lasted: end - begin };
  });
  const off = errors.map(({ told, lasted }) => Math.abs(told - lasted));
  return {
    wrong: off.filter((it) => it > TOLERATED).length / STRETCHES,
    negative: errors.filter(({ told }) => told < 0).length / STRETCHES,
    worst: Math.max(...off),
  };
}

/** True time of what happens at a moment of waking time, on a machine that sleeps for so long at the event. */
const wake = (moment: number, slept: number): number => (moment < EVENT ? moment : moment + slept);

export const sleepOf = (event: Event): number => (event === "suspended" ? HOUR : 0);
