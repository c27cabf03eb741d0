/**
 * What `kubectl get` prints of a large cluster, a log, a file that is copied out of a container: from what size on does it matter that the
 * bytes pass a tunnel, and does it matter which cipher encrypts them a second time?
 *
 * One client asks a real API server with TLS for one answer after another, on a connection that it keeps: directly, through a *port proxy*,
 * and through SSH (`ssh2`, client and server in processes of their own) with two ciphers. `ssh2` is installed without its C++ part, which
 * would have to be compiled: AES-GCM and ChaCha20 are then the runtime's OpenSSL, and Poly1305, which ChaCha20 needs, is WebAssembly. That
 * is a disadvantage which OpenSSH does not know. The network between the machines is the lab's relay; `0 ms` is the relay without a delay,
 * `none` is without it, so that its own cost can be seen.
 *
 * `first` is an answer on a new connection, handshake included. `work` is the processor time of the processes in between for one answer,
 * the first among them. `long` asks whether even the quickest answer, the first among them, took longer than a second: a machine that was
 * busy with something else for a moment does not decide that. A gibibyte is 128 answers of 8 MiB.
 *
 * What to expect: up to some hundred kilobytes an answer takes one round trip, whatever it passes. Then a tunnel takes longer for two
 * reasons. Encrypting in packets of 32 KiB and decrypting them takes the two processors about ten nanoseconds for a byte. And SSH lets 2
 * MiB of a channel be under way until the receiver asks for more (as OpenSSH does), so over 50 ms no more than 40 MB/s come through,
 * however fast the processors are.
 *
 * How you could be fooled: by a first answer (it has a reading of its own, and a small one went each way before); by an answer that stops
 * early (it must have all its bytes); by random bytes that are made while somebody waits (they are made before); by what the relay itself
 * can carry, which is why it is tried without a delay and left out; by processes that share too few cores (five are busy at once here, the
 * relay's included); and by a load (there is none: one client waits for each answer).
 */
import { bytesPerSecond, companion, count, exact, KiB, MiB, scenario, seconds, value, type Companion, type Stage } from "#lab";
import type { Downloads, open as openDownloads } from "./_downloads.ts";
import { direct, networks, portProxy, shared, tunnel, type Network, type OpenWay } from "./_ways.ts";
import article from "./article.ts";

interface Asked {
  readonly KiB: number;
  readonly network: Network;
}

/** Seconds after which whoever asked looks up. */
const LONG = 1;
/** Answers that are timed: five small ones, or one that is large. */
const timesOf = (payload: number): number => Math.max(1, Math.min(5, Math.floor((8 * MiB) / payload)));

const clientOfThisProcess = (signal: AbortSignal): Promise<Companion<typeof openDownloads>> =>
  shared("client", () =>
    companion<typeof openDownloads>({ module: new URL("./_downloads.ts", import.meta.url).href, options: {}, signal }),
  );

/** The first connection of a way also loads and compiles what makes connections, in each of its processes. */
const warmUp = (downloads: Companion<typeof openDownloads>, from: Pick<Downloads, "at" | "user">): Promise<unknown> =>
  shared(`used ${from.at.port}`, () => downloads.ask({ ...from, payload: KiB, times: 0 }));

const told =
  (open: OpenWay) =>
  async ({ KiB: size, network }: Asked, { signal }: Stage) => {
    const payload = size * KiB;
    const [downloads, { keys, at, worked, prepared }] = await Promise.all([clientOfThisProcess(signal), open(network, signal)]);
    const times = timesOf(payload);
    await prepared(payload);
    await warmUp(downloads, { at, user: keys.user });
    const before = await worked();
    const { first, waits } = await downloads.ask({ at, user: keys.user, payload, times });
    const work = ((await worked()) - before) / (times + 1);
    const median = waits.toSorted((a, b) => a - b)[Math.floor(times / 2)]!;
    return { wait: waits, first, rate: payload / median, work, long: Math.min(first, ...waits) > LONG ? 1 : 0 };
  };

export default scenario(article, {
  question: "From what size of an answer on does a tunnel cost time?",
  sweep: { KiB: [1, 8, 64, 512, 1_024, 8_192], network: networks },
  quick: { KiB: [8_192], network: ["10 ms"] },
  timeout: 30,
  // The work is done by other processes, which the trials of a round share.
  together: true,
  metrics: {
    wait: seconds("lower", "time to the last byte of an answer"),
    first: seconds("lower", "the same on a new connection"),
    rate: bytesPerSecond("higher", "rate of one transfer"),
    work: seconds("lower", "processor time in between for an answer"),
    long: exact(count("lower", "whether even the quickest answer takes longer than a second")),
  },
  setup: (point): Asked => point,
  variants: {
    direct: told(direct),
    "port proxy": told(portProxy),
    "SSH, AES-GCM": told(tunnel("aes128-gcm@openssh.com")),
    "SSH, ChaCha20": told(tunnel("chacha20-poly1305@openssh.com")),
  },
  claims: {
    "k8s-wsl2-03": [
      {
        says: "a tunnel is enough for large answers: over a network of 10 ms 8 MiB come through it within a second",
        holds: value("SSH, AES-GCM", "long").between(0, 0),
        at: { KiB: 8_192, network: "10 ms" },
      },
      {
        says: "and over one of 50 ms",
        holds: value("SSH, AES-GCM", "long").between(0, 0),
        at: { KiB: 8_192, network: "50 ms" },
      },
    ],
  },
});
