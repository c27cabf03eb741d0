import net from "node:net";
import { expect, test } from "vitest";
import { NETWORK, OWN } from "../../../benchmarks/kubernetes-tunnel/_loopback.ts";
import { exposedTo, listening, listeningIn, namedIn, tableRows } from "../../../benchmarks/kubernetes-tunnel/_sockets.ts";
import { listen } from "../../../src/lab.ts";

const onLinux = process.platform === "linux";

test("what Linux lists of IPv4 is read: the address backwards, the port in hexadecimal, and only who listens", () => {
  const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0200007F:192B 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 4711 1 0000000000000000 100 0 0 10 0
   1: 0100007F:192B 0100007F:D431 01 00000000:00000000 00:00000000 00000000  1000        0 4712 1 0000000000000000 20 4 30 10 -1
   2: 00000000:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4713 1 0000000000000000 100 0 0 10 0
`;
  expect(tableRows(table)).toEqual([
    { host: "127.0.0.2", port: 6443, inode: "4711" },
    { host: "0.0.0.0", port: 22, inode: "4713" },
  ]);
});

test("and of IPv6: four words of four bytes, each of them backwards", () => {
  const table = `  sl  local_address                         remote_address                        st
   0: 00000000000000000000000001000000:0050 00000000000000000000000000000000:0000 0A 0:0 00:0 0 1000 0 1
   1: 00000000000000000000000000000000:01BB 00000000000000000000000000000000:0000 0A 0:0 00:0 0 1000 0 2
`;
  expect(tableRows(table).map(({ host, port }) => `${host} ${port}`)).toEqual(["::1 80", ":: 443"]);
});

test("what Windows lists is read in any language, and only of these processes", () => {
  const printed = `
  Proto  Lokale Adresse         Remoteadresse          Status           PID
  TCP    127.0.0.1:6443         0.0.0.0:0              ABHÖREN          42
  TCP    127.0.0.1:50000        127.0.0.1:6443         HERGESTELLT      42
  TCP    0.0.0.0:22             0.0.0.0:0              ABHÖREN          43
  TCP    [::]:22                [::]:0                 ABHÖREN          42
  UDP    0.0.0.0:123            *:*                                     42
`;
  expect(listeningIn(printed, [42])).toEqual([
    { host: "127.0.0.1", port: 6443 },
    { host: "::", port: 22 },
  ]);
});

test("what lsof names is read, a socket at all addresses too", () => {
  expect(namedIn("p42\nf21\nn127.0.0.1:6443\nf22\nn*:22\nf23\nn[::1]:80\n")).toEqual([
    { host: "127.0.0.1", port: 6443 },
    { host: "0.0.0.0", port: 22 },
    { host: "::1", port: 80 },
  ]);
});

test("exposed is what listens at the network's address or at all of them", () => {
  const hosts = [OWN, NETWORK, "127.0.0.3", "0.0.0.0", "::", "::1"].map((host) => ({ host, port: 1 }));
  expect(exposedTo(NETWORK, hosts).map(({ host }) => host)).toEqual([NETWORK, "0.0.0.0", "::"]);
});

test.runIf(onLinux)("the system lists a socket of this process from when it listens until it is closed", async () => {
  const listed = async (port: number) => (await listening([process.pid])).filter((it) => it.port === port);
  const one = await listen(net.createServer(), { host: NETWORK });
  expect(await listed(one.port)).toEqual([{ host: NETWORK, port: one.port }]);
  await one[Symbol.asyncDispose]();
  expect(await listed(one.port)).toEqual([]);
});

test.runIf(onLinux)("a process that has ended is no process without sockets", async () => {
  await expect(listening([2 ** 30])).rejects.toThrow("has ended");
});
