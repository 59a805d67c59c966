#!/usr/bin/env python3
"""Writes measures.json: every measure with every variance, by the published formulas in 50 digits (Python 3 with mpmath).

The formulas are written out as they are published, with the pooled and average quantities spelled out, and share nothing with the
library, which rearranges them against cancellation. Tetrachoric correlations maximise the likelihood over the correlation and both
cuts, with the variance from a numerical Hessian; hypergeometric functions are mpmath's own. Run: python3 make-measures.py
"""
import json
import os
from mpmath import mp, mpf, sqrt, log, exp, pi, asin, atanh, gamma, erfinv, erfc, hyp2f1, quad, findroot, cbrt, matrix, inverse, diff

mp.dps = 50
F = mpf
GROUPS = dict(m1i=["94.7", "98.3", "98.2", "1e6", "3.2", "-4.1"], sd1i=["22", "22", "32", "10", "0.04", "1.9"], n1i=[60, 65, 40, 3, 2000, 8],
              m2i=["92.0", "92", "94.6", "1e6", "3.1", "-3.2"], sd2i=["20", "22", "31", "12", "0.05", "3.5"], n2i=[60, 65, 40, 4, 3000, 2])
CHANGE = dict(m1i=["51.3", "10.25", "12", "3.02"], m2i=["55.1", "9.1", "12.5", "3.01"], sd1i=["9.6", "2.2", "4", "0.3"], sd2i=["10.1", "2.5", "3", "0.31"],
              ni=[24, 6, 1500, 30], ri=["0.62", "0.05", "-0.3", "0.98"])
TABLES = dict(ai=[4, 6, 12, 62, 500, 1], bi=[119, 300, 3, 1, 500, 9], ci=[11, 29, 9, 40, 3, 7], di=[128, 274, 40, 9, 9000, 4])
PAIRS = dict(ai=[212, 8, 3, 40], bi=[45, 5, 1, 12], ci=[144, 11, 20, 12], di=[23, 16, 9, 900])
COR = dict(ri=["0.187", "0.162", "-0.34", "0.98", "0", "1e-5", "-0.72", "0.5"], ni=[109, 749, 55, 12, 5, 6, 7, 100000])
PARTIAL = dict(ri=["0.45", "-0.21", "0.03", "0.9"], mi=[3, 1, 7, 2], ni=[60, 15, 400, 12])
SEMI = dict(ri=["0.35", "-0.21", "0.03", "0.8"], mi=[3, 1, 7, 2], ni=[60, 15, 400, 12], r2i=["0.4", "0.1", "0.22", "0.75"])
R2 = dict(r2i=["0.4", "0.1", "0.02", "0.9"], mi=[3, 1, 7, 2], ni=[60, 15, 400, 12])
AREA = dict(ai=["0.82", "0.5", "0.31", "0.97"], mi=["0.1", "0", "0.02", "0"], n1i=[20, 5, 400, 12], n2i=[31, 6, 350, 9])
PROPORTION = dict(xi=[3, 40, 199, 1], ni=[22, 80, 200, 1000])
RATE = dict(xi=[3, 40, 1, 900], ti=["228.5", "80", "0.5", "100000"])
RATES = dict(x1i=[7, 8, 3, 150], t1i=["1344", "150.2", "20", "1"], x2i=[11, 8, 1, 20], t2i=["1988", "149", "31", "0.25"])
MEAN = dict(mi=["23.9", "10.8", "1e5", "3"], sdi=["3.1", "8.1", "2", "0.4"], ni=[50, 10, 4, 3])
ALPHA = dict(ai=["0.93", "0.61", "-0.1", "0.999"], mi=[20, 4, 2, 31], ni=[103, 12, 4, 9000])
GENES = dict(ai=[30, 100, 3, 1], bi=[45, 80, 10, 900], ci=[12, 14, 2, 7])
VARIATE = dict(sd1i=GROUPS["sd1i"], n1i=GROUPS["n1i"], sd2i=GROUPS["sd2i"], n2i=GROUPS["n2i"])


def J(m):
    return gamma(m / 2) / (sqrt(m / 2) * gamma((m - 1) / 2)) if m > 1 else mp.nan


def c(m, o):
    return J(m) if o["correct"] else F(1)


def Phi(x):
    return erfc(-x / sqrt(F(2))) / 2


def phi(x):
    return exp(-x * x / 2) / sqrt(2 * pi)


def probit(p):
    return sqrt(F(2)) * erfinv(2 * p - 1)


def wmean(rows, value, weight):
    return sum(weight(r) * value(r) for r in rows) / sum(weight(r) for r in rows)


def pooled(r):
    return sqrt(((r.n1 - 1) * r.s1 ** 2 + (r.n2 - 1) * r.s2 ** 2) / (r.n1 + r.n2 - 2))


def cohen(r):
    return (r.m1 - r.m2) / pooled(r)


def average(r):
    return sqrt((r.s1 ** 2 + r.s2 ** 2) / 2)


def sdiff(r):
    return sqrt(r.s1 ** 2 + r.s2 ** 2 - 2 * r.r * r.s1 * r.s2)


