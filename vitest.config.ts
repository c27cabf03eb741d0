import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    // Tests that start processes of their own, one beside the other, take their time on a small machine.
    testTimeout: 60_000,
    maxWorkers: 2,
  },
});
