/** A process that fills one data directory: `_filler.ts <directory> <cache of templates>`. */
import { join } from "node:path";
import { serverAccount } from "../../src/services/postgres/account.ts";
import { binaries } from "../../src/services/postgres/binaries.ts";
import { fillData } from "../../src/services/postgres/template.ts";

const [scratch, cache] = process.argv.slice(2) as [string, string];
await fillData({ data: join(scratch, "data"), scratch, caches: [cache] }, await binaries(), serverAccount(), AbortSignal.timeout(20_000));
