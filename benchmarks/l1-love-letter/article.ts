import { article } from "#lab";

/**
 * Two orders of the same three fields, and what they do to the speed of a loop over ten million records. The sizes and the traffic they
 * cause carry over to V8 only for records laid out by hand in a buffer: V8 lays out its own objects by other rules, and lets no
 * program choose an offset.
 */
export default article({
  title: "A Love Letter to the L1 Cache",
  slug: "a-love-letter-to-the-l1-cache",
  url: "https://lorbic.com/love-letter-to-the-l1-cache/",
  published: "2026-06",
  claims: {
    "l1-love-01": {
      claim: "Swapping the order of two struct fields makes a loop over the structs 30 % faster.",
      quantity: "30 % faster",
      where: "listing",
      testable: "measure",
    },
    "l1-love-02": {
      claim: "A linear loop over ten million badly ordered structs is consistently 30 % slower than the same loop over well-ordered ones.",
      quantity: "30 % slower",
      where: "post",
      testable: "measure",
    },
    "l1-love-03": {
      claim: "The badly ordered struct (bool, int64, bool) is 50 % larger than the well-ordered one (int64, bool, bool).",
      quantity: "24 B against 16 B",
      where: "post",
      testable: "check",
    },
    "l1-love-04": {
      claim: "The badly ordered struct carries 7 bytes of padding after its first bool and 7 more at its end.",
      quantity: "7 B + 7 B",
      where: "post",
      testable: "check",
    },
    "l1-love-05": {
      claim: "Two structs with the same contents, two bools and a 64-bit integer, differ in speed because memory is not uniform.",
      where: "post",
      testable: "measure",
    },
    "l1-love-06": {
      claim:
        "The CPU reads memory in words, 8 bytes long on a 64-bit machine, and padding exists so that 8-byte values start at multiples of 8.",
      quantity: "8 B words",
      where: "post",
      testable: "check",
    },
    "l1-love-07": {
      claim: "Reading an 8-byte integer that starts at byte 3 may take two fetches instead of one.",
      quantity: "2 fetches against 1",
      where: "post",
      testable: "measure",
    },
    "l1-love-08": {
      claim: "Fetching a value from RAM takes real time, in which the CPU can do nothing but wait.",
      where: "post",
      testable: "measure",
    },
    "l1-love-09": {
      claim: "The L1 cache is what explains the difference in speed between the two field orders.",
      where: "listing",
      testable: "measure",
    },
  },
});
