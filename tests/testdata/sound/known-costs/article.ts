import { article } from "#lab";

export default article({
  title: "What Is Known Beforehand",
  slug: "what-is-known-beforehand",
  url: "https://example.org/what-is-known-beforehand/",
  published: "2026-02",
  claims: {
    "known-01": { claim: "One thing holds.", where: "post", testable: "measure" },
    "known-02": { claim: "Another thing holds.", where: "listing", testable: "check" },
  },
});
