/**
 * The example tests: for each function an ordinary case, the edges that its sentence names, and what must be refused; plain numbers and
 * short texts, fakes that answer at once, one call after the other, in UTC, as on most machines that run tests for others. They test
 * what the functions say of themselves, and their author is that of the faults, so none is blind to these and the share that they catch
 * means nothing: other examples (a price of 19.99, a locked document's admin, two callers at once) would catch more.
 */
import { deepEqual, equal, rejects } from "node:assert/strict";
import type * as functions from "./_functions.ts";

/** The functions, right or spoilt. */
export type Functions = typeof functions;
/** Throws, or rejects, where a function does not do what it says. */
export type Test = (it: Functions) => void | Promise<void>;
export type Tests = { readonly [K in keyof Functions]: Test };

export const examples: Tests = {
  pages({ pages }) {
    deepEqual(pages([1, 2, 3, 4, 5], 2), [[1, 2], [3, 4], [5]]);
    deepEqual(pages([1, 2, 3, 4], 2), [
      [1, 2],
      [3, 4],
    ]);
    deepEqual(pages([], 2), []);
  },
  placeOf({ placeOf }) {
    equal(placeOf([10, 20, 30], 20), 1);
    equal(placeOf([10, 20, 30], 25), 2);
    equal(placeOf([10, 20, 30], 5), 0);
    equal(placeOf([10, 20, 30], 40), 3);
    equal(placeOf([], 1), 0);
  },
  totalInCents({ totalInCents }) {
    equal(totalInCents(["12.50", "7.25"]), 1975);
    equal(totalInCents(["0.10", "0.20"]), 30);
    equal(totalInCents(["5"]), 500);
    equal(totalInCents([]), 0);
  },
  median({ median }) {
    equal(median([3, 1, 2]), 2);
    equal(median([4, 1, 3, 2]), 2.5);
    equal(median([7]), 7);
  },
  payable({ payable }) {
    equal(payable(100, 20), 80);
    equal(payable(100, 0), 100);
    equal(payable(100), 100);
  },
  mayEdit({ mayEdit }) {
    equal(mayEdit({ admin: true, owner: false, locked: false }), true);
    equal(mayEdit({ admin: false, owner: true, locked: false }), true);
    equal(mayEdit({ admin: false, owner: false, locked: false }), false);
    equal(mayEdit({ admin: false, owner: true, locked: true }), false);
  },
  shorten({ shorten }) {
    equal(shorten("hello", 10), "hello");
    equal(shorten("hello", 5), "hello");
    equal(shorten("hello world", 6), "hello…");
    equal(shorten("", 3), "");
  },
  dayAfter({ dayAfter }) {
    equal(dayAfter("2026-03-01"), "2026-03-02");
    equal(dayAfter("2026-12-31"), "2027-01-01");
    equal(dayAfter("2028-02-28"), "2028-02-29");
  },
  withDefaults({ withDefaults }) {
    deepEqual(withDefaults({ color: "red", size: 1 }, { size: 2 }), { color: "red", size: 2 });
    deepEqual(withDefaults({ color: "red" }, {}), { color: "red" });
    deepEqual(withDefaults({}, { size: 2 }), { size: 2 });
  },
  isVersion({ isVersion }) {
    equal(isVersion("1.20.3"), true);
    equal(isVersion("1.2"), false);
    equal(isVersion("10.0.0"), true);
    equal(isVersion("v1.2.3"), false);
    equal(isVersion(""), false);
  },
  byUrgency({ byUrgency }) {
    const [calm, first, second] = [
      { name: "calm", urgency: 1 },
      { name: "first", urgency: 5 },
      { name: "second", urgency: 5 },
    ];
    deepEqual(byUrgency([calm, first]), [first, calm]);
    deepEqual(byUrgency([first, calm, second]), [first, second, calm]);
    deepEqual(byUrgency([]), []);
  },
  async greet({ greet }) {
    equal(await greet("ada", async () => false), "hello ada");
    await rejects(greet("eve", async () => true));
  },
  async saveAll({ saveAll }) {
    const saved: string[] = [];
    await saveAll(["a", "b", "c"], async (item) => void saved.push(item));
    deepEqual(saved, ["a", "b", "c"]);
    await saveAll([], async () => void saved.push("never"));
    equal(saved.length, 3);
  },
  async tokens({ tokens }) {
    let refreshes = 0;
    const token = tokens(async () => `token ${++refreshes}`);
    equal(await token(), "token 1");
    equal(await token(), "token 1");
    equal(refreshes, 1);
  },
  async retried({ retried }) {
    let attempts = 0;
    const third = async (): Promise<string> => {
      if (++attempts < 3) throw new Error("busy");
      return "done";
    };
    equal(await retried(third, 3), "done");
    await rejects(
      retried(async () => Promise.reject(new Error("down")), 2),
      /down/,
    );
  },
  unique({ unique }) {
    deepEqual(unique([1, 2, 1, 3, 2]), [1, 2, 3]);
    deepEqual(unique(["b", "a", "b"]), ["b", "a"]);
    deepEqual(unique([]), []);
  },
  present({ present }) {
    deepEqual(present([[1, undefined], [], [2, 3]]), [1, 2, 3]);
    deepEqual(present([[0, ""], [undefined]]), [0, ""]);
    deepEqual(present([]), []);
  },
  withoutTrailingBlanks({ withoutTrailingBlanks }) {
    equal(withoutTrailingBlanks("done  "), "done");
    equal(withoutTrailingBlanks("  a b\t\n"), "  a b");
    equal(withoutTrailingBlanks("done"), "done");
    equal(withoutTrailingBlanks("   "), "");
  },
};
