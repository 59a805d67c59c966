using System.Diagnostics;
using System.Globalization;

namespace MetaSpine.Benchmarks;

/// <summary>Effects of a review with effects in studies.</summary>
internal sealed record MultilevelProblem(EffectSizes Effects, Predictor Study, Predictor Effect)
{
    /// <summary>Ten effects per study with standard deviations of .3 between and .2 within studies.</summary>
    public static MultilevelProblem Simulated(int count)
    {
        var random = new Random(1);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        var (estimates, variances, between) = (new double[count], new double[count], 0.0);
        for (var i = 0; i < count; i++)
        {
            between = i % 10 == 0 ? .3 * Normal() : between;
            variances[i] = .02 + .1 * random.NextDouble();
            estimates[i] = .2 + between + .2 * Normal() + Math.Sqrt(variances[i]) * Normal();
        }

        return Of(estimates, variances, [.. Enumerable.Range(0, count).Select(i => (i / 10).ToString(CultureInfo.InvariantCulture))]);
    }

    /// <summary>The median time in milliseconds of five fits of a table with the columns yi, vi and study, after thirty that are not counted, as a program that runs for a second has them.</summary>
    public static double Measure(string file)
    {
        var rows = File.ReadAllLines(file).Skip(1).Select(line => line.Split(',')).ToList();
        double[] Column(int column) => [.. rows.Select(row => double.Parse(row[column], CultureInfo.InvariantCulture))];
        var problem = Of(Column(0), Column(1), [.. rows.Select(row => row[2])]);
        var times = new List<double>();
        for (var turn = 0; turn < 35; turn++)
        {
            var watch = Stopwatch.StartNew();
            _ = problem.Fit(MultilevelTest.Z);
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        return times.Skip(30).Order().ElementAt(2);
    }

    public MultilevelPooledResult Fit(MultilevelTest test) =>
        MultilevelAnalysis.Pool(Effects, [RandomTerm.Parse("study/effect")], [Study, Effect], null, new MultilevelOptions { Test = test });

    private static MultilevelProblem Of(double[] estimates, double[] variances, string[] studies) => new(
        Measures.GEN.Compute(new EffectData { ["yi"] = estimates, ["vi"] = variances }),
        Predictor.Categorical("study", studies),
        Predictor.Numeric("effect", [.. Enumerable.Range(0, estimates.Length).Select(i => (double)i)]));
}
