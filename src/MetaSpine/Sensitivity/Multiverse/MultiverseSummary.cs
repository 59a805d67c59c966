using System.Globalization;

namespace MetaSpine;

/// <summary>What the specifications of a multiverse say together.</summary>
internal static class MultiverseSummary
{
    public static MultiverseResult Of(MultiverseGrid grid, MultiverseFits fits)
    {
        Specification[] found = [.. fits.Results.OfType<Specification>()];
        var plain = new MultiverseResult
        {
            Factors = grid.Factors, Specifications = found, Failed = [], Reference = fits.Results[0], Significant = null, Agreement = null, BeyondThreshold = null, Importance = [], Notes = [],
            OwnRules = [.. grid.Options.Models.Select(model => model.Model != PoolingModel.InverseVariance)],
        };
        FailedSpecification[] failed =
        [
            .. Enumerable.Range(0, fits.Problems.Length).Where(n => fits.Problems[n] is not null).Select(n => new FailedSpecification(n, plain.Describe(n), fits.Problems[n]!)),
        ];
        if (found.Length == 0)
        {
            throw new PoolingException(failed.Length == 0 ? "No combination of these choices makes sense together." : $"No specification gives a result. {failed[0].Description}: {failed[0].Reason}");
        }

        var measures = grid.Measures;
        Measure MeasureOf(Specification s) => measures[plain.LevelOf(s, 0)];
        var hasNull = measures.All(measure => measure.NullValue is not null);
        double[]? z = hasNull ? Array.ConvertAll(found, s => Math.Sign(s.Estimate - MeasureOf(s).NullValue!.Value) * NormalDistribution.UpperQuantile(Math.Max(s.PValue, 1e-300) / 2)) : null;
        double[]? estimates = measures.All(measure => measure.Scale == measures[0].Scale) ? Array.ConvertAll(found, s => s.Estimate) : null;
        var alpha = 1 - grid.Options.Level;
        var importance = grid.Factors.Select((factor, f) => (factor, f)).Where(item => item.factor.Levels.Count > 1).Select(item => Importance(plain, item.f, estimates, z, alpha))
            .OrderByDescending(item => item.ShareOfEstimates ?? item.ShareOfZ ?? 0).ToList();
        (double, double, double)? significant = null;
        if (z is not null)
        {
            var (above, below) = (Count(i => found[i].PValue < alpha && z[i] > 0), Count(i => found[i].PValue < alpha && z[i] < 0));
            significant = (above + below, above, below);
        }

        double? agreement = z is not null && plain.Reference is { } planned
            ? Count(i => Math.Sign(z[i]) == Math.Sign(planned.Estimate - MeasureOf(planned).NullValue!.Value) && found[i].PValue < alpha == planned.PValue < alpha)
            : null;
        double? beyond = grid.Options.Threshold is { } threshold && plain.Reference is { } reference
            ? Count(i => found[i].Natural < threshold == reference.Natural < threshold)
            : null;
        var result = plain with { Failed = failed, Significant = significant, Agreement = agreement, BeyondThreshold = beyond, Importance = importance };
        return result with { Notes = Notes(result, grid, MeasureOf) };

        double Count(Func<int, bool> holds) => (double)Enumerable.Range(0, found.Length).Count(holds) / found.Length;
    }

    private static FactorImportance Importance(MultiverseResult result, int f, double[]? estimates, double[]? z, double alpha)
    {
        int[] made = [.. Enumerable.Range(0, result.Specifications.Count).Where(i => result.IsChosen(result.Specifications[i], f))];
        Specification[] specifications = [.. made.Select(i => result.Specifications[i])];
        int[] levels = Array.ConvertAll(specifications, s => result.LevelOf(s, f));
        var factor = result.Factors[f];
        return new FactorImportance(factor.Name, Explained(levels, factor.Levels.Count, Of(estimates)), Explained(levels, factor.Levels.Count, Of(z)),
        [
            .. factor.Levels.Select((name, level) =>
            {
                Specification[] own = [.. specifications.Where((_, i) => levels[i] == level)];
                return own.Length == 0
                    ? new LevelSummary(name, 0, double.NaN, double.NaN)
                    : new LevelSummary(name, own.Length, Median([.. own.Select(s => s.Natural)]), (double)own.Count(s => s.PValue < alpha) / own.Length);
            }),
        ]);

        double[]? Of(double[]? values) => values is null ? null : Array.ConvertAll(made, i => values[i]);
    }

    /// <summary>The sum of squares between the levels over the total; null where nothing varies.</summary>
    private static double? Explained(int[] levels, int count, double[]? values)
    {
        if (values is null or [])
        {
            return null;
        }

        var mean = values.Average();
        var (sums, counts) = (new double[count], new int[count]);
        double total = 0;
        for (var i = 0; i < values.Length; i++)
        {
            total += (values[i] - mean) * (values[i] - mean);
            sums[levels[i]] += values[i] - mean;
            counts[levels[i]]++;
        }

        double between = 0;
        for (var level = 0; level < count; level++)
        {
            between += counts[level] == 0 ? 0 : sums[level] * sums[level] / counts[level];
        }

        return total > 1e-24 * values.Length * (1 + mean * mean) ? between / total : null;
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }

    private static List<string> Notes(MultiverseResult result, MultiverseGrid grid, Func<Specification, Measure> measureOf)
    {
        var notes = new List<string>();
        var choices = result.Factors.Where(factor => factor.Levels.Count > 1).Select(factor => Text($"{factor.Name} ({factor.Levels.Count})")).ToList();
        notes.Add(Text($"{result.Specifications.Count} specifications{(choices.Count == 0 ? "" : $" by {string.Join(", ", choices)}")}."));
        foreach (var group in result.Specifications.GroupBy(s => measureOf(s).ReadAs, StringComparer.Ordinal))
        {
            double[] values = [.. group.Select(s => s.Natural)];
            notes.Add(Text($"The {group.Key} ranges from {values.Min():G3} to {values.Max():G3}, with a median of {Median(values):G3}."));
        }

        if (result.Significant is { } significant)
        {
            notes.Add(Text($"{100 * significant.Either:0}% of the specifications are significant at {1 - grid.Options.Level:0.###}: {100 * significant.Above:0}% above and {100 * significant.Below:0}% below no effect."));
        }

        if (result.BeyondThreshold is { } beyond)
        {
            notes.Add(Text($"{100 * beyond:0}% of the estimates are on the same side of {grid.Options.Threshold:G4} as the reference."));
        }

        if (result.Importance.FirstOrDefault(item => item.ShareOfEstimates is not null || item.ShareOfZ is not null) is { } most)
        {
            var (share, what) = most.ShareOfEstimates is { } ofEstimates ? (ofEstimates, "estimates") : (most.ShareOfZ!.Value, "values of z");
            notes.Add(Text($"The choice that matters most is that of {most.Factor}: it alone explains {100 * share:0}% of the variance of the {what}."));
        }

        if (grid.WithoutConsequence.Count > 0)
        {
            notes.Add($"Without consequence here, and not counted: {string.Join("; ", grid.WithoutConsequence)}.");
        }

        if (result.Failed.Count > 0)
        {
            notes.Add(Text($"{result.Failed.Count} {(result.Failed.Count == 1 ? "combination gave" : "combinations gave")} no result; the first is {result.Failed[0].Description}: {result.Failed[0].Reason}"));
        }

        return notes;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
