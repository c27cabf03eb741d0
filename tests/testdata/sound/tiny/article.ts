import { article } from "#lab";

export default article({
  title: "A Very Small Post",
  slug: "a-very-small-post",
  url: "https://example.org/a-very-small-post/",
  published: "2026-03",
  claims: {
    "tiny-01": { claim: "Adding twice costs more than adding once.", where: "post", testable: "measure" },
    "tiny-02": { claim: "Another thing holds.", where: "listing", testable: "check" },
  },
});
