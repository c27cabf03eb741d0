"""Reference values for tests/stats, by programs that share no code with src/stats.

Made with Python 3.11.7, SciPy 1.17.1, NumPy 2.4.6 and mpmath 1.3.0 (the versions are also in each file):
    python3 tests/testdata/reference/make.py
Student's quantiles come from mpmath at 40 digits and are checked here against SciPy to 1e-8.
"""

import json
import pathlib

import mpmath
import numpy
import scipy
from scipy import stats

HERE = pathlib.Path(__file__).parent
MADE_WITH = {"scipy": scipy.__version__, "numpy": numpy.__version__, "mpmath": mpmath.__version__}
mpmath.mp.dps = 40


def write(name, **content):
    (HERE / name).write_text(json.dumps({"madeWith": MADE_WITH, **content}, indent=1) + "\n")


def t_upper_tail(t, df):
    t, df = mpmath.mpf(t), mpmath.mpf(df)
    return mpmath.betainc(df / 2, mpmath.mpf(1) / 2, 0, df / (df + t * t), regularized=True) / 2


def t_quantile(probability, df):
    """The double `probability` is taken as exactly what it is, so the reference has no rounding of its own."""
    p = mpmath.mpf(probability)
    if p == mpmath.mpf(1) / 2:
        return 0.0
    sign, tail = (-1, p) if p < 0.5 else (1, 1 - p)
    log_tail = mpmath.log(tail)
    low, high = mpmath.mpf(-60), mpmath.log(mpmath.cot(mpmath.pi * tail)) + 1
    for _ in range(110):  # bisection on the logarithm of t
        middle = (low + high) / 2
        if mpmath.log(t_upper_tail(mpmath.exp(middle), df)) > log_tail:
            low = middle
        else:
            high = middle
    value = sign * mpmath.exp((low + high) / 2)
    by_scipy = stats.t.ppf(probability, df)
    assert abs(by_scipy / float(value) - 1) < 1e-8, (probability, df, by_scipy, value)
    return float(value)


def student():
    probabilities = [1e-15, 1e-9, 1e-6, 1e-4, 0.001, 0.00375, 0.00625, 0.00875, 0.025, 0.05, 0.1, 0.2, 0.25, 0.3, 0.4, 0.49, 0.4999,
                     0.5, 0.5001, 0.6, 0.75, 0.9, 0.95, 0.975, 0.99, 0.99125, 0.99375, 0.99625, 0.9995, 0.999999]
    degrees = [1, 2, 2.5, 3, 4, 7, 9, 12, 19, 30, 79, 81, 200, 1000, 1_000_000]
    write("student.json", rows=[[p, df, t_quantile(p, df)] for df in degrees for p in probabilities])


def quantiles():
    random = numpy.random.default_rng(1)
    series = [[3.5], [2.0, -1.0], [5.0, 1.0, 1.0], [0.0, 0.0, 0.0, 0.0]]
    series += [random.lognormal(0, 1, n).tolist() for n in (7, 10, 101)]
    probabilities = [0, 0.05, 0.25, 0.5, 0.75, 0.9, 0.99, 1]
    write("quantiles.json", cases=[
        {
            "values": values,
            "quantiles": [[p, float(numpy.quantile(values, p, method="linear"))] for p in probabilities],
            "median": float(numpy.median(values)),
            "mean": float(numpy.mean(values)),
            "maximum": float(numpy.max(values)),
            "deviation": float(numpy.std(values, ddof=1)) if len(values) > 1 else None,
        }
        for values in series
    ])


def order_statistics():
    levels = [
        {"n": n, "k": k, "level": float(max(0.0, 1 - 2 * stats.binom.cdf(k - 1, n, 0.5)))}
        for n in (1, 2, 5, 6, 10, 13, 20, 51, 200) for k in range(1, n // 2 + 1 + n % 2)
    ]
    random = numpy.random.default_rng(2)
    intervals = []
    for n in (1, 2, 5, 6, 7, 8, 10, 13, 20, 40):
        for level in (0.9, 0.95, 0.9825, 0.9925):
            values = random.uniform(1, 2, n)
            ordered = numpy.sort(values)
            inner = [k for k in range(1, (n + 1) // 2 + 1) if 1 - 2 * stats.binom.cdf(k - 1, n, 0.5) >= level]
            if not inner:
                low, high, reached = ordered[0], ordered[-1], 1 - 2 * stats.binom.cdf(0, n, 0.5)
            else:
                k = max(inner)
                outer, next_one = (1 - 2 * stats.binom.cdf(j - 1, n, 0.5) for j in (k, k + 1))
                share = (outer - level) / (outer - next_one)
                weight = (n - k) * share / (k + (n - 2 * k) * share)
                ends = ordered[k - 1], ordered[k], ordered[n - k - 1], ordered[n - k]
                if max(ends[1] - ends[0], ends[3] - ends[2]) > (ends[3] - ends[0]) / 2:
                    continue  # across a gap the lab does not interpolate; that has a test of its own
                low, high = (1 - weight) * ends[0] + weight * ends[1], (1 - weight) * ends[3] + weight * ends[2]
                reached = level
            intervals.append({"values": values.tolist(), "wanted": level, "level": float(reached), "low": float(low), "high": float(high)})
    write("order-statistics.json", levels=levels, intervals=intervals)


def ratios():
    random = numpy.random.default_rng(3)
    cases = []
    for n in (2, 3, 5, 8, 13, 20):
        for level in (0.95, 0.9825, 0.9925):
            over = random.lognormal(-18, 0.1, n)
            of = over * random.lognormal(0.3, 0.05, n)
            logs = numpy.log(of) - numpy.log(over)
            interval = stats.ttest_1samp(logs, 0).confidence_interval(level)
            cases.append({
                "of": of.tolist(), "over": over.tolist(), "level": level,
                "center": float(stats.gmean(of / over)), "low": float(numpy.exp(interval.low)), "high": float(numpy.exp(interval.high)),
            })
    write("ratios.json", cases=cases)


if __name__ == "__main__":
    student()
    quantiles()
    order_statistics()
    ratios()
