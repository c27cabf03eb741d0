import { article } from "#lab";

/**
 * How the order of fields in a Go struct decides its padding, and what the saved bytes are worth. Go's layout rules are computed here exactly;
 * V8 chooses the layout of its objects by other rules and lets no program change it, so time and memory are measured on records laid out by hand
 * in a buffer, with plain objects beside them.
 */
export default article({
  title: "Go Struct Field Alignment",
  slug: "go-struct-field-alignment",
  url: "https://lorbic.com/go-struct-field-alignment/",
  published: "2026-01",
  claims: {
    "struct-align-01": {
      claim: "Padding can waste up to 32 % of a Go struct's memory.",
      quantity: "up to 32 %",
      where: "listing",
      testable: "check",
    },
    "struct-align-02": {
      claim: "Reordering the fields of a struct shrinks the heap.",
      quantity: "real savings",
      where: "listing",
      testable: "measure",
    },
    "struct-align-03": {
      claim: "Reordering the fields of a struct lowers the pressure on the garbage collector.",
      where: "listing",
      testable: "measure",
    },
    "struct-align-04": {
      claim: "Reordering the fields of a struct makes better use of the CPU caches.",
      where: "listing",
      testable: "measure",
    },
    "struct-align-05": {
      claim: "Simple rules for ordering the fields of a struct are enough.",
      where: "listing",
      testable: "check",
    },
    "struct-align-06": {
      claim: "In production an unnoticed layout can leave the heap 30 % larger than needed, the collector overworked and L1 poorly used.",
      quantity: "30 % larger heap",
      where: "post",
      testable: "measure",
    },
    "struct-align-07": {
      claim: "Reordering fields is a free change with a possibly large payoff in performance.",
      where: "post",
      testable: "argue",
      because:
        "Free leaves out what a new order costs readers, serialised formats and unkeyed literals, which has no price a program could look up; the payoff is measured by other claims.",
    },
    "struct-align-08": {
      claim: "A CPU loads aligned words, typically 8 bytes on a 64-bit machine, and not single bytes.",
      quantity: "8 B words",
      where: "post",
      testable: "check",
    },
    "struct-align-09": {
      claim: "Reading an unaligned value costs several memory accesses, or faults on some, mostly historic, architectures.",
      where: "post",
      testable: "measure",
    },
    "struct-align-10": {
      claim: "The compiler inserts padding so that each field starts at an address that satisfies its alignment.",
      where: "post",
      testable: "check",
    },
    "struct-align-11": {
      claim: "The alignment of a struct equals that of its most strictly aligned field and is at least 1.",
      quantity: "at least 1",
      where: "post",
      testable: "check",
    },
    "struct-align-12": {
      claim: "A struct that holds an int64 must be aligned to 8 bytes even if its first field is a bool.",
      quantity: "8 B",
      where: "post",
      testable: "check",
    },
    "struct-align-13": {
      claim: "In the sample struct, each 1-byte bool drags 7 bytes of padding behind it.",
      quantity: "7 B per bool",
      where: "post",
      testable: "check",
    },
    "struct-align-14": {
      claim: "The sample struct's bad layout is grouped logically, with the booleans together and the data after them.",
      where: "post",
      testable: "check",
    },
  },
});
