namespace MetaSpine;

/// <summary>A test of small-study effects: whether the estimates of small and large studies differ, so that the funnel plot is asymmetric.</summary>
/// <remarks>Asymmetry may come from publication bias, but also from heterogeneity, from the methods of small studies, or from chance (Sterne et al. 2011).</remarks>
public sealed partial record SmallStudyTestResult
{
    /// <summary>The test of the registry; null for a regression with a model and predictor of one's own.</summary>
    public SmallStudyTest? Test { get; init; }

    /// <summary>What it is: "Harbord's test".</summary>
    public required string Name { get; init; }

    /// <summary>What stands for the size of a study: "standard error", "1/n".</summary>
    public required string Predictor { get; init; }

    /// <summary>The number of studies in the test.</summary>
    public required int StudyCount { get; init; }

    /// <summary>The asymmetry: the slope of the estimate on the predictor (analysis scale per unit of it), or Kendall's tau.</summary>
    public required double Estimate { get; init; }

    /// <summary>The standard error of the slope, on its scale; null for a rank test.</summary>
    public double? StandardError { get; init; }

    /// <summary>t with <see cref="DegreesOfFreedom"/>, or z. Rank tests give z without continuity correction even where the p-value is exact.</summary>
    public required double Statistic { get; init; }

    /// <summary>The degrees of freedom of t; null for z.</summary>
    public double? DegreesOfFreedom { get; init; }

    /// <summary>The two-sided p-value of no asymmetry. By convention it is compared with 0.1, as these tests have little power.</summary>
    public required double PValue { get; init; }

    /// <summary>The interval of the slope, on its scale; null for a rank test.</summary>
    public Interval? Interval { get; init; }

    /// <summary>
    /// What the line says of a study without sampling error: the estimate as the predictor goes to 0, on the analysis scale. Null for rank tests and where the
    /// predictor grows with the size.
    /// </summary>
    public Coefficient? Limit { get; init; }

    /// <summary>tau^2 that remains around the line; null where the model has none.</summary>
    public double? Tau2 { get; init; }

    /// <summary>The weighted residual variance around the line, by which standard errors are scaled; null where they are not.</summary>
    public double? Dispersion { get; init; }

    /// <summary>What was found, in words, and what a careful reader should know; one sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
