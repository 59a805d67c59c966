"""Writes weighted-chi-squared.csv: exact tails of weighted sums of chi-squared variables with one degree of freedom.

    python3 make-weighted-chi-squared.py > weighted-chi-squared.csv        (mpmath 1.3; about four minutes)

Two ways, none of which inverts a characteristic function as the library does:
- weights that come in pairs make a sum of exponential variables, whose tails are finite sums of exponentials (with digits to spare
  for their cancellation);
- other weights: Ruben's (1962) mixture of central chi-squared distributions, summed until what is left of its positive
  coefficients, which add up to 1, is too small to matter. It needs weights within a factor of about a hundred.
A row holds the weights (w*m for m equal ones, separated by blanks), x, and both tails. Every argument is a double, taken as exact.
"""
import sys
from mpmath import mp, mpf, exp, log, gammainc, loggamma, quad, sqrt, pi, erf

SMALLEST = mpf(10) ** -290


def pairs(weights, x):
    """weights: distinct, each of them twice."""
    mp.dps = 60 + 12 * len(weights)
    w = [mpf(v) for v in weights]
    upper = mpf(0)
    for j, a in enumerate(w):
        product = mpf(1)
        for i, b in enumerate(w):
            if i != j:
                product *= a / (a - b)
        upper += product * exp(-mpf(x) / (2 * a))
    # The complement is the same sum with 1 - exp; the coefficients add up to 1.
    return 1 - upper, upper


def gamma_lower(a, x):
    term, total, n = mpf(1), mpf(1), 0
    while term > total * mp.eps or x > a + n:
        n += 1
        term *= x / (a + n)
        total += term
    return total * exp(a * log(x) - x - loggamma(a + 1))


def ruben(weights, x):
    """sum c_k F_{n+2k}(x / b), with b the smallest weight."""
    mp.dps = 60
    w, x = [mpf(v) for v in weights], mpf(x)
    n, b = len(w), min(w)
    ratios = [1 - b / v for v in w]
    c = [mpf(1)]
    for v in w:
        c[0] *= sqrt(b / v)
    powers, g, total = [mpf(1)] * n, [], c[0]
    mass = [gamma_lower(mpf(n) / 2, x / b / 2)]  # F for n + 2k falls by a gamma density in each step
    density = exp(mpf(n) / 2 * log(x / b / 2) - x / b / 2 - loggamma(mpf(n) / 2 + 1))
    while 1 - total > mpf(10) ** -45 and len(c) < 6000:
        k = len(c)
        powers = [p * r for p, r in zip(powers, ratios)]
        g.append(sum(powers))
        c.append(sum(g[k - 1 - r] * c[r] for r in range(k)) / (2 * k))
        total += c[-1]
        mass.append(mass[-1] - density)
        density *= x / b / 2 / (mpf(n) / 2 + k)
    assert 1 - total < mpf(10) ** -45
    lower = sum(a * f for a, f in zip(c, mass))
    upper = sum(a * (1 - f) for a, f in zip(c, mass))
    return lower, upper


rows = 0


def row(weights, x, tails):
    global rows
    x = float(x)
    lower, upper = tails
    if min(lower, upper) < SMALLEST:
        return
    assert abs(lower + upper - 1) < mpf(10) ** -30, (lower, upper)
    rows += 1
    groups = []
    for v in weights:
        if groups and groups[-1][0] == v:
            groups[-1][1] += 1
        else:
            groups.append([v, 1])
    text = " ".join(f"{v!r}*{m}" if m > 1 else repr(v) for v, m in groups)
    print(text, repr(x), mp.nstr(lower, 20), mp.nstr(upper, 20), sep=",")


def check():
    """Both ways against each other, and against a convolution by quadrature."""
    for x in [.3, 4.0, 30.0]:
        a, b = pairs([1.0, .4, 3.0], x), ruben([1.0, 1.0, .4, .4, 3.0, 3.0], x)
        assert abs(a[0] - b[0]) < mpf(10) ** -35
    mp.dps = 25
    x, a, b = mpf(2), mpf(1), mpf(5)
    direct = quad(lambda z: 2 * exp(-z * z / 2) / sqrt(2 * pi) * erf(sqrt((x - a * z * z) / b / 2)), [0, 1, sqrt(x / a)])
    assert abs(direct - ruben([1.0, 5.0], 2.0)[0]) < mpf(10) ** -12


check()
print("weights,x,lower,upper")

FACTORS = [1e-6, 1e-3, .03, .2, .5, .8, .95, 1, 1.05, 1.3, 2, 4, 10, 30]

for weights in [
    [1.0], [1.0, 2.0], [1.0, 1e3], [1.0, 1e6], [1.0, 1e12], [1e-3, 1.0, 1e3], [1e-9, 1e-6, 1e-3, 1.0, 1e3, 1e6],
    [1.0 + i for i in range(10)], [1.5 ** i for i in range(20)], [1.1 ** i for i in range(60)], [1.05 ** i for i in range(150)],
    [1e5] + [1.0 + i / 16 for i in range(30)], [1e-5] + [1.0 + i / 16 for i in range(30)],
]:
    mean = 2 * sum(weights)
    for factor in FACTORS:
        row(sorted(weights * 2), mean * factor, pairs(weights, mean * factor))
    for x in {4 * min(weights), 30 * min(weights), 20 * max(weights)}:
        row(sorted(weights * 2), x, pairs(weights, x))

for weights in [
    [1.0], [2.5, 1.0], [1.0, .99999], [20.0, 1.0], [7.0, 3.0, 1.0], [1.0] * 5 + [30.0], [10.0] * 4 + [1.0], [.3, .7, 1.1, 2.0, 2.0, 2.9, 5.0],
    [1 + i / 4 for i in range(25)],
]:
    mean = sum(weights)
    for factor in FACTORS:
        if factor * mean / min(weights) < 900:
            row(sorted(weights), mean * factor, ruben(weights, mean * factor))

print(rows, "rows", file=sys.stderr)
