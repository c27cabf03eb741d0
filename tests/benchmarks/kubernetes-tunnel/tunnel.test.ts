import { once } from "node:events";
import https from "node:https";
import net from "node:net";
import { afterAll, afterEach, expect, test } from "vitest";
import { open as openApi } from "../../../benchmarks/kubernetes-tunnel/_api-server.ts";
import { keys } from "../../../benchmarks/kubernetes-tunnel/_keys.ts";
import { ask, asUser } from "../../../benchmarks/kubernetes-tunnel/_kubectl.ts";
import { GUEST, join, NETWORK, OWN, type Address } from "../../../benchmarks/kubernetes-tunnel/_loopback.ts";
import { open as openProxy } from "../../../benchmarks/kubernetes-tunnel/_port-proxy.ts";
import { isCertified, isLost, openTo } from "../../../benchmarks/kubernetes-tunnel/_reach.ts";
import { layouts, setUp } from "../../../benchmarks/kubernetes-tunnel/_set-ups.ts";
import { forward, logIn, open as openTunnel } from "../../../benchmarks/kubernetes-tunnel/_ssh-client.ts";
import { open as openSsh } from "../../../benchmarks/kubernetes-tunnel/_ssh-server.ts";
import { blocked, kinds } from "../../../benchmarks/kubernetes-tunnel/_traffic.ts";
import { shared } from "../../../benchmarks/kubernetes-tunnel/_ways.ts";
import { listen } from "../../../src/lab.ts";

/** macOS has no more than one address of its loopback. */
const oneLoopback = process.platform === "darwin";

const made = await keys(OWN);
const others = await keys(OWN);
const api = await openApi({ host: OWN, identity: made.server });
const opened: { [Symbol.asyncDispose]?(): Promise<void> }[] = [];
afterEach(async () => {
  for (const it of opened.splice(0).toReversed()) await it[Symbol.asyncDispose]!();
});
afterAll(() => api[Symbol.asyncDispose]!());

function used<T extends { [Symbol.asyncDispose]?(): Promise<void> }>(it: T): T {
  opened.push(it);
  return it;
}

const sshServer = async (login = made.login.public, at: { host: string; port?: number } = { host: OWN }) =>
  used(await openSsh({ ...at, key: made.host.private, login, permitted: api.ready }));
const tunnelTo = async (server: Address, kept = false) =>
  used(await openTunnel({ server, hostKey: made.host.public, key: made.login.private, to: api.ready, kept }));
/** What a door that passes bytes on in its own way does to kubectl's traffic. */
async function through(pass: (client: net.Socket, server: net.Socket) => void, patience?: number): Promise<number> {
  const door = net.createServer({ allowHalfOpen: true }, (client) => {
    const server = net.connect({ ...api.ready, allowHalfOpen: true });
    client.on("error", () => server.destroy());
    server.on("error", () => client.destroy());
    pass(client, server);
  });
  const listening = used(await listen(door));
  return blocked(asUser(listening, made.user), patience);
}

test("all kinds of traffic get through to the server itself, a port proxy and a tunnel", async () => {
  const proxy = used(await openProxy({ host: OWN, to: api.ready }));
  const tunnel = await tunnelTo((await sshServer()).ready);
  for (const at of [api.ready, proxy.ready, tunnel.ready]) expect(await blocked(asUser(at, made.user))).toBe(0);
});

test("nothing gets through where nobody listens, or without a certificate", async () => {
  const gone = await listen(net.createServer());
  await gone[Symbol.asyncDispose]();
  const all = Object.keys(kinds).length;
  expect(await blocked(asUser(gone, made.user))).toBe(all);
  expect(await blocked({ at: api.ready, authority: made.user.authority, name: "localhost" })).toBe(all - 1);
});

test("a door that passes on everything is no obstacle, and one that keeps all answers back blocks every kind", async () => {
  expect(await through(join)).toBe(0);
  expect(await through((client, server) => client.pipe(server), 0.1)).toBe(Object.keys(kinds).length);
});

test("a door that breaks a connection off after some bytes blocks those kinds that need more", async () => {
  const broken = await through((client, server) => {
    let passed = 0;
    client.pipe(server).pipe(client);
    server.on("data", (bytes: Buffer) => (passed += bytes.length) > 20_000 && client.destroy());
  });
  expect(broken).toBe(1);
});

