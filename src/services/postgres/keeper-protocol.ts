import type { DataDirectory } from "../stored.ts";
import type { Binaries } from "./binaries.ts";

/** What a client needs to connect; fits `pg.ClientConfig`, and survives JSON on its way to a load generator in another process. */
export interface Connection {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  /** Only for a server named by `DATABASE_URL`: how its address asks for TLS. */
  readonly ssl?: boolean | object;
  /** Only for a server named by `DATABASE_URL`: settings of each session, as the startup message carries them. */
  readonly options?: string;
}

/** Asks a keeper to end and remove what it keeps. Then it may get another order. */
export const STOP = "stop";

/** What the owner asks of its keeper. `DATABASE_URL` is in the environment and in no message. */
export interface Order {
  /** Absent: use the server that `DATABASE_URL` names. */
  readonly binaries?: Binaries;
  readonly maxConnections?: number;
  readonly settings: Readonly<Record<string, string>>;
  /** How the data of a server of our own begin, and where they go when it is closed. */
  readonly data?: DataDirectory;
}

export interface Started {
  readonly connection: Connection;
  readonly maxConnections: number;
}

/** What the keeper says: to an order one of the upper three, and when what it kept is gone `closed`, with how it had ended before, if it had. */
export type News =
  | ({ readonly news: "ready" } & Started)
  | { readonly news: "unavailable"; readonly because: string }
  | { readonly news: "failed"; readonly message: string }
  | { readonly news: "closed"; readonly how?: string };

/** A started server, or a private database on somebody else's. */
export interface Kept extends Started {
  /** Ends and removes it. Resolves with how it had ended before, if it had. Repeated calls wait for the same. */
  readonly close: () => Promise<string | undefined>;
}

/** Starts what an order asks for. `signal` aborts the attempt. Leaves nothing if it rejects. */
export type Start = (order: Order, signal: AbortSignal) => Promise<Kept>;
