/**
 * The property tests: what a function's sentence says of every input, with fast-check making a hundred of them (its own default) and saying
 * which order of events comes next where there are several. Of those that answer at once (all but `greet`, `saveAll`, `tokens` and
 * `retried`) it is asked as well that what was drawn stays as it was, and that the same question has the same answer.
 */
import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import fc from "fast-check";
import type { Tests } from "./_examples.ts";

/** Inputs of each property, and what the first of them is drawn from: the same every time, so that what is caught is. */
export interface Drawn {
  readonly numRuns: number;
  readonly seed: number;
}

/** Objects like those of a program, which have a prototype. */
const plain = { noNullPrototype: true };
const numbers = fc.array(fc.integer({ min: -1000, max: 1000 }), { maxLength: 30 });
const texts = fc.string({ unit: "grapheme", maxLength: 30 });
const options = fc.dictionary(fc.constantFrom("color", "size", "depth", "name"), fc.integer(), plain);
const jobs = fc.array(fc.record({ name: fc.string(), urgency: fc.integer({ min: 0, max: 5 }) }, plain), { maxLength: 30 });
const DAY = 86_400_000; // ms
const day = fc
  .date({ min: new Date("1970-01-01Z"), max: new Date("2099-12-30Z"), noInvalidDate: true })
  .map((it) => it.toISOString().slice(0, 10));

