/**
 * Student's t distribution through the incomplete beta function with one parameter fixed at ½, which is all that it needs.
 * Source: NIST Digital Library of Mathematical Functions, 8.17 (continued fraction 8.17.22) and 5.11 (ratio of gamma functions).
 */

/**
 * Γ(a + ½) / Γ(a). The asymptotic series is good to 1e-15 from a = 40 on; smaller arguments are lifted there by Γ(a + 1) = a Γ(a).
 * Taken as a ratio because the difference of two logarithms of gamma loses its digits for large a.
 */
function gammaRatio(a: number): number {
  let lift = 1;
  let at = a;
  for (; at < 40; at++) lift *= at / (at + 0.5);
  const x = 1 / at;
  const series = 1 + x * (-1 / 8 + x * (1 / 128 + x * (5 / 1024 + x * (-21 / 32768 + x * (-399 / 262144 + (x * 869) / 4194304)))));
  return lift * Math.sqrt(at) * series;
}

/** The continued fraction of I_x(a, b), evaluated by Lentz's method; it converges fast for x < (a + 1) / (a + b + 2). */
function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300; // stands in for a zero denominator
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1) || tiny);
  let fraction = d;
  for (let m = 1; m < 20_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + even * d || tiny);
    c = 1 + even / c || tiny;
    fraction *= c * d;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + odd * d || tiny);
    c = 1 + odd / c || tiny;
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 4e-16) break;
  }
  return fraction;
}

interface Shares {
  /** ln P(T > t). */
  readonly logTail: number;
  /** P(0 < T < t). */
  readonly middle: number;
  readonly density: number;
  readonly logDensity: number;
}

/** What lies on either side of t > 0: whichever side is small is computed directly, so that neither loses digits to the other. */
function shares(t: number, df: number): Shares {
  const a = df / 2;
  const logX = -Math.log1p((t * t) / df); // x = df / (df + t²)
  const scale = gammaRatio(a) / Math.sqrt(Math.PI); // 1 / B(a, ½)
  const logDensity = Math.log(scale / Math.sqrt(df)) + (a + 0.5) * logX;
  const density = Math.exp(logDensity);
  if (t * t < (3 * df) / (df + 2)) {
    const y = (t * t) / (df + t * t);
    const middle = scale * Math.sqrt(y) * Math.exp(a * logX) * betaFraction(y, 0.5, a);
    return { logTail: Math.log(0.5 - middle), middle, density, logDensity };
  }
  const root = t / Math.sqrt(df + t * t);
  const logTail = Math.log((scale / df) * root * betaFraction(Math.exp(logX), a, 0.5)) + a * logX;
  return { logTail, middle: 0.5 - Math.exp(logTail), density, logDensity };
}

/**
 * The value that a Student's t variable with `df` degrees of freedom stays below with the given probability; relative error below 1e-9 up to a million degrees.
 * Newton's method on the logarithm of the probability as a function of the logarithm of t: that curve is concave,
 * so from the side on which it starts (below, or above at Cauchy's quantile) every step comes nearer and none goes past.
 * For an upper tail smaller than 1e-7 ask for the lower one and change the sign: 1 − p has no more digits than that.
 * @throws {RangeError} unless 1e-150 ≤ probability < 1 (beyond, t² is no double) and df ≥ 1 is finite.
 */
export function studentQuantile(probability: number, df: number): number {
  if (!(probability >= 1e-150 && probability < 1)) throw new RangeError(`a probability lies in [1e-150, 1), not at ${probability}`);
  if (!(df >= 1 && df < Infinity)) throw new RangeError(`degrees of freedom must be finite and at least 1, not ${df}`);
  if (probability === 0.5) return 0;
  const sign = probability < 0.5 ? -1 : 1;
  const tail = Math.min(probability, 1 - probability);
  const middle = Math.abs(probability - 0.5);
  const central = tail > 0.25;
  let t = central ? middle / shares(0, df).density : 1 / Math.tan(Math.PI * tail);
  for (let step = 0; step < 2000; step++) {
    const at = shares(t, df);
    const change = central
      ? Math.log(middle / at.middle) / ((t * at.density) / at.middle)
      : (at.logTail - Math.log(tail)) / (t * Math.exp(at.logDensity - at.logTail));
    t *= Math.exp(change);
    if (Math.abs(change) < 1e-13) break;
  }
  return sign * t;
}
