"""Prints the coefficients of NormalDistribution: the Chebyshev series of (x + 4) M(x) in s = (x - 4) / (x + 4), x >= 0,
where M(x) = (1 - Phi(x)) / phi(x) is Mills's ratio.

    python3 make-mills.py                    (mpmath 1.3; a second)
"""
from mpmath import mp, mpf, cos, erfc, exp, nstr, pi, sqrt

mp.dps = 50
NODES = 80


def mills(x):
    if x < 60:
        return sqrt(pi / 2) * erfc(x / sqrt(2)) * exp(x * x / 2)
    fraction = x  # 1/(x + 1/(x + 2/(x + 3/...)))
    for i in range(200, 0, -1):
        fraction = x + i / fraction
    return 1 / fraction


nodes = [cos(pi * (j + mpf(1) / 2) / NODES) for j in range(NODES)]
values = [(x + 4) * mills(x) for x in (4 * (1 + s) / (1 - s) for s in nodes)]
for n in range(60):
    c = 2 * sum(v * cos(n * pi * (j + mpf(1) / 2) / NODES) for j, v in enumerate(values)) / NODES
    if n > 0 and abs(c) < mpf(10) ** -17:
        break
    print(nstr(c / 2 if n == 0 else c, 20) + ",")
