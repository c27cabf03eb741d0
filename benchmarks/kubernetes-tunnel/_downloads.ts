/** A client in a process of its own that asks for one large answer after another, on a connection that it keeps. */
import https from "node:https";
import { timed, type OpenCompanion } from "#lab";
import type { Identity } from "./_keys.ts";
import { ask, asUser } from "./_kubectl.ts";
import type { Address } from "./_loopback.ts";

export interface Downloads {
  readonly at: Address;
  readonly user: Identity;
  /** Bytes of an answer. */
  readonly payload: number;
  /** Answers after the first. */
  readonly times: number;
}

/** Seconds from a request to the last byte of its answer. */
export interface Downloaded {
  /** On a connection that is opened for it. */
  readonly first: number;
  /** On the same connection, one after the other. */
  readonly waits: readonly number[];
}

export const open: OpenCompanion<object, null, Downloads, Downloaded> = async () => ({
  ready: null,
  async answer({ at, user, payload, times }) {
    const agent = new https.Agent({ keepAlive: true, maxSockets: 1, maxCachedSessions: 0 });
    const asked = { ...asUser(at, user), agent };
    const waits: number[] = [];
    try {
      for (let downloaded = 0; downloaded <= times; downloaded++) {
        const { seconds, result } = await timed(() => ask(asked, `/bytes/${payload}`));
        if (result.length !== payload) throw new Error(`an answer of ${payload} bytes had ${result.length}`);
        waits.push(seconds);
      }
    } finally {
      agent.destroy();
    }
    return { first: waits[0]!, waits: waits.slice(1) };
  },
});
