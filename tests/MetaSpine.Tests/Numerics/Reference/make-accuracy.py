"""Writes accuracy.csv: 50 digits of functions where doubles lose them, and what R gives for the same.

    python3 make-accuracy.py > accuracy.csv        (mpmath 1.3, R 4.2 with metafor 3.8; some minutes; the names of functions below make parts of it)

A row holds the function, the region, the arguments (doubles, taken as exact, separated by blanks; the lists of a data set by a bar), the value in
50 digits, and R's answer in 17; R's is empty where base R and metafor have no such function, NA where they give none.

Distribution functions are series of positive terms with hundreds of digits, so that a complement keeps 50 however small it is; quantiles are
roots of them; bivariate probabilities integrate a conditional one over the other variable; likelihoods are written with full matrices.
Nothing here is shared with the library: no continued fraction, no asymptotic series, no closed form for a model with an intercept only.
"""
import random
import subprocess
import sys
from mpmath import mp, mpf, matrix, exp, log, loggamma, gamma, erfc, sqrt, pi, quad, hyp2f1, binomial, findroot, det, inverse, asin, sin, cos

DIGITS = 50
SERIES = 420
SMALLEST = mpf(10) ** -300
rows = []


def row(function, region, arguments, value, r=None):
    rows.append((function, region, " ".join(repr(float(a)) if not isinstance(a, str) else a for a in arguments), mp.nstr(value, DIGITS), r))


# ---- distributions -------------------------------------------------------------------------------------------------------------

def gamma_lower(a, x):
    """x^a e^-x / Gamma(a+1) * sum x^n / (a+1)_n."""
    term, total, n = mpf(1), mpf(1), 0
    while term > total * mp.eps or x > a + n:
        n += 1
        term *= x / (a + n)
        total += term
    return total * exp(a * log(x) - x - loggamma(a + 1))


def beta_lower(a, b, x):
    """x^a (1-x)^b / (a B(a, b)) * sum (a+b)_n / (a+1)_n x^n; by symmetry where x is beyond a half."""
    if x > mpf(1) / 2:
        return 1 - beta_lower(b, a, 1 - x)
    term, total, n = mpf(1), mpf(1), 0
    while term > total * mp.eps or x * (a + b + n) > a + n:
        term *= x * (a + b + n) / (a + 1 + n)
        total += term
        n += 1
    return total * exp(a * log(x) + b * log(1 - x) + loggamma(a + b) - loggamma(a + 1) - loggamma(b))


def normal_upper(x):
    return erfc(x / sqrt(mpf(2))) / 2


def student_upper(x, df):
    outside = beta_lower(df / 2, mpf(1) / 2, df / (df + x * x)) / 2
    return outside if x > 0 else 1 - outside


LOWER = {
    "normal": lambda x: 1 - normal_upper(x),
    "t": lambda x, df: 1 - student_upper(x, df),
    "chi-squared": lambda x, df: gamma_lower(df / 2, x / 2),
    "F": lambda x, m, n: beta_lower(m / 2, n / 2, m * x / (m * x + n)),
    "beta": lambda x, a, b: beta_lower(a, b, x),
}
R_NAME = {"normal": "norm", "t": "t", "chi-squared": "chisq", "F": "f", "beta": "beta"}


def tail(name, region, x, *parameters, upper):
    mp.dps = SERIES
    x = mpf(float(x))
    lower = LOWER[name](x, *map(mpf, parameters))
    value = 1 - lower if upper else lower
    if value < SMALLEST or value > 1 - mpf(10) ** -3:
        return
    given = ", ".join(repr(float(a)) for a in (x, *parameters))
    row(f"{name}, {'upper' if upper else 'lower'} tail", region, (x, *parameters), value, f"p{R_NAME[name]}({given}, lower.tail={'FALSE' if upper else 'TRUE'})")


