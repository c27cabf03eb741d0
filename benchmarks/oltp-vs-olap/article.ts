import { article } from "#lab";

/**
 * Why an application and the analysis of its data ask for two kinds of storage, and what keeping both in step costs. Rows and columns are
 * compared in memory, on file and in real engines, with Postgres in the place of Couchbase; people log in beside analysts, and the changes of
 * a table are followed into a column store. Nothing here hangs on the language of the client.
 */
export default article({
  title: "OLTP vs OLAP - Why You Need Two Databases",
  slug: "oltp-vs-olap-why-you-need-two-databases",
  url: "https://lorbic.com/oltp-vs-olap-why-you-need-two-databases/",
  published: "2026-01",
  claims: {
    "oltp-olap-01": {
      claim: "One database cannot serve both an application and the analytics about it.",
      where: "listing",
      testable: "argue",
      because: "“Cannot” speaks of every engine and every size, whereas a program can only show where one particular database slows down.",
    },
    "oltp-olap-02": {
      claim: "At massive scale, analytics queries start to kill the login API.",
      where: "listing",
      testable: "measure",
    },
    "oltp-olap-03": {
      claim: "Row and column storage differ by physics, not by product.",
      where: "listing",
      testable: "measure",
    },
    "oltp-olap-04": {
      claim: "Change data capture bridges a row store and a column store with a robust, lag-free architecture.",
      quantity: "0 lag",
      where: "listing",
      testable: "measure",
    },
    "oltp-olap-05": {
      claim: "Early on, a single database holds profiles, sessions, logs and analytics events, and works until it throttles.",
      where: "post",
      testable: "argue",
      because:
        "It tells the usual history of growing companies; a program can load a database, but not observe how other teams' systems grew.",
    },
    "oltp-olap-06": {
      claim: "A row store keeps all fields of one entity next to each other, so that fetching one profile is one jump and one block read.",
      quantity: "1 seek + 1 block",
      where: "post",
      testable: "measure",
    },
    "oltp-olap-07": {
      claim: "To a store that keeps the fields of one entity together, a JSON document is simply an elaborate row.",
      where: "post",
      testable: "check",
    },
    "oltp-olap-08": {
      claim: "The reasoning about rows and columns holds whatever the brand of the database.",
      where: "post",
      testable: "argue",
      because:
        "It is a statement about all products, many of them hosted or proprietary, and running the few that fit on one machine proves it for those few.",
    },
  },
});
