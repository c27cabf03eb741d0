import { article } from "#lab";

/**
 * Clocks, time zones and the storing of timestamps. The questions carry over to JavaScript whole, since Node has a wall clock, monotonic
 * clocks and, in Temporal, zoned times; Go's layout strings, and its one value that carries a wall and a monotonic reading together, do
 * not. What is stored is stored in a real Postgres, in the runtime's SQLite and in JSON; what governments decided comes from the runtime's
 * zone data.
 */
export default article({
  title: "Just About Go Time",
  slug: "just-about-go-time",
  url: "https://lorbic.com/just-about-go-time/",
  published: "2026-05",
  claims: {
    "go-time-01": {
      claim: "One single convention for storing timestamps is right for PostgreSQL, Couchbase and phones alike.",
      where: "listing",
      testable: "check",
    },
    "go-time-02": {
      claim: "Go measures elapsed time with a monotonic clock.",
      where: "listing",
      testable: "check",
    },
    "go-time-03": {
      claim: "Human time is absurd: a time zone is a political agreement rather than physics.",
      where: "post",
      testable: "argue",
      because:
        "That zones change by decree shows in every edition of the zone database, but absurdity is a verdict of people, not a property a program can find.",
    },
    "go-time-04": {
      claim: "What time.Now returns is no objective truth but a snapshot of contested political boundaries.",
      where: "post",
      testable: "check",
    },
    "go-time-05": {
      claim: "In 2011 Samoa skipped Friday 30 December: one minute after 23:59 on Thursday it was Saturday.",
      quantity: "24 h skipped",
      where: "post",
      testable: "check",
    },
    "go-time-06": {
      claim: "A cron job due in Samoa on 30 December 2011 never ran.",
      where: "post",
      testable: "check",
    },
    "go-time-07": {
      claim: "Go formats dates by a reference date whose parts count 1 2 3 4 5 6 7, where other languages use pattern letters.",
      quantity: "1 2 3 4 5 6 7",
      where: "post",
      testable: "cite",
      source: {
        title: "Go documentation, package time, constant Layout: 01/02 03:04:05PM '06 -0700, the reference time in numerical order",
        url: "https://pkg.go.dev/time#pkg-constants",
        date: "2026-11-21",
      },
    },
    "go-time-08": {
      claim: "Python and Java format and parse dates with pattern strings in the style of YYYY-MM-DD HH:mm:ss.",
      where: "post",
      testable: "cite",
      source: {
        title: "Python documentation, datetime, format codes: says percent directives such as %Y-%m-%d, not pattern letters",
        url: "https://docs.python.org/3/library/datetime.html#strftime-and-strptime-behavior",
        date: "2026-11-21",
      },
    },
    "go-time-09": {
      claim: "Go's time package is very robust but odd to newcomers.",
      where: "post",
      testable: "argue",
      because: "Odd is what newcomers feel, and it would take a survey of people, not a run of a program, to learn how many do.",
    },
  },
});
