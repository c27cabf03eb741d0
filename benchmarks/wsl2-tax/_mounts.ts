/** What `/proc/mounts` says of the file systems of this host. */
export interface Mount {
  readonly directory: string;
  /** Kind of file system: `ext4`, `tmpfs`, `9p`. */
  readonly type: string;
  /** What is mounted: a device, or `C:\` or `drvfsC0` where Windows' drives are. */
  readonly source: string;
  readonly options: readonly string[];
}

/** @param table text of `/proc/mounts`: a line each, blanks and backslashes in it written as three octal digits. */
export function mountsIn(table: string): Mount[] {
  return table.split("\n").flatMap((line) => {
    const [source, directory, type, options] = line.split(" ").map(unescaped);
    return source && directory && type ? [{ directory, type, source, options: options?.split(",") ?? [] }] : [];
  });
}

const unescaped = (field: string): string =>
  field.replaceAll(/\\([0-7]{3})/g, (_whole, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));

const IN_MEMORY = ["tmpfs", "ramfs"];

export const isWritable = ({ options }: Mount): boolean => options.includes("rw");
export const isInMemory = ({ type }: Mount): boolean => IN_MEMORY.includes(type);

/** A drive of Windows as WSL mounts it: `drvfs` itself, or (WSL2) 9p that names it, or virtiofs (where its settings say so). */
export const isWindowsSide = ({ type, source, options }: Mount): boolean =>
  type === "drvfs" ||
  (type === "virtiofs" && source.startsWith("drvfs")) ||
  (type === "9p" && (/^[A-Z]:/.test(source) || options.some((it) => it.startsWith("aname=drvfs"))));

/**
 * Whether the kernel is WSL2's. In WSL1 there is no kernel of Linux and no boundary to another system: Windows itself answers for all
 * files.
 * @param version text of `/proc/version`.
 */
export const isWsl2 = (version: string): boolean => /microsoft-standard|WSL2/i.test(version);

/** The mount that a path lies on: of those above it the deepest, and of two at one place the later. */
export function mountOf(path: string, mounts: readonly Mount[]): Mount | undefined {
  const above = mounts.filter(({ directory }) => directory === "/" || path === directory || path.startsWith(`${directory}/`));
  return above.reduce<Mount | undefined>(
    (deepest, it) => (deepest && deepest.directory.length > it.directory.length ? deepest : it),
    undefined,
  );
}
