/** Exit codes: part of the contract with other programs. */
export const exitCodes = {
  well: 0,
  /** A regression, or a refused `--check`. */
  regression: 1,
  wrongUse: 2,
  /** Undecided under `--strict`. */
  undecided: 3,
  /** An experiment failed; the others still ran and were saved. */
  failed: 4,
  /** Ctrl-C; finished rounds are saved. */
  interrupted: 130,
} as const;

/** A mistake of the user or of the surroundings: printed as one line, without a stack. */
export class UserError extends Error {
  override name = "UserError";
  readonly code: number;

  constructor(message: string, code: number = exitCodes.wrongUse) {
    super(message);
    this.code = code;
  }
}

/** Messages that the file system gives, in words; other errors are handed back as they are. */
export function diskError(error: unknown, path: string): Error {
  const reasons: Record<string, string> = {
    EACCES: "it may not be written to",
    EPERM: "it may not be written to",
    EROFS: "it is on a read-only file system",
    ENOENT: "the folder cannot be made there",
    ENOSPC: "the disk is full",
    ENOTDIR: "a part of its path is no folder",
    EEXIST: "a file of that name is in the way",
    EISDIR: "a folder of a file's name is in the way",
    ENOTEMPTY: "a folder of a file's name is in the way",
  };
  const reason = reasons[(error as NodeJS.ErrnoException)?.code ?? ""];
  return reason ? new UserError(`cannot write to ${path}: ${reason}; choose another folder with --out`) : (error as Error);
}