/** @param draw how many inputs, and from which seed. */
export function properties(draw: Drawn): Tests {
  /** Checks what holds of every input, and that asking twice changes neither the answer nor what was asked. */
  const holds = <A extends readonly unknown[], R>(
    inputs: { readonly [K in keyof A]: fc.Arbitrary<A[K]> },
    call: (...input: A) => R,
    says: (answer: R, ...input: A) => void,
  ): void => {
    const property = fc.property(fc.tuple(...(inputs as unknown as fc.Arbitrary<unknown>[])), (drawn) => {
      const input = drawn as unknown as A;
      const before = structuredClone(input);
      const answer = call(...input);
      deepEqual(input, before);
      deepEqual(call(...input), answer);
      says(answer, ...input);
    });
    fc.assert(property, draw);
  };
  const holdsInAnyOrder = (says: (scheduler: fc.Scheduler, many: number) => Promise<void>): Promise<void> =>
    fc.assert(fc.asyncProperty(fc.scheduler(), fc.integer({ min: 1, max: 5 }), says), draw);

  return {
    pages: ({ pages }) =>
      holds([numbers, fc.integer({ min: 1, max: 10 })], pages, (cut, items, size) => {
        deepEqual(cut.flat(), items);
        ok(cut.every((page) => page.length > 0 && page.length <= size));
      }),
    placeOf: ({ placeOf }) =>
      holds([numbers.map((it) => it.toSorted((a, b) => a - b)), fc.integer()], placeOf, (place, ascending, wanted) => {
        ok(ascending.slice(0, place).every((it) => it < wanted));
        ok(ascending.slice(place).every((it) => it >= wanted));
      }),
    totalInCents: ({ totalInCents }) =>
      holds(
        [fc.array(fc.integer({ min: 0, max: 100_000 }), { maxLength: 10 })],
        (all) => totalInCents(all.map((it) => (it / 100).toFixed(2))),
        (sum, all) =>
          equal(
            sum,
            all.reduce((a, b) => a + b, 0),
          ),
      ),
    median: ({ median }) =>
      holds([numbers.filter((it) => it.length > 0)], median, (middle, all) => {
        ok(2 * all.filter((it) => it < middle).length <= all.length);
        ok(2 * all.filter((it) => it > middle).length <= all.length);
      }),
    payable: ({ payable }) =>
      holds([fc.integer(), fc.option(fc.integer(), { nil: undefined })], payable, (pays, total, discount) =>
        equal(pays + (discount ?? 0), total),
      ),
    mayEdit: ({ mayEdit }) =>
      holds(
        [fc.record({ admin: fc.boolean(), owner: fc.boolean(), locked: fc.boolean() }, plain)],
        mayEdit,
        (may, { admin, owner, locked }) => {
          if (locked) equal(may, false);
          else equal(may, admin || owner);
        },
      ),
    shorten: ({ shorten }) =>
      holds([texts, fc.integer({ min: 1, max: 30 })], shorten, (short, text, most) => {
        ok(short.isWellFormed() && [...short].length <= most);
        if ([...text].length <= most) equal(short, text);
        else ok(short.endsWith("…") && text.startsWith(short.slice(0, -1)));
      }),
    dayAfter: ({ dayAfter }) => holds([day], dayAfter, (after, before) => equal(Date.parse(after) - Date.parse(before), DAY)),
    withDefaults: ({ withDefaults }) =>
      holds([options, options], withDefaults, (all, defaults, given) => {
        for (const name of [...Object.keys(defaults), ...Object.keys(given)]) equal(all[name], given[name] ?? defaults[name]);
      }),
    isVersion({ isVersion }) {
      const part = fc.nat();
      holds(
        [part, part, part],
        (...parts) => isVersion(parts.join(".")),
        (is) => equal(is, true),
      );
      holds([texts], isVersion, (is, text) => ok(!is || text.split(".").length === 3));
    },
    byUrgency: ({ byUrgency }) =>
      holds([jobs], byUrgency, (sorted, all) => {
        equal(sorted.length, all.length);
        for (const urgency of [0, 1, 2, 3, 4, 5]) {
          deepEqual(
            sorted.filter((job) => job.urgency === urgency),
            all.filter((job) => job.urgency === urgency),
          );
        }
        ok(sorted.every((job, index) => index === 0 || sorted[index - 1]!.urgency >= job.urgency));
      }),
    greet: ({ greet }) =>
      fc.assert(
        fc.asyncProperty(fc.string(), fc.boolean(), async (name, banned) => {
          const greeted = greet(name, async () => banned);
          await (banned ? rejects(greeted) : greeted);
        }),
        draw,
      ),
    saveAll: ({ saveAll }) =>
      holdsInAnyOrder(async (scheduler, many) => {
        const saved: number[] = [];
        const items = Array.from({ length: many }, (_, index) => index);
        const save = async (item: number): Promise<void> => {
          await scheduler.schedule(Promise.resolve());
          saved.push(item);
        };
        await scheduler.waitFor(saveAll(items, save));
        deepEqual(saved, items);
      }),
    tokens: ({ tokens }) =>
      holdsInAnyOrder(async (scheduler, many) => {
        let refreshes = 0;
        const token = tokens(scheduler.scheduleFunction(async () => `token ${++refreshes}`));
        await scheduler.waitFor(Promise.all(Array.from({ length: many }, () => token())));
        equal(refreshes, 1);
      }),
    retried: ({ retried }) =>
      fc.assert(
        fc.asyncProperty(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 6 }), async (times, failures) => {
          let attempts = 0;
          const result = retried(async () => (++attempts <= failures ? Promise.reject(new Error("busy")) : "done"), times);
          if (failures < times) equal(await result, "done");
          else await rejects(result, /busy/);
        }),
        draw,
      ),
    unique: ({ unique }) =>
      holds([numbers], unique, (once, all) => {
        equal(new Set(once).size, once.length);
        deepEqual(
          once,
          all.filter((it, index) => all.indexOf(it) === index),
        );
      }),
    present: ({ present }) =>
      holds([fc.array(fc.array(fc.option(fc.integer(), { nil: undefined })))], present, (found, lists) =>
        deepEqual(
          found,
          lists.flat().filter((it) => it !== undefined),
        ),
      ),
    withoutTrailingBlanks: ({ withoutTrailingBlanks }) =>
      holds(
        [texts, fc.stringMatching(/^[ \t\n]*$/)],
        (text, blanks) => withoutTrailingBlanks(text + blanks),
        (rest, text) => {
          ok(text.startsWith(rest));
          equal(rest, rest.trimEnd());
        },
      ),
  };
}
