import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import type { CacheLevel } from "../model/host.ts";

/**
 * The data and unified caches that one core sees, smallest first, as the operating system reports them.
 * Empty where it does not tell: charts then have no marks. A virtual machine may report what its guest gets no share of.
 */
export function caches(): CacheLevel[] {
  const found = process.platform === "linux" ? linuxCaches() : process.platform === "darwin" ? macCaches() : [];
  return found.filter(({ bytes }) => bytes > 0).toSorted((a, b) => a.level - b.level);
}

/** Source: Documentation/ABI/testing/sysfs-devices-system-cpu of the Linux kernel. */
function linuxCaches(): CacheLevel[] {
  const root = "/sys/devices/system/cpu/cpu0/cache";
  try {
    return readdirSync(root)
      .filter((name) => name.startsWith("index"))
      .map((name) => {
        const read = (file: string): string => readFileSync(`${root}/${name}/${file}`, "utf8").trim();
        return { level: Number(read("level")), type: read("type"), bytes: sizeInBytes(read("size")) };
      })
      .filter(({ type }) => type !== "Instruction")
      .map(({ level, bytes }) => ({ level, bytes }));
  } catch {
    return [];
  }
}

/** Apple's performance cores are its level 0; an Intel Mac has no levels and answers to the plain names. */
function macCaches(): CacheLevel[] {
  const read = (name: string): number => {
    try {
      return Number(execFileSync("/usr/sbin/sysctl", ["-n", name], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
    } catch {
      return 0;
    }
  };
  return [
    { level: 1, bytes: read("hw.perflevel0.l1dcachesize") || read("hw.l1dcachesize") },
    { level: 2, bytes: read("hw.perflevel0.l2cachesize") || read("hw.l2cachesize") },
    { level: 3, bytes: read("hw.l3cachesize") },
  ];
}

/** `48K`, `2048K`, `480M` as the kernel writes them. */
function sizeInBytes(text: string): number {
  const [, digits, prefix] = /^(\d+)([KMG]?)$/.exec(text) ?? [];
  return Number(digits ?? 0) * { "": 1, K: 1024, M: 1024 ** 2, G: 1024 ** 3 }[(prefix ?? "") as "" | "K" | "M" | "G"];
}
