/** Who reaches the API server, and whether it can be reached again. */
import { setTimeout } from "node:timers/promises";
import { ServiceFailed } from "#lab";
import { VERSION } from "./_api-server.ts";
import type { Identity, Keys } from "./_keys.ts";
import { SERVER_NAME } from "./_keys.ts";
import { ask, type Asked } from "./_kubectl.ts";
import type { Address } from "./_loopback.ts";
import type { SetUp } from "./_set-ups.ts";
import { forward, logIn } from "./_ssh-client.ts";

/** Seconds for which it is tried again whether the server answers. */
const PATIENCE = 0.2;
const PAUSE = 0.02;

const answers = async (asked: Asked): Promise<boolean> => {
  try {
    return String(await ask(asked, "/version")) === VERSION;
  } catch {
    return false;
  }
};

/** Nobody, if it was the key that was refused. @throws {ServiceFailed} it was anything else: nobody knows what becomes of the key. */
function nobodyIfRefused(error: unknown): undefined {
  const { level = "no reason given" } = error as { readonly level?: string };
  if (level === "client-authentication") return undefined;
  throw new ServiceFailed(`a socket on the network neither answers a stranger nor refuses the login (${level})`, { cause: error });
}

/**
 * At how many of these sockets somebody without any key gets an answer of the API server, straight or by logging in.
 * @throws {ServiceFailed} one of them neither answers nor refuses the login. Whoever logs in and is not forwarded: the server's error.
 */
export async function openTo({ user: { authority }, host, stranger }: Keys, sockets: readonly Address[], server: Address): Promise<number> {
  const logsIn = async (at: Address): Promise<boolean> => {
    const client = await logIn({ server: at, hostKey: host.public, key: stranger.private }).catch(nobodyIfRefused);
    if (!client) return false;
    await forward(client, server).finally(() => client.end());
    return true;
  };
  let open = 0;
  for (const at of sockets) if ((await answers({ at, authority, name: SERVER_NAME })) || (await logsIn(at))) open++;
  return open;
}

/** Whether the server's certificate is good for the address at which it is asked. @throws whatever else is wrong with it. */
export async function isCertified(at: Address, user: Identity): Promise<boolean> {
  try {
    await ask({ at, user, authority: user.authority }, "/version");
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_TLS_CERT_ALTNAME_INVALID") return false;
    throw error;
  }
}

/** Whether the server does not answer any more, nobody having touched anything. */
export async function isLost(way: SetUp, asked: Asked): Promise<boolean> {
  await way.settled();
  for (let tried = 0; tried * PAUSE < PATIENCE; tried++) {
    if (await answers(asked)) return false;
    await setTimeout(PAUSE * 1e3);
  }
  return true;
}
