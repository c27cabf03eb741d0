/** Requests to an API server on connections of their own or on ones that are kept open: what the load generator drives. */
import https from "node:https";
import type { OpenTarget } from "#lab";
import type { Identity } from "./_keys.ts";
import { ask, asUser } from "./_kubectl.ts";
import type { Address } from "./_loopback.ts";

export interface Requests {
  readonly at: Address;
  readonly user: Identity;
  /** Bytes of an answer. */
  readonly payload: number;
  /** Connections that are kept open; each request has a new one if there are none. */
  readonly kept: number;
}

/** Requests on each connection, or new connections, before the load: so that everybody's code is compiled. */
const WARM_UP = 3;

const openRequests: OpenTarget<Requests> = async ({ at, user, payload, kept }) => {
  // A handshake that resumes an older one would be no new connection; kubectl remembers none.
  const agent = new https.Agent({ keepAlive: kept > 0, maxSockets: kept || Infinity, maxCachedSessions: 0 });
  const asked = { ...asUser(at, user), agent };
  const path = `/bytes/${payload}`;
  for (let warmed = 0; warmed < WARM_UP; warmed++) {
    await Promise.all(Array.from({ length: kept || 1 }, () => ask(asked, path)));
  }
  return {
    request: async (_index, signal) => void (await ask({ ...asked, signal }, path)),
    close: async () => agent.destroy(),
  };
};

export default openRequests;
