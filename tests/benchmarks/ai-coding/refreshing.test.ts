import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as after } from "node:timers/promises";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { open as openIdentity } from "../../../benchmarks/ai-coding/_identity.ts";
import { open as openClients, tokenGetter, type Refresh, type Way } from "../../../benchmarks/ai-coding/_refreshing.ts";
import { locked, read, write } from "../../../benchmarks/ai-coding/_session-file.ts";
import { privateDirectory } from "../../../src/lab.ts";

const { directory: folder, ...own } = await privateDirectory();
afterAll(() => own[Symbol.asyncDispose]());

const ways: readonly Way[] = ["check then act", "single flight", "lock"];
let session = 0;
const name = (): string => `session-${session}`;
beforeEach(() => {
  session++;
  write(folder, name(), { access: "", refresh: "first", expired: true });
});

/** An endpoint that answers some turns later, and remembers with what it was asked. */
function endpoint(answers = true): { readonly asked: string[]; readonly refresh: Refresh } {
  const asked: string[] = [];
  const refresh: Refresh = async (token) => {
    asked.push(token);
    await after(1);
    return answers ? { access: `access ${asked.length}`, refresh: "next", expired: false } : undefined;
  };
  return { asked, refresh };
}

test("what was written is read, by whoever reads", () => {
  write(folder, name(), { access: "a", refresh: "r", expired: false });
  expect(read(folder, name())).toEqual({ access: "a", refresh: "r", expired: false });
});

test("two who want the lock have it one after the other, also where the first one fails", async () => {
  const events: string[] = [];
  const hold = (who: string, fails: boolean) => async (): Promise<void> => {
    events.push(`${who} has it`);
    await after(1);
    events.push(`${who} lets go`);
    if (fails) throw new Error("failed");
  };
  const first = locked(folder, name(), hold("one", true));
  await Promise.all([expect(first).rejects.toThrow("failed"), locked(folder, name(), hold("other", false))]);
  expect(events).toEqual(["one has it", "one lets go", "other has it", "other lets go"]);
});

describe.each(ways)("%s", (way) => {
  test("refreshes what has expired once for a client that is alone, and stores what it gets", async () => {
    const { asked, refresh } = endpoint();
    const getToken = tokenGetter(way, folder, refresh);
    expect(await getToken(name())).toBe("access 1");
    expect(await getToken(name())).toBe("access 1");
    expect(asked).toEqual(["first"]);
    expect(read(folder, name())).toEqual({ access: "access 1", refresh: "next", expired: false });
  });

  test("has no token where the session is over", async () => {
    expect(await tokenGetter(way, folder, endpoint(false).refresh)(name())).toBeUndefined();
  });
});

test("check then act asks once for each client, always with the same refresh token; single flight once for all", async () => {
  const [careless, careful] = [endpoint(), endpoint()];
  const [one, other] = [tokenGetter("check then act", folder, careless.refresh), tokenGetter("single flight", folder, careful.refresh)];
  await Promise.all([1, 2, 3].map(() => one(name())));
  expect(careless.asked).toEqual(["first", "first", "first"]);
  write(folder, name(), { access: "", refresh: "first", expired: true });
  await Promise.all([1, 2, 3].map(() => other(name())));
  expect(careful.asked).toEqual(["first"]);
});

test("single flight in two places asks twice; with a lock between them they ask once", async () => {
  for (const [way, times] of [
    ["single flight", 2],
    ["lock", 1],
  ] as const) {
    write(folder, name(), { access: "", refresh: "first", expired: true });
    const { asked, refresh } = endpoint();
    await Promise.all([1, 2].map(() => tokenGetter(way, folder, refresh)(name())));
    expect(asked, way).toHaveLength(times);
  }
});

describe("the endpoint", () => {
  test("hands out the next token for one that is new, and ends the session of one that was used", async () => {
    await using endpoint = await disposable(openIdentity({ delay: 0 }));
    const { tokens } = await endpoint.answer!(3);
    const ask = (token: string): Promise<Response> =>
      fetch(`http://127.0.0.1:${endpoint.ready.port}/token`, { method: "POST", body: token });
    const first = await ask(tokens[0]!);
    expect(first.status).toBe(200);
    const { refresh } = (await first.json()) as { refresh: string };
    expect((await ask(refresh)).status).toBe(200);
    expect((await ask(tokens[1]!)).status).toBe(200);
    expect((await ask(tokens[1]!)).status).toBe(400);
    expect((await ask("never handed out")).status).toBe(400);
    expect(await endpoint.answer!(0)).toMatchObject({ refreshes: 4, lost: 1, tokens: [] });
    expect((await ask(tokens[2]!)).status).toBe(400);
  });

  test("and a process of clients: two at once lose the session with check then act, and keep it with single flight", async () => {
    await using endpoint = await disposable(openIdentity({ delay: 0.005 }));
    await using process = await disposable(openClients({ folder }));
    for (const [way, lost] of [
      ["check then act", 1],
      ["single flight", 0],
    ] as const) {
      const { tokens } = await endpoint.answer!(1);
      write(folder, name(), { access: "", refresh: tokens[0]!, expired: true });
      const clients = [1, 2].map(() => ({ session: name(), delay: 0 }));
      expect(await process.answer!({ way, clients, port: endpoint.ready.port }), way).toBe(lost);
      expect(await endpoint.answer!(0), way).toMatchObject({ lost });
    }
  });
});

test("of two processes that wait for one another both have read before either refreshes, however late the other one comes", async () => {
  await using endpoint = await disposable(openIdentity({ delay: 0 }));
  await using one = await disposable(openClients({ folder }));
  await using other = await disposable(openClients({ folder }));
  const { tokens } = await endpoint.answer!(1);
  write(folder, name(), { access: "", refresh: tokens[0]!, expired: true });
  const ask = { way: "single flight", clients: [1, 2].map(() => ({ session: name(), delay: 0 })), port: endpoint.ready.port } as const;
  const first = one.answer!({ ...ask, readers: 2 });
  await after(20);
  expect(read(folder, name()).expired).toBe(true);
  await Promise.all([first, other.answer!({ ...ask, readers: 2 })]);
  expect(await endpoint.answer!(0)).toMatchObject({ refreshes: 2, lost: 1 });
});

test("the endpoint outlives a client that goes before all was said", async () => {
  await using endpoint = await disposable(openIdentity({ delay: 0 }));
  const { port } = endpoint.ready;
  const { tokens } = await endpoint.answer!(1);
  const rude = connect(port, "127.0.0.1");
  // Told to go on, it knows that its request has begun.
  rude.write("POST /token HTTP/1.1\r\nHost: endpoint\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n");
  await once(rude, "data");
  rude.destroy();
  await once(rude, "close");
  const { status } = await fetch(`http://127.0.0.1:${port}/token`, { method: "POST", body: tokens[0]! });
  expect(status).toBe(200);
  expect(await endpoint.answer!(0)).toMatchObject({ refreshes: 1, lost: 0 });
});

/** With the disposal that it has, so that `await using` can ask for it. */
async function disposable<T extends { [Symbol.asyncDispose]?(): Promise<void> }>(opening: Promise<T>): Promise<T & AsyncDisposable> {
  return (await opening) as T & AsyncDisposable;
}
