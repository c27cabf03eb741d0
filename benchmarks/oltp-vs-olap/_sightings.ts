/** Whether a row's change can be seen yet, and a promise of it. */
export interface Sighting extends PromiseWithResolvers<void> {
  seen: boolean;
}

/** When the changes of rows can be seen in the column store; told in any order, before or after somebody asks. */
export class Sightings {
  readonly #rows = new Map<number, Sighting>();

  of(id: number): Sighting {
    const row = this.#rows.get(id) ?? Object.assign(Promise.withResolvers<void>(), { seen: false });
    this.#rows.set(id, row);
    return row;
  }

  readonly seen = (ids: readonly number[]): void => {
    for (const id of ids) {
      const row = this.of(id);
      row.seen = true;
      row.resolve();
    }
  };
}
