/** The sockets on which processes listen, as the system lists them. */
import { execFile } from "node:child_process";
import { readdir, readFile, readlink } from "node:fs/promises";
import { promisify } from "node:util";
import { ServiceUnavailable } from "#lab";
import type { Address } from "./_loopback.ts";

/** State of a socket in /proc/net/tcp: TCP_LISTEN of include/net/tcp_states.h. */
const LISTEN = "0A";
/** Bytes of the longest list that is read. */
const LONGEST_LIST = 64 * 1024 * 1024;

/**
 * All sockets on which these processes accept TCP connections.
 * @throws {ServiceUnavailable} this system has no such list, or not for us. One of the processes has ended: an `Error`.
 */
export async function listening(pids: readonly number[]): Promise<Address[]> {
  if (process.platform === "linux") return listeningOnLinux(pids);
  if (process.platform === "win32") return listeningIn(await printed("netstat", ["-ano"]), pids);
  return namedIn(await printed("lsof", ["-nP", "-a", "-p", pids.join(","), "-iTCP", "-sTCP:LISTEN", "-Fn"]));
}

async function printed(command: string, parameters: readonly string[]): Promise<string> {
  try {
    return (await promisify(execFile)(command, parameters, { maxBuffer: LONGEST_LIST, windowsHide: true })).stdout;
  } catch (error) {
    throw unlisted(error);
  }
}

function unlisted(error: unknown): ServiceUnavailable {
  const { code = "unknown error" } = error as NodeJS.ErrnoException;
  return new ServiceUnavailable(`it needs the system's list of listening sockets, and there is none to read (${code})`);
}

async function listeningOnLinux(pids: readonly number[]): Promise<Address[]> {
  const inodes = new Set((await Promise.all(pids.map(socketsOf))).flat());
  const table = await readFile("/proc/net/tcp", "utf8").catch((error: unknown) => Promise.reject(unlisted(error)));
  // A system without IPv6 lacks the second one.
  const table6 = await readFile("/proc/net/tcp6", "utf8").catch(() => "");
  const rows = [...tableRows(table), ...tableRows(table6)].filter(({ inode }) => inodes.has(inode));
  return rows.map(({ host, port }) => ({ host, port }));
}

/** Inodes of a process's open sockets. */
async function socketsOf(pid: number): Promise<string[]> {
  const directory = `/proc/${pid}/fd`;
  const names = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    throw error.code === "ENOENT" ? new Error("a process that takes part has ended") : unlisted(error);
  });
  // A descriptor may be closed while the list is read.
  const links = await Promise.all(names.map((name) => readlink(`${directory}/${name}`).catch(() => "")));
  return links.flatMap((link) => link.match(/^socket:\[(\d+)\]$/)?.[1] ?? []);
}

/** Listening sockets of /proc/net/tcp or tcp6. Addresses stand there in words of four bytes, the last byte of each first. */
export function tableRows(table: string): (Address & { readonly inode: string })[] {
  return table
    .split("\n")
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter((columns) => columns[3] === LISTEN)
    .map((columns) => {
      const [address, port] = columns[1]!.split(":") as [string, string];
      return { host: hostOf(address), port: Number.parseInt(port, 16), inode: columns[9]! };
    });
}

function hostOf(hexadecimal: string): string {
  const bytes = Buffer.from(hexadecimal, "hex").swap32();
  if (bytes.length === 4) return [...bytes].join(".");
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(2 * index).toString(16));
  return new URL(`http://[${groups.join(":")}]`).hostname.slice(1, -1);
}

/** Listening sockets of these processes in what `netstat -ano` prints on Windows, in the reader's language: who listens has no peer. */
export function listeningIn(printedList: string, pids: readonly number[]): Address[] {
  return printedList.split("\n").flatMap((line) => {
    const [protocol, own, peer, , pid] = line.trim().split(/\s+/);
    const listens = protocol === "TCP" && (peer === "0.0.0.0:0" || peer === "[::]:0") && pids.includes(Number(pid));
    return listens ? [addressOf(own!)] : [];
  });
}

/** Sockets in what `lsof -Fn` prints: a line for each, behind an n. */
export const namedIn = (printedList: string): Address[] =>
  printedList.split("\n").flatMap((line) => (line.startsWith("n") ? [addressOf(line.slice(1))] : []));

function addressOf(written: string): Address {
  const colon = written.lastIndexOf(":");
  const host = written.slice(0, colon).replace(/^\[(.*)\]$/, "$1");
  return { host: host === "*" ? "0.0.0.0" : host, port: Number(written.slice(colon + 1)) };
}

/** Those of the sockets that another machine could connect to: bound to the address that the network knows, or to all. */
export const exposedTo = (network: string, sockets: readonly Address[]): Address[] =>
  sockets.filter(({ host }) => [network, "0.0.0.0", "::"].includes(host));