def quantile(name, region, p, *parameters, upper):
    """The root in ln x of the logarithm of the tail, from R's own quantile or any start: bisection first, then the secant."""
    mp.dps = 80 if name != "normal" else 60
    target = log(mpf(float(p)))
    mp.dps = 80 + max(0, int(-target / 2))

    def miss(u):
        x = exp(u) if name != "normal" else u
        lower = LOWER[name](x, *map(mpf, parameters))
        part = 1 - lower if upper else lower
        return log(part) - target if part > 0 else mpf(-10) ** 9

    # A chi-squared variable beyond this has a tail below any p here, and a series without end.
    low, high = {"normal": (mpf(-40), mpf(40)), "beta": (mpf(-700), -mpf(10) ** -30), "chi-squared": (mpf(-700), log(mpf(2000 + 60 * parameters[0]))) if name == "chi-squared" else None}.get(name, (mpf(-700), mpf(700)))
    sign = -1 if upper else 1
    for _ in range(25):
        middle = (low + high) / 2
        low, high = (middle, high) if sign * miss(middle) < 0 else (low, middle)
    root = findroot(miss, (low, high), solver="anderson", tol=mpf(10) ** -110, maxsteps=60, verify=False)
    assert abs(miss(root)) < mpf(10) ** -52, (name, p, parameters)
    value = exp(root) if name != "normal" else root
    given = ", ".join(repr(float(a)) for a in (p, *parameters))
    row(f"{name}, {'upper' if upper else 'lower'} quantile", region, (p, *parameters), value, f"q{R_NAME[name]}({given}, lower.tail={'FALSE' if upper else 'TRUE'})")


def tails():
    for x in [.01, .1, .5, 1, 1.5, 2, 2.5, 3, 4, 5]:
        tail("normal", "z up to 5", x, upper=True)
    for x in [6, 8.5, 11, 15.3, 19.7, 24.2, 28.8, 32.1, 35.6, 37.05]:
        tail("normal", "z from 6 to 37", x, upper=True)
    for df in [.1, .5, 1, 2, 4.4, 30, 1e3, 1e6, 1e10]:
        for x in [.001, .3, 1.1, 2.7, 9, 33]:
            tail("t", "df from 0.1 to 1e10", x, df, upper=True)
    for df in [1, 3, 7, 12.25, 40]:
        for x in [1e3, 1e6, 1e12, 1e20, 1e60]:
            tail("t", "t from 1e3 to 1e60", x, df, upper=True)
    for df in [.1, .7, 1, 2, 5, 24, 300]:
        for share in [1e-8, 1e-3, .1, .5, .9]:
            tail("chi-squared", "below the mean, df from 0.1", df * share, df, upper=False)
        for share in [1.1, 2, 5, 20]:
            tail("chi-squared", "above the mean, df from 0.1", df * share, df, upper=True)
    for df in [1e4, 1e5, 1e6]:
        for z in [-30, -12, -5, -1, 0]:
            tail("chi-squared", "df from 1e4 to 1e6", df + z * (2 * df) ** .5, df, upper=False)
        for z in [.5, 2, 7, 15, 30]:
            tail("chi-squared", "df from 1e4 to 1e6", df + z * (2 * df) ** .5, df, upper=True)
    for m, n in [(1, 1), (2, 7), (3.5, 12), (10, 3), (40, 200), (200, 2.5), (1, 5e3), (5, 1e6)]:
        for x in [1e-6, .01, .3, .9]:
            tail("F", "all tails", x, m, n, upper=False)
        for x in [1.2, 3, 12, 90]:
            tail("F", "all tails", x, m, n, upper=True)
    for a, b in [(.05, .05), (.05, 30), (.5, .5), (3, 2), (77, 924), (1, 1e5), (5e3, 5e3), (20000.1, 100000.7)]:
        mean, deviation = a / (a + b), (a * b / (a + b + 1)) ** .5 / (a + b)
        for z in [-25, -9, -3, -1, 0]:
            if mean + z * deviation > 0:
                tail("beta", "shapes from 0.05 to 1e5", mean + z * deviation, a, b, upper=False)
        for z in [.5, 2, 6, 20]:
            if mean + z * deviation < 1:
                tail("beta", "shapes from 0.05 to 1e5", mean + z * deviation, a, b, upper=True)


def quantiles():
    for p in [1e-300, 1e-120, 1e-40, 1e-12, 1e-5, .001, .025, .1, .2, .3, .42]:
        quantile("normal", "p from 1e-300", p, upper=False)
    for p in [.5 + 2.0 ** -k for k in (4, 9, 15, 22, 30, 40)]:
        quantile("normal", "p next to 1/2", p, upper=False)
    for df in [.2, .5, 1, 2, 3, 7.5, 30, 1e4]:
        for p in [1e-60, 1e-20, 1e-9, 1e-4, .025, .2, .4]:
            quantile("t", "df from 0.2, p from 1e-60", p, df, upper=True)
    for df in [.2, 1, 2, 5, 40, 1e3, 1e4]:
        for p in [1e-100, 1e-30, 1e-10, 1e-3, .025, .3]:
            quantile("chi-squared", "df from 0.2, p from 1e-100", p, df, upper=True)
            if df >= 1 or p > 1e-20:
                quantile("chi-squared", "df from 0.2, p from 1e-100", p, df, upper=False)