class Row:
    """One study's numbers under short names, as the doubles that the library reads."""
    NAMES = dict(m1i="m1", sd1i="s1", n1i="n1", m2i="m2", sd2i="s2", n2i="n2", ai="a", bi="b", ci="c", di="d", ri="r", ni="n", mi="m", sdi="s",
                 r2i="q", xi="x", ti="t", x1i="x1", t1i="t1", x2i="x2", t2i="t2", pi="p")

    def __init__(self, data, i):
        for name, column in data.items():
            setattr(self, self.NAMES[name], F(float(column[i])))


def hedges(d, base, m, size, weight=None, unbiased=None):
    """Estimate and the variances of a standardised distance."""
    g = lambda r, o: c(m(r), o) * d(r)
    variances = {
        "LS": lambda r, y, o, all: base(r) + y ** 2 / (2 * size(r)),
        "LS2": lambda r, y, o, all: c(m(r), o) ** 2 * (base(r) + d(r) ** 2 / (2 * size(r))),
        "UB": lambda r, y, o, all: (unbiased or base)(r) + (1 - (m(r) - 2) / (m(r) * c(m(r), o) ** 2)) * y ** 2,
        "H0": lambda r, y, o, all: c(m(r), o) ** 2 * base(r) * m(r) / (m(r) - 2) if m(r) > 2 else mp.nan,
    }
    if weight:
        def av(r, y, o, all):
            usable = [s for s in all if not mp.isnan(g(s, o))]
            return base(r) + wmean(usable, lambda s: g(s, o), weight) ** 2 / (2 * size(r))
        variances["AV"] = av
    return g, variances


two = lambda r: 1 / r.n1 + 1 / r.n2
N = lambda r: r.n1 + r.n2


def smdh(first1, first2, second1, second2):
    def v(r, y):
        s = average(r)
        return y ** 2 * (r.s1 ** 4 / first1(r) + r.s2 ** 4 / first2(r)) / (8 * s ** 4) + (r.s1 ** 2 / second1(r) + r.s2 ** 2 / second2(r)) / s ** 2
    return v


less1, less2, n1, n2 = (lambda r: r.n1 - 1), (lambda r: r.n2 - 1), (lambda r: r.n1), (lambda r: r.n2)
SMDH = {"LS": smdh(less1, less2, less1, less2), "LS2": smdh(n1, n2, n1, n2), "LS3": smdh(less1, less2, n1, n2)}

tot = lambda r: r.a + r.b + r.c + r.d
p1, p2 = (lambda r: r.a / (r.a + r.b)), (lambda r: r.c / (r.c + r.d))
g1, g2 = (lambda r: r.a + r.b), (lambda r: r.c + r.d)
both = lambda r: (r.a + r.c) / tot(r)
lor = lambda r: log(r.a * r.d / (r.b * r.c))
lorv = lambda r: 1 / r.a + 1 / r.b + 1 / r.c + 1 / r.d


def lor_family(f):
    def av(r, y, o, all):
        a1, a2 = wmean(all, p1, g1), wmean(all, p2, g2)
        return f ** 2 * (1 / (a1 * (1 - a1) * g1(r)) + 1 / (a2 * (1 - a2) * g2(r)))
    return (lambda r, o: f * lor(r)), {
        "LS": lambda r, y, o, all: f ** 2 * lorv(r), "AV": av,
        "H0": lambda r, y, o, all: f ** 2 * (1 / g1(r) + 1 / g2(r)) / (both(r) * (1 - both(r)))}


def phi_coefficient(r):
    return (r.a * r.d - r.b * r.c) / sqrt((r.a + r.b) * (r.c + r.d) * (r.a + r.c) * (r.b + r.d))


def phi_cs(r):
    y, n = phi_coefficient(r), tot(r)
    r1, r2, k1, k2 = (r.a + r.b) / n, (r.c + r.d) / n, (r.a + r.c) / n, (r.b + r.d) / n
    return (1 - y ** 2 + y * (1 + y ** 2 / 2) * (r1 - r2) * (k1 - k2) / sqrt(r1 * r2 * k1 * k2)
            - F(3) / 4 * y ** 2 * ((r1 - r2) ** 2 / (r1 * r2) + (k1 - k2) ** 2 / (k1 * k2))) / n


def phi_st(r):
    """Numerical delta method: both proportions vary, the group sizes do not."""
    def f(x, y):
        return phi_coefficient(type("T", (), dict(a=x * g1(r), b=(1 - x) * g1(r), c=y * g2(r), d=(1 - y) * g2(r))))
    return (diff(f, (p1(r), p2(r)), (1, 0)) ** 2 * p1(r) * (1 - p1(r)) / g1(r) + diff(f, (p1(r), p2(r)), (0, 1)) ** 2 * p2(r) * (1 - p2(r)) / g2(r))


def z_of(y, v):
    return v / (1 - y ** 2) ** 2


