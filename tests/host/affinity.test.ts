import { expect, test } from "vitest";
import { allowedProcessors, processorsIn } from "../../src/host/affinity.ts";

test.each([
  ["0-3,8", [0, 1, 2, 3, 8]],
  ["5", [5]],
  ["", []],
  ["x,1-", []],
  ["2-1", []],
])("%j names processors", (list, processors) => {
  expect(processorsIn(list)).toEqual(processors);
});

test("this process may run somewhere, where the system tells", () => {
  const processors = allowedProcessors();
  if (process.platform === "linux") expect(processors.length).toBeGreaterThan(0);
  for (const processor of processors) expect(Number.isInteger(processor)).toBe(true);
});
