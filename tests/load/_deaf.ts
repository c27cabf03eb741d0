import net from "node:net";

/** Listens and never accepts: its event loop stands still, and soon the system's queue of connections is full. */
const server = net.createServer();
server.listen({ host: "127.0.0.1", port: 0, backlog: 1 }, () => {
  process.send!((server.address() as net.AddressInfo).port, () => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20_000);
    process.exit();
  });
});
