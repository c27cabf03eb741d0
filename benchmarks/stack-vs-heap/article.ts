import { article } from "#lab";

/**
 * Where Go puts its values, on a goroutine's stack or on the heap, and what that costs. JavaScript has no structs to pass by value: what carries
 * over is V8's escape analysis, which lets a short-lived object vanish, and the price of the garbage where it cannot; the make of goroutine
 * stacks is a fact about Go and is cited.
 */
export default article({
  title: "Memory Mechanics In Go - Stack vs Heap",
  slug: "memory-mechanics-in-go-stack-vs-heap",
  url: "https://lorbic.com/memory-mechanics-stack-vs-heap-in-go/",
  published: "2026-01",
  claims: {
    "mem-mech-01": {
      claim: "Passing by value is often 40 times faster than passing by pointer.",
      quantity: "40×",
      where: "listing",
      testable: "measure",
    },
    "mem-mech-02": {
      claim: "Whether values are placed on the stack or on the heap often decides if a service scales or chokes on collector pauses.",
      where: "listing",
      testable: "measure",
    },
    "mem-mech-03": {
      claim: "A focus on Big O alone misses that speed in Go often depends on where data lives.",
      where: "post",
      testable: "argue",
      because:
        "It advises where to direct attention; how often placement outweighs complexity depends on programs that nobody has sampled.",
    },
    "mem-mech-04": {
      claim:
        "A stack-friendly service sustains 100,000 operations per second with flat latency, while a heap-heavy one stalls on the collector every few seconds.",
      quantity: "100,000/s; every few seconds",
      where: "post",
      testable: "measure",
    },
    "mem-mech-05": {
      claim: "Every goroutine has its own stack, which starts at 2 KB and grows and shrinks with use.",
      quantity: "2 KB",
      where: "post",
      testable: "cite",
      source: {
        title: "Go runtime source, stack.go: 2,048 bytes is the least; new goroutines start with the average stack in use",
        url: "https://go.dev/src/runtime/stack.go",
        date: "2026-11-21",
      },
    },
    "mem-mech-06": {
      claim: "Allocating on the stack costs one CPU instruction, a subtraction from the stack pointer.",
      quantity: "1 instruction",
      where: "post",
      testable: "cite",
      source: {
        title: "Go FAQ, “Why goroutines instead of threads?”: growable stacks cost about three cheap instructions per function call",
        url: "https://go.dev/doc/faq#goroutines",
        date: "2026-11-21",
      },
    },
    "mem-mech-07": {
      claim: "Freeing stack memory costs nothing, because the stack pointer is simply moved back.",
      quantity: "zero",
      where: "post",
      testable: "cite",
      source: {
        title:
          "A Guide to the Go Garbage Collector, “Where Go Values Live”: no collector is needed, but the compiler does emit instructions that clean up",
        url: "https://go.dev/doc/gc-guide#Where_Go_Values_Live",
        date: "2026-11-21",
      },
    },
    "mem-mech-08": {
      claim: "Data on the stack is extremely quick to reach because it stays in L1 or L2.",
      where: "post",
      testable: "measure",
    },
    "mem-mech-09": {
      claim: "Stack and heap live in the same RAM and differ only in how they are managed.",
      where: "post",
      testable: "cite",
      source: {
        title: "Go documentation, package runtime/metrics: goroutine stacks are counted as memory allocated from the heap",
        url: "https://pkg.go.dev/runtime/metrics",
        date: "2026-11-21",
      },
    },
    "mem-mech-10": {
      claim: "Go gives each goroutine one contiguous stack instead of segments, and treats running out of it specially.",
      where: "post",
      testable: "cite",
      source: {
        title: "Go 1.4 release notes, “Changes to the runtime”: contiguous since then; a full stack is copied to a larger one",
        url: "https://go.dev/doc/go1.4",
        date: "2014-12-10",
      },
    },
    "mem-mech-11": {
      claim: "Choosing pointers for the sake of performance is often self-deception.",
      where: "post",
      testable: "measure",
    },
  },
});
