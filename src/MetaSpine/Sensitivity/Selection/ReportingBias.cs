using System.Globalization;

namespace MetaSpine;

/// <summary>The largest bias that the selective reporting of an outcome can have caused, for some numbers of studies that did not report it.</summary>
public sealed partial record ReportingBiasResult
{
    /// <summary>The pooled result.</summary>
    public required PooledResult Model { get; init; }

    /// <summary>One entry for each number of unreporting studies, from 0 on.</summary>
    public required IReadOnlyList<ReportingBiasBound> Bounds { get; init; }

    /// <summary>The smallest number of studies, up to ten times those pooled, whose silence could bring the interval to include no effect; 0 where it does already; null where no such number can, or the measure has no value of no effect.</summary>
    public required int? Overturning { get; init; }

    /// <summary>What a careful reader should know; one sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}

/// <summary>The bound for one number of studies that did not report the outcome.</summary>
/// <param name="Unreported">How many there are.</param>
/// <param name="MaximumBias">The largest bias, on the analysis scale.</param>
/// <param name="Estimate">The pooled estimate moved by it towards no effect.</param>
/// <param name="Interval">Its interval, moved likewise.</param>
public readonly record struct ReportingBiasBound(int Unreported, double MaximumBias, double Estimate, Interval Interval);

/// <summary>Outcome reporting bias.</summary>
public static class ReportingBias
{
    /// <summary>
    /// How far the pooled estimate can be off because m studies measured the outcome but did not report it: at most
    /// (k + m)/k phi(Phi^-1(k/(k + m))) sum(sqrt w) / sum(w), whatever the mechanism, as long as reporting does not depend on the precision the other way round
    /// (Copas and Jackson 2004, A bound for publication bias based on the fraction of unpublished studies, Biometrics 60:146,
    /// doi:10.1111/j.0006-341X.2004.00161.x). The weights are 1/(v + tau^2), those of the model.
    /// </summary>
    /// <param name="result">The pooled result.</param>
    /// <param name="most">The largest number of unreporting studies of the table. <value>Default 5.</value></param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public static ReportingBiasResult ReportingBiasBound(this PooledResult result, int most = 5)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentOutOfRangeException.ThrowIfNegative(most);
        double roots = 0, sum = 0;
        foreach (var study in result.Studies)
        {
            var weight = 1 / (study.Effect.Variance + result.Tau2);
            roots += Math.Sqrt(weight);
            sum += weight;
        }

        var noEffect = result.Effects.Measure.NullValue;
        var toNull = result.Estimate > (noEffect ?? 0) ? -1 : 1;
        int? overturning = noEffect is { } value
            ? Enumerable.Range(0, 10 * result.StudyCount + 1).Cast<int?>().FirstOrDefault(m => Bound(m!.Value).Interval.Contains(value) || Math.Abs(Bound(m.Value).MaximumBias) >= Math.Abs(result.Estimate - value))
            : null;
        return new ReportingBiasResult
        {
            Model = result,
            Bounds = [.. Enumerable.Range(0, most + 1).Select(Bound)],
            Overturning = overturning,
            Notes = [Say(result, most == 0 ? Bound(0) : Bound(most), overturning, noEffect is not null)],
        };

        ReportingBiasBound Bound(int m)
        {
            double k = result.StudyCount;
            var bias = m == 0 ? 0 : (k + m) / k * NormalDistribution.Density(NormalDistribution.Quantile(k / (k + m))) * roots / sum;
            var (lower, upper, level) = result.Interval;
            return new ReportingBiasBound(m, bias, result.Estimate + toNull * bias, new Interval(lower + toNull * bias, upper + toNull * bias, level));
        }
    }

    private static string Say(PooledResult result, ReportingBiasBound last, int? overturning, bool hasNull)
    {
        var effects = result.Effects;
        var moved = Text($"If {last.Unreported} more studies measured the outcome but did not report it, the {effects.Measure.ReadAs} of {effects.BackTransform(result.Estimate):G3} could be {effects.BackTransform(last.Estimate):G3} at worst");
        return overturning switch
        {
            0 => $"{moved}; its interval includes no effect already.",
            { } m => Text($"{moved}; {m} such {(m == 1 ? "study" : "studies")} could bring the interval to include no effect."),
            _ when hasNull => $"{moved}; no number up to ten times the studies pooled could bring the interval to include no effect.",
            _ => $"{moved}.",
        };
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
