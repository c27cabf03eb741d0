const NAME = /^[A-Za-z_]\w*$/;

/** The name of a table, as it goes into a statement. @throws {TypeError} it is none that needs no quotes. */
export function named(table: string): string {
  if (!NAME.test(table)) throw new TypeError(`a table is named by letters, digits and underscores, not ${JSON.stringify(table)}`);
  return table;
}

/** A text as it goes into a statement. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
