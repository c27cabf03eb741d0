/**
 * A cluster runs in WSL2 on a gaming PC, and kubectl on a laptop in the same network. Five ways lead there, each set up with real
 * processes, sockets, TLS and SSH:
 *
 * - *direct*: the guest shares the PC's address (WSL2's mirrored mode), and the API server listens on it;
 * - *port proxy*: the PC passes a port on to the guest's own address, the usual rule of `netsh interface portproxy`;
 * - *port proxy to localhost*: the same with a rule that names the PC's localhost, at which WSL2 keeps the guest's ports;
 * - *SSH tunnel*: `ssh -L` on the laptop, and on the PC an SSH server that forwards to localhost; the API server listens nowhere else;
 * - *SSH tunnel, kept up*: the same, by a client that logs in again when its connection is lost (autossh).
 *
 * What is counted is what would trouble somebody, so nought is good:
 * - `exposed`: sockets that listen on the network, from the system's own list for the processes that take part;
 * - `openToAll`: of them those at which somebody without key or certificate gets an answer of the API server, straight or by logging in (to
 *   anybody Kubernetes tells its version and health, and whatever a hole in it would);
 * - `certificateRefused`: whether the server's certificate, made out to the names that K3s gives, is not good for the address at which the
 *   laptop asks; `--tls-server-name` or `--tls-san` mend that, and everything else here is asked with the former;
 * - `trafficBlocked`: of five kinds of traffic those that do not get through: an answer, a large body, a log that is followed, a shell, and
 *   forwarded connections;
 * - `lostWithGuest`: whether the server stays lost when the guest was restarted, which gives it another address;
 * - `lostWithDoor`: whether it stays lost when what the laptop connects to (the proxy with its rule, the SSH server) was restarted, and
 *   the guest was not; a laptop that slept is the same to a tunnel.
 *
 * What to expect: nothing tunnels without something that listens, so the tunnel exposes one socket, too, but only to whoever has the key.
 * What a restart costs is no matter of SSH: lost is who names an address that changes. The rule that names localhost survives, and `ssh -L
 * 6443:<address of the guest>:6443` would not. What a tunnel loses instead is its connection.
 *
 * The machines are addresses of one loopback here: 127.0.0.2 is the PC in its network, 127.0.0.3 the guest, 127.0.0.4 the guest after a
 * restart. Windows and WSL2 take no part: where the guest is reached at localhost the server simply listens there, so what is said of a
 * changing address holds for the model, and is marked so. The API server speaks TLS and HTTP as Kubernetes' does, and knows no clusters.
 *
 * How you could be fooled: by what a program says of itself (the sockets are the kernel's list, and where that lacks the API server's own
 * the trial fails); by a listener that only looks open (each is tried); by a stream that arrives in one piece at the end (each line of the
 * log is written when the one before was read, and a shell waits for each answer); by a client that believes any certificate (none does,
 * nor any host key); by a server that says goodbye (it is killed); by a tunnel that is about to be back (it is asked before anybody
 * judges); by one restart that hides or mends what another one broke (each has a way of its own, on which nobody changes a rule); and by
 * a firewall, which could close what listens, and is no part of this. A cable that is pulled is worse than a restart: nobody hears of it
 * until keep-alives are missed.
 */
import { beside, count, exact, scenario, ServiceFailed, value, type Stage } from "#lab";
import { keys, type Keys } from "./_keys.ts";
import { asUser } from "./_kubectl.ts";
import { NETWORK } from "./_loopback.ts";
import { isCertified, isLost, openTo } from "./_reach.ts";
import { layouts, needsAddresses, setUp, type Layout } from "./_set-ups.ts";
import { exposedTo, listening } from "./_sockets.ts";
import { blocked } from "./_traffic.ts";
import article from "./article.ts";

