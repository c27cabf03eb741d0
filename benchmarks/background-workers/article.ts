import { article } from "#lab";

/**
 * What lets background jobs survive a deploy: pooled workers, retries, idempotency and an orderly shutdown. The post's Python pool becomes
 * Node processes over a real Postgres queue; signals, crashes and transactions carry over unchanged, exceptions swallowed by a thread pool
 * become promise rejections that nobody handles. Those are the one thing that differs: Node ends the process, where a Python pool says
 * nothing.
 */
export default article({
  title: "Building Production-Ready Background Workers in Python",
  slug: "building-production-ready-background-workers-in-python",
  published: "2026-02",
  claims: {
    "py-workers-01": {
      claim: "The finished system of background workers was tested at 20 requests per second.",
      quantity: "20/s",
      where: "listing",
      testable: "measure",
    },
    "py-workers-02": {
      claim: "Ordinary job code dies when a deploy happens, hides its errors and can leave damaged data.",
      where: "listing",
      testable: "measure",
    },
    "py-workers-03": {
      claim: "Pooled workers, retries, idempotent jobs and orderly shutdown cure jobs that die, errors that hide and data left damaged.",
      where: "listing",
      testable: "measure",
    },
    "py-workers-04": {
      claim: "Worker systems built with pools, retries, idempotent jobs and orderly shutdown do not break under load.",
      where: "listing",
      testable: "measure",
    },
  },
});
