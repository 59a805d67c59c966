using static MetaSpine.Powers;

namespace MetaSpine;

/// <summary>A correlation and the sample it comes from; where a study reports only its test, from t, F or p.</summary>
internal readonly record struct Correlation(double R, double N) : IStudyRow<Correlation>
{
    public static readonly MeasureInput Ni = new("ni", "participants");
    public static readonly MeasureInput Ti = new("ti", "t statistic of its test");
    public static readonly MeasureInput Fi = new("fi", "F statistic of the same test (1 numerator degree of freedom), with the sign of the correlation");
    public static readonly MeasureInput Pi = new("pi", "two-sided p-value of its test, with the sign of the correlation");

    public static MeasureFamily Family { get; } = new("correlation",
    [
        [new("ri", "correlation coefficient"), Ni],
        [Ti, Ni],
        [Fi, Ni],
        [Pi, Ni],
        [new("chi2i", "chi-squared statistic of two dichotomies (1 degree of freedom, uncorrected), with the sign of the correlation"), Ni],
    ]);

    public static Correlation Read(RowReader row)
    {
        var n = row.SampleSize("ni");
        return new Correlation(IsOnlyChiSquared(row) ? FromChiSquared(row, n) : Read(row, n - 2), n);
    }

    public double Size => N;

    /// <summary>A correlation, or one from its test with these degrees of freedom.</summary>
    public static double Read(RowReader row, double freedom) =>
        row.Has("ri") ? row.Correlation("ri")
        : ReadTest(row, freedom) is { } t ? row.Derived(t / Math.Sqrt(t * t + freedom), $"r from {TestName(row)}")
        : row.Missing("ri is missing, and none of ti, fi, pi in its place");

    /// <summary>The t statistic, the signed root of F, or the t of the signed p-value; null where there is none.</summary>
    public static double? ReadTest(RowReader row, double freedom) =>
        row.Has("ti") ? row.Number("ti")
        : row.Has("fi") ? row.SignedRoot("fi")
        : row.Has("pi") ? row.SignedP("pi", freedom)
        : null;

    /// <summary>What <see cref="ReadTest"/> reads, for a note.</summary>
    public static string TestName(RowReader row) => row.Has("ti") ? "t" : row.Has("fi") ? "F" : "p";

    private static bool IsOnlyChiSquared(RowReader row) =>
        row.Has("chi2i") && !row.Has("ri") && !row.Has("ti") && !row.Has("fi") && !row.Has("pi");

    /// <summary>Phi, the correlation of two dichotomies.</summary>
    private static double FromChiSquared(RowReader row, double n)
    {
        var statistic = row.Number("chi2i");
        row.Demand(Math.Abs(statistic) <= n, "chi2i", statistic, FormattableString.Invariant($"must not exceed ni = {n} in size: phi would be above 1"));
        return row.Derived(row.SignedRoot("chi2i") / Math.Sqrt(n), "r from chi-squared: phi, its sampling variance taken as that of a correlation");
    }
}

/// <summary>The measures of correlations. With three participants or fewer there is no variance, and so no estimate.</summary>
internal static class CorrelationMeasures
{
    private const string Fisher = "Fisher (1921), Metron 1:3; variances: Schulze (2004), Meta-analysis: a comparison of approaches, Hogrefe";
    private const string Olkin = "Olkin & Pratt (1958), Annals of Mathematical Statistics 29:201, doi:10.1214/aoms/1177706717";

    public static readonly Measure COR = new MeasureOf<Correlation>(
        new("COR", "correlation", "correlation", Scale.Identity, 0, Fisher),
        (s, _) => s.R,
        [
            new(VarianceType.LS, LargeSample),
            Averaged(),
            new(VarianceType.H0, (s, r) => Null(s, r)),
            new(VarianceType.H0a, (s, r) => Null(s, r)),
            new(VarianceType.H0b, (s, _) => s.N > 3 ? 1 / s.N : double.NaN),
        ]);

    public static readonly Measure UCOR = new MeasureOf<Correlation>(
        new("UCOR", "correlation, corrected for bias", "correlation", Scale.Identity, 0, Olkin),
        (s, _) => Corrected(s.R, s.N),
        [
            new(VarianceType.LS, LargeSample),
            new(VarianceType.UB, (s, y) => s.N > 4 ? Unbiased(Math.Abs(s.R), Math.Abs(y), s.N) : double.NaN),
            Averaged(),
        ]);

    public static readonly Measure ZCOR = new MeasureOf<Correlation>(
        new("ZCOR", "Fisher's z", "correlation", Scale.FisherZ, 0, Fisher),
        (s, _) => Math.Atanh(s.R),
        [new(VarianceType.LS, (s, _) => s.N > 3 ? 1 / (s.N - 3) : double.NaN)]);

    /// <summary>The unbiased estimate of a correlation from a bivariate normal sample of more than four (Olkin and Pratt 1958, doi:10.1214/aoms/1177706717).</summary>
    public static double Corrected(double r, double n) =>
        n > 4 ? r * Hypergeometric.BelowOne(0.5, 0.5, (n - 2) / 2, r * r) : double.NaN;

    /// <summary>
    /// The square of the corrected correlation less the unbiased estimate of the squared correlation, 1 - (n - 3) / (n - 2) z F(1, 1; n/2; z)
    /// with z = 1 - r^2. Both are near 1 for a strong correlation, so each is taken from 1 over z first.
    /// </summary>
    private static double Unbiased(double r, double corrected, double n)
    {
        double w = r * r, z = (1 - r) * (1 + r);
        var correction = Hypergeometric.BetaMean((t, rest) => t / (Math.Sqrt(rest + w * t) * (1 + Math.Sqrt(rest + w * t))), 0.5, (n - 2) / 2);
        return z * ((n - 3) / (n - 2) * Hypergeometric.BelowOne(1, 1, n / 2, w) - (1 + corrected) * (1 / (1 + r) - r * correction));
    }

    private static double LargeSample(Correlation s, double r) => s.N > 3 ? Square((1 - r) * (1 + r)) / (s.N - 1) : double.NaN;

    private static double Null(Correlation s, double r) => s.N > 3 ? (1 - r) * (1 + r) / (s.N - 2) : double.NaN;

    private static VarianceRule<Correlation> Averaged() => new(VarianceType.AV, all =>
    {
        var mean = all.Mean((_, r) => r, s => s.N);
        return (s, _) => LargeSample(s, mean);
    });
}
