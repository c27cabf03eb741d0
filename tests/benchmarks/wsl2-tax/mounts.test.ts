import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { isInMemory, isWindowsSide, isWritable, isWsl2, mountOf, mountsIn } from "../../../benchmarks/wsl2-tax/_mounts.ts";
import { openPlace } from "../../../benchmarks/wsl2-tax/_places.ts";

const TABLE = `/dev/sdc / ext4 rw,relatime 0 0
none /mnt/wsl tmpfs rw,relatime 0 0
drivers /usr/lib/wsl/drivers 9p ro,nosuid,aname=drivers;fmask=222;dmask=222,trans=fd,rfd=8,wfd=8 0 0
C:\\134 /mnt/c 9p rw,noatime,aname=drvfs;path=C:\\134;uid=1000;symlinkroot=/mnt/,mmap,access=client,msize=65536,trans=fd,rfd=5,wfd=5 0 0
E:\\134 /mnt/my\\040disk drvfs ro,noatime,uid=1000 0 0
drvfsC0 /mnt/d virtiofs rw,noatime 0 0
share /srv/machine virtiofs rw,relatime 0 0
host /srv/shared 9p rw,trans=virtio 0 0
`;
const mounts = mountsIn(TABLE);

test("blanks and backslashes in a table of mounts are read as what they stand for", () => {
  expect(mounts.map(({ source }) => source)).toContain("C:\\");
  expect(mounts.map(({ directory }) => directory)).toContain("/mnt/my disk");
});

test("the Windows side is a drive of Windows and no other share of WSL's or of a virtual machine's", () => {
  expect(mounts.filter(isWindowsSide).map(({ directory }) => directory)).toEqual(["/mnt/c", "/mnt/my disk", "/mnt/d"]);
  expect(
    mounts
      .filter(isWindowsSide)
      .filter(isWritable)
      .map(({ directory }) => directory),
  ).toEqual(["/mnt/c", "/mnt/d"]);
});

test("a path lies on the deepest mount above it", () => {
  expect(mountOf("/mnt/c/Users/x", mounts)?.directory).toBe("/mnt/c");
  expect(mountOf("/mnt/cdrom", mounts)?.directory).toBe("/");
  expect(mountOf("/mnt/wsl", mounts)?.type).toBe("tmpfs");
  expect(mountOf("/mnt/c", [])).toBeUndefined();
});

test("only tmpfs and ramfs are in memory, and only a kernel of Linux that is Microsoft's is WSL2's", () => {
  expect(mounts.filter(isInMemory).map(({ directory }) => directory)).toEqual(["/mnt/wsl"]);
  expect(isWsl2("Linux version 5.15.90.1-microsoft-standard-WSL2 (oe-user@oe-host)")).toBe(true);
  expect(isWsl2("Linux version 4.19.104-microsoft-standard (oe-user@oe-host)")).toBe(true);
  expect(isWsl2("Linux version 4.4.0-19041-Microsoft (Microsoft@Microsoft.com)")).toBe(false);
  expect(isWsl2("Linux version 6.8.0-45-generic (buildd@lcy02)")).toBe(false);
});

test("a place has a directory of its own until it is disposed", async () => {
  const [one, other] = [await openPlace("this disk"), await openPlace("this disk")];
  expect(one.directory).not.toBe(other.directory);
  expect(existsSync(one.directory)).toBe(true);
  await one[Symbol.asyncDispose]();
  expect(existsSync(one.directory)).toBe(false);
  expect(existsSync(other.directory)).toBe(true);
  await other[Symbol.asyncDispose]();
});
