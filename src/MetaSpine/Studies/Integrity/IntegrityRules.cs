namespace MetaSpine;

/// <summary>The names of the integrity checks, as reports and waivers write them.</summary>
public static class IntegrityRules
{
    /// <summary>A printed percentage that no rounding of its count gives.</summary>
    public const string Percent = "percent";

    /// <summary>A printed sensitivity or specificity that no rounding of its table gives.</summary>
    public const string Diagnostic = "diagnostic";

    /// <summary>Parts that do not add up to their whole.</summary>
    public const string PartSum = "part-sum";

    /// <summary>A subgroup or count that is larger than what it is part of.</summary>
    public const string SubgroupSize = "subgroup-size";

    /// <summary>Numbers in an impossible order: a median above the third quartile, survival that rises.</summary>
    public const string Ordering = "ordering";

    /// <summary>A mean that whole numbers cannot have; see <see cref="MetaSpine.Grim"/>.</summary>
    public const string Grim = "grim";

    /// <summary>A standard deviation that whole numbers of that mean cannot have; see <see cref="MetaSpine.Grimmer"/>.</summary>
    public const string Grimmer = "grimmer";

    /// <summary>A standard deviation that zeros and ones of that mean cannot have; see <see cref="MetaSpine.Debit"/>.</summary>
    public const string Debit = "debit";

    /// <summary>A mean or standard deviation that is impossible between the ends of its scale; see <see cref="MeanBounds"/>.</summary>
    public const string Bounds = "bounds";

    /// <summary>A standard deviation that may be a standard error; see <see cref="SpreadCheck"/>.</summary>
    public const string SeAsSd = "se-as-sd";

    /// <summary>An estimate that is not in the middle of its interval; see <see cref="IntervalCheck"/>.</summary>
    public const string Interval = "interval";

    /// <summary>A p-value that is not that of its interval; see <see cref="IntervalCheck"/>.</summary>
    public const string IntervalP = "interval-p";

    /// <summary>A comparison of two arms that is not that of their counts or means; see <see cref="RatioCheck"/>.</summary>
    public const string RatioCounts = "ratio-counts";

    /// <summary>A p-value that is not that of its test statistic; see <see cref="StatisticCheck"/>.</summary>
    public const string Statistic = "statistic";

    /// <summary>Baseline p-values of a randomised trial that are unlike chance together; see <see cref="BaselineCheck"/>.</summary>
    public const string Baseline = "baseline";

    /// <summary>A kappa that does not follow from its agreement; see <see cref="KappaCheck"/>.</summary>
    public const string Kappa = "kappa";

    /// <summary>A waiver for which there is no finding.</summary>
    public const string Waiver = "waiver";

    /// <summary>Every rule that a waiver may name.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Percent, Diagnostic, PartSum, SubgroupSize, Ordering, Grim, Grimmer, Debit, Bounds, SeAsSd, Interval, IntervalP, RatioCounts, Statistic,
        Baseline, Kappa,
    ];

    internal static readonly Choices<string> Codec = new("a rule", [.. All.Select(rule => (rule, rule))]);
}
