/** What the load generator drives: people who log in. */
import { createHash, timingSafeEqual } from "node:crypto";
import pg from "pg";
import type { OpenTarget, Postgres } from "#lab";
import { GATE, mailOf, secretOf, USERS } from "./_users.ts";

export interface Logins {
  readonly connection: Postgres["connection"];
  /** Connections of the application's pool. */
  readonly clients: number;
}

/** Spreads the logins over all profiles, none twice within ten thousand: coprime to their number. */
const STRIDE = 3_571;

const FIND = { name: "find", text: "SELECT id, secret, preferences FROM profiles WHERE mail = $1" };
const ENTER = {
  name: "enter",
  text: `WITH entered AS (
      UPDATE profiles SET last_login = now(), logins = logins + 1 WHERE id = $1 RETURNING id
    )
    INSERT INTO logs (id, time, service, level, status, "user", latency, trace, message)
      SELECT nextval('log_ids'), date_trunc('milliseconds', clock_timestamp()), 'auth', 'info', 200, id, 1000, $2, 'logged in'
        FROM entered`,
};

interface Profile {
  readonly id: number;
  readonly secret: Buffer;
}

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/**
 * One login: the profile is found by its mail, the secret compared, then in one transaction the profile has its last login and the log its
 * line, and the commit is on disk. What a real one spends on a slow hash of the password is left out: it happens in the application, not
 * in the database. The first logins, one on each connection, prepare the statements and are not part of the load.
 */
const open: OpenTarget<Logins> = async ({ connection, clients }) => {
  const pool = new pg.Pool({ ...connection, max: clients });
  pool.on("error", () => {});
  const login = async (client: pg.Pool | pg.PoolClient, number: number): Promise<void> => {
    const user = ((number * STRIDE) % USERS) + 1;
    const { rows } = await client.query<Profile>({ ...FIND, values: [mailOf(user)] });
    const [profile] = rows;
    if (!profile || !timingSafeEqual(profile.secret, digest(secretOf(user)))) throw new Error("the secret is another one");
    const { rowCount } = await client.query({ ...ENTER, values: [profile.id, number.toString(16).padStart(32, "0")] });
    if (rowCount !== 1) throw new Error(`a login left ${rowCount} lines in the log`);
  };
  const warm = await Promise.all(Array.from({ length: clients }, () => pool.connect()));
  await Promise.all(warm.map((client, index) => login(client, USERS - 1 - index).finally(() => client.release())));
  // The analysts are at their desks when the first login is due.
  await pool.query("SELECT pg_notify('opened', '')");
  await pool.query(`SELECT pg_advisory_lock_shared(${GATE})`);
  return { request: (index) => login(pool, index), close: () => pool.end() };
};

export default open;
