/** Three ways to get a token that has not expired, and the process in which clients use one of them. */
import http from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout as after } from "node:timers/promises";
import type { OpenCompanion } from "#lab";
import { locked, met, read, write, type Tokens } from "./_session-file.ts";

export type Way = "check then act" | "single flight" | "lock";

/** Asks the endpoint for new tokens of a session; none where it says that this is over. */
export type Refresh = (token: string, session: string) => Promise<Tokens | undefined>;
/** An access token, or nothing where the user has to log in again. */
export type GetToken = (session: string) => Promise<string | undefined>;

/** What the post's assistant wrote, as it is written everywhere. Between the check and the write there is time for another check. */
const checkThenAct =
  (folder: string, refresh: Refresh): GetToken =>
  async (session) => {
    const tokens = read(folder, session);
    if (!tokens.expired) return tokens.access;
    const fresh = await refresh(tokens.refresh, session);
    if (fresh) write(folder, session, fresh);
    return fresh?.access;
  };

/** Whoever asks while somebody asks gets the same answer. */
function singleFlight(getToken: GetToken): GetToken {
  const flights = new Map<string, Promise<string | undefined>>();
  return (session) => {
    const flight = flights.get(session) ?? getToken(session).finally(() => flights.delete(session));
    flights.set(session, flight);
    return flight;
  };
}

export function tokenGetter(way: Way, folder: string, refresh: Refresh): GetToken {
  const naive = checkThenAct(folder, refresh);
  if (way === "check then act") return naive;
  if (way === "single flight") return singleFlight(naive);
  return singleFlight((session) => locked(folder, session, () => naive(session)));
}

/** A client that wants the token of a session, so many milliseconds from now. */
export interface Client {
  readonly session: string;
  readonly delay: number;
}

/** Clients of one process, all of whom get their tokens in the same way. */
export interface Clients {
  readonly way: Way;
  readonly clients: readonly Client[];
  /** Of the identity endpoint. */
  readonly port: number;
  /** Processes that have all read a session's tokens before any of them refreshes; 1, which waits for nobody, unless given. */
  readonly readers?: number;
}

/** Asked for clients of the sessions in a folder, answers how many of them have to log in again. */
export const open: OpenCompanion<{ readonly folder: string }, null, Clients, number> = async ({ folder }) => {
  const agent = new http.Agent({ keepAlive: true });
  const refreshAt =
    (port: number, readers: number): Refresh =>
    async (token, session) => {
      if (readers > 1) await met(folder, session, readers);
      const request = http.request({ host: "127.0.0.1", port, path: "/token", method: "POST", agent });
      const answered = Promise.withResolvers<http.IncomingMessage>();
      request.once("response", answered.resolve).once("error", answered.reject).end(token);
      const response = await answered.promise;
      const body = JSON.parse(await text(response)) as Pick<Tokens, "access" | "refresh">;
      return response.statusCode === 200 ? { ...body, expired: false } : undefined;
    };
  return {
    ready: null,
    async answer({ way, clients, port, readers = 1 }) {
      const getToken = tokenGetter(way, folder, refreshAt(port, readers));
      const tokens = await Promise.all(
        clients.map(async ({ session, delay }) => {
          if (delay > 0) await after(delay);
          return getToken(session);
        }),
      );
      return tokens.filter((token) => token === undefined).length;
    },
    [Symbol.asyncDispose]: async () => agent.destroy(),
  };
};
