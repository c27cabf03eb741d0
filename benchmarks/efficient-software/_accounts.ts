/** What the log says of one service: how often it failed, how long it took altogether, and how often it took too long. */
export interface Account {
  errors: number;
  /** Microseconds. */
  latency: number;
  late: number;
}
export type Accounts = Map<string, Account>;

/** Microseconds from which a request counts as late. */
export const LATE = 250_000;

export const emptyAccount = (): Account => ({ errors: 0, latency: 0, late: 0 });

/** Adds one record to the account of its service. */
export function account(accounts: Accounts, service: string, level: string, latency: number): Accounts {
  let entry = accounts.get(service);
  if (!entry) accounts.set(service, (entry = emptyAccount()));
  if (level === "error") entry.errors++;
  entry.latency += latency;
  if (latency >= LATE) entry.late++;
  return accounts;
}

/** @throws {Error} unless both say the same, in whatever order. */
export function mustAgree(told: Accounts, truth: Accounts): void {
  const inOrder = (it: Accounts): string => JSON.stringify([...it].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  if (inOrder(told) !== inOrder(truth)) throw new Error(`the accounts are ${inOrder(told)} and ought to be ${inOrder(truth)}`);
}