def bvn(h, k, rho):
    f = lambda t: exp(-(h * h + k * k - 2 * h * k * mp.sin(t)) / (2 * mp.cos(t) ** 2))
    return Phi(h) * Phi(k) + quad(f, mp.linspace(0, asin(rho), 4)) / (2 * pi)


def tetrachoric(r):
    n = tot(r)
    h, k = probit((r.a + r.b) / n), probit((r.a + r.c) / n)
    rho = findroot(lambda x: bvn(h, k, x) - r.a / n, (F("-0.9999999"), F("0.9999999")), solver="anderson", tol=1e-60, maxsteps=200, verify=False)

    def ll(x, h, k):
        a = bvn(h, k, x)
        return r.a * log(a) + r.b * log(Phi(h) - a) + r.c * log(Phi(k) - a) + r.d * log(1 - Phi(h) - Phi(k) + a)
    at, e = (rho, h, k), F("1e-12")
    shift = lambda i, s: tuple(x + (s * e if j == i else 0) for j, x in enumerate(at))
    move = lambda i, s, j, t: tuple(x + (s * e if l == i else 0) + (t * e if l == j else 0) for l, x in enumerate(at))
    H = matrix(3, 3)
    for i in range(3):
        for j in range(3):
            H[i, j] = -(ll(*move(i, 1, j, 1)) - ll(*move(i, 1, j, -1)) - ll(*move(i, -1, j, 1)) + ll(*move(i, -1, j, -1))) / (4 * e * e)
    return rho, inverse(H)[0, 0]


TETRA = {}


def rtet(r):
    key = (r.a, r.b, r.c, r.d)
    if key not in TETRA:
        TETRA[key] = tetrachoric(r)
    return TETRA[key]


def fixed(r, on_z):
    """The variance of the likelihood of the noncentral F distribution, over rho^2 or over z, by brute force."""
    def likelihood(t):
        ncp = r.n * t / (1 - t)
        return exp(-ncp / 2) * mp.hyp1f1((r.n - 1) / 2, r.m / 2, ncp * r.q / 2)
    with mp.workdps(30):
        peak, sd = atanh(sqrt(r.q)), 1 / sqrt(r.n - r.m - 1)
        points = sorted({max(F(0), peak + k * sd) for k in range(-12, 13)})
        value = (lambda z: z) if on_z else (lambda z: mp.tanh(z) ** 2)
        weight = (lambda z: 1) if on_z else (lambda z: mp.tanh(z) / mp.cosh(z) ** 2)
        moment = lambda f: quad(lambda z: f(value(z)) * weight(z) * likelihood(mp.tanh(z) ** 2), points)
        total = moment(lambda x: 1)
        mean = moment(lambda x: x) / total
        return moment(lambda x: (x - mean) ** 2) / total


def rpb(r):
    d = cohen(r)
    return d / sqrt(d ** 2 + h_of(r))


def h_of(r):
    return (r.n1 + r.n2 - 2) / r.n1 + (r.n1 + r.n2 - 2) / r.n2


def rpb_st(r):
    d, h = cohen(r), h_of(r)
    return h ** 2 / (h + d ** 2) ** 3 * (two(r) + d ** 2 / (2 * N(r)))


def rpb_cs(r):
    y = rpb(r)
    return (1 - y ** 2) ** 2 * (N(r) * y ** 2 / (4 * r.n1 * r.n2) + (2 - 3 * y ** 2) / (2 * N(r)))


def rbis(r):
    p, q = r.n1 / N(r), r.n2 / N(r)
    z = probit(1 - p)
    return sqrt(p * q) / phi(z) * rpb(r)


def rbis_v(r):
    p, q = r.n1 / N(r), r.n2 / N(r)
    z = probit(1 - p)
    f, y = phi(z), min(F(1), abs(rbis(r)))
    return (p * q / f ** 2 - (F(3) / 2 + (1 - p * z / f) * (1 + q * z / f)) * y ** 2 + y ** 4) / (N(r) - 1)


def clesn(r, o, vtype):
    return (r.m1 - r.m2) / (pooled(r) if vtype == "HO" else average(r))


def cles_ls(r):
    A, nbar = r.a, (r.n1 + r.n2) / 2
    return A * (1 - A) / ((r.n1 - 1) * (r.n2 - 1)) * (2 * nbar - 1 - (3 * nbar - 3) / ((2 - A) * (1 + A)))


def cles_ls2(r):
    A = r.a
    return (A * (1 - A) - r.m / 4 + (r.n1 - 1) * (A / (2 - A) - A ** 2) + (r.n2 - 1) * (2 * A ** 2 / (1 + A) - A ** 2)) / ((r.n1 - 1) * (r.n2 - 1))


def lnm(m, s, n):
    return s ** 2 / (n * m ** 2)


def rom_bias(r):
    return (lnm(r.m1, r.s1, r.n1) - lnm(r.m2, r.s2, r.n2)) / 2


def sb(n):
    return 1 / (2 * (n - 1))


