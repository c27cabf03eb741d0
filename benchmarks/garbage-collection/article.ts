import { article } from "#lab";

/**
 * A Go service with a small heap and an enormous allocation rate, whose latency followed the garbage. That the rate of allocation drives the
 * collector carries over to V8; the figures do not, since V8 copies the survivors of a young generation where Go marks and sweeps one heap, and
 * the phases of Go's collector have only rough counterparts.
 */
export default article({
  title: "Go GC Deep Dive: How to Reduce Latency and Allocation Pressure in Production",
  slug: "go-gc-deep-dive-how-to-reduce-latency-and-allocation-pressure-in-production",
  url: "https://lorbic.com/dont-take-out-the-garbage-go-gc-deep-dive/",
  published: "2026-01",
  claims: {
    "gc-deep-01": {
      claim: "A 30-second profile of the service showed 12 TB of allocations.",
      quantity: "12 TB in 30 s",
      where: "listing",
      testable: "measure",
    },
    "gc-deep-02": {
      claim: "The service that allocated 12 TB had a live heap of only 200 MB.",
      quantity: "200 MB",
      where: "listing",
      testable: "measure",
    },
    "gc-deep-03": {
      claim: "A service with a small heap can still be slow because of its allocation rate, not its heap size.",
      where: "listing",
      testable: "measure",
    },
    "gc-deep-04": {
      claim: "The collector is not at fault; the garbage being made is.",
      where: "listing",
      testable: "argue",
      because: "Fault is a matter of responsibility: a pause can be measured, but it takes a collector and garbage together to make one.",
    },
    "gc-deep-05": {
      claim: "Profiling tools and knowledge of the collector's inner workings let one reduce latency and allocation pressure.",
      where: "listing",
      testable: "measure",
    },
    "gc-deep-06": {
      claim: "The gateway was bound by CPU and its p99 latency spiked at random, although database queries came back in milliseconds.",
      quantity: "p99 spikes; queries in ms",
      where: "post",
      testable: "measure",
    },
    "gc-deep-07": {
      claim: "Memory management rather than business logic slowed the gateway, in effect a denial of service against its own runtime.",
      where: "post",
      testable: "measure",
    },
    "gc-deep-08": {
      claim: "The nodes listed in the CPU profile cover 29.17 s of 40.20 s of samples.",
      quantity: "72.56 %",
      where: "post",
      testable: "check",
    },
    "gc-deep-09": {
      claim:
        "Go's collector has distinct phases, one of which stops the world, and the trace tool shows when a program is losing to allocation churn.",
      where: "post",
      testable: "measure",
    },
  },
});
