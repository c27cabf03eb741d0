import http from "node:http";
import net from "node:net";
import { listen, type Listening } from "./listen.ts";

/**
 * The null of a load over HTTP: a server that answers `ok` at once. What a load measures against it is the cost of the generator, of
 * HTTP and of the loopback; only what a server under test takes beyond that is its own.
 */
export function idleHttp(): Promise<Listening> {
  const server = http.createServer((_request, response) => void response.end("ok"));
  // A connection closed for idleness just as its next request is on the way would be an error of the null.
  server.keepAliveTimeout = 0;
  return listen(server);
}

/** The null of every other load over TCP: a server that sends back each byte at once. */
export function idleEcho(): Promise<Listening> {
  const server = net.createServer({ noDelay: true }, (socket) => {
    // A client that resets its connection is gone; that is all there is to know.
    socket.on("error", () => socket.destroy());
    socket.pipe(socket);
  });
  return listen(server);
}
