import { article } from "#lab";

/**
 * Why a program that starts one task per item needs a cap, and which resource runs out first without one. Pools, descriptors and thundering
 * herds carry over to Node as they are; a goroutine and its stack do not: the counterpart is a pending promise with its closure, which weighs
 * something else, and Node runs its JavaScript on one thread.
 */
export default article({
  title: "Why Your Goroutines Need a Speed Limit: Bounded Concurrency in Go",
  slug: "why-your-goroutines-need-a-speed-limit-bounded-concurrency-in-go",
  url: "https://lorbic.com/bounded-concurrency-in-go/",
  published: "2026-04",
  claims: {
    "bounded-01": {
      claim: "Launching work without a cap on concurrency makes a system unreliable.",
      where: "listing",
      testable: "argue",
      because:
        "It speaks of every system, and reliability has no single yardstick; what it means for memory, descriptors and connections is claimed separately.",
    },
    "bounded-02": {
      claim: "Capping concurrency with a semaphore or a worker pool keeps a process from being killed for lack of memory.",
      where: "listing",
      testable: "measure",
    },
    "bounded-03": {
      claim: "Capping concurrency with a semaphore or a worker pool keeps the database from running out of connections.",
      where: "listing",
      testable: "measure",
    },
    "bounded-04": {
      claim: "One goroutine per item reaches maximum throughput within milliseconds of starting.",
      quantity: "milliseconds",
      where: "post",
      testable: "measure",
    },
    "bounded-05": {
      claim:
        "The unbounded version works on the developer's machine, but in production it is killed for memory and its database connections fail.",
      where: "post",
      testable: "measure",
    },
    "bounded-06": {
      claim: "A goroutine begins life with a stack of 2 KB.",
      quantity: "2 KB each",
      where: "post",
      testable: "cite",
      source: {
        title: "Go runtime source, stack.go: 2,048 bytes is the least; new goroutines start with the average stack in use",
        url: "https://go.dev/src/runtime/stack.go",
        date: "2026-11-21",
      },
    },
    "bounded-07": {
      claim: "Merely starting 10,000 goroutines takes about 20 MB of stack, before any heap buffer for JSON or HTTP.",
      quantity: "20 MB for 10,000",
      where: "post",
      testable: "measure",
    },
    "bounded-08": {
      claim: "A CPU copes with 10,000 concurrent goroutines, while the services they call do not.",
      quantity: "10,000",
      where: "post",
      testable: "measure",
    },
    "bounded-09": {
      claim: "A typical Linux allows a process 1,024 file descriptors, so opening one socket per request runs out of them.",
      quantity: "1,024 per process",
      where: "post",
      testable: "check",
    },
    "bounded-10": {
      claim: "A database pool is finite: capped at 50 connections, it becomes the choke point of a burst.",
      quantity: "50 connections",
      where: "post",
      testable: "measure",
    },
    "bounded-11": {
      claim: "Launching without bound is a thundering herd: memory, descriptors and pool slots are all demanded at the same instant.",
      where: "post",
      testable: "measure",
    },
  },
});
