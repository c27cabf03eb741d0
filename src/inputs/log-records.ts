/**
 * The log of a web shop, made up and the same on every machine: what all experiments on log records work on.
 *
 * Nothing in it is chosen to flatter a store or a compressor. Services, levels and messages have fixed shares; users follow Zipf's law; a
 * request leaves about four records under one trace, among those of others; the time it took is log-normal with a heavy tail, heavier for
 * errors; arrivals are random. `describeLog` counts what that comes to, and a test holds the counts.
 */
import { exponential, logNormal, pareto, weighted, zipf, type Draw } from "./log-records/chance.ts";
import { cities, ipOf, levels, mailOf, methods, pathOf, services } from "./log-records/vocabulary.ts";
import { seeded } from "./random.ts";

export type Level = (typeof levels)[number]["name"];
export type Service = (typeof services)[number]["name"];

/** What a line of the log holds. */
export interface LogEntry {
  /** From 1, without gaps. */
  readonly id: number;
  /** Milliseconds since 1970, never less than the one before. */
  readonly time: number;
  readonly service: Service;
  readonly level: Level;
  /** The answer in HTTP's terms. */
  readonly status: number;
  /** From 1 to `users`. */
  readonly user: number;
  /** How long the request took: whole microseconds, up to 30 s. */
  readonly latency: number;
  /** 32 hexadecimal digits, shared by the records of one request. */
  readonly trace: string;
  readonly message: string;
}

/** An entry and the truth about it, which no line tells. */
export interface LogRecord extends LogEntry {
  /** The mail address in the message, if there is one: what a mask must hide. */
  readonly mail: string | undefined;
  /** The IPv4 address in the message, if there is one. Versions of four numbers look like addresses and are none. */
  readonly ip: string | undefined;
}

export interface LogOptions {
  readonly seed?: number;
  /** Records a second on average: it decides how many hours the log spans. */
  readonly perSecond?: number;
  /** The time at which the log starts, in milliseconds since 1970. */
  readonly from?: number;
}

/** How many users there are; most are never heard of in a short log. */
export const users = 100_000;
/** Requests that are under way at once, so that their records are interleaved. */
const OPEN = 64;
const RECORDS_PER_REQUEST = 4;
const LONGEST = 30_000_000;
/** How often the slow tail begins beyond the median. */
const TAIL = 8;

interface Request {
  user: number;
  trace: string;
}

/** Yields so many records, one at a time. */
export function* logRecords(
  count: number,
  { seed = 1, perSecond = 100, from = Date.UTC(2026, 5, 17) }: LogOptions = {},
): Generator<LogRecord> {
  const random = seeded(seed);
  const draw = (drawn ??= draws());
  const request = (): Request => ({ user: scrambled(draw.user(random)), trace: traceOf(random) });
  const open = Array.from({ length: OPEN }, request);
  const gap = 1e6 / perSecond;
  let microseconds = 0;

  for (let id = 1; id <= count; id++) {
    microseconds += Math.round(draw.gap(random) * gap);
    const slot = Math.floor(random() * OPEN);
    if (random() * RECORDS_PER_REQUEST < 1) open[slot] = request();
    const { user, trace } = open[slot]!;
    const service = services[draw.service(random)]!;
    const ordinal = draw.level(random);
    const level = levels[ordinal]!;
    const slow = random() < level.slow;
    const times = slow ? TAIL * pareto(random) : draw.latency(random);
    const latency = Math.min(LONGEST, Math.round(service.median * times));
    const status = level.statuses[draw.status(random)] ?? level.statuses[0];
    const { said, mail, ip } = message(templates[ordinal]![draw.message[ordinal]!(random)]!, user, latency, random, draw);
    const time = from + Math.floor(microseconds / 1000);
    yield { id, time, service: service.name, level: level.name, status, user, latency, trace, message: said, mail, ip };
  }
}

const shares = (all: readonly { readonly share: number }[]): Draw => weighted(all.map(({ share }) => share));

/** Made once, when it is asked for: its tables take longer to fill than a short log. */
let drawn: ReturnType<typeof draws> | undefined;

const draws = () => ({
  gap: exponential(),
  user: zipf(users),
  service: shares(services),
  level: shares(levels),
  latency: logNormal(0.7),
  status: weighted([88, 6, 4, 2]),
  message: levels.map(({ messages }) => zipf(messages.length)),
  path: zipf(6_000),
  method: weighted([80, 14, 4, 2]),
});

/** Ranks are spread over the numbers, so that a low number says nothing of how often a user comes. */
const scrambled = (rank: number): number => ((rank * 38_183) % users) + 1;

/** Every byte in hexadecimal: numbers that do not fit 31 bits are slow to print. */
const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

function traceOf(random: () => number): string {
  let trace = "";
  for (let word = 0; word < 4; word++) {
    const bits = random() * 2 ** 32;
    trace += hex[bits >>> 24]! + hex[(bits >>> 16) & 255]! + hex[(bits >>> 8) & 255]! + hex[bits & 255]!;
  }
  return trace;
}

/** Messages cut at their gaps: text, name, text, name, …, text. */
const templates = levels.map(({ messages }) => messages.map((text) => text.split(/[{}]/)));

function message(template: readonly string[], user: number, latency: number, random: () => number, draw: ReturnType<typeof draws>) {
  let said = template[0]!;
  let mail: string | undefined;
  let ip: string | undefined;
  const below = (limit: number): number => Math.floor(random() * limit);
  for (let at = 1; at < template.length; at += 2) {
    switch (template[at]) {
      case "mail":
        said += mail = mailOf(user);
        break;
      case "ip":
        said += ip = ipOf(user);
        break;
      case "user":
        said += user;
        break;
      case "took":
        said += Math.round(latency / 1000);
        break;
      case "path":
        said += pathOf(draw.path(random));
        break;
      case "method":
        said += methods[draw.method(random)]!;
        break;
      case "order":
        said += `A-${100_000 + below(900_000)}`;
        break;
      case "city":
        said += cities[below(cities.length)]!;
        break;
      case "version":
        said += `${1 + below(9)}.${below(20)}.${below(10)}.${below(100)}`;
        break;
      case "few":
        said += 1 + below(9);
        break;
      default:
        said += 10 + below(4_990);
    }
    said += template[at + 1]!;
  }
  return { said, mail, ip };
}