cv1, cv2 = (lambda r: r.s1 / r.m1), (lambda r: r.s2 / r.m2)
rom_ls = lambda r: lnm(r.m1, r.s1, r.n1) + lnm(r.m2, r.s2, r.n2)
rom_2 = lambda r: r.s1 ** 4 / (2 * r.n1 ** 2 * r.m1 ** 4) + r.s2 ** 4 / (2 * r.n2 ** 2 * r.m2 ** 4)
romc_ls = lambda r: lnm(r.m1, r.s1, r.n) + lnm(r.m2, r.s2, r.n) - 2 * r.r * r.s1 * r.s2 / (r.n * r.m1 * r.m2)
romc_2 = lambda r: (r.s1 ** 4 / (2 * r.n ** 2 * r.m1 ** 4) + r.s2 ** 4 / (2 * r.n ** 2 * r.m2 ** 4)
                    + r.r ** 2 * r.s1 ** 2 * r.s2 ** 2 * (r.m1 ** 4 + r.m2 ** 4) / (2 * r.n ** 2 * r.m1 ** 4 * r.m2 ** 4))
romc_b = lambda r: (lnm(r.m1, r.s1, r.n) - lnm(r.m2, r.s2, r.n)) / 2
vrc_ls = lambda r: (1 - r.r ** 2) / (r.n - 1)
vrc_2 = lambda r: r.n / (r.n - 1) ** 2 - r.r ** 2 / (r.n - 1) + r.r ** 4 * (r.s1 ** 8 + r.s2 ** 8) / (2 * (r.n - 1) ** 2 * r.s1 ** 4 * r.s2 ** 4)
smcrph = lambda r, y, n: (sdiff(r) ** 2 / (average(r) ** 2 * n)
                          + y ** 2 * (r.s1 ** 4 + r.s2 ** 4 + 2 * r.r ** 2 * r.s1 ** 2 * r.s2 ** 2) / (8 * average(r) ** 4 * n))
ucor = lambda r: r.r * hyp2f1(0.5, 0.5, (r.n - 2) / 2, 1 - r.r ** 2) if r.n > 4 else mp.nan
cor_ls = lambda r, y: (1 - y ** 2) ** 2 / (r.n - 1)
sp_v = lambda r, y: (r.q ** 2 - 2 * r.q + (r.q - y ** 2) + 1 - (r.q - y ** 2) ** 2) / r.n
r2_ls = lambda r, y: 4 * y * (1 - y) ** 2 / r.n
r2_ls2 = lambda r, y: 4 * y * (1 - y) ** 2 * (r.n - r.m - 1) ** 2 / ((r.n ** 2 - 1) * (r.n + 3))
num = lambda r: (lambda n: (r.b / n * (1 - r.b / n) + r.c / n * (1 - r.c / n) + 2 * r.b * r.c / n ** 2))(tot(r))
L = lambda f: {"LS": lambda r, y, o, all: f(r, y)}

smd = hedges(cohen, two, lambda r: N(r) - 2, N, N)
smd1 = hedges(lambda r: (r.m1 - r.m2) / r.s2, two, lambda r: r.n2 - 1, lambda r: r.n2, N)
smcc = hedges(lambda r: (r.m1 - r.m2) / sdiff(r), lambda r: 1 / r.n, lambda r: r.n - 1, lambda r: r.n)
smcr = hedges(lambda r: (r.m1 - r.m2) / r.s1, lambda r: 2 * (1 - r.r) / r.n, lambda r: r.n - 1, lambda r: r.n, None,
              lambda r: 2 * (1 - ucor(r)) / r.n)
smn = hedges(lambda r: r.m / r.s, lambda r: 1 / r.n, lambda r: r.n - 1, lambda r: r.n)
pair_m = lambda r: 2 * (r.n - 1) / (1 + r.r ** 2)

