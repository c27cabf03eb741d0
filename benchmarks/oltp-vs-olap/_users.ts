/** The people who log in. This file imports nothing, so the load generator starts sooner. */

export const USERS = 10_000;

export const mailOf = (user: number): string => `user${user}@example.org`;
export const secretOf = (user: number): string => `secret of ${user}`;

/** Lock of the database behind which people wait until the analysts are at work. */
export const GATE = 1;
