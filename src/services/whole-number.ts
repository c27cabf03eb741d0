/** @throws {RangeError} a whole number that a number of JavaScript cannot hold exactly. */
export function numberOf(text: string | bigint): number {
  const number = Number(text);
  if (Number.isSafeInteger(number)) return number;
  throw new RangeError(`${text} is beyond 2^53, so a number cannot hold it exactly`);
}
