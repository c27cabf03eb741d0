import { describe, expect, test } from "vitest";
import { fields, latestLogin, mustBeProfile, profileOf, WIDEST } from "../../../benchmarks/oltp-vs-olap/_post-profiles.ts";
import { profileFile, slotAt } from "../../../benchmarks/oltp-vs-olap/_profile-file.ts";

const layouts = ["rows", "columns"] as const;

describe("a profile", () => {
  test("fits the room that its fields have, and its preferences are as long as they are to be", () => {
    for (let id = 0; id < 10_000; id += 33) {
      const profile = profileOf(id, 100);
      for (const [field, most] of Object.entries(WIDEST)) expect(profile[field as keyof typeof WIDEST].length).toBeLessThanOrEqual(most);
      expect(profile.Preferences).toHaveLength(100);
    }
  });

  test("has preferences in JSON, none like another", () => {
    const preferences = Array.from({ length: 200 }, (_, id) => profileOf(id, 300).Preferences);
    expect(JSON.parse(preferences[0]!)).toMatchObject({ theme: "dark" });
    expect(new Set(preferences).size).toBe(200);
  });

  test("is refused where one field is another's", () => {
    const told = fields.map((field) => profileOf(3, 100)[field]);
    expect(() => mustBeProfile(told, 3, 100)).not.toThrow();
    expect(() => mustBeProfile(told.with(1, profileOf(4, 100).Email), 3, 100)).toThrow("Email of profile 3");
    expect(() => mustBeProfile([], 3, 100)).toThrow("Name of profile 3");
  });
});

describe("slots", () => {
  test("do not straddle two blocks while they are smaller than one", () => {
    const at = [0, 1, 9, 10, 11].map((index) => slotAt({ first: 0, width: 380 }, index));
    expect(at).toEqual([0, 380, 9 * 380, 4096, 4096 + 380]);
  });

  test("begin with a block of their own where they are larger", () => {
    expect([0, 1, 2].map((index) => slotAt({ first: 2, width: 5_000 }, index))).toEqual([2 * 4096, 4 * 4096, 6 * 4096]);
  });
});

describe("a file of profiles", () => {
  test.each(layouts)("in %s gives every profile back, and the latest login", (layout) => {
    for (const preferences of [100, 5_000]) {
      using store = profileFile(layout, 200, preferences);
      for (let id = 0; id < 200; id++) mustBeProfile(store.fetch(id), id, preferences);
      expect(store.latestLogin()).toBe(latestLogin(200));
    }
  });

  test("needs one block for a profile in rows and four in columns", () => {
    const reads = layouts.map((layout) => {
      using store = profileFile(layout, 1_000, 300);
      for (const id of [5, 500, 900]) store.fetch(id);
      return store.file.reads;
    });
    expect(reads).toEqual([3, 12]);
  });

  test("needs as many blocks for a long profile as it is long", () => {
    using store = profileFile("rows", 10, 10_000);
    store.fetch(7);
    expect(store.file.reads).toBe(3);
  });

  test("is read whole for one field in rows, and in columns where that field is", () => {
    const reads = layouts.map((layout) => {
      using store = profileFile(layout, 1_024, 300);
      store.latestLogin();
      return store.file.reads;
    });
    expect(reads).toEqual([103, 4]);
  });
});
