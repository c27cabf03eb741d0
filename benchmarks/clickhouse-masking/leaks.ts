/**
 * One pattern for mail and one for IPv4: what do they hide, and what do they miss? Lines are made of which the truth is known, a thousand
 * of each kind, and every address that the lab's log holds is looked at. Something is hidden if nothing of it can be read: half an address
 * is a leak. No clock is involved, so one round says everything.
 *
 * *The post's two* are its own. *Stricter* has the same for mail, and wants numbers up to 255 and no digit or letter beside them for IPv4.
 * *Wider* also knows mail addresses that are quoted, hold an apostrophe or letters beyond ASCII, or name a host by its number, and IPv6
 * and JSON web tokens, which a log leaks as easily. All three keep to what RE2 can do, so any of them could stand in ClickHouse; here V8
 * runs them.
 *
 * What to expect: of the addresses that most logs hold none gets away. What does are the ones their author did not think of: of
 * `jörg@example.com` the first two letters stay. In the other direction a version of four numbers *is* an IPv4 address to every pattern,
 * and a picture called `logo@2x.png` a mail address; only what stands around them could tell, and RE2 does not look around.
 *
 * How you could be fooled: by a mask that hides half (what stands before and after must be left as it is, and one mark between); by shares
 * of a mixture that somebody chose (each kind is counted by itself, and no kind's share of real logs is claimed); and by a log that was
 * made for the patterns (its addresses come in three plain shapes, which is why the unusual ones are made here).
 */
import { beside, exact, fraction, scenario, value } from "#lab";
import { ipv4, mail, marksAlike, ONE_MARK, type Pattern } from "./_patterns.ts";
import { samplesOf, samplesOfLog, type Kind, type Sample } from "./_samples.ts";
import { chainedMask, type Mask } from "./_v8.ts";
import article from "./article.ts";

const ROWS = 20_000;

const octet = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
const strictIpv4: Pattern = { ...ipv4, source: String.raw`\b${octet}(?:\.${octet}){3}\b` };

const group = "[0-9a-fA-F]{1,4}";
const ipv6: Pattern = {
  source: String.raw`\b(?:(?:${group}:){7}${group}|${group}(?::${group}){0,5}::(?:${group}(?::${group}){0,5})?)\b`,
  mark: "[IP_REDACTED]",
};
const jwt: Pattern = { source: String.raw`\beyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+`, mark: "[JWT_REDACTED]" };
const wideMail: Pattern = {
  ...mail,
  source: String.raw`(?:"[^"]+"|[\p{L}\p{N}._%+'-]+)@(?:[\p{L}\p{N}.-]+\.\p{L}{2,}|\[[0-9a-fA-F:.]+\])`,
};

const hides =
  (mask: Mask) =>
  ({ before, subject, after }: Sample): boolean =>
    marksAlike(mask(before + subject + after)) === marksAlike(mask(before)) + ONE_MARK + marksAlike(mask(after));

const touches =
  (mask: Mask) =>
  ({ before, subject, after }: Sample): boolean =>
    mask(before + subject + after) !== before + subject + after;

function share(samples: readonly Sample[], holds: (sample: Sample) => boolean): number {
  if (samples.length === 0) throw new Error("there is no sample to judge by");
  return samples.filter(holds).length / samples.length;
}

const judged = (...patterns: readonly Pattern[]) => {
  const mask = chainedMask(patterns, "u");
  const hidden = (kind: Kind): number => share(samplesOf(kind), hides(mask));
  const touched = (kind: Kind): number => share(samplesOf(kind), touches(mask));
  return async () => ({
    log: share(samplesOfLog(ROWS), hides(mask)),
    mail: hidden("mail"),
    unusualMail: hidden("unusual"),
    ipv4: hidden("ipv4"),
    ipv6: hidden("ipv6"),
    jwt: hidden("jwt"),
    falseVersions: touched("versions"),
    falseNumbers: touched("impossible"),
    falseFiles: touched("files"),
    falseClocks: touched("clocks"),
  });
};

export default scenario(article, {
  question: "What do two patterns hide of a log, what do they miss, and what do they take for something else?",
  metrics: {
    log: exact(fraction("higher", "hidden: addresses in the lab's log")),
    mail: exact(fraction("higher", "hidden: plain mail addresses")),
    unusualMail: exact(fraction("higher", "hidden: unusual mail addresses")),
    ipv4: exact(fraction("higher", "hidden: IPv4 addresses")),
    ipv6: exact(fraction("higher", "hidden: IPv6 addresses")),
    jwt: exact(fraction("higher", "hidden: JSON web tokens")),
    falseVersions: exact(fraction("lower", "hit though harmless: versions")),
    falseNumbers: exact(fraction("lower", "hit though harmless: numbers beyond 255")),
    falseFiles: exact(fraction("lower", "hit though harmless: files such as logo@2x.png")),
    falseClocks: exact(fraction("lower", "hit though harmless: times of day")),
  },
  chart: beside("mail", "ipv4", "unusualMail", "ipv6", "jwt", "falseVersions", "falseFiles", "falseNumbers", "falseClocks"),
  variants: {
    "the post's two": judged(mail, ipv4),
    stricter: judged(mail, strictIpv4),
    wider: judged(jwt, wideMail, strictIpv4, ipv6),
  },
  claims: {
    "ch-mask-09": [
      {
        says: "the two patterns hide every mail and IPv4 address that the lab's log is known to hold",
        holds: value("the post's two", "log").between(1, 1),
      },
      { says: "they hide every IPv4 address of a thousand", holds: value("the post's two", "ipv4").between(1, 1) },
      {
        says: "they hide mail addresses wholly that are quoted, hold an apostrophe or letters beyond ASCII, or name a host by its number",
        holds: value("the post's two", "unusualMail").between(1, 1),
      },
      {
        says: "what they take for an address is one: they touch no version of four or five numbers",
        holds: value("the post's two", "falseVersions").between(0, 0),
      },
    ],
  },
});
