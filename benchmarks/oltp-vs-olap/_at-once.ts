/** Engines that start at once and end at once: one waits for the disk while the other works. */

/**
 * Does two things at once, and is done with both before it says how they went: what one has opened is in its owner's hands even where the
 * other failed.
 * @throws what the first of them failed with.
 */
export async function bothOf<A, B>(one: () => Promise<A>, other: () => Promise<B>): Promise<[A, B]> {
  const doing = [one(), other()] as const;
  await Promise.allSettled(doing);
  return Promise.all(doing);
}

/** What was opened and is to be closed at the same moment, none before or after another. */
export class Together {
  readonly #opened: AsyncDisposable[] = [];

  use<T extends AsyncDisposable>(it: T): T {
    this.#opened.push(it);
    return it;
  }

  /** Closes all, also where one of them fails. @throws what the first of them failed with. */
  readonly close = async (): Promise<void> => {
    const closing = this.#opened.map((it) => Promise.resolve(it[Symbol.asyncDispose]()));
    await Promise.allSettled(closing);
    await Promise.all(closing);
  };
}
