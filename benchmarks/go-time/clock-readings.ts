/**
 * What is in a reading of a clock? Of each of the runtime's four: how small a step of it can be seen, whether it tells the time of the
 * calendar, whether it ever steps back, and whether the zone that a process lives in changes what it reads. In Go all of that is in one
 * value: time.Now carries a wall clock's reading, a monotonic one and a location. Here the three are apart, which is what lets each be
 * asked by itself.
 *
 * What to expect: *performance.now* and *hrtime.bigint* count from the start of a process or a machine, so no calendar can move them, and
 * their steps are as small as the time that a reading takes. *Date.now* moves once a millisecond; *Temporal.Now* prints nine decimals and
 * moves once a microsecond. Under every zone that the runtime knows each reads the same time: an instant is a count of seconds, and no
 * government decides on those. What governments do decide is how the instant is *written*, for which they have some forty ways.
 *
 * How you could be fooled: by a clock whose smallest step is hidden by what a reading costs (then that cost is what `step` tells, and it is
 * the least duration that can be told from none); by a machine whose clock nobody sets while you look (that a wall clock *can* step back
 * follows from what it tells, the calendar; `stepped-clocks` plays it through, and nothing here touches the host's clock); and by two zones
 * that happen to be at the same time now (all are counted, and ways of writing are told apart by date, time and offset).
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
    says: `${clock}, with which elapsed time is measured, does not count from 1970 and so cannot be the clock of the calendar`,
    holds: value(clock, "calendar").between(0, 0),
  }) as const;

export default scenario(article, {
  question: "How small a step can each clock show?",
  together: true,
  metrics: {
    step: seconds("lower", "smallest step that was seen"),
    backwards: exact(count("lower", "steps backwards")),
    calendar: exact(count("lower", "whether it tells the time of the calendar")),
    moved: exact(count("lower", "zones that change what it reads")),
    renderings: exact(count("lower", "ways in which zones write one instant")),
    zones: exact(count("higher", "zones that were tried")),
  },
  variants: {
    "Date.now": readingsOf(clocks["Date.now"]),
    "Temporal.Now": readingsOf(clocks["Temporal.Now"]),
    "performance.now": readingsOf(clocks["performance.now"]),
    "hrtime.bigint": readingsOf(clocks["hrtime.bigint"]),
  },
  claims: {
    "go-time-02": [
      noCalendar("performance.now"),
      noCalendar("hrtime.bigint"),
      { says: "performance.now never steps backwards between two readings", holds: value("performance.now", "backwards").between(0, 0) },
    ],
    "go-time-04": [
      {
        says: "what Date.now returns depends on the zone: under at least one of those that the runtime knows it reads another time",
        holds: value("Date.now", "moved").atLeast(1),
      },
      {
        says: "so does what Temporal.Now.instant returns",
        holds: value("Temporal.Now", "moved").atLeast(1),
      },
      {
        says: "how an instant is written depends on the zone: there are at least two ways to write the same one",
        holds: value("Date.now", "renderings").atLeast(2),
      },
    ],
  },
});
