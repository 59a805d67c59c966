namespace MetaSpine;

/// <summary>The result of some of the studies: those left when others are left out, or those known so far. On the analysis scale, but for <see cref="Natural"/>.</summary>
public sealed record SubsetResult
{
    /// <summary>The studies (or the cluster) left out, or the study added last; "all studies" for the whole.</summary>
    public required string Label { get; init; }

    /// <summary>The rows of those studies in the effect sizes, from 0; empty for the whole.</summary>
    public required IReadOnlyList<int> Rows { get; init; }

    /// <summary>The number of studies that the result is of.</summary>
    public required int StudyCount { get; init; }

    /// <summary>The pooled estimate; NaN where there is none, and then <see cref="Problem"/> says why.</summary>
    public required double Estimate { get; init; }

    /// <summary>Its standard error, as the test scales it.</summary>
    public required double StandardError { get; init; }

    /// <summary>Estimate over standard error.</summary>
    public required double Statistic { get; init; }

    /// <summary>The degrees of freedom of the t distribution; null when the test is z, and for a single study.</summary>
    public required double? DegreesOfFreedom { get; init; }

    /// <summary>The two-sided p-value of no effect.</summary>
    public required double PValue { get; init; }

    /// <summary>The confidence interval.</summary>
    public required Interval Interval { get; init; }

    /// <summary>The interval for the true effect of a new study; null under equal effects, for a single study and for a common effect.</summary>
    public Interval? PredictionInterval { get; init; }

    /// <summary>The between-study variance; null where the model has none (Mantel-Haenszel, Peto).</summary>
    public double? Tau2 { get; init; }

    /// <summary>I^2 in percent; null where it cannot be had.</summary>
    public double? I2 { get; init; }

    /// <summary>H^2; null where it cannot be had.</summary>
    public double? H2 { get; init; }

    /// <summary>The test of heterogeneity; null where it cannot be had. For a generalised linear mixed model the likelihood-ratio test.</summary>
    public ChiSquaredTest? Q { get; init; }

    /// <summary>Estimate and intervals on the scale that people read; null where there is no estimate.</summary>
    public required NaturalResult? Natural { get; init; }

    /// <summary>Why these studies have no result; null where they have.</summary>
    public string? Problem { get; init; }

    internal static SubsetResult None(int studies, string problem) => new()
    {
        Label = "", Rows = [], StudyCount = studies, Estimate = double.NaN, StandardError = double.NaN, Statistic = double.NaN, DegreesOfFreedom = null,
        PValue = double.NaN, Interval = new Interval(double.NaN, double.NaN, double.NaN), Natural = null, Problem = problem,
    };

    internal static SubsetResult Of(Coefficient coefficient, int studies, Measure measure, double size, Interval? prediction)
    {
        double Back(double value) => measure.Scale.Back(value, size);
        Interval Both(Interval interval) => interval with { Lower = Back(interval.Lower), Upper = Back(interval.Upper) };
        return new SubsetResult
        {
            Label = "",
            Rows = [],
            StudyCount = studies,
            Estimate = coefficient.Estimate,
            StandardError = coefficient.StandardError,
            Statistic = coefficient.Statistic,
            DegreesOfFreedom = coefficient.DegreesOfFreedom,
            PValue = coefficient.PValue,
            Interval = coefficient.Interval,
            PredictionInterval = prediction,
            Natural = new NaturalResult(measure.ReadAs, Back(coefficient.Estimate), Both(coefficient.Interval), prediction is { } p ? Both(p) : null),
        };
    }
}
