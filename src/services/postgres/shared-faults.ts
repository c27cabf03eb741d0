import type pg from "pg";
import { ServiceFailed } from "../failed.ts";
import { redacted, spellings } from "../secrets.ts";
import { ServiceUnavailable } from "../unavailable.ts";
import { CONNECT_TIMEOUT } from "./limits.ts";

/** Codes of the system and of Postgres (appendix A of its manual). Their own texts name user and address, which no record may hold. */
const MEANINGS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "refused the connection",
  ECONNRESET: "broke off the connection",
  EHOSTUNREACH: "cannot be reached",
  ENETUNREACH: "cannot be reached",
  ENOTFOUND: "has a host name that is not known",
  EAI_AGAIN: "has a host name that cannot be looked up",
  ENOENT: "has no socket where the address says",
  ETIMEDOUT: `did not answer within ${CONNECT_TIMEOUT / 1000} s`,
  "28P01": "refused the user or the password",
  "28000": "refused the user or the password",
  "3D000": "has no such database",
  "53300": "has no connection left",
  "57P03": "is starting up or shutting down",
  "42501": "allows its user neither a database nor a schema of its own",
};

/** Turns what the driver throws into one line that holds neither the password, nor the address, nor the user. */
export function faultOf(address: string): (error: unknown, client: pg.Client) => Error {
  return (error, client) => {
    if (error instanceof ServiceUnavailable || error instanceof ServiceFailed) return error;
    const { code, message } = error as NodeJS.ErrnoException;
    const who = "the server that DATABASE_URL names";
    // The driver's own time-out has no code.
    const meaning = MEANINGS[(/timeout expired/.test(message) ? "ETIMEDOUT" : code) ?? ""];
    if (meaning) return new ServiceFailed(`${who} ${meaning}`);
    const secrets = spellings([client.password as string | null, client.user, client.host, client.database], address);
    return new ServiceFailed(`${who} failed: ${redacted(`${message}${code ? ` (${code})` : ""}`, secrets)}`);
  };
}
