using System.Diagnostics;
using System.Globalization;

namespace MetaSpine.Benchmarks;

/// <summary>The kernels on the problems of <c>against-cpp/loops.cpp</c>, each the best of many short rounds, most of which nothing disturbs: lines of name, nanoseconds and value.</summary>
internal static class KernelClock
{
    public static void Run()
    {
        foreach (var (method, studies, repeats) in new[] { (PoolingMethod.DL, 13, 10_000), (PoolingMethod.REML, 13, 1_000), (PoolingMethod.REML, 2_000, 50), (PoolingMethod.REML, 1_000_000, 1) })
        {
            var (y, v) = Make(studies);
            double value = 0;
            var time = Best(repeats, () => value = Tau2Estimator.Estimate(new InterceptProfile(y, v), method, y).Tau2);
            foreach (var loop in method == PoolingMethod.DL ? new[] { "", ", around" } : [""])
            {
                Say(FormattableString.Invariant($"{method} k={studies}{loop}"), time, value);
            }
        }

        foreach (var (method, repeats) in new[] { (PoolingMethod.DL, 2_000), (PoolingMethod.REML, 200) })
        {
            var (y, v) = Make(13);
            var (options, problems) = (new PoolingOptions { Method = method }, new EightProblems(13));
            double value = 0;
            var time = Best(repeats, () =>
            {
                for (var lane = 0; lane < EightFits.Lanes; lane++)
                {
                    problems.Set(lane, y, v);
                }

                problems.Anchor();
                value = EightTau2.Estimate(problems, options, problems.SpreadAt(default))[0];
            });
            Say(FormattableString.Invariant($"{method} k=13, eight"), time / EightFits.Lanes, value);
        }

        foreach (var random in new[] { false, true })
        {
            var (y, v) = Make(20);
            var result = MetaAnalysis.Pool(y, v, new PoolingOptions { Method = random ? PoolingMethod.DL : PoolingMethod.EE });
            var blocks = new ClosedFormBlocks(y, v, random);
            var work = new GoshWork(new GoshShape(blocks, 20, 100, 50, y.Min(), y.Max(), result.Estimate), result);
            var time = Best(1, () =>
            {
                for (var block = 0L; block < blocks.Count; block++)
                {
                    blocks.Pool(block, work);
                }
            });
            Say(random ? "DL subsets" : "EE subsets", time / (1 << 20), work.Estimates[1]);
        }
    }

    /// <summary>A generator that is written alike in any language: 64 bits, multiplied and shifted.</summary>
    private static (double[] Estimates, double[] Variances) Make(int studies)
    {
        var state = 20060630UL;
        double Uniform() => ((state = state * 6364136223846793005 + 1442695040888963407) >> 11) * Math.ScaleB(1, -53);
        var (y, v) = (new double[studies], new double[studies]);
        for (var i = 0; i < studies; i++)
        {
            v[i] = 0.01 + 0.3 * Uniform() * Uniform();
            y[i] = 0.4 + (Uniform() + Uniform() + Uniform() + Uniform() - 2) * Math.Sqrt(3) * Math.Sqrt(v[i] + 0.08);
        }

        return (y, v);
    }

    private static double Best(int repeats, Action work)
    {
        var best = double.PositiveInfinity;
        for (var round = 0; round < 200; round++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < repeats; i++)
            {
                work();
            }

            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalNanoseconds / repeats);
        }

        return best;
    }

    private static void Say(string name, double nanoseconds, double value) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}\t{nanoseconds:G4}\t{value:R}"));
}
