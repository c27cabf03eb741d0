import { article } from "#lab";

/** Questions whose answers are known beforehand: what the lab says of them is a statement about the lab. */
export default article({
  title: "Known answers",
  slug: "known-answers",
  published: "2026-11",
  claims: {
    "known-twice": {
      claim: "Twice as many additions, each waiting for the one before, take twice as long.",
      where: "post",
      testable: "measure",
    },
    "known-nothing": { claim: "A variant that does nothing cannot be told from nothing.", where: "post", testable: "measure" },
  },
});
