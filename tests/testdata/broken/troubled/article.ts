import { article } from "#lab";

export default article({
  title: "Everything That Can Go Wrong",
  slug: "everything-that-can-go-wrong",
  url: "https://example.org/everything-that-can-go-wrong/",
  published: "2026-01",
  claims: {
    "troubled-01": { claim: "One thing holds.", where: "post", testable: "measure" },
    "troubled-02": { claim: "Another thing holds.", where: "listing", testable: "check" },
  },
});
