/**
 * A function that another process was told of by its module's URL and the name of its export.
 * @throws {TypeError} it exports no such function; or what the module throws when it is loaded.
 */
export async function exportedFunction<F extends (...given: never[]) => unknown>(module: string, name: string): Promise<F> {
  const exported = ((await import(module)) as Record<string, unknown>)[name];
  if (typeof exported !== "function") throw new TypeError(`${module} has no function as its export ${name}`);
  return exported as F;
}
