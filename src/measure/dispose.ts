/** Disposes what a `setup` made, if it can be disposed at all. */
export async function dispose(made: unknown): Promise<void> {
  if (made === null || typeof made !== "object") return;
  if (Symbol.asyncDispose in made) await (made as AsyncDisposable)[Symbol.asyncDispose]();
  else if (Symbol.dispose in made) (made as Disposable)[Symbol.dispose]();
}
