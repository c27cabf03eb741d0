/** What the log of a web shop talks about. */

/** Services, the share of the log that each writes, and how long half of its requests take at most, in microseconds. */
export const services = [
  { name: "gateway", share: 30, median: 3_500 },
  { name: "catalogue", share: 18, median: 8_000 },
  { name: "search", share: 14, median: 21_000 },
  { name: "auth", share: 11, median: 6_000 },
  { name: "checkout", share: 8, median: 34_000 },
  { name: "recommendations", share: 6, median: 48_000 },
  { name: "inventory", share: 5, median: 12_000 },
  { name: "payments", share: 3, median: 140_000 },
  { name: "notifications", share: 3, median: 17_000 },
  { name: "billing-exports", share: 2, median: 260_000 },
] as const;

/**
 * Levels with their share of the log, the share of their requests that are in the slow tail, the answers that they report, and what they say,
 * the most frequent message first. What stands in braces is filled in.
 */
export const levels = [
  {
    name: "debug",
    share: 14,
    slow: 0.005,
    statuses: [200, 304, 204],
    messages: [
      "cache miss for {path}",
      "pool: {few} of 20 connections in use",
      "plan: index scan on orders, {many} rows",
      "flag checkout-v2 is on for user {user}",
      "forwarded for {ip}, accept application/json",
    ],
  },
  {
    name: "info",
    share: 76,
    slow: 0.01,
    statuses: [200, 304, 201, 204],
    messages: [
      "{method} {path} answered in {took} ms",
      "cache hit for user:{user}",
      "session opened for {mail} from {ip}",
      "token refreshed for user {user}",
      "order {order} placed by {mail}",
      "client {ip} connected, agent {version}",
      "health check passed",
      "{many} rows written in {took} ms",
      "invoice {order} sent to {mail}",
      "shipment {order} leaves {city}",
    ],
  },
  {
    name: "warn",
    share: 7,
    slow: 0.08,
    statuses: [404, 401, 429, 409],
    messages: [
      "slow query: {many} rows in {took} ms",
      "no such page: {path}",
      "password of {mail} rejected",
      "rate limit reached for {ip}",
      "{method} {path} tried again, attempt {few}",
      "agent {version} is out of date",
    ],
  },
  {
    name: "error",
    share: 3,
    slow: 0.3,
    statuses: [500, 504, 503, 502],
    messages: [
      "upstream timed out after {took} ms: {method} {path}",
      "null value in column order_id of order {order}",
      "connection reset by {ip}",
      "mail to {mail} refused: mailbox unavailable",
      "payment of order {order} declined",
    ],
  },
] as const;

export const methods = ["GET", "POST", "PUT", "DELETE"] as const;

/** Beyond ASCII, so that nobody can mistake characters for bytes; within Latin-1, as most text on the way is. */
export const cities = ["Göteborg", "São Paulo", "Zürich", "Lyon", "Porto", "København", "Leeds", "Málaga"] as const;

const paths = ["/api/products/#", "/api/cart/#", "/api/search?page=#", "/api/orders/#", "/static/app.#.js", "/api/users/#/basket"] as const;
const firstNames = [
  "ada",
  "grace",
  "alan",
  "barbara",
  "edsger",
  "frances",
  "ken",
  "margaret",
  "niklaus",
  "radia",
  "tony",
  "shafi",
] as const;
const lastNames = ["archer", "baker", "carter", "dyer", "fisher", "mason", "miller", "potter", "smith", "taylor", "weaver"] as const;
/** Reserved for examples (RFC 2606): nobody's mail. */
const domains = ["example.com", "example.org", "mail.example.net", "shop.example"] as const;

/** One of some thousands of paths; a low number comes more often if the number does. */
export const pathOf = (number: number): string => paths[number % paths.length]!.replace("#", String(Math.floor(number / paths.length)));

/** A user's mail address: always the same. Three ways to write one. */
export function mailOf(user: number): string {
  const first = firstNames[user % firstNames.length]!;
  const last = lastNames[user % lastNames.length]!;
  const domain = domains[user % 7 < 4 ? 0 : user % domains.length]!;
  if (user % 5 === 0) return `${first[0]!}${last}${user}@${domain}`;
  return user % 11 === 0 ? `${first}_${last}+shop${user}@${domain}` : `${first}.${last}${user}@${domain}`;
}

/** The IPv4 address a user comes from, out of private and documentation ranges (RFC 1918, RFC 5737): nobody's address. */
export function ipOf(user: number): string {
  const bits = Math.imul(user, 0x9e3779b1) >>> 0;
  const end = `${(bits >>> 8) & 255}.${bits & 255}`;
  if (user % 4 === 0) return `192.168.${end}`;
  if (user % 4 === 1) return `172.${16 + ((bits >>> 16) & 15)}.${end}`;
  return user % 4 === 2 ? `203.0.113.${bits & 255}` : `10.${(bits >>> 16) & 255}.${end}`;
}