def quantiles_of_two_parameters():
    for m, n in [(1, 4), (2.5, 30), (12, 3), (60, 500)]:
        for p in [1e-40, 1e-12, 1e-4, .05, .4]:
            quantile("F", "p from 1e-40", p, m, n, upper=True)
            quantile("F", "p from 1e-40", p, m, n, upper=False)
    for a, b in [(.5, .5), (.3, 8), (3, 2), (1, 40), (77, 924), (500, 500)]:
        for p in [1e-40, 1e-12, 1e-4, .025, .4]:
            quantile("beta", "p from 1e-40", p, a, b, upper=False)


# ---- sums of weighted chi-squared variables, two normal variables ---------------------------------------------------------------

def weighted():
    """Weights that come in pairs make a sum of exponential variables: finite sums of exponentials."""
    for weights in [(1, 1e-12), (1e-6, 1, 1e6), (1e-9, 1e-3, 1, 2, 1e9), (1, 1.0009765625), (.5, 1, 1.5, 2, 2.5, 3, 3.5, 4)]:
        mp.dps = 400
        w = [mpf(v) for v in weights]
        for share in [1e-6, .01, .3, .9, 1.2, 4, 30, 200]:
            x = mpf(float(share * sum(weights) * 2))
            parts = []
            for j, a in enumerate(w):
                product = mpf(1)
                for i, b in enumerate(w):
                    product *= a / (a - b) if i != j else 1
                parts.append(product * exp(-x / (2 * a)))
            upper = sum(parts)
            side, value = ("lower", 1 - upper) if share < 1 else ("upper", upper)
            if value > SMALLEST:
                row(f"weighted chi-squared, {side} tail", "weights over 18 orders, near ties", (*weights, "|", x), value)


def phi(x):
    return exp(-x * x / 2) / sqrt(2 * pi)


def conditional(x, y, r):
    """The normal density up to x times the conditional probability of being below y; slow, and good to about 20 digits."""
    s = sqrt((1 - r) * (1 + r))
    cuts = sorted({c for c in [x - k for k in (.1, .5, 1, 2, 4, 7, 12)] + [y / r + k * s / r for k in (-6, -2, 0, 2, 6)] if x - 30 < c < x})
    return quad(lambda u: phi(u) * erfc(-(y - r * u) / s / sqrt(mpf(2))) / 2, [x - 30, *cuts, x])


def bivariate(x, y, r):
    """Plackett's (1954) integral over the angle whose sine is the correlation, from a right angle below on, where one variable is the other's negative."""
    x, y, angle = mpf(x), mpf(y), asin(mpf(r))
    total = max(mpf(0), 1 - normal_upper(x) - normal_upper(y)) if x + y > 0 else mpf(0)
    cuts = sorted({c for c in [mpf(k) / 8 for k in range(-12, 13, 3)] + [angle - mpf(2) ** -k for k in (2, 4, 7, 11, 16)] + [mpf(k) * (pi / 2 - mpf(2) ** -j) for k in (-1, 1) for j in (4, 7, 10, 14, 18)] if -pi / 2 < c < angle})

    def f(t):
        # Two ways to write (x^2 - 2xy sin t + y^2) / (2 cos^2 t), of which one has no difference of large numbers.
        s, c = sin(t), cos(t)
        return exp((-((x - y) / c) ** 2 / 2 - x * y / (1 + s)) if s > 0 else (-((x + y) / c) ** 2 / 2 + x * y / (1 - s))) / (2 * pi) if c > 0 else mpf(0)

    parts = [-pi / 2, *cuts, angle]
    for a, b in zip(parts, parts[1:]):
        size = max(f(a + (b - a) * k / 8) for k in range(9))  # quad() stops by absolute size
        if size > 0:
            total += size * quad(lambda t: f(t) / size, [a, b])
    return total


