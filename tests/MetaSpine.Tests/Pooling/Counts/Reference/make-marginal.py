"""Prints marginal log-likelihoods by brute force, for the constants of CountModelTests.

    python3 make-marginal.py        (mpmath 1.3; a few seconds)

Nothing is shared with the library: binomial coefficients are exact integers, integrals are done by tanh-sinh quadrature with 40
digits on pieces of the line, and Laplace's approximation is differentiated numerically with 40 digits.
"""
import json
import os
from mpmath import mp, mpf, log, exp, sqrt, pi, quad, binomial, findroot, diff, matrix

mp.dps = 40
HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..", "Reference", "glmm")


def case(name):
    return json.load(open(os.path.join(HERE, name + ".json")))["data"]


def over_normal(f):
    """The mean of f over a standard normal variable."""
    pieces = [mpf(i) / 2 for i in range(-20, 21)]
    return quad(lambda u: f(u) * exp(-u * u / 2), pieces) / sqrt(2 * pi)


def hypergeometric(a, n1, n2, m):
    low, high = max(0, m - n2), min(n1, m)
    weights = [(j, int(binomial(n1, j)) * int(binomial(n2, m - j))) for j in range(low, high + 1)]
    own = dict(weights)[a]

    def probability(theta):
        return own / sum(w * exp((j - a) * theta) for j, w in weights)
    return probability


def conditional(beta, tau2):
    d = case("hine1989-or")
    total = mpf(0)
    for a, n1, c, n2 in zip(d["ai"], d["n1i"], d["ci"], d["n2i"]):
        p = hypergeometric(a, n1, n2, a + c)
        total += log(over_normal(lambda u: p(beta + sqrt(tau2) * u)))
    return total


def proportions(beta, tau2):
    d = case("pritz1997-plo")
    total = mpf(0)
    for x, n in zip(d["xi"], d["ni"]):
        def f(u):
            eta = beta + sqrt(tau2) * u
            return int(binomial(n, x)) * exp(x * eta) / (1 + exp(eta)) ** n
        total += log(over_normal(f))
    return total


def laplace():
    """debruin2009-plo: the maximum of Laplace's approximation, and its standard error."""
    d = case("debruin2009-plo")

    def value(b, t):
        total = mpf(0)
        for x, n in zip(d["xi"], d["ni"]):
            u = mpf(0)
            for _ in range(100):
                p = 1 / (1 + exp(-b - t * u))
                step = (t * (x - n * p) - u) / (1 + t * t * n * p * (1 - p))
                u += step
                if abs(step) < mpf(10) ** -35:
                    break
            e = b + t * u
            p = 1 / (1 + exp(-e))
            total += log(int(binomial(n, x))) + x * e - n * log(1 + exp(e)) - u * u / 2 - log(1 + t * t * n * p * (1 - p)) / 2
        return total
    b, t = findroot(lambda b, t: [diff(value, (b, t), (1, 0)), diff(value, (b, t), (0, 1))], (mpf("-.1119"), mpf(".614")), tol=1e-25)
    hessian = matrix([[diff(value, (b, t), (2, 0)), diff(value, (b, t), (1, 1))], [diff(value, (b, t), (1, 1)), diff(value, (b, t), (0, 2))]])
    return b, t * t, sqrt(((-hessian) ** -1)[0, 0]), value(b, t)


def show(name, values):
    print(name, *[mp.nstr(v, 15) for v in values])


show("laplace, debruin2009-plo: beta tau2 se ll", laplace())
show("pritz1997-plo at (1.4, 0.6)", [proportions(mpf("1.4"), mpf("0.6"))])
show("hine1989-or, CM.EL at (0.5, 0.2)", [conditional(mpf("0.5"), mpf("0.2"))])