MEASURES = {
    "OR": (TABLES, *lor_family(F(1))), "OR2DL": (TABLES, *lor_family(sqrt(F(3)) / pi)), "OR2DN": (TABLES, *lor_family(1 / F(1.65))),
    "RR": (TABLES, lambda r, o: log(p1(r)) - log(p2(r)), {
        "LS": lambda r, y, o, all: 1 / r.a - 1 / g1(r) + 1 / r.c - 1 / g2(r),
        "AV": lambda r, y, o, all: (lambda a, b: (1 - a) / (a * g1(r)) + (1 - b) / (b * g2(r)))(wmean(all, p1, g1), wmean(all, p2, g2)),
        "H0": lambda r, y, o, all: (1 - both(r)) / both(r) * (1 / g1(r) + 1 / g2(r))}),
    "RD": (TABLES, lambda r, o: p1(r) - p2(r), {
        "LS": lambda r, y, o, all: p1(r) * (1 - p1(r)) / g1(r) + p2(r) * (1 - p2(r)) / g2(r),
        "UB": lambda r, y, o, all: p1(r) * (1 - p1(r)) / (g1(r) - 1) + p2(r) * (1 - p2(r)) / (g2(r) - 1),
        "AV": lambda r, y, o, all: (lambda a, b: a * (1 - a) / g1(r) + b * (1 - b) / g2(r))(wmean(all, p1, g1), wmean(all, p2, g2)),
        "H0": lambda r, y, o, all: both(r) * (1 - both(r)) * (1 / g1(r) + 1 / g2(r))}),
    "PHI": (TABLES, lambda r, o: phi_coefficient(r), {
        "LS": lambda r, y, o, all: phi_cs(r), "CS": lambda r, y, o, all: phi_cs(r), "ST": lambda r, y, o, all: phi_st(r)}),
    "ZPHI": (TABLES, lambda r, o: atanh(phi_coefficient(r)), {
        "LS": lambda r, y, o, all: z_of(phi_coefficient(r), phi_cs(r)), "CS": lambda r, y, o, all: z_of(phi_coefficient(r), phi_cs(r)), "ST": lambda r, y, o, all: z_of(phi_coefficient(r), phi_st(r))}),
    "YUQ": (TABLES, lambda r, o: (exp(lor(r)) - 1) / (exp(lor(r)) + 1), L(lambda r, y: (1 - y ** 2) ** 2 / 4 * lorv(r))),
    "YUY": (TABLES, lambda r, o: (exp(lor(r) / 2) - 1) / (exp(lor(r) / 2) + 1), L(lambda r, y: (1 - y ** 2) ** 2 / 16 * lorv(r))),
    "RTET": (TABLES, lambda r, o: rtet(r)[0], L(lambda r, y: rtet(r)[1])),
    "ZTET": (TABLES, lambda r, o: atanh(rtet(r)[0]), L(lambda r, y: z_of(*rtet(r)))),
    "PBIT": (TABLES, lambda r, o: probit(p1(r)) - probit(p2(r)), L(lambda r, y: sum(
        2 * pi * p * (1 - p) * exp(probit(p) ** 2) / n for p, n in ((p1(r), g1(r)), (p2(r), g2(r)))))),
    "MPRD": (PAIRS, lambda r, o: (r.b - r.c) / tot(r), L(lambda r, y: num(r) / tot(r))),
    "MPRR": (PAIRS, lambda r, o: log((r.a + r.b) / tot(r)) - log((r.a + r.c) / tot(r)), L(
        lambda r, y: ((r.b + r.c) / tot(r)) / (tot(r) * (r.a + r.b) / tot(r) * (r.a + r.c) / tot(r)))),
    "MPOR": (PAIRS, lambda r, o: log((r.a + r.b) / (r.c + r.d)) - log((r.a + r.c) / (r.b + r.d)), L(
        lambda r, y: num(r) / (tot(r) * (r.a + r.b) * (r.c + r.d) * (r.a + r.c) * (r.b + r.d) / tot(r) ** 4))),
    "MPORC": (PAIRS, lambda r, o: log(r.b) - log(r.c), L(lambda r, y: 1 / r.b + 1 / r.c)),
    "MPPETO": (PAIRS, lambda r, o: (r.b - (r.b + r.c) / 2) / ((r.b + r.c) / 4), L(lambda r, y: 4 / (r.b + r.c))),
    "MPORM": (dict(ai=[72, 13], bi=[352, 27], ci=[51, 19], di=[373, 22], ri=["0.3", "-0.1"]), lambda r, o: lor(r), L(
        lambda r, y: (lambda n: lorv(r) - 2 / n * n ** 2 * r.r * sqrt(r.a * r.b * r.c * r.d) / (r.a * r.b * r.c * r.d))(mp.nint(tot(r) / 2)))),
    "IRSD": (RATES, lambda r, o: sqrt(r.x1 / r.t1) - sqrt(r.x2 / r.t2), L(lambda r, y: 1 / (4 * r.t1) + 1 / (4 * r.t2))),
    "IRR": (RATES, lambda r, o: log(r.x1 / r.t1) - log(r.x2 / r.t2), L(lambda r, y: 1 / r.x1 + 1 / r.x2)),
    "IRD": (RATES, lambda r, o: r.x1 / r.t1 - r.x2 / r.t2, L(lambda r, y: r.x1 / r.t1 ** 2 + r.x2 / r.t2 ** 2)),
    "MD": (GROUPS, lambda r, o: r.m1 - r.m2, {
        "LS": lambda r, y, o, all: r.s1 ** 2 / r.n1 + r.s2 ** 2 / r.n2, "UB": lambda r, y, o, all: r.s1 ** 2 / r.n1 + r.s2 ** 2 / r.n2,
        "HO": lambda r, y, o, all: pooled(r) ** 2 * two(r)}),
    "SMD": (GROUPS, smd[0], {**smd[1], "WT": lambda r, y, o, all: two(r) + y ** 2 / (2 * (N(r) - mpf("3.94")))}), "SMD1": (GROUPS, *smd1),
    "SMDH": (GROUPS, lambda r, o: c(N(r) - 2, o) * (r.m1 - r.m2) / average(r), {
        k: (lambda f: lambda r, y, o, all: f(r, y))(f) for k, f in SMDH.items()}),
    "SMD1H": (GROUPS, lambda r, o: c(r.n2 - 1, o) * (r.m1 - r.m2) / r.s2, L(
        lambda r, y: (r.s1 ** 2 / r.s2 ** 2) / (r.n1 - 1) + 1 / (r.n2 - 1) + y ** 2 / (2 * (r.n2 - 1)))),
    "ROM": (GROUPS, lambda r, o: log(r.m1 / r.m2) + (rom_bias(r) if o["correct"] else 0), {
        "LS": lambda r, y, o, all: rom_ls(r), "LS2": lambda r, y, o, all: rom_ls(r) + rom_2(r),
        "HO": lambda r, y, o, all: pooled(r) ** 2 / (r.n1 * r.m1 ** 2) + pooled(r) ** 2 / (r.n2 * r.m2 ** 2),
        "AV": lambda r, y, o, all: wmean(all, cv1, n1) ** 2 / r.n1 + wmean(all, cv2, n2) ** 2 / r.n2,
        "AVHO": lambda r, y, o, all: (sum(s.n1 * cv1(s) + s.n2 * cv2(s) for s in all) / sum(map(N, all))) ** 2 * two(r)}),
    "CVR": ({k: v[:5] for k, v in GROUPS.items()}, lambda r, o: log(cv1(r)) - log(cv2(r)) + (sb(r.n1) - sb(r.n2) - rom_bias(r) if o["correct"] else 0), {
        "LS": lambda r, y, o, all: sb(r.n1) + sb(r.n2) + rom_ls(r),
        "LS2": lambda r, y, o, all: (r.n1 / (r.n1 - 1) ** 2 + r.n2 / (r.n2 - 1) ** 2) / 2 + rom_ls(r) + rom_2(r)}),
    "VR": (VARIATE, lambda r, o: log(r.s1 / r.s2) + (sb(r.n1) - sb(r.n2) if o["correct"] else 0), {
        "LS": lambda r, y, o, all: sb(r.n1) + sb(r.n2), "LS2": lambda r, y, o, all: (r.n1 / (r.n1 - 1) ** 2 + r.n2 / (r.n2 - 1) ** 2) / 2}),
    "RPB": (GROUPS, lambda r, o: rpb(r), {
        "LS": lambda r, y, o, all: rpb_st(r), "ST": lambda r, y, o, all: rpb_st(r), "CS": lambda r, y, o, all: rpb_cs(r)}),
    "ZPB": (GROUPS, lambda r, o: atanh(rpb(r)), {
        "LS": lambda r, y, o, all: z_of(rpb(r), rpb_st(r)), "ST": lambda r, y, o, all: z_of(rpb(r), rpb_st(r)),
        "CS": lambda r, y, o, all: z_of(rpb(r), rpb_cs(r))}),
    "RBIS": (GROUPS, lambda r, o: rbis(r), L(lambda r, y: rbis_v(r))),
    "ZBIS": ({k: v[:4] for k, v in GROUPS.items()}, lambda r, o: atanh(rbis(r)), L(lambda r, y: z_of(rbis(r), rbis_v(r)))),
    "D2ORL": (GROUPS, lambda r, o: pi / sqrt(F(3)) * cohen(r), L(lambda r, y: pi ** 2 / 3 * (two(r) + cohen(r) ** 2 / (2 * N(r))))),
    "D2ORN": (GROUPS, lambda r, o: F(1.65) * cohen(r), L(lambda r, y: F(1.65) ** 2 * (two(r) + cohen(r) ** 2 / (2 * N(r))))),
    "CLES": (AREA, lambda r, o: r.a, {
        "LS": lambda r, y, o, all: cles_ls(r), "LS2": lambda r, y, o, all: cles_ls2(r),
        "H0": lambda r, y, o, all: (N(r) + 1) / (12 * r.n1 * r.n2), "MAX": lambda r, y, o, all: r.a * (1 - r.a) / (min(r.n1, r.n2) - 1)}),
    "CLESN": (GROUPS, lambda r, o: Phi(clesn(r, o, o["vtype"]) / sqrt(F(2))), {
        **{k: (lambda f: lambda r, y, o, all: exp(-clesn(r, o, "LS") ** 2 / 2) / (4 * pi) * f(r, clesn(r, o, "LS")))(f) for k, f in SMDH.items()},
        "HO": lambda r, y, o, all: (lambda d: exp(-d ** 2 / 2) / (4 * pi) * (two(r) + d ** 2 / (2 * N(r))))(clesn(r, o, "HO")),
        "H0": lambda r, y, o, all: two(r) / (4 * pi)}),
    "CLESCN": (CHANGE, lambda r, o: Phi((r.m1 - r.m2) / average(r) / sqrt(F(2))), L(
        lambda r, y: (lambda d: exp(-d ** 2 / 2) / (4 * pi) * smcrph(r, d, r.n - 1))((r.m1 - r.m2) / average(r)))),
    "MC": (CHANGE, lambda r, o: r.m1 - r.m2, L(lambda r, y: sdiff(r) ** 2 / r.n)),
    "SMCC": (CHANGE, *smcc), "SMCR": (CHANGE, *smcr),
    "SMCRH": (CHANGE, lambda r, o: c(r.n - 1, o) * (r.m1 - r.m2) / r.s1, {
        "LS": lambda r, y, o, all: sdiff(r) ** 2 / (r.s1 ** 2 * (r.n - 1)) + y ** 2 / (2 * (r.n - 1)),
        "LS2": lambda r, y, o, all: sdiff(r) ** 2 / (r.s1 ** 2 * r.n) + y ** 2 / (2 * r.n)}),
    "SMCRP": (CHANGE, lambda r, o: c(pair_m(r), o) * (r.m1 - r.m2) / average(r), L(
        lambda r, y: 2 * (1 - r.r) / r.n + y ** 2 * (1 + r.r ** 2) / (4 * r.n))),
    "SMCRPH": (CHANGE, lambda r, o: c(pair_m(r), o) * (r.m1 - r.m2) / average(r), {
        "LS": lambda r, y, o, all: smcrph(r, y, r.n - 1), "LS2": lambda r, y, o, all: smcrph(r, y, r.n)}),
    "ROMC": (CHANGE, lambda r, o: log(r.m1 / r.m2) + (romc_b(r) if o["correct"] else 0), {
        "LS": lambda r, y, o, all: romc_ls(r), "LS2": lambda r, y, o, all: romc_ls(r) + romc_2(r)}),
    "CVRC": (CHANGE, lambda r, o: log(cv1(r)) - log(cv2(r)) - (romc_b(r) if o["correct"] else 0), {
        "LS": lambda r, y, o, all: romc_ls(r) + vrc_ls(r), "LS2": lambda r, y, o, all: romc_ls(r) + romc_2(r) + vrc_2(r)}),
    "VRC": (CHANGE, lambda r, o: log(r.s1 / r.s2), {"LS": lambda r, y, o, all: vrc_ls(r), "LS2": lambda r, y, o, all: vrc_2(r)}),
    "COR": (COR, lambda r, o: r.r, {
        "LS": lambda r, y, o, all: cor_ls(r, y), "AV": lambda r, y, o, all: cor_ls(r, wmean(all, lambda s: s.r, lambda s: s.n)),
        "H0": lambda r, y, o, all: (1 - y ** 2) / (r.n - 2), "H0a": lambda r, y, o, all: (1 - y ** 2) / (r.n - 2), "H0b": lambda r, y, o, all: 1 / r.n}),
    "UCOR": (COR, lambda r, o: ucor(r), {
        "LS": lambda r, y, o, all: cor_ls(r, y),
        "UB": lambda r, y, o, all: y ** 2 - (1 - (r.n - 3) / (r.n - 2) * (1 - r.r ** 2) * hyp2f1(1, 1, r.n / 2, 1 - r.r ** 2)),
        "AV": lambda r, y, o, all: cor_ls(r, wmean(all, ucor, lambda s: s.n))}),
    "ZCOR": (COR, lambda r, o: atanh(r.r), L(lambda r, y: 1 / (r.n - 3))),
    "PCOR": (PARTIAL, lambda r, o: r.r, {
        "LS": lambda r, y, o, all: (1 - y ** 2) ** 2 / (r.n - r.m),
        "AV": lambda r, y, o, all: (1 - wmean(all, lambda s: s.r, lambda s: s.n) ** 2) ** 2 / (r.n - r.m)}),
    "ZPCOR": (PARTIAL, lambda r, o: atanh(r.r), L(lambda r, y: 1 / (r.n - r.m - 2))),
    "SPCOR": (SEMI, lambda r, o: r.r, {
        "LS": lambda r, y, o, all: sp_v(r, y), "AV": lambda r, y, o, all: sp_v(r, wmean(all, lambda s: s.r, lambda s: s.n))}),
    "ZSPCOR": (SEMI, lambda r, o: atanh(r.r), {
        "LS": lambda r, y, o, all: z_of(r.r, sp_v(r, r.r)),
        "AV": lambda r, y, o, all: z_of(r.r, sp_v(r, wmean(all, lambda s: s.r, lambda s: s.n)))}),
    "R2": (R2, lambda r, o: r.q, {
        "LS": lambda r, y, o, all: r2_ls(r, y), "LS2": lambda r, y, o, all: r2_ls2(r, y),
        "AV": lambda r, y, o, all: r2_ls(r, wmean(all, lambda s: s.q, lambda s: s.n)),
        "AV2": lambda r, y, o, all: r2_ls2(r, wmean(all, lambda s: s.q, lambda s: s.n))}),
    "ZR2": (R2, lambda r, o: atanh(sqrt(r.q)), L(lambda r, y: 1 / r.n)),
    "R2F": (R2, lambda r, o: r.q, L(lambda r, y: fixed(r, False))),
    "ZR2F": (R2, lambda r, o: atanh(sqrt(r.q)), L(lambda r, y: fixed(r, True))),
    "PR": (PROPORTION, lambda r, o: r.x / r.n, {
        "LS": lambda r, y, o, all: y * (1 - y) / r.n, "UB": lambda r, y, o, all: y * (1 - y) / (r.n - 1),
        "AV": lambda r, y, o, all: (lambda p: p * (1 - p) / r.n)(sum(s.x for s in all) / sum(s.n for s in all))}),
    "PLN": (PROPORTION, lambda r, o: log(r.x / r.n), {
        "LS": lambda r, y, o, all: 1 / r.x - 1 / r.n,
        "AV": lambda r, y, o, all: (lambda p: 1 / (p * r.n) - 1 / r.n)(sum(s.x for s in all) / sum(s.n for s in all))}),
    "PLO": (PROPORTION, lambda r, o: log(r.x / (r.n - r.x)), {
        "LS": lambda r, y, o, all: 1 / r.x + 1 / (r.n - r.x),
        "AV": lambda r, y, o, all: (lambda p: 1 / (p * r.n) + 1 / ((1 - p) * r.n))(sum(s.x for s in all) / sum(s.n for s in all))}),
    "PRZ": (PROPORTION, lambda r, o: probit(r.x / r.n), L(lambda r, y: 2 * pi * r.x / r.n * (1 - r.x / r.n) * exp(y ** 2) / r.n)),
    "PAS": (PROPORTION, lambda r, o: asin(sqrt(r.x / r.n)), L(lambda r, y: 1 / (4 * r.n))),
    "PFT": (PROPORTION, lambda r, o: (asin(sqrt(r.x / (r.n + 1))) + asin(sqrt((r.x + 1) / (r.n + 1)))) / 2, L(lambda r, y: 1 / (4 * r.n + 2))),
    "IR": (RATE, lambda r, o: r.x / r.t, L(lambda r, y: r.x / r.t ** 2)), "IRLN": (RATE, lambda r, o: log(r.x / r.t), L(lambda r, y: 1 / r.x)),
    "IRS": (RATE, lambda r, o: sqrt(r.x / r.t), L(lambda r, y: 1 / (4 * r.t))),
    "IRFT": (RATE, lambda r, o: (sqrt(r.x / r.t) + sqrt((r.x + 1) / r.t)) / 2, L(lambda r, y: 1 / (4 * r.t))),
    "MN": (MEAN, lambda r, o: r.m, {
        "LS": lambda r, y, o, all: r.s ** 2 / r.n, "HO": lambda r, y, o, all: wmean(all, lambda s: s.s ** 2, lambda s: s.n - 1) / r.n}),
    "SMN": (MEAN, smn[0], {"LS": smn[1]["LS"]}),
    "MNLN": (MEAN, lambda r, o: log(r.m), L(lambda r, y: lnm(r.m, r.s, r.n))),
    "SDLN": (MEAN, lambda r, o: log(r.s) + (sb(r.n) if o["correct"] else 0), L(lambda r, y: sb(r.n))),
    "CVLN": (MEAN, lambda r, o: log(r.s / r.m) + (sb(r.n) if o["correct"] else 0), L(lambda r, y: sb(r.n) + lnm(r.m, r.s, r.n))),
    "ARAW": (ALPHA, lambda r, o: r.a, L(lambda r, y: 2 * r.m * (1 - r.a) ** 2 / ((r.m - 1) * (r.n - 2)))),
    "AHW": (ALPHA, lambda r, o: 1 - cbrt(1 - r.a), L(lambda r, y: 18 * r.m * (r.n - 1) * cbrt(1 - r.a) ** 2 / ((r.m - 1) * (9 * r.n - 11) ** 2))),
    "ABT": (ALPHA, lambda r, o: -log(1 - r.a), L(lambda r, y: 2 * r.m / ((r.m - 1) * (r.n - 2)))),
    "REH": (GENES, lambda r, o: log(r.b) - log(2 * sqrt(r.a * r.c)), L(
        lambda r, y: (lambda n: ((1 - r.b / n) / (4 * r.a / n * r.c / n) + n / r.b) / n)(r.a + r.b + r.c))),
}


def text(x):
    return None if mp.isnan(x) else float(mp.nstr(x, 17))


def main():
    cases = []
    for name, (data, estimate, variances) in MEASURES.items():
        rows = [Row(data, i) for i in range(len(next(iter(data.values()))))]
        for vtype, variance in variances.items():
            for correct in (True, False):
                options = dict(correct=correct, vtype=vtype)
                y = [estimate(r, options) for r in rows]
                v = [variance(r, e, options, rows) if not mp.isnan(e) else mp.nan for r, e in zip(rows, y)]
                y = [mp.nan if mp.isnan(b) or b < 0 else a for a, b in zip(y, v)]
                v = [mp.nan if mp.isnan(b) or b < 0 else b for b in v]
                case = dict(measure=name, vtype=vtype, correct=correct, data={k: [float(x) for x in col] for k, col in data.items()},
                            yi=[text(e) for e in y], vi=[text(e) for e in v])
                if correct or (case["yi"], case["vi"]) != (cases[-1]["yi"], cases[-1]["vi"]):
                    cases.append(case)
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "measures.json")
    with open(path, "w") as file:
        file.write("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n")
    print(len(cases), "cases")


if __name__ == "__main__":
    main()
