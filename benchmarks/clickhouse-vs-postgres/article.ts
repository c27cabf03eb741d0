import { article } from "#lab";

/**
 * When logs outgrow a relational database: what indexes cost on the way in, and what broad questions cost on the way out. The engines run
 * for real, with DuckDB as a third, so nothing here hangs on the language of the client. What Postgres writes and reads is its own count
 * (its log, `pg_stat_io`), because on a machine with memory to spare a page that was fetched and one that was there take nearly the same
 * time.
 */
export default article({
  title: "ClickHouse vs. Postgres: When to Move Your Logs Out of a Relational DB",
  slug: "clickhouse-vs-postgres-when-to-move-your-logs-out-of-a-relational-db",
  url: "https://lorbic.com/clickhouse-vs-postgres-log-storage/",
  published: "2026-03",
  claims: {
    "ch-pg-01": {
      claim: "Around 10 million rows, a Postgres that takes write-heavy logs hits a real wall.",
      quantity: "10 million rows",
      where: "listing",
      testable: "measure",
    },
    "ch-pg-02": {
      claim: "Moving the observability stack to ClickHouse was the answer.",
      where: "listing",
      testable: "argue",
      because:
        "Whether one team's move was the right one depends on its alternatives, its people and its budget, none of which a program can rerun.",
    },
    "ch-pg-03": {
      claim: "At the wall, ANALYZE takes minutes and the indexes use more RAM than the data itself.",
      quantity: "minutes; indexes > data",
      where: "post",
      testable: "measure",
    },
    "ch-pg-04": {
      claim: "The wall is a mismatch of architecture rather than a defect of Postgres.",
      where: "post",
      testable: "argue",
      because:
        "Mismatch and defect are two words for the same measurements, and which one fits depends on what one expects Postgres to be for.",
    },
    "ch-pg-05": {
      claim: "Log data is OLAP-like: immutable, sequential, and read in broad sweeps instead of by id.",
      where: "post",
      testable: "argue",
      because:
        "It classifies how people write and read their logs, while a program sees only the workload it is given and cannot say which is typical.",
    },
    "ch-pg-06": {
      claim:
        "Each Postgres log row is written to the write-ahead log and then into a B-tree, whose upkeep under concurrent writes sets a latency floor that cannot be beaten.",
      quantity: "latency floor",
      where: "post",
      testable: "measure",
    },
    "ch-pg-07": {
      claim: "Once a B-tree outgrows memory, writes to it turn into random disk I/O.",
      where: "post",
      testable: "measure",
    },
    "ch-pg-08": {
      claim:
        "ClickHouse is an LSM-tree design: it builds sorted parts in memory, flushes them sequentially and merges them in the background, which makes random I/O sequential.",
      where: "post",
      testable: "check",
    },
    "ch-pg-09": {
      claim: "On a table with 5 indexes, every INSERT updates 5 separate B-trees.",
      quantity: "5 B-trees per row",
      where: "post",
      testable: "check",
    },
    "ch-pg-10": {
      claim:
        "At 5,000 events per second, 5 indexes make the disk work 5 times harder only to stay ready, even for logs queried once a week.",
      quantity: "5× at 5,000 events/s",
      where: "post",
      testable: "measure",
    },
  },
});
