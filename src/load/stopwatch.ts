/** How long an asynchronous body takes, in seconds of wall time, beside what it returns. */
export async function timed<T>(body: () => Promise<T>): Promise<{ readonly seconds: number; readonly result: T }> {
  const began = performance.now();
  const result = await body();
  return { seconds: (performance.now() - began) / 1e3, result };
}
