/**
 * Fills its standard output with log lines and says what they come to, as a process of its own. A block of two thousand lines is made once
 * and written over and over, the last copy as far as there is room for whole lines: no reader below can tell, and making every line would
 * take longer than reading them all.
 */
import { writeFileSync } from "node:fs";
import { inChunks, jsonLine, logRecords, type LogRecord } from "#lab";
import { account, type Accounts } from "./_accounts.ts";
import type { Written } from "./_lines-file.ts";

const NEWLINE = 10;

const wanted = Number(process.argv[2]);
const records = [...logRecords(2_000)];
const block = Buffer.concat([...inChunks(records, jsonLine)]);
const copies = Math.max(1, Math.floor(wanted / block.length));
for (let copy = 0; copy < copies; copy++) writeFileSync(process.stdout.fd, block);

/** Lines of one more copy, as many as there is room for. */
const room = block.subarray(0, Math.max(0, wanted - copies * block.length));
const rest = room.subarray(0, room.lastIndexOf(NEWLINE) + 1);
writeFileSync(process.stdout.fd, rest);
const lines = rest.reduce((count, byte) => count + Number(byte === NEWLINE), 0);

const accounts: Accounts = new Map();
const add = (some: readonly LogRecord[]): void => {
  for (const { service, level, latency } of some) if (level !== "debug") account(accounts, service, level, latency);
};
add(records);
for (const it of accounts.values()) {
  it.errors *= copies;
  it.latency *= copies;
  it.late *= copies;
}
add(records.slice(0, lines));
process.send!({ bytes: copies * block.length + rest.length, accounts: [...accounts] } satisfies Written);
