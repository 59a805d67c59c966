using System.Globalization;

namespace MetaSpine;

/// <summary>How few patients decide whether a meta-analysis of two-by-two tables is significant.</summary>
public sealed partial record FragilityResult
{
    /// <summary>The result as it stands.</summary>
    public required PooledResult Model { get; init; }

    /// <summary>The smallest number of changes that was found: patients whose outcome is turned round; null where no number of them turns the conclusion.</summary>
    public required int? Index { get; init; }

    /// <summary>The changes, in the order they were made: each is one patient.</summary>
    public required IReadOnlyList<FragilityStep> Steps { get; init; }

    /// <summary>What was found; one sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}

/// <summary>One patient whose outcome is turned round.</summary>
/// <param name="Study">The study.</param>
/// <param name="Row">Its row, from 0.</param>
/// <param name="FirstGroup">Whether the patient is of the first group.</param>
/// <param name="ToEvent">Whether there is now an event where there was none.</param>
/// <param name="Estimate">The pooled estimate after the change, on the analysis scale.</param>
/// <param name="PValue">Its p-value.</param>
public sealed record FragilityStep(string Study, int Row, bool FirstGroup, bool ToEvent, double Estimate, double PValue);

/// <summary>The fragility index of a meta-analysis.</summary>
public static class Fragility
{
    /// <summary>
    /// How many patients' outcomes have to be turned round, one at a time and in whichever study and group moves the interval most, until a significant
    /// result is no longer so, or one that is not becomes significant (Atal et al. 2019, Journal of Clinical Epidemiology 111:32,
    /// doi:10.1016/j.jclinepi.2019.03.012). The path is greedy, so that the index is an upper bound, almost always the smallest number itself.
    /// </summary>
    /// <param name="result">A pooled result from counts: columns ai, n1i or bi, ci, n2i or di.</param>
    /// <param name="most">The number of changes after which the search ends. <value>Default 1,000.</value></param>
    /// <param name="cancellation">Stops the search.</param>
    /// <exception cref="ArgumentException">The result is not of two-by-two tables.</exception>
    public static FragilityResult FragilityIndex(this PooledResult result, int most = 1000, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentOutOfRangeException.ThrowIfNegative(most);
        var data = result.Effects.Data;
        if (!data.Has("ai") || !data.Has("ci") || !(data.Has("n1i") || data.Has("bi")) || !(data.Has("n2i") || data.Has("di")) || result.Effects.Measure.NullValue is not { } noEffect)
        {
            throw new ArgumentException($"A fragility index needs events and patients of two groups (ai, n1i, ci, n2i); the data of this result have {string.Join(", ", data.Columns)}.", nameof(result));
        }

        var tables = result.Studies.Select(study => Table(data, study.Row)).ToArray();
        var labels = result.Studies.Select(study => study.Effect.Label).ToArray();
        var alpha = 1 - result.Options.Level;
        var wasSignificant = result.PValue < alpha;
        var above = result.Estimate > noEffect;
        var options = result.Options with { Weights = null };
        var steps = new List<FragilityStep>();
        var turned = false;
        while (!turned && steps.Count < most && Best() is { } next)
        {
            tables[next.Study][next.Cell] -= 1;
            tables[next.Study][next.Cell ^ 1] += 1;
            steps.Add(new FragilityStep(labels[next.Study], result.Studies[next.Study].Row, next.Cell < 2, next.Cell % 2 == 1, next.Estimate, next.PValue));
            turned = next.PValue < alpha != wasSignificant;
        }

        return new FragilityResult { Model = result, Index = turned ? steps.Count : null, Steps = steps, Notes = [Say(wasSignificant, turned, steps, alpha)] };

        // A table is events and others of the first group, events and others of the second; a change moves one patient within a group.
        (int Study, int Cell, double Estimate, double PValue)? Best()
        {
            (int Study, int Cell, double Estimate, double PValue)? best = null;
            double bestScore = double.NegativeInfinity;
            for (var i = 0; i < tables.Length; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                for (var cell = 0; cell < 4; cell++)
                {
                    // Towards no effect where the result is significant, away from it where it is not.
                    if (tables[i][cell] < 1 || (cell is 0 or 3) != (above == wasSignificant))
                    {
                        continue;
                    }

                    tables[i][cell] -= 1;
                    tables[i][cell ^ 1] += 1;
                    var (estimate, p) = Pool();
                    tables[i][cell] += 1;
                    tables[i][cell ^ 1] -= 1;
                    var score = (wasSignificant ? 1 : -1) * (p < alpha == wasSignificant || !(estimate > noEffect == above) ? p : p + (wasSignificant ? 1 : -1));
                    if (score > bestScore)
                    {
                        (best, bestScore) = ((i, cell, estimate, p), score);
                    }
                }
            }

            return best;
        }

        (double Estimate, double PValue) Pool()
        {
            var effects = result.Effects.Measure.Compute(
                new EffectData(labels)
                {
                    ["ai"] = [.. tables.Select(t => t[0])], ["bi"] = [.. tables.Select(t => t[1])], ["ci"] = [.. tables.Select(t => t[2])], ["di"] = [.. tables.Select(t => t[3])],
                },
                result.Effects.Options with { Factors = null });
            var pooled = MetaAnalysis.Pool(effects, options);
            return (pooled.Estimate, pooled.PValue);
        }
    }

    private static double[] Table(EffectData data, int row)
    {
        var (a, c) = (data.Value("ai", row), data.Value("ci", row));
        return [a, data.Has("bi") ? data.Value("bi", row) : data.Value("n1i", row) - a, c, data.Has("di") ? data.Value("di", row) : data.Value("n2i", row) - c];
    }

    private static string Say(bool wasSignificant, bool turned, List<FragilityStep> steps, double alpha)
    {
        var state = wasSignificant ? "significant" : "not significant";
        return !turned
            ? Text($"The result is {state} at {alpha:0.###}, and no {steps.Count} changes of single outcomes in the same direction turn that.")
            : Text($"The result is {state} at {alpha:0.###}; turning the outcome of {steps.Count} {(steps.Count == 1 ? "patient" : "patients")} round (in {string.Join(", ", steps.Select(step => step.Study).Distinct())}) makes it {(wasSignificant ? "not significant" : "significant")} (p = {steps[^1].PValue:0.000}).");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
