import http from "node:http";
import net from "node:net";
import { text } from "node:stream/consumers";
import { inspect } from "node:util";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { clickhouse } from "../../src/services/clickhouse.ts";
import { ServiceFailed } from "../../src/services/failed.ts";
import { ServiceUnavailable } from "../../src/services/unavailable.ts";
import { tabLines } from "./_tab-lines.ts";

const USER = "reader-of-things";
const PASSWORD = "s3cret/ü%:@word";
const NOW = 1_800_000_000;
const OWN = /^assay_1800000000_[0-9a-f]{12}$/;

interface Asked {
  readonly sql: string;
  readonly values: string;
  readonly database: string | null;
  readonly settings: URLSearchParams;
}

/** What a server answers: columns with their types and rows, a refusal with its code, or as something else a page. */
type Reply =
  | { readonly types?: readonly string[]; readonly data?: readonly unknown[][] }
  | { readonly code: number; readonly says: string }
  | { readonly page: string; readonly status: number };

/** As much of a ClickHouse as a client sees: statements over HTTP, answers in JSONCompact, refusals with a code in a header. */
const asked: Asked[] = [];
let databases: string[] = [];
let answer: (it: Asked) => Reply | "hang" | "break" | undefined = () => undefined;

function standard({ sql }: Asked): Reply {
  if (sql.startsWith("SELECT version()")) return { types: ["String", "UInt32"], data: [["26.3.1.5", NOW]] };
  if (/FROM system\.databases/.test(sql)) return { types: ["String"], data: databases.map((name) => [name]) };
  const [, made] = sql.match(/^CREATE DATABASE (\S+)/) ?? [];
  const [, dropped] = sql.match(/^DROP DATABASE IF EXISTS (\S+)/) ?? [];
  if (made) databases.push(made);
  if (dropped) databases = databases.filter((name) => name !== dropped);
  return {};
}

const server = http.createServer(async (request, response) => {
  const settings = new URL(request.url!, "http://localhost").searchParams;
  const body = await text(request);
  const sql = settings.get("query");
  const it = { sql: sql ?? body, values: sql === null ? "" : body, database: settings.get("database"), settings };
  asked.push(it);
  const login = Buffer.from(request.headers.authorization?.replace(/^Basic /, "") ?? "", "base64").toString();
  const reply = login === `${USER}:${PASSWORD}` ? (answer(it) ?? standard(it)) : { code: 516, says: `${USER}: Authentication failed` };
  if (reply === "hang") return;
  if (reply === "break") request.socket.destroy();
  else if ("page" in reply) response.writeHead(reply.status, { "Content-Type": "text/html" }).end(reply.page);
  else if ("code" in reply) {
    response.writeHead(reply.code === 516 ? 403 : 500, { "X-ClickHouse-Exception-Code": reply.code });
    response.end(`Code: ${reply.code}. DB::Exception: ${reply.says}. (SOME_ERROR) (version 26.3.1.5 (official build))\n`);
  } else if (reply.types === undefined) response.end();
  else response.end(JSON.stringify({ meta: reply.types.map((type) => ({ name: "x", type })), data: reply.data }));
});

const port = (): number => (server.address() as net.AddressInfo).port;
const address = ({ user = USER, password = PASSWORD, at = port(), path = "/home", scheme = "http" } = {}): string =>
  `${scheme}://${user}:${encodeURIComponent(password)}@127.0.0.1:${at}${path}`;

const lines = tabLines();
beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
beforeEach(() => {
  asked.length = 0;
  databases = [];
  answer = () => undefined;
  process.env.CLICKHOUSE_URL = address();
});
afterEach(() => void delete process.env.CLICKHOUSE_URL);
afterAll(() => {
  lines.leave();
  server.closeAllConnections();
  server.close();
});

/** What starting says; no line may hold any of what the address holds. */
async function refusal(kind: new (text: string) => Error = ServiceFailed): Promise<string> {
  const error = await clickhouse().then(
    () => new Error("it started"),
    (thrown: unknown) => thrown as Error,
  );
  expect(error).toBeInstanceOf(kind);
  for (const secret of [PASSWORD, encodeURIComponent(PASSWORD), "s3cret", USER, "127.0.0.1", String(port())]) {
    expect(error.message).not.toContain(secret);
  }
  expect(error.message).not.toContain("\n");
  return error.message;
}

