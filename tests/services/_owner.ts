/** A process that starts a Postgres, prints how to reach it as one line, and then waits to be ended. On SIGTERM it ends by itself. */
import { postgres } from "../../src/services/postgres.ts";

process.on("SIGTERM", () => process.exit(0));
const server = await postgres({ maxConnections: 10 });
process.stdout.write(`${JSON.stringify(server.connection)}\n`);
setInterval(() => {}, 60_000);
