// The plain loops that MetaSpine's kernels are measured against: one thread, no intrinsics, whatever the compiler makes of them.
// Each is what one would write first: sums over the studies, Fisher scoring until tau^2 stands still to 1e-12.
#include <bit>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <vector>

using Column = std::vector<double>;

struct Problem { Column y, v; };

// The same numbers as Problem.cs makes: a linear congruential generator and a sum of four uniforms in the place of a normal deviate.
static Problem make(int k)
{
    uint64_t state = 20060630;
    auto uniform = [&] { state = state * 6364136223846793005ULL + 1442695040888963407ULL; return double(state >> 11) * 0x1p-53; };
    Problem problem{Column(k), Column(k)};
    for (int i = 0; i < k; i++)
    {
        problem.v[i] = 0.01 + 0.3 * uniform() * uniform();
        double deviate = (uniform() + uniform() + uniform() + uniform() - 2) * std::sqrt(3.0);
        problem.y[i] = 0.4 + deviate * std::sqrt(problem.v[i] + 0.08);
    }
    return problem;
}

static double dersimonian_laird(const double* y, const double* v, int k)
{
    double w = 0, wy = 0, wyy = 0, ww = 0;
    for (int i = 0; i < k; i++)
    {
        double wi = 1 / v[i];
        w += wi; wy += wi * y[i]; wyy += wi * y[i] * y[i]; ww += wi * wi;
    }
    double q = wyy - wy * wy / w;
    return std::fmax(0, (q - (k - 1)) / (w - ww / w));
}

// The same with the digits and the standard error that MetaSpine gives: sums around the most precise study, whose own weight is never taken back from a total.
static double dersimonian_laird_around(const double* y, const double* v, int k)
{
    int anchor = 0;
    for (int i = 1; i < k; i++) { if (v[i] < v[anchor]) { anchor = i; } }
    double rest = 0, sum = 0;
    for (int i = 0; i < k; i++) { if (i != anchor) { double wi = 1 / v[i]; rest += wi; sum += wi * (y[i] - y[anchor]); } }
    double w = rest + 1 / v[anchor], centre = sum / w, q = 0, trP = 0, squares = 0, pairs = 0, ww = 0;
    for (int i = 0; i < k; i++)
    {
        double wi = 1 / v[i], r = y[i] - y[anchor] - centre, leverage = wi * ((i == anchor ? rest : w - wi) / w);
        q += wi * r * r; trP += leverage; squares += leverage * leverage; pairs += wi * wi * ww; ww += wi * wi;
    }
    double tau2 = std::fmax(0, (q - (k - 1)) / trP), trPP = squares + 2 * pairs / (w * w);
    double error = std::sqrt(2 * (k - 1) + 4 * tau2 * trP + 2 * tau2 * tau2 * trPP) / trP;
    return error > 0 ? tau2 : error;
}

static double reml(const double* y, const double* v, int k)
{
    double tau2 = dersimonian_laird(y, v, k);
    for (int iteration = 0; iteration < 200; iteration++)
    {
        double w = 0, wy = 0;
        for (int i = 0; i < k; i++) { double wi = 1 / (v[i] + tau2); w += wi; wy += wi * y[i]; }
        double mu = wy / w, ww = 0, www = 0, wwrr = 0;
        for (int i = 0; i < k; i++)
        {
            double wi = 1 / (v[i] + tau2), r = y[i] - mu, w2 = wi * wi;
            ww += w2; www += w2 * wi; wwrr += w2 * r * r;
        }
        double trP = w - ww / w, trPP = ww - 2 * www / w + ww * ww / (w * w);
        double next = std::fmax(0, tau2 + (wwrr - trP) / trPP);
        if (std::fabs(next - tau2) <= 1e-12 * (1 + tau2)) { return next; }
        tau2 = next;
    }
    return tau2;
}