test("a body that is broken off does not end the API server", async () => {
  const { authority: ca, certificate: cert, key } = made.user;
  // The server asks for the body when it begins to read it.
  const headers = { expect: "100-continue", "content-length": 100 };
  const user = { ca, cert, key, servername: "localhost" };
  const sent = https.request({ ...api.ready, ...user, method: "POST", path: "/apply", agent: false, headers });
  sent.on("error", () => {}).flushHeaders();
  await once(sent, "continue");
  sent.destroy();
  expect(String(await ask(asUser(api.ready, made.user), "/version"))).toContain("k3s");
});

test.skipIf(oneLoopback)("a restarted port proxy has the rule that it had: it does not find a guest that has moved", async () => {
  const { signal } = new AbortController();
  await using way = await setUp(layouts["port proxy"], made, signal);
  const user = asUser(way.at, made.user);
  expect(await isLost(way, user)).toBe(false);
  await way.restartGuest();
  await way.restartDoor();
  expect(await isLost(way, user)).toBe(true);
});

test("what could not be started is started by who asks next, and nobody starts it again", async () => {
  await expect(shared("it", () => Promise.reject(new Error("not now")))).rejects.toThrow("not now");
  expect(await shared("it", async () => "first")).toBe("first");
  expect(await shared("it", async () => "second")).toBe("first");
});

test.skipIf(oneLoopback)("the certificate is good for the loopback and the node, and for no other address", async () => {
  expect(await isCertified(api.ready, made.user)).toBe(true);
  const named = await keys(GUEST);
  const [node, other] = await Promise.all([GUEST, NETWORK].map((host) => openApi({ host, identity: named.server })));
  expect(await isCertified(used(node!).ready, named.user)).toBe(true);
  expect(await isCertified(used(other!).ready, named.user)).toBe(false);
});

test("a certificate that another authority signed is no question of names", async () => {
  await expect(isCertified(api.ready, others.user)).rejects.toThrow();
});

test("a stranger gets an answer from the API server and from its proxy, and none through SSH", async () => {
  const proxy = used(await openProxy({ host: OWN, to: api.ready }));
  const ssh = await sshServer();
  expect(await openTo(made, [api.ready, proxy.ready, ssh.ready], api.ready)).toBe(2);
});

test("an SSH server that lets the stranger in is found open", async () => {
  const ssh = await sshServer(made.stranger.public);
  expect(await openTo(made, [ssh.ready], api.ready)).toBe(1);
});

test("where nobody listens, or somebody hangs up after a greeting, it is not known whether it is open", async () => {
  const gone = await listen(net.createServer());
  await gone[Symbol.asyncDispose]();
  await expect(openTo(made, [gone], api.ready)).rejects.toThrow("nor refuses the login");
  const rude = net.createServer((socket) =>
    socket
      .on("error", () => {})
      .resume()
      .end("SSH-2.0-rude\r\n"),
  );
  const server = used(await listen(rude));
  await expect(logIn({ server, hostKey: made.host.public, key: made.login.private })).rejects.toThrow();
  await expect(openTo(made, [server], api.ready)).rejects.toThrow("nor refuses the login");
});

test("an SSH client does not log in to a server that has another key", async () => {
  const { ready: server } = await sshServer();
  await expect(logIn({ server, hostKey: others.host.public, key: made.login.private })).rejects.toThrow();
});

test("the SSH server forwards to the API server and to nothing else", async () => {
  const { ready: server } = await sshServer();
  const client = await logIn({ server, hostKey: made.host.public, key: made.login.private });
  await expect(forward(client, { host: OWN, port: server.port })).rejects.toThrow();
  (await forward(client, api.ready)).destroy();
  client.end();
});

test.each(["chacha20-poly1305@openssh.com", "aes128-gcm@openssh.com"] as const)("a tunnel may insist on %s", async (cipher) => {
  const { ready: server } = await sshServer();
  const login = { server, hostKey: made.host.public, key: made.login.private, cipher };
  const tunnel = used(await openTunnel({ ...login, to: api.ready, kept: false }));
  expect(await ask(asUser(tunnel.ready, made.user), "/bytes/100000")).toHaveLength(100_000);
});

test("a tunnel ends with its SSH server, and one that is kept up comes back with it", async () => {
  const first = await sshServer();
  const [plain, kept] = [await tunnelTo(first.ready), await tunnelTo(first.ready, true)];
  await first[Symbol.asyncDispose]!();
  await sshServer(made.login.public, first.ready);
  await Promise.all([plain.answer!("settled"), kept.answer!("settled")]);
  await expect(ask(asUser(plain.ready, made.user), "/version")).rejects.toThrow("ECONNREFUSED");
  expect(String(await ask(asUser(kept.ready, made.user), "/version"))).toContain("k3s");
});
