import { article } from "#lab";

/**
 * Why a live visitor counter that looks like one query is not one: what counting costs as the table and the number of writers grow. A real
 * Postgres does the counting; sizes beyond the measured ones are extrapolated, with the interval that belongs to them.
 *
 * The post's counter is a COUNT(*) for every page view. Beside it stand the ways in which such numbers are kept elsewhere: a total in one
 * row, in sixteen, an estimate, a number that is good for a second. Each moves the cost to another place: to readers, to writers, to the
 * truth.
 */
export default article({
  title: "Why Explaining Technical Difficulty is Hard",
  slug: "why-explaining-technical-difficulty-is-hard",
  url: "https://lorbic.com/why-explaining-technical-difficulty-is-hard/",
  published: "2026-05",
  claims: {
    "explain-01": {
      claim: "What a requirement asks for and what it costs to run lie far apart, and no other gap in engineering is as expensive.",
      where: "listing",
      testable: "argue",
      because: "To rank this gap above all others would take the costs of all others, in money and across companies, which no program has.",
    },
    "explain-02": {
      claim: "“Just a simple query” is a misleading description of a feature.",
      where: "listing",
      testable: "measure",
    },
    "explain-03": {
      claim: "A live counter triggers COUNT(*) scans over 100 million rows.",
      quantity: "100 million rows",
      where: "post",
      testable: "measure",
    },
    "explain-04": {
      claim: "A live counter introduces global lock contention on a busy table.",
      where: "post",
      testable: "measure",
    },
    "explain-05": {
      claim: "A live counter can pin the database's CPU at 100 % in peak hours.",
      quantity: "100 % CPU",
      where: "post",
      testable: "measure",
    },
    "explain-06": {
      claim: "Validating a feature with 100 rows on a developer's machine says nothing about its real cost.",
      quantity: "100 rows against 100 million",
      where: "post",
      testable: "measure",
    },
    "explain-07": {
      claim: "From the system's viewpoint, code is nothing but allocations, round trips and locks to manage.",
      where: "post",
      testable: "argue",
      because: "It is a way of looking at code rather than a prediction: every measurement fits it, and none could contradict it.",
    },
  },
});