def bivariates():
    mp.dps = 25
    for case in [(-1.5, -2, -.7), (.2, .25, .999), (2.5, 3, -.95), (-3, -3.5, .8)]:
        assert abs(conditional(*map(mpf, case)) / bivariate(*case) - 1) < mpf(10) ** -16, case
    for region, cases in {
        "near the middle": [(0, 0, .5), (1, -.5, .3), (.2, .25, .999), (.3, -.7, 1e-8), (2.5, 3, -.95), (1, 1, -.999999), (-.4, .9, -.2), (-1, -1.001, .999999)],
        "both below -3, correlation above 0": [(-3, -3.5, .8), (-6, -7, .9), (-10, -9, .3), (-5, -5.01, .9999), (-20, -20, .5), (-4, -4, .01)],
        "both below 0, correlation below 0": [(-1.5, -2, -.7), (-3, -3.5, -.5), (-2, -2, -.95), (-1, -.5, -.99), (-4, -5, -.3), (-.1, -.2, -.999)],
    }.items():
        for case in cases:
            mp.dps = 60
            row("bivariate normal, both below", region, case, bivariate(*case))


def tetrachoric():
    for a, b, c, d in [(40, 10, 12, 38), (5, 45, 3, 47), (1, 200, 300, 5000), (1000, 1, 2, 900), (12, 11, 13, 12), (10001, 10000, 10000, 10001), (7, 1, 1, 3), (250, 3, 2, 1)]:
        mp.dps = 60
        n = a + b + c + d

        def cut(p):
            return findroot(lambda z: erfc(-z / sqrt(mpf(2))) / 2 - p, 0, tol=mpf(10) ** -110)

        h, k = cut(mpf(a + b) / n), cut(mpf(a + c) / n)
        target = mpf(a) / n
        low, high = mpf(-1 + 2.0 ** -30), mpf(1 - 2.0 ** -30)
        mp.dps = 20
        for _ in range(36):
            middle = (low + high) / 2
            low, high = (middle, high) if bivariate(h, k, middle) < target else (low, middle)
        mp.dps = 60
        root = low
        for _ in range(9):  # Newton's method, by the density
            square = (1 - root) * (1 + root)
            density = exp(-(h * h - 2 * root * h * k + k * k) / (2 * square)) / (2 * pi * sqrt(square))
            root -= (bivariate(h, k, root) - target) / density
        assert abs(bivariate(h, k, root) - target) < mpf(10) ** -48
        row("tetrachoric correlation", "near 0, near 1, rare cells", (a, b, c, d), root)


# ---- functions of effect sizes and of counts -------------------------------------------------------------------------------------

def gammas():
    mp.dps = 60
    for m in [1.001, 1.5, 2, 3, 4, 7, 12, 26, 63, 128, 129, 400, 2500, 1e5, 1e7, 1e10]:
        value = exp(loggamma(mpf(m) / 2) - loggamma((mpf(m) - 1) / 2)) / sqrt(mpf(m) / 2)
        row("Hedges' J", "m from 1.001 to 1e10", (m,), value, f"exp(lgamma({m!r}/2) - log(sqrt({m!r}/2)) - lgamma(({m!r}-1)/2))")
    for m in [1.5, 2, 3, 7, 26, 128, 400, 1e5, 1e10]:
        mp.dps = 80
        j = exp(loggamma(mpf(m) / 2) - loggamma((mpf(m) - 1) / 2)) / sqrt(mpf(m) / 2)
        r = f"exp(lgamma({m!r}/2) - log(sqrt({m!r}/2)) - lgamma(({m!r}-1)/2))"
        row("1 - (m - 2)/(m J^2)", "m from 1.5 to 1e10", (m,), 1 - (mpf(m) - 2) / (mpf(m) * j * j), f"1 - ({m!r}-2)/({m!r}*{r}^2)")
    for a in [1e-8, .01, .3, 1, 2.5, 8.9, 9, 40, 1e4, 1e9, 1e15]:
        mp.dps = 80
        value = loggamma(mpf(a) + 1) - (mpf(a) + mpf(1) / 2) * log(mpf(a)) + mpf(a) - log(2 * pi) / 2
        row("error of Stirling's formula", "a from 1e-8 to 1e15", (a,), value, f"lgamma({a!r}+1) - ({a!r}+.5)*log({a!r}) + {a!r} - .5*log(2*pi)")
    mp.dps = 60
    for a, b, c in [(1, 1, 2.5), (.5, .5, 11), (1, 1, 30.5), (1, 1, 501), (-.5, .5, 3)]:
        for w in [.9, .5, .1, 1e-3, 1e-6, 1e-10]:
            row("2F1(a, b, c, 1 - w)", "w from 1e-10", (a, b, c, w), hyp2f1(mpf(a), mpf(b), mpf(c), 1 - mpf(w)))


