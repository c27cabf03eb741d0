/** Assembles `src/inputs/*.wat` into the bytes that the TypeScript file beside each one holds; prints the base64. */
import { readFileSync } from "node:fs";
import wabt from "wabt";

for (const file of process.argv.slice(2)) {
  const { parseWat } = await wabt();
  const module = parseWat(file, readFileSync(file, "utf8"));
  module.validate();
  console.log(file, Buffer.from(module.toBinary({}).buffer).toString("base64"));
}
