/**
 * Fills its standard output with log lines and says what they come to, as a process of its own. A block of two thousand lines
 * is made once and written over and over: no reader below can tell, and making every line would take longer than reading them all.
 */
import { writeFileSync } from "node:fs";
import { inChunks, jsonLine, logRecords } from "#lab";
import { account, type Accounts } from "./_accounts.ts";
import type { Written } from "./_lines-file.ts";

const records = [...logRecords(2_000)];
const block = Buffer.concat([...inChunks(records, jsonLine)]);
const copies = Math.max(1, Math.floor(Number(process.argv[2]) / block.length));
for (let copy = 0; copy < copies; copy++) writeFileSync(process.stdout.fd, block);

const accounts: Accounts = new Map();
for (const { service, level, latency } of records) if (level !== "debug") account(accounts, service, level, latency);
for (const it of accounts.values()) {
  it.errors *= copies;
  it.latency *= copies;
  it.late *= copies;
}
process.send!({ bytes: copies * block.length, accounts: [...accounts] } satisfies Written);
