/** A process that opens a private directory, prints its path, and waits to be ended. */
import { openScratch } from "../../src/host/scratch.ts";

const scratch = await openScratch();
process.stdout.write(`${scratch.directory}\n`);
setInterval(() => {}, 60_000);
