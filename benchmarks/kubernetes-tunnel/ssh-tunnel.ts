/**
 * A small request over an SSH tunnel is encrypted twice and passes two more processes. Does whoever sits at a laptop notice?
 *
 * A real API server with TLS answers with 64 bytes, and a process of its own asks 400 times a second. *Direct* goes there straight, *SSH
 * tunnel* through an SSH client on the laptop and an SSH server on the PC (`ssh2` with AES-GCM; the other cipher and a port proxy are in
 * `large-answers`). The network between the two machines is the lab's relay, which holds bytes for half of the round trip each way. `0 ms`
 * is the relay without a delay, `none` is without the relay: what lies between these two is its own cost. At full effort requests also come
 * on new connections, fifty a second, as from calls of kubectl: each with a TLS handshake, and in the tunnel with a channel of its own in
 * the SSH connection that is there.
 *
 * What to expect: a tunnel costs a fraction of a millisecond, for two more processes that must wake up each way. On loopback that is about
 * as much as the request itself; over a network of 10 ms it is a few per cent, and a new connection, which waits for three round trips
 * either way, shows no more of it.
 *
 * How you could be fooled: by a client that waits for each answer (requests are due by the clock, `late` is how late they were sent); by
 * percentiles of a few requests (a hundred at quick effort, so p90 has ten beyond it; `tail` is the highest that has); by connections that
 * are opened as the load begins, and code that is compiled then (all are open, and used, before); by handshakes that resume older ones
 * (none does); and by processes that share too few cores, which makes every further one dear (five work at once here, kubectl's and the
 * relay's included).
 */
import { across, constant, generate, highestHonest, ratio, scenario, seconds, ServiceFailed, type Stage } from "#lab";
import type { Requests } from "./_requests.ts";
import { direct, networks, roundTripOf, tunnel, type Network, type OpenWay } from "./_ways.ts";
import article from "./article.ts";

/** Bytes of an answer. */
const ANSWER = 64;
/** A handshake takes milliseconds of two processors. */
const PER_SECOND = { kept: 400, new: 50 };
/** Connections that are kept: twice what is under way at once, and some for whoever waits. */
const connectionsFor = (roundTrip: number): number => 4 + Math.ceil(2 * PER_SECOND.kept * roundTrip);
/** Long enough for a hundred requests. */
const lasting = (window: number): number => Math.max(window, 0.25);

interface Asked {
  readonly network: Network;
  readonly connection: keyof typeof PER_SECOND;
}

const told =
  (open: OpenWay) =>
  async ({ network, connection }: Asked, { window, random, signal }: Stage) => {
    const { keys, at } = await open(network, signal);
    const kept = connection === "kept" ? connectionsFor(roundTripOf(network)) : 0;
    const { latency, lateness, completed, offered, errors } = await generate<Requests>({
      module: new URL("./_requests.ts", import.meta.url).href,
      options: { at, user: keys.user, payload: ANSWER, kept },
      arrivals: constant(PER_SECOND[connection]),
      window: lasting(window),
      seed: Math.floor(random() * 2 ** 31),
      maxInFlight: 1_000,
      signal,
    });
    if (!latency || completed < offered) {
      throw new ServiceFailed(`${offered - completed} of ${offered} requests failed (${Object.keys(errors).join(", ")})`);
    }
    return { p50: latency.p50, p90: latency.p90, tail: highestHonest(latency).seconds, late: lateness!.p50 };
  };

export default scenario(article, {
  question: "What does a tunnel cost a small request, and does it show over a network?",
  sweep: { network: networks, connection: ["kept", "new"] },
  quick: { network: ["10 ms"], connection: ["kept"] },
  timeout: 30,
  // The work is done by other processes, which the trials of a round share.
  together: true,
  metrics: {
    p50: seconds("lower", "median wait"),
    p90: seconds("lower", "wait of the slowest tenth"),
    tail: seconds("lower", "highest percentile with ten waits beyond it"),
    late: seconds("lower", "median lateness of the client itself"),
  },
  chart: across("p50", "p90"),
  setup: (point): Asked => point,
  variants: { direct: told(direct), "SSH tunnel": told(tunnel("aes128-gcm@openssh.com")) },
  claims: {
    "k8s-wsl2-03": [
      {
        says: "a tunnel is enough for small requests: over a network of 10 ms their median wait is at most 1.5 times the direct one",
        holds: ratio("SSH tunnel", "direct", "p50").atMost(1.5),
        at: { network: "10 ms", connection: "kept" },
      },
      {
        says: "and the same where each of them comes on a new connection, as from kubectl",
        holds: ratio("SSH tunnel", "direct", "p50").atMost(1.5),
        at: { network: "10 ms", connection: "new" },
      },
    ],
  },
});