def tables():
    """Fisher's noncentral hypergeometric distribution by its sum of binomial coefficients."""
    for events, n1, n2, m in [(3, 10, 12, 5), (0, 20, 30, 7), (12, 40, 38, 30), (7, 1000, 2000, 11), (480, 1000, 1000, 1000), (1, 5, 5, 1), (60, 5000, 100, 120)]:
        mp.dps = 80
        lowest, highest = max(0, m - n2), min(n1, m)
        terms = [binomial(n1, j) * binomial(n2, m - j) for j in range(lowest, highest + 1)]
        for theta in [-8.0, -1.5, -.2, 0.0, .7, 3.0, 12.0]:
            e = exp(mpf(theta))
            value = log(terms[events - lowest] * e ** events / sum(t * e ** (lowest + i) for i, t in enumerate(terms)))
            if abs(value) > mpf(10) ** -12:
                row("conditional likelihood of a table", "to 5,000 people, log odds ratio to 12", (events, n1, n2, m, theta), value)
        if lowest < events < highest:
            mean = lambda theta: sum((lowest + i) * t * exp(theta * (lowest + i)) for i, t in enumerate(terms)) / sum(t * exp(theta * (lowest + i)) for i, t in enumerate(terms)) - events
            row("conditional odds ratio of a table, its log", "to 5,000 people", (events, n1, n2, m), findroot(mean, log(mpf(events * (n2 - m + events)) / ((n1 - events) * (m - events)))),
                f"log(fisher.test(matrix(c({events},{n1 - events},{m - events},{n2 - m + events}),2))$estimate)")


# ---- likelihoods -----------------------------------------------------------------------------------------------------------------

BCG_Y = [-.88931133, -1.58538866, -1.34807315, -1.44155119, -.21754732, -.78611559, -1.62089822, .01195233, -.46941765, -1.37134480, -.33935883, .44591340, -.01731395]
BCG_V = [.325584765, .194581121, .415367965, .020010032, .051210172, .006905618, .223017248, .003961579, .056434210, .073024794, .012412214, .532505857, .071404660]
BCG_LATITUDE = [44, 55, 42, 52, 13, 44, 19, 13, 27, 42, 18, 33, 33]
BCG_YEAR = [1948, 1949, 1960, 1977, 1973, 1953, 1973, 1980, 1968, 1961, 1974, 1969, 1976]


def problems():
    random.seed(20)
    yield "ordinary", BCG_Y, BCG_V, []
    yield "ordinary", BCG_Y, BCG_V, [BCG_LATITUDE]
    yield "raw years and their squares", BCG_Y, BCG_V, [BCG_LATITUDE, BCG_YEAR]
    yield "raw years and their squares", BCG_Y, BCG_V, [BCG_YEAR, [year * year for year in BCG_YEAR]]
    for k in (4, 6, 9, 12):
        v = [10 ** random.uniform(-6, 6) for _ in range(k)]
        yield "variances over 12 orders", [random.gauss(0, (a + .01 * 4 ** (k - 4)) ** .5) for a in v], v, []
    for k in (6, 9):
        v = [10 ** random.uniform(-6, 6) for _ in range(k)]
        yield "variances over 12 orders", [random.gauss(0, (a + 3) ** .5) for a in v], v, [[random.gauss(0, 1) for _ in v]]
    yield "one study outweighs all", [1, 2, 2.2], [1e-12, 1, 1], []
    yield "one study outweighs all", [.3, 4, 4.5, -3.5, 1], [1e-14, 1, 1, 2, .5], []
    yield "one study outweighs all", [5, 1.25, 8, -3.5, 1, 4], [1e-13, .1, .3, .2, .5, .4], [[1, 2, 4, 3, 7, 5]]
    yield "estimates far from 0", [1e8 + .25, 1e8 - 3.5, 1e8 + 2, 1e8 - .75, 1e8 + 5], [.5, 1, .25, 2, .75], []
    yield "two studies", [0, 3], [.5, 1.5], []
    yield "tau^2 just above 0", [-1.0078125, 1.0078125], [2, 2], []
    yield "tau^2 just above 0", [.5, -1.125, 1.5, .25, -1.5], [.5, 1, 1.5, .75, 1.125], []


