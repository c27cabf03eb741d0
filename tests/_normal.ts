/**
 * A standard normal number, by Box and Muller.
 * @param random uniform on [0, 1).
 */
export const normal = (random: () => number): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
