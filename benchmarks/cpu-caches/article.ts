import { article } from "#lab";

/**
 * How cache sizes, the order of access and the hardware prefetcher decide what a memory access costs, shown by the post on an Apple M4. Caches
 * and prefetchers belong to the CPU: a typed array in V8 meets them just as a Go slice does, while V8 adds bounds checks of its own and an array
 * of arrays would be another experiment.
 */
export default article({
  title: "Understanding CPU Caches in Go",
  slug: "understanding-cpu-caches-in-go",
  url: "https://lorbic.com/cpu-caches-in-go/",
  published: "2026-03",
  claims: {
    "cpu-caches-01": {
      claim: "The cache levels L1, L2 and L3 visibly affect the performance of a Go service on current hardware.",
      where: "listing",
      testable: "measure",
    },
    "cpu-caches-02": {
      claim: "An L1 data cache holds about 64 KB per core and answers in 1 to 4 cycles.",
      quantity: "64 KB; 1–4 cycles",
      where: "post",
      testable: "measure",
    },
    "cpu-caches-03": {
      claim: "An L2 cache holds 1 to 4 MB per core and is the core's real private workspace.",
      quantity: "1–4 MB per core",
      where: "post",
      testable: "check",
    },
    "cpu-caches-04": {
      claim: "The L3 or last-level cache is shared between cores, holds 32 MB or more and is noticeably slower.",
      quantity: "32 MB or more",
      where: "post",
      testable: "measure",
    },
    "cpu-caches-05": {
      claim: "A working set that fits in L2 runs fast; once it spills to L3 or RAM, latency falls off a cliff.",
      quantity: "cliff past L2",
      where: "post",
      testable: "measure",
    },
    "cpu-caches-06": {
      claim: "On earlier generations of CPU, walking a matrix by column dependably costs ten times as much as walking it by row.",
      quantity: "about 10×",
      where: "post",
      testable: "measure",
    },
    "cpu-caches-07": {
      claim: "On an Apple M4, walking a matrix of 1000 × 1000 integers by row and by column costs the same.",
      quantity: "236,982 ns against 239,203 ns",
      where: "post",
      testable: "measure",
    },
    "cpu-caches-08": {
      claim: "Row and column order cost the same because the hardware prefetcher recognises the stride and fetches ahead.",
      where: "post",
      testable: "check",
    },
    "cpu-caches-09": {
      claim: "Even jumps of 64 KB do not defeat the prefetcher.",
      quantity: "0.30 ns at stride 64, 0.28 ns at 65,536",
      where: "post",
      testable: "measure",
    },
    "cpu-caches-10": {
      claim: "Modern CPUs hide the cost of predictable access so well that simple linear structures such as slices do well.",
      where: "post",
      testable: "measure",
    },
  },
});
