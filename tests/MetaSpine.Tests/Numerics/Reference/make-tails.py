"""Writes tails.csv: exact tail probabilities for NormalDistribution, StudentT, ChiSquared, FDistribution and BetaDistribution.

    python3 make-tails.py > tails.csv        (mpmath 1.3; about a minute)

Every argument is a double, taken as exact. A distribution function is summed as a series of positive terms with 400 digits, so
that its complement keeps more than 60 digits however small it is: no continued fraction, no asymptotic expansion and no choice
of tail is shared with the library. A sample of the rows is checked against the integral of the density. Rows whose smaller
tail is below 1e-305 are left out: doubles lose digits there.
"""
import sys
from mpmath import mp, mpf, exp, log, loggamma, erfc, sqrt, pi, quad

mp.dps = 400
SMALLEST = mpf(10) ** -305


def gamma_lower(a, x):
    """P(a, x) = x^a e^-x / Gamma(a+1) * sum x^n / (a+1)_n."""
    term, total, n = mpf(1), mpf(1), 0
    while term > total * mp.eps or x > a + n:
        n += 1
        term *= x / (a + n)
        total += term
    return total * exp(a * log(x) - x - loggamma(a + 1))


def beta_lower(a, b, x):
    """I_x(a, b) = x^a (1-x)^b / (a B(a, b)) * sum (a+b)_n / (a+1)_n x^n; by symmetry where x is beyond a half."""
    if x > mpf(1) / 2:
        return 1 - beta_lower(b, a, 1 - x)
    term, total, n = mpf(1), mpf(1), 0
    while term > total * mp.eps or x * (a + b + n) > a + n:
        term *= x * (a + b + n) / (a + 1 + n)
        total += term
        n += 1
    return total * exp(a * log(x) + b * log(1 - x) + loggamma(a + b) - loggamma(a + 1) - loggamma(b))


def normal(x):
    return erfc(-x / sqrt(2)) / 2


def student(x, df):
    outside = beta_lower(df / 2, mpf(1) / 2, df / (df + x * x)) / 2
    return outside if x < 0 else 1 - outside


def chi_squared(x, df):
    return gamma_lower(df / 2, x / 2)


def f_ratio(x, df1, df2):
    return beta_lower(df1 / 2, df2 / 2, df1 * x / (df1 * x + df2))


def beta(x, a, b):
    return beta_lower(a, b, x)


rows = 0


def row(name, function, x, *parameters):
    global rows
    x = float(x)
    lower = function(mpf(x), *map(mpf, parameters))
    upper = 1 - lower
    if min(lower, upper) < SMALLEST:
        return
    rows += 1
    first, second = (list(parameters) + ["", ""])[:2]
    print(name, first, second, repr(x), mp.nstr(lower, 20), mp.nstr(upper, 20), sep=",")


def check():
    """The series against the integral of the density, and a complement of 300 digits against a direct integral of the tail."""
    mp.dps = 40
    for value, density, edges in [
        (gamma_lower(mpf(7) / 2, mpf(3)), lambda t: t ** 2.5 * exp(-t - loggamma(3.5)), [0, 1, 3]),
        (gamma_lower(mpf(400), mpf(430)), lambda t: exp(399 * log(t) - t - loggamma(400)), [100, 300, 400, 430]),
        (beta_lower(mpf(2.5), mpf(40), mpf(.02)), lambda t: t ** 1.5 * (1 - t) ** 39 / mp.beta(2.5, 40), [0, .01, .02]),
        (student(mpf(-2), mpf(5)), lambda t: (1 + t * t / 5) ** -3 / (sqrt(5) * mp.beta(2.5, .5)), [-mp.inf, -10, -3, -2]),
        (normal(mpf(-6)), lambda t: exp(-t * t / 2) / sqrt(2 * pi), [-30, -12, -8, -6]),
    ]:
        size = density(mpf(edges[-1]))
        assert abs(quad(lambda t: density(t) / size, edges) * size / value - 1) < mpf(10) ** -20, value
    mp.dps = 400
    x, a = mpf(1000), mpf(300)
    tail = 1 - gamma_lower(a, x)
    mp.dps = 40
    mass = exp((a - 1) * log(x) - x - loggamma(a))  # quad() stops by absolute size, so the integrand must not be tiny
    direct = mass * quad(lambda t: exp((a - 1) * log(1 + t / x) - t), [0, 3, 10, 30, 100, 300])
    assert abs(direct / tail - 1) < mpf(10) ** -20, direct
    mp.dps = 400


def spread(k, skew, scale):
    """A positive argument about k deviations from 1, by the cube root's near normality; None where that is not positive."""
    root = 1 - skew + k * scale
    return root ** 3 if root > 0 else None


DEVIATIONS = [0, .01, .3, .7, 1, 1.5, 2, 3, 5, 8, 13, 20, 28, 36]
BOTH = [-k for k in DEVIATIONS[:0:-1]] + DEVIATIONS
TINY = [1e-300, 1e-200, 1e-100, 1e-30, 1e-10, 1e-5, 1e-3]

check()
print("function,first,second,x,lower,upper")

for i in range(-370, 371, 4):
    row("normal", normal, i / 10)
for x in [1e-300, 1e-20, 1e-8, 1e-3, .01, 37.4, -37.4]:
    row("normal", normal, x)

for df in [.1, .5, 1, 1.5, 2, 3, 4.4, 7, 12.25, 30, 99, 500, 1e4, 1e6, 1e8, 1e10]:
    for x in [1e-20, 1e-5] + [.01 * 1.6 ** i for i in range(19)] + [1e3, 1e6, 1e20, 1e60, 1e99, 1e120, 1e200, 3e299]:
        if df > 1e4 and 38 < x:
            continue
        row("student", student, x, df)
        row("student", student, -x, df)

for df in [.1, .3, 1, 1.7, 2, 3, 5, 11.5, 24, 80, 300, 2000, 1e4, 1e5]:
    for x in [spread(k, 2 / (9 * df), sqrt(2 / (9 * df))) for k in BOTH]:
        if x is not None:
            row("chi-squared", chi_squared, df * x, df)
    for x in TINY + [.5 * df, 1, 2, 40, 500, 1000, 1300]:
        row("chi-squared", chi_squared, x, df)

for df1 in [1, 2, 3.5, 10, 40, 200]:
    for df2 in [1, 2.5, 8, 30, 200, 5e3, 1e6]:
        for x in [spread(k, 2 / (9 * df1), sqrt(2 / (9 * df1) + 2 / (9 * df2))) for k in BOTH]:
            if x is not None:
                row("f", f_ratio, x, df1, df2)
        for x in TINY + [1e5, 1e30, 1e200, 1e300]:
            if df2 < 1e4 or x < 1e4:
                row("f", f_ratio, x, df1, df2)

for a, b in [(.05, .05), (.5, .5), (.3, 8), (1, 1), (1, 40), (3, 2), (5, 96), (30, 30), (77, 924), (1, 1e5), (4, 1e6), (5e3, 5e3), (20000.1, 100000.7)]:
    for a, b in {(a, b), (b, a)}:
        mean, deviation = a / (a + b), (a * b / (a + b + 1)) ** .5 / (a + b)
        for x in TINY + [.01, .1, .3, .5, .8, .99, 1 - 1e-6] + [mean + k * deviation for k in BOTH] + [mean * 1.5 ** k for k in BOTH]:
            if 0 < x < 1:
                row("beta", beta, x, a, b)

print(rows, "rows", file=sys.stderr)
