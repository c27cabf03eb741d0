/**
 * What is in a reading of a clock? Of each of the runtime's: how small a step of it can be seen, whether it tells the time of the calendar,
 * whether it steps back while nobody sets it, whether the zone that it is read in changes the instant in it, and what it shows of that. In
 * Go all of this is in one value: time.Now carries a wall clock's reading, a monotonic one and a location. Here the three are apart, which
 * is what lets each be asked by itself; *Temporal.Now, zoned* (zonedDateTimeISO) is the one that has an instant and a zone, as Go's has.
 *
 * What to expect: *performance.now* and *hrtime.bigint* count from the start of a process or a machine, and their steps are as small as the
 * time that a reading takes. *Date.now* moves once a millisecond; *Temporal.Now* prints nine decimals and moves once a microsecond. In
 * every zone that the runtime knows each reads the same instant: that is a count of seconds, and no government decides on those. What
 * governments do decide is what a reading *shows* that carries a zone, date, time of day and distance from UTC, in some forty ways.
 *
 * How you could be fooled: by a clock whose smallest step is hidden by what a reading costs (then that cost is what `step` tells, and it is
 * the least duration that can be told from none); by a machine whose clock nobody sets while you look (ten thousand readings that never
 * step back show no fault, and no more than that: that nothing sets a monotonic clock is the system's promise, and `stepped-clocks` plays
 * through what follows from it; nothing here touches the host's clock); and by two zones that happen to be at the same time now (one moment
 * is shown in all of them, and ways are told apart by date, time and offset).
 */
import { count, exact, scenario, seconds, value } from "#lab";
import { clocks, stepsOf, tellsCalendar, underZones, type Clock } from "./_clocks.ts";
import article from "./article.ts";

/** Enough of them for the smallest to be the clock's own, and soon over for one that moves once in a millisecond. */
const MOVES = 20;
/** One moment for all: the middle of 2026. */
const MOMENT = Date.UTC(2026, 6, 1, 12);
const zones = Intl.supportedValuesOf("timeZone");

const readingsOf =
  <T>(clock: Clock<T>) =>
  async () => {
    const { smallest, backwards } = stepsOf(clock, MOVES);
    return {
      step: smallest / 1e9,
      backwards,
      calendar: Number(tellsCalendar(clock)),
      ...underZones(clock, MOMENT, zones),
      zones: zones.length,
    };
  };

const noCalendar = (clock: "performance.now" | "hrtime.bigint") =>
  ({
    says: `${clock}, with which elapsed time is measured here, does not tell the calendar: it is more than a day away from it`,
    holds: value(clock, "calendar").between(0, 0),
  }) as const;

export default scenario(article, {
  question: "How small a step can each clock show?",
  together: true,
  metrics: {
    step: seconds("lower", "smallest step that was seen"),
    backwards: exact(count("lower", "steps backwards")),
    calendar: exact(count("lower", "whether it tells the time of the calendar")),
    moved: exact(count("lower", "zones that change the instant that it reads")),
    shown: exact(count("lower", "ways in which its readings show one instant")),
    zones: exact(count("higher", "zones that were tried")),
  },
  variants: {
    "Date.now": readingsOf(clocks["Date.now"]),
    "Temporal.Now": readingsOf(clocks["Temporal.Now"]),
    "Temporal.Now, zoned": readingsOf(clocks["Temporal.Now, zoned"]),
    "performance.now": readingsOf(clocks["performance.now"]),
    "hrtime.bigint": readingsOf(clocks["hrtime.bigint"]),
  },
  claims: {
    "go-time-02": [
      noCalendar("performance.now"),
      noCalendar("hrtime.bigint"),
      {
        says: "of ten thousand readings of performance.now, on a machine whose clock nobody sets, none is earlier than the one before",
        holds: value("performance.now", "backwards").between(0, 0),
      },
    ],
    "go-time-04": [
      {
        says: "what Date.now returns depends on the zone: in at least one of those that the runtime knows it reads another instant",
        holds: value("Date.now", "moved").atLeast(1),
      },
      {
        says: "so does what Temporal.Now.instant returns",
        holds: value("Temporal.Now", "moved").atLeast(1),
      },
      {
        says: "so does the instant in a reading that carries a zone, as time.Now's carries a location",
        holds: value("Temporal.Now, zoned", "moved").atLeast(1),
      },
      {
        says: "and so does what such a reading shows: one instant is told in at least two ways",
        holds: value("Temporal.Now, zoned", "shown").atLeast(2),
      },
    ],
  },
});
