/**
 * An identity endpoint, as a process of its own. A refresh token is good for one refresh, which hands out the next; whoever comes with one
 * that was used may have stolen it, so the whole session is revoked (RFC 9700, OAuth 2.0 Security Best Current Practice, 4.14.2).
 */
import { randomBytes } from "node:crypto";
import http from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout as after } from "node:timers/promises";
import { listen, type OpenCompanion } from "#lab";

interface Session {
  /** The only refresh token that is good. */
  current: string;
  refreshes: number;
  revoked: boolean;
}

export interface Identity {
  /** Seconds until an answer comes, as from a service that is not next door. What it decides it decides when it is asked. */
  readonly delay: number;
}

/** What became of the sessions so far, and a refresh token for each of the new ones. */
export interface Tally {
  readonly refreshes: number;
  readonly lost: number;
  readonly tokens: readonly string[];
}

const INVALID_GRANT = 400;

const newToken = (): string => randomBytes(16).toString("base64url");

/** Asked for so many sessions, forgets those it has and opens new ones. */
export const open: OpenCompanion<Identity, { readonly port: number }, number, Tally> = async ({ delay }) => {
  const sessions = new Map<string, Session>();
  const begun = (): string => {
    const current = newToken();
    sessions.set(current, { current, refreshes: 0, revoked: false });
    return current;
  };
  /** The next refresh token; none where the session is over. */
  const refreshed = (used: string): string | undefined => {
    const session = sessions.get(used);
    if (!session) return undefined;
    session.refreshes++;
    session.revoked ||= session.current !== used;
    if (session.revoked) return undefined;
    session.current = newToken();
    sessions.set(session.current, session);
    return session.current;
  };
  const reply = async (request: http.IncomingMessage, response: http.ServerResponse): Promise<void> => {
    const refresh = refreshed(await text(request));
    await after(delay * 1e3);
    response.statusCode = refresh === undefined ? INVALID_GRANT : 200;
    response.end(JSON.stringify(refresh === undefined ? { error: "invalid_grant" } : { access: newToken(), refresh }));
  };
  const server = http.createServer((request, response) => {
    // Whoever goes before all was said gets no answer; the others do.
    reply(request, response).catch(() => response.destroy());
  });
  const listening = await listen(server);
  return {
    ready: { port: listening.port },
    answer(wanted) {
      const ended = [...new Set(sessions.values())];
      sessions.clear();
      return {
        refreshes: ended.reduce((sum, session) => sum + session.refreshes, 0),
        lost: ended.filter(({ revoked }) => revoked).length,
        tokens: Array.from({ length: wanted }, begun),
      };
    },
    [Symbol.asyncDispose]: async () => listening[Symbol.asyncDispose](),
  };
};
