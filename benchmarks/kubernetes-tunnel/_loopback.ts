/** Addresses of this machine's loopback, each of which plays another machine's. */
import type { Duplex } from "node:stream";

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Each machine's own loopback: the laptop's, and the gaming PC's. */
export const OWN = "127.0.0.1";
/** The PC as the local network sees it. */
export const NETWORK = "127.0.0.2";
/** The WSL2 guest as only the PC sees it, before a restart and after it. */
export const GUEST = "127.0.0.3";
export const GUEST_LATER = "127.0.0.4";

/** Passes bytes on both ways, each way as long as it lasts. What breaks on one side is broken off on the other. */
export function join(one: Duplex, other: Duplex): void {
  one.pipe(other).pipe(one);
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.on("error", () => to.destroy());
    from.on("close", () => {
      if (!from.readableEnded || !from.writableFinished) to.destroy();
    });
  }
}
