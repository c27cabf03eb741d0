/**
 * The sizes that the operating system reports for the caches of one core. Nothing is timed: the numbers are facts of this host, and one
 * round says everything. What a program gets of each is another question, which the ladder of latencies answers.
 *
 * How you could be fooled: by a sum over cores (`lscpu` prints one; these are the sizes of one instance); by a virtual machine, which is told the size of
 * a last cache that it shares with strangers; and by the word *private*: nothing here says which cores share an instance. On Apple's
 * processors a whole cluster shares its L2, and there is no L3 for one core to report: its claim is then not tried.
 */
import { bytes, exact, KiB, MiB, scenario, ServiceUnavailable, value, type Stage } from "#lab";
import article from "./article.ts";

async function reported(_input: unknown, { host }: Stage) {
  const level = (wanted: number): number => host.caches.find((cache) => cache.level === wanted)?.bytes ?? 0;
  const sizes = { l1: level(1), l2: level(2), l3: level(3) };
  if (sizes.l1 === 0 || sizes.l2 === 0) throw new ServiceUnavailable("it needs a system that reports the sizes of its caches");
  return sizes;
}

export default scenario(article, {
  question: "How large are the caches that the system reports?",
  metrics: {
    l1: exact(bytes("higher", "L1 data cache of a core")),
    l2: exact(bytes("higher", "L2 cache, one instance")),
    l3: exact(bytes("higher", "L3 cache, one instance")),
  },
  chart: "l2",
  variants: { reported },
  claims: {
    "cpu-caches-02": [
      { says: "L1 holds about 64 KB, to a quarter (48 to 80 KiB)", holds: value("reported", "l1").between(48 * KiB, 80 * KiB) },
    ],
    "cpu-caches-03": [{ says: "L2 holds 1 to 4 MiB", holds: value("reported", "l2").between(1 * MiB, 4 * MiB) }],
    "cpu-caches-04": [
      {
        says: "L3 holds 32 MB or more",
        holds: value("reported", "l3").atLeast(32e6),
        given: { says: "the system reports a third level", holds: value("reported", "l3").atLeast(1) },
      },
    ],
  },
});
