/**
 * The first line of the post's CPU profile, computed again: nodes that account for 29.17 s of 40.20 s of samples, in a service said to
 * allocate 12 TB in the 30 seconds that a profile lasts. No clock is involved, so every number is exact.
 *
 * How you could be fooled: by taking the 72.56 % for the collector's share. It says which part of the samples the listed nodes cover,
 * whatever they do. The other two readings are what the figures imply when they are put together.
 */
import { bytesPerSecond, count, exact, fraction, scenario, value } from "#lab";
import article from "./article.ts";

const LISTED = 29.17;
const SAMPLED = 40.2;
const LASTED = 30;
const ALLOCATED = 12e12;

export default scenario(article, {
  question: "Do the figures of the profile agree with each other?",
  metrics: {
    listed: exact(fraction("higher", "share of the samples that the listed nodes cover")),
    cores: exact(count("lower", "cores kept busy, if the samples span 30 s")),
    perCore: exact(bytesPerSecond("lower", "allocated for each second of a busy core")),
  },
  variants: {
    "the post's profile": async () => ({ listed: LISTED / SAMPLED, cores: SAMPLED / LASTED, perCore: ALLOCATED / SAMPLED }),
  },
  claims: {
    "gc-deep-08": [
      { says: "29.17 s of 40.20 s are 72.56 %", holds: value("the post's profile", "listed").between(0.72555, 0.72565) },
      {
        says: "40.20 s of samples in 30 s keep between one and two cores busy",
        holds: value("the post's profile", "cores").between(1, 2),
      },
    ],
    "gc-deep-01": [
      {
        says: "a core that allocated 12 TB in 40.20 busy seconds would write at most 50 GB a second",
        holds: value("the post's profile", "perCore").atMost(50e9),
      },
    ],
  },
});
