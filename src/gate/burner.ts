/**
 * Burns one processor for as long as its parent lives: plain arithmetic in slices, so that it hears when the parent is gone.
 */
const SLICE = 1e6;
process.on("disconnect", () => process.exit(0));

function burn(value: number): void {
  let it = value;
  for (let turn = 0; turn < SLICE; turn++) it = Math.imul(it, 1664525) + 1013904223;
  setImmediate(burn, it);
}
burn(1);
