import { inspect } from "node:util";
import type { Connection } from "./postgres/keeper-protocol.ts";

/** Every spelling of these texts that an error may carry: as they are, percent-encoded, and as the address wrote them. */
export function spellings(texts: readonly (string | undefined | null)[], address: string): string[] {
  // The address is not parsed for this: a password that makes it no address must be hidden all the same.
  const written = address.match(/^[^:]*:\/\/(.*)@/s)?.[1] ?? "";
  const parts = [address, written, ...written.split(":"), written.slice(written.indexOf(":") + 1), ...texts];
  const all = parts.flatMap((part) => (part ? [part, encodeURIComponent(part), encodeURI(part), JSON.stringify(part).slice(1, -1)] : []));
  return [...new Set(all)].toSorted((a, b) => b.length - a.length);
}

/** A text without any of the secrets, the longest taken out first. */
export function redacted(text: string, secrets: readonly string[]): string {
  return secrets.reduce((left, secret) => left.replaceAll(secret, "…"), text);
}

/** The same connection, whose password is not shown when it is printed. It still is a property that is copied and sent. */
export function discreet(connection: Connection): Connection {
  const shown = (): object => ({ ...connection, password: "…" });
  return Object.defineProperty({ ...connection }, inspect.custom, { value: shown, enumerable: false });
}
