/** An SSH server in a process of its own. It lets one key in, and forwards to one destination (`PermitOpen` of OpenSSH). */
import net from "node:net";
import ssh2, { type AuthContext } from "ssh2";
import { listen, type OpenCompanion } from "#lab";
import type { KeyPair } from "./_keys.ts";
import { join, type Address } from "./_loopback.ts";
import { processorTime } from "./_port-proxy.ts";

export interface SshServer {
  readonly host: string;
  readonly port?: number | undefined;
  readonly key: KeyPair["private"];
  /** Who may log in. */
  readonly login: KeyPair["public"];
  readonly permitted: Address;
}

export const open: OpenCompanion<SshServer, Address, "cpu", number> = async ({ host, port, key, login, permitted }) => {
  const isLogin = knows(login);
  const ssh = new ssh2.Server({ hostKeys: [key] }, (client) => {
    // A client that is cut off is no fault of the server's.
    client.on("error", () => {});
    client.on("authentication", (context) => (isLogin(context) ? context.accept() : context.reject(["publickey"])));
    client.on("tcpip", (accept, reject, { destIP, destPort }) => {
      if (destIP !== permitted.host || destPort !== permitted.port) {
        reject();
        return;
      }
      const socket = net.connect({ ...permitted, allowHalfOpen: true, noDelay: true });
      socket.once("error", reject);
      socket.once("connect", () => {
        socket.off("error", reject);
        join(accept(), socket);
      });
    });
  });
  const server = net.createServer({ noDelay: true }, (socket) => ssh.injectSocket(socket));
  const listening = await listen(server, { host, port });
  return {
    ready: { host, port: listening.port },
    answer: processorTime,
    [Symbol.asyncDispose]: () => listening[Symbol.asyncDispose](),
  };
};

/** Whether an attempt to log in is made with this key. The first attempt only asks whether the key would do; the second one signs. */
function knows(login: string): (context: AuthContext) => boolean {
  const known = ssh2.utils.parseKey(login);
  if (known instanceof Error) throw known;
  return (context) => {
    if (context.method !== "publickey" || !context.key.data.equals(known.getPublicSSH())) return false;
    return context.signature === undefined || known.verify(context.blob!, context.signature, context.hashAlgo) === true;
  };
}
