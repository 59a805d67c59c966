using System.Diagnostics;
using System.Globalization;

namespace MetaSpine.Benchmarks;

/// <summary>The work of <c>against-r/one-effect.R</c> on a table of analysis, yi and vi: milliseconds of one call and the number it gives, between a tab.</summary>
internal static class AgainstClock
{
    public static void Run(string work, string method, string file)
    {
        var rows = File.ReadLines(file).Skip(1).Select(line => line.Split(',', StringSplitOptions.TrimEntries)).ToList();
        double[] Column(int column) => [.. rows.Select(row => double.Parse(row[column], CultureInfo.InvariantCulture))];
        var (analysis, y, v) = (Column(0), Column(1), Column(2));
        int[] offsets = [.. Enumerable.Range(0, y.Length).Where(i => i == 0 || analysis[i] != analysis[i - 1]), y.Length];
        var options = new PoolingOptions { Method = Enum.Parse<PoolingMethod>(method), Test = work == "subsets" ? PoolingTest.Z : PoolingTest.KnappHartung };
        Func<double> call = work switch
        {
            "pool" => () => MetaAnalysis.Pool(y, v, options).Tau2,
            "many" => () => MetaAnalysis.PoolMany(y, v, offsets, options, threads: 1).Estimate.Sum(),
            "subsets" => () => MetaAnalysis.Pool(y, v, options).Gosh(new GoshOptions { Threads = 1 }).MeanEstimate,
            _ => throw new ArgumentException($"There is no work '{work}': pool, many or subsets.", nameof(work)),
        };
        var (value, time) = Measure(call);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:R}\t{value:R}"));
    }

    /// <summary>The best of rounds of a tenth of a second, when the compiler has done its work.</summary>
    private static (double Value, TimeSpan Time) Measure(Func<double> call)
    {
        var (value, best) = (double.NaN, TimeSpan.MaxValue);
        for (var round = 0; round < 12; round++)
        {
            var (start, calls) = (Stopwatch.GetTimestamp(), 0);
            do
            {
                value = call();
                calls++;
            }
            while (Stopwatch.GetElapsedTime(start).TotalSeconds < 0.1);
            var time = Stopwatch.GetElapsedTime(start) / calls;
            best = time < best ? time : best;
        }

        return (value, best);
    }
}