describe("where CLICKHOUSE_URL is set", () => {
  test("a private database is made on that server, worked in, and dropped", async () => {
    const engine = await clickhouse();
    expect(engine).toMatchObject({ engine: "ClickHouse", source: "CLICKHOUSE_URL", version: "26.3" });
    expect(inspect(engine, { depth: 9 })).not.toContain(PASSWORD);
    expect(databases).toEqual([expect.stringMatching(OWN)]);
    answer = ({ sql }) => (sql === "SELECT x" ? { types: ["UInt64", "Nullable(String)"], data: [["12", null]] } : undefined);
    expect(await engine.query("SELECT x", { timeout: 7 })).toEqual([[12, null]]);
    expect(asked.at(-1)!.database).toMatch(OWN);
    expect(Object.fromEntries(asked.at(-1)!.settings)).toMatchObject({ max_execution_time: "7", default_format: "JSONCompact" });
    await engine.load("t", lines.file("1\tü\n"));
    expect(asked.at(-1)).toMatchObject({ sql: "INSERT INTO t FORMAT TabSeparated", values: "1\tü\n" });
    await engine[Symbol.asyncDispose]();
    await engine[Symbol.asyncDispose]();
    expect(databases).toEqual([]);
  });

  test("what a killed process left is dropped once it is older than a day, and nothing else is", async () => {
    const left = (age: number): string => `assay_${NOW - age}_0123456789ab`;
    databases = ["default", "assay_mine", "assay_1700000000_notours", left(90_000), left(3600)];
    answer = ({ sql }) =>
      // As the server does, which knows regular expressions.
      /FROM system\.databases/.test(sql)
        ? {
            types: ["String"],
            data: databases.filter((name) => new RegExp(sql.match(/match\(name, '(.*)'\)/)![1]!).test(name)).map((name) => [name]),
          }
        : undefined;
    await using _ = await clickhouse();
    expect(databases).toEqual(["default", "assay_mine", "assay_1700000000_notours", left(3600), expect.stringMatching(OWN)]);
  });

  test("what is stored is filled each time: the server is not ours to keep it", async () => {
    let filled = 0;
    const stored = { name: "things", fill: async () => void filled++ };
    for (const _ of [1, 2]) await (await clickhouse({ stored }))[Symbol.asyncDispose]();
    expect(filled).toBe(2);
    expect(databases).toEqual([]);
  });

  test("a statement that fails says why, and one that takes too long how long it took", async () => {
    await using engine = await clickhouse();
    answer = ({ sql }) =>
      sql === "SELECT x" ? { code: 47, says: `Unknown identifier x asked by ${USER} at 127.0.0.1:${port()}` } : undefined;
    const refused = engine.query("SELECT x");
    await expect(refused).rejects.toThrow(/^ClickHouse failed: Unknown identifier x asked by … at …/);
    answer = ({ sql }) => (sql === "SELECT x" ? { code: 159, says: "Timeout exceeded: elapsed 7 s" } : undefined);
    await expect(engine.query("SELECT x", { timeout: 7 })).rejects.toThrow("ClickHouse took longer than 7 s");
    answer = ({ sql }) => (sql.startsWith("INSERT") ? { code: 243, says: "Cannot reserve 1.00 MiB, not enough space" } : undefined);
    await expect(engine.load("t", lines.file("1\n"))).rejects.toThrow("ClickHouse could not write: the disk is full");
    answer = ({ sql }) => (sql === "SELECT x" ? "break" : undefined);
    await expect(engine.query("SELECT x")).rejects.toThrow("the server that CLICKHOUSE_URL names broke off the connection");
    await expect(engine.load("t", "/nowhere/at/all")).rejects.toThrow("the file of lines cannot be read (ENOENT)");
  });
});

describe("CLICKHOUSE_URL is refused in one line without any of it", () => {
  test.each(["postgres://reader:pw@127.0.0.1/db", "127.0.0.1:8123", "http://reader:%zz@127.0.0.1:8123/", "http://"])(
    "%s",
    async (wrong) => {
      process.env.CLICKHOUSE_URL = wrong;
      expect(await refusal()).toBe("CLICKHOUSE_URL is no address of a ClickHouse (https://user:password@host:port/database)");
    },
  );

  test("where the user or the password is wrong", async () => {
    process.env.CLICKHOUSE_URL = address({ password: "wrong" });
    expect(await refusal()).toBe("the server that CLICKHOUSE_URL names refused the user or the password");
  });

  test("where nobody listens, and where the server speaks no TLS", async () => {
    process.env.CLICKHOUSE_URL = address({ at: 1 });
    expect(await refusal()).toBe("the server that CLICKHOUSE_URL names refused the connection");
    process.env.CLICKHOUSE_URL = address({ scheme: "https" });
    expect(await refusal()).toMatch(/^the server that CLICKHOUSE_URL names (does not speak TLS there|broke off the connection)$/);
  });

  test("where the server does not answer within 2 s", async () => {
    answer = () => "hang";
    expect(await refusal()).toBe("the server that CLICKHOUSE_URL names did not answer within 2 s");
  });

  test("where something else answers", async () => {
    for (const data of [[["hello", 1]], []]) {
      answer = () => ({ types: ["String", "UInt32"], data });
      expect(await refusal()).toBe("the server that CLICKHOUSE_URL names is no ClickHouse, or something stands in front of it");
    }
    for (const status of [200, 404, 502]) {
      answer = () => ({ page: `<html>\n${USER} at 127.0.0.1</html>`, status });
      expect(await refusal()).toBe("the server that CLICKHOUSE_URL names is no ClickHouse, or something stands in front of it");
    }
    answer = () => ({});
    expect(await refusal()).toBe("the server that CLICKHOUSE_URL names is no ClickHouse, or something stands in front of it");
  });

  test("where there is no such database, or the user may make none", async () => {
    answer = () => ({ code: 81, says: "Database home does not exist" });
    expect(await refusal()).toBe("the server that CLICKHOUSE_URL names has no such database");
    answer = ({ sql }) => (sql.startsWith("CREATE DATABASE") ? { code: 497, says: `${USER}: Not enough privileges` } : undefined);
    expect(await refusal()).toMatch(/ does not allow its user what is asked, above all a database of its own$/);
  });

  test("where the server is too old the claim is not tried", async () => {
    answer = ({ sql }) => (/version/.test(sql) ? { types: ["String", "UInt32"], data: [["23.8.1.1", NOW]] } : undefined);
    expect(await refusal(ServiceUnavailable)).toBe("it needs ClickHouse 25 or newer, and CLICKHOUSE_URL names a ClickHouse 23.8.1.1");
  });
});