/** What there is to see of a way, and whether it survives a restart of the guest. */
async function seen(layout: Layout, made: Keys, signal: AbortSignal) {
  await using way = await setUp(layout, made, signal);
  const user = asUser(way.at, made.user);
  const sockets = await listening(way.pids);
  if (!sockets.some(({ host, port }) => host === way.server.host && port === way.server.port)) {
    throw new ServiceFailed("the system's list of listening sockets lacks the API server's own");
  }
  const exposed = exposedTo(NETWORK, sockets);
  const facts = {
    exposed: exposed.length,
    openToAll: await openTo(made, exposed, way.server),
    certificateRefused: (await isCertified(way.at, made.user)) ? 0 : 1,
    trafficBlocked: await blocked(user),
  };
  await way.restartGuest();
  return { ...facts, lostWithGuest: Number(await isLost(way, user)) };
}

/** Whether a way of the same kind does not survive a restart of what the laptop connects to. */
async function lostWithDoor(layout: Layout, made: Keys, signal: AbortSignal): Promise<number> {
  await using way = await setUp(layout, made, signal);
  await way.restartDoor();
  return Number(await isLost(way, asUser(way.at, made.user)));
}

const told =
  (name: keyof typeof layouts) =>
  async (_input: unknown, { signal }: Stage) => {
    const layout = layouts[name];
    const made = await keys(layout.node);
    const [facts, lost] = await Promise.all([seen(layout, made, signal), lostWithDoor(layout, made, signal)]);
    return { ...facts, lostWithDoor: lost };
  };

export default scenario(article, {
  question: "What is exposed on the way to a cluster, what is blocked, and what stays lost after a restart?",
  timeout: 60,
  // What takes part are processes of their own, new for every trial.
  together: true,
  metrics: {
    exposed: exact(count("lower", "sockets that listen on the network")),
    openToAll: exact(count("lower", "of them open to anybody")),
    certificateRefused: exact(count("lower", "whether the certificate is refused")),
    trafficBlocked: exact(count("lower", "kinds of traffic that do not get through")),
    lostWithGuest: exact(count("lower", "whether lost when the guest was restarted")),
    lostWithDoor: exact(count("lower", "whether lost when proxy or SSH server was restarted")),
  },
  chart: beside("exposed", "openToAll", "certificateRefused", "trafficBlocked", "lostWithGuest", "lostWithDoor"),
  setup: needsAddresses,
  variants: {
    direct: told("direct"),
    "port proxy": told("port proxy"),
    "port proxy to localhost": told("port proxy to localhost"),
    "SSH tunnel": told("SSH tunnel"),
    "SSH tunnel, kept up": told("SSH tunnel, kept up"),
  },
  claims: {
    "k8s-wsl2-02": [
      {
        says: "nothing of the cluster is exposed: no socket on the network gives anybody without a key an answer of its API server",
        holds: value("SSH tunnel", "openToAll").between(0, 0),
      },
      {
        says: "taken at its word: with a tunnel nothing at all listens on the network, the SSH server included",
        holds: value("SSH tunnel", "exposed").between(0, 0),
      },
      {
        says: "and it can be driven so: kubectl's kinds of traffic (requests, lasting streams, upgraded connections) all get through",
        holds: value("SSH tunnel", "trafficBlocked").between(0, 0),
      },
    ],
    "k8s-wsl2-03": [
      {
        says: "a tunnel is enough: the server's certificate is good at the laptop's end of it, as K3s makes it",
        holds: value("SSH tunnel", "certificateRefused").between(0, 0),
      },
      {
        says: "a port-proxy rule is fragile: the usual one, which names the guest's address, is lost when the guest was restarted",
        holds: value("port proxy", "lostWithGuest").between(1, 1),
        model: true,
      },
      {
        says: "and so is any: one that names localhost is lost as well",
        holds: value("port proxy to localhost", "lostWithGuest").between(1, 1),
        model: true,
      },
      {
        says: "a tunnel is not: it leads to the server again when the guest was restarted",
        holds: value("SSH tunnel", "lostWithGuest").between(0, 0),
        model: true,
      },
      {
        says: "SSH alone is enough: a plain tunnel is there again when the SSH server was restarted",
        holds: value("SSH tunnel", "lostWithDoor").between(0, 0),
      },
      {
        says: "with a client that logs in again it is",
        holds: value("SSH tunnel, kept up", "lostWithDoor").between(0, 0),
      },
    ],
  },
});