// Every subset of at least two studies in the order of a Gray code: one study comes or goes, the sums follow.
static double subsets(const Problem& problem, int k, bool random)
{
    Column w(k), wy(k), wyy(k), ww(k);
    for (int i = 0; i < k; i++) { w[i] = 1 / problem.v[i]; wy[i] = w[i] * problem.y[i]; wyy[i] = wy[i] * problem.y[i]; ww[i] = w[i] * w[i]; }
    double sw = 0, swy = 0, swyy = 0, sww = 0, total = 0;
    uint64_t in = 0;
    for (uint64_t n = 1; n < (1ULL << k); n++)
    {
        int i = std::countr_zero(n);
        in ^= 1ULL << i;
        double sign = in >> i & 1 ? 1 : -1;
        sw += sign * w[i]; swy += sign * wy[i]; swyy += sign * wyy[i];
        if (!random) { int m = std::popcount(in); if (m > 1) { double mu = swy / sw; total += mu + std::fmax(0, swyy - mu * swy); } continue; }
        sww += sign * ww[i];
        int m = std::popcount(in);
        if (m < 2) { continue; }
        double q = swyy - swy * swy / sw, tau2 = std::fmax(0, (q - (m - 1)) / (sw - sww / sw)), a = 0, b = 0;
        for (uint64_t left = in; left; left &= left - 1)
        {
            int j = std::countr_zero(left);
            double wj = 1 / (problem.v[j] + tau2);
            a += wj; b += wj * problem.y[j];
        }
        total += b / a + tau2;
    }
    return total;
}

template <class Work> static double nanoseconds(int repeats, Work work)
{
    double best = 1e300;
    for (int round = 0; round < 200; round++)
    {
        auto start = std::chrono::steady_clock::now();
        double sum = 0;
        for (int i = 0; i < repeats; i++) { sum += work(); asm volatile("" : "+m"(sum)); }
        best = std::fmin(best, std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - start).count() / repeats);
    }
    return best;
}

int main()
{
    auto small = make(13), middle = make(2000), large = make(1000000), twenty = make(20);
    std::printf("DL k=13\t%g\t%.17g\n", nanoseconds(10000, [&] { return dersimonian_laird(small.y.data(), small.v.data(), 13); }), dersimonian_laird(small.y.data(), small.v.data(), 13));
    std::printf("DL k=13, around\t%g\t%.17g\n", nanoseconds(10000, [&] { return dersimonian_laird_around(small.y.data(), small.v.data(), 13); }), dersimonian_laird_around(small.y.data(), small.v.data(), 13));
    std::printf("REML k=13\t%g\t%.17g\n", nanoseconds(1000, [&] { return reml(small.y.data(), small.v.data(), 13); }), reml(small.y.data(), small.v.data(), 13));
    std::printf("REML k=2000\t%g\t%.17g\n", nanoseconds(50, [&] { return reml(middle.y.data(), middle.v.data(), 2000); }), reml(middle.y.data(), middle.v.data(), 2000));
    std::printf("REML k=1000000\t%g\t%.17g\n", nanoseconds(1, [&] { return reml(large.y.data(), large.v.data(), 1000000); }), reml(large.y.data(), large.v.data(), 1000000));
    std::printf("DL k=13, eight\t%g\t%.17g\n", nanoseconds(10000, [&] { return dersimonian_laird(small.y.data(), small.v.data(), 13); }), dersimonian_laird(small.y.data(), small.v.data(), 13));
    std::printf("REML k=13, eight\t%g\t%.17g\n", nanoseconds(1000, [&] { return reml(small.y.data(), small.v.data(), 13); }), reml(small.y.data(), small.v.data(), 13));
    std::printf("EE subsets\t%g\t-\n", nanoseconds(1, [&] { return subsets(twenty, 20, false); }) / (1 << 20));
    std::printf("DL subsets\t%g\t-\n", nanoseconds(1, [&] { return subsets(twenty, 20, true); }) / (1 << 20));
}
