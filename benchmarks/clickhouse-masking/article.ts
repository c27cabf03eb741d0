import { article } from "#lab";

/**
 * Hiding mail and IP addresses in stored logs at the moment they are read, with regular expressions inside ClickHouse. Masking policies are a
 * feature of ClickHouse Cloud alone, so plain functions, columns and views of a real ClickHouse stand in for them, and V8's own regular
 * expressions run beside RE2. Remedies are compared in Postgres as well, and what the post's two patterns hide and miss is counted on lines
 * of which the truth is known.
 */
export default article({
  title: "ClickHouse data masking with regex",
  slug: "clickhouse-data-masking-with-regex",
  url: "https://lorbic.com/clickhouse-regex-data-masking/",
  published: "2026-03",
  claims: {
    "ch-mask-01": {
      claim: "Taking in personal data is easy; removing it afterwards is the hard part.",
      where: "listing",
      testable: "argue",
      because: "Easy and hard are efforts of people and organisations, and no run of a program can weigh one against the other.",
    },
    "ch-mask-02": {
      claim: "Masking policies with regular expressions redact sensitive log content in flight without ruining query speed.",
      quantity: "no meaningful slowdown",
      where: "listing",
      testable: "measure",
    },
    "ch-mask-03": {
      claim: "In most databases the only remedy for leaked personal data is deletion, which also destroys the metrics derived from it.",
      where: "post",
      testable: "check",
    },
    "ch-mask-04": {
      claim: "A masking policy attached to a role rewrites sensitive patterns in real time, before results leave the server.",
      where: "post",
      testable: "cite",
      source: {
        title:
          "ClickHouse documentation, “CREATE MASKING POLICY”: confirms it, but in ClickHouse Cloud only and with another grammar (UPDATE … TO role)",
        url: "https://clickhouse.com/docs/sql-reference/statements/create/masking-policy",
        date: "2026-11-21",
      },
    },
    "ch-mask-05": {
      claim: "ClickHouse evaluates regular expressions with the RE2 engine.",
      quantity: "RE2",
      where: "post",
      testable: "check",
    },
    "ch-mask-06": {
      claim: "Applying a masking policy makes the query planner insert a regex-replace function into the SELECT path.",
      where: "post",
      testable: "check",
    },
    "ch-mask-07": {
      claim: "Masking leaves the stored data, its checksums and its history untouched; only the view of unauthorised readers changes.",
      where: "post",
      testable: "check",
    },
    "ch-mask-08": {
      claim:
        "Replacing several patterns in one multi-pattern call is significantly faster than chaining one replacement per pattern, because the string is walked only once.",
      quantity: "1 pass against N",
      where: "post",
      testable: "measure",
    },
    "ch-mask-09": {
      claim: "One pattern for mail addresses and one for IPv4 addresses find those that must not appear in a log.",
      where: "post",
      testable: "check",
    },
  },
});