def fits():
    for region, y, v, moderators in problems():
        mp.dps = 100
        k, p = len(y), 1 + len(moderators)
        X = matrix(k, p)
        for i in range(k):
            X[i, 0] = 1
            for j, column in enumerate(moderators):
                X[i, j + 1] = mpf(column[i])
        Y, V = matrix([mpf(a) for a in y]), [mpf(a) for a in v]
        constant = log(det(X.T * X))

        def parts(t):
            W = matrix(k, k)
            for i in range(k):
                W[i, i] = 1 / (V[i] + t)
            xwx = X.T * W * X
            P = W - W * X * inverse(xwx) * X.T * W
            return W, P, P * Y, xwx

        def score(t, restricted):
            W, P, py, _ = parts(t)
            return (py.T * py)[0] - sum((P if restricted else W)[i, i] for i in range(k))

        def likelihood(t, restricted):
            _, _, py, xwx = parts(t)
            q, logs = (Y.T * py)[0], sum(log(a + t) for a in V)
            return -((k - p) * log(2 * pi) - constant + logs + log(det(xwx)) + q) / 2 if restricted else -(k * log(2 * pi) + logs + q) / 2

        mods = "" if not moderators else ", mods = cbind(" + ", ".join(f"c({', '.join(map(repr, column))})" for column in moderators) + ")"
        for method, restricted in (("REML", True), ("ML", False)):
            # Every sign change from plus to minus of the score on a fine grid is a mode.
            least, grid, best = min(V), [mpf(0)], None
            while grid[-1] < 10 * (max(Y) - min(Y)) ** 2 + least:
                grid.append((grid[-1] + least) * mpf(1.25) - least)
            signs = [score(t, restricted) for t in grid]
            modes = [mpf(0)] if signs[0] <= 0 else []
            for a, b, s, u in zip(grid, grid[1:], signs, signs[1:]):
                if s > 0 >= u:
                    modes.append(findroot(lambda t: score(t, restricted), (a, b), solver="anderson", tol=mpf(10) ** -150, maxsteps=200, verify=False))
            best = max(modes, key=lambda t: likelihood(t, restricted))
            assert best == 0 or abs(score(best * (1 + mpf(10) ** -55), restricted)) > abs(score(best, restricted))
            lists = " | ".join([repr(float(restricted)), *(" ".join(repr(float(a)) for a in values) for values in (y, v, *moderators))])
            fit = f"rma(c({', '.join(map(repr, y))}), c({', '.join(map(repr, v))}){mods}, method='{method}')"
            if best > 0:
                row("tau^2 by REML and ML", region, (lists,), best, fit + "$tau2")
            row("REML and ML log-likelihood at its mode", region, (lists,), likelihood(best, restricted), f"c(logLik({fit}))")


def answers(expressions):
    """R's answers in one run."""
    lines = ["suppressPackageStartupMessages(library(metafor))", "options(warn = -1)",
             "say <- function(e) cat(tryCatch(if (is.finite(as.numeric(e)[1])) sprintf('%.17g', as.numeric(e)[1]) else 'NA', error = function(x) 'NA'), '\\n', sep = '')"]
    lines += [f"say({expression})" for expression in expressions]
    result = subprocess.run(["Rscript", "--vanilla", "-"], input="\n".join(lines), capture_output=True, text=True, check=True)
    return result.stdout.split("\n")[:len(expressions)]


makers = (tails, quantiles, quantiles_of_two_parameters, weighted, bivariates, tetrachoric, gammas, tables, fits)
for make in [maker for maker in makers if maker.__name__ in sys.argv[1:]] or makers:
    before = len(rows)
    make()
    print(make.__name__, len(rows) - before, "rows", file=sys.stderr, flush=True)
asked = [r[4] for r in rows if r[4]]
given = iter(answers(asked))
print("function;region;arguments;value;r", *[";".join(r[:4]) + ";" + (next(given) if r[4] else "") for r in rows], sep="\n")
