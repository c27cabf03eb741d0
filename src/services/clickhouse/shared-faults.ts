import { ServiceFailed } from "../failed.ts";
import { redacted, spellings } from "../secrets.ts";
import { ServiceUnavailable } from "../unavailable.ts";
import { fault } from "./faults.ts";

/** Longest time that a server may take to say what it is. */
export const CONNECT_TIMEOUT = 2000; // ms

const WHO = "the server that CLICKHOUSE_URL names";
const REFUSED = "refused the user or the password";
/** Codes of the system and of ClickHouse (`system.errors`). Their own texts name user and address, which no record may hold. */
const MEANINGS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "refused the connection",
  ECONNRESET: "broke off the connection",
  EPIPE: "broke off the connection",
  EHOSTUNREACH: "cannot be reached",
  ENETUNREACH: "cannot be reached",
  ENOTFOUND: "has a host name that is not known",
  EAI_AGAIN: "has a host name that cannot be looked up",
  ETIMEDOUT: `did not answer within ${CONNECT_TIMEOUT / 1000} s`,
  EPROTO: "does not speak TLS there",
  ERR_SSL_WRONG_VERSION_NUMBER: "does not speak TLS there",
  ERR_SSL_PACKET_LENGTH_TOO_LONG: "does not speak TLS there",
  HPE_INVALID_CONSTANT: "does not speak HTTP there",
  "81": "has no such database",
  "192": REFUSED,
  "193": REFUSED,
  "194": REFUSED,
  "497": "does not allow its user what is asked, above all a database of its own",
  "516": REFUSED,
};

/** Turns what the driver throws into one line that holds neither the password, nor the address, nor the user. */
export function faultOf(address: string, texts: readonly string[]): (error: unknown, seconds: number) => Error {
  const secrets = spellings(texts, address);
  return (error, seconds) => {
    if (error instanceof ServiceUnavailable || error instanceof ServiceFailed || error instanceof RangeError) return error;
    const { code, message } = error as NodeJS.ErrnoException;
    if (isTimeout(message)) return new ServiceFailed(`${WHO} ${MEANINGS.ETIMEDOUT}`);
    if (/aborted a request/.test(message)) return new ServiceFailed(`ClickHouse took longer than ${seconds} s`);
    if (/socket hang up/.test(message)) return new ServiceFailed(`${WHO} ${MEANINGS.ECONNRESET}`);
    const meaning = MEANINGS[code ?? ""];
    if (meaning !== undefined) return new ServiceFailed(`${WHO} ${meaning}`);
    const told = fault(error, seconds);
    return told instanceof ServiceFailed ? new ServiceFailed(redacted(told.message, secrets)) : told;
  };
}

/** The driver's own time-outs have no code. */
export const isTimeout = (message: string): boolean => message.startsWith("Timeout error");

export const noClickHouse = (): ServiceFailed => new ServiceFailed(`${WHO} is no ClickHouse, or something stands in front of it`);
