using System.Globalization;

namespace MetaSpine;

/// <summary>What the suggestions are computed from: a result, its studies, and what the reviewers set.</summary>
internal sealed class CertaintyEvidence(Review review, AnalysisResult analysis, Grade? given)
{
    public Review Review => review;

    public AnalysisResult Analysis => analysis;

    public Grade? Given => given;

    public IPooledEffect? Overall => analysis.Overall;

    public Measure Measure => analysis.Measure;

    /// <summary>The studies in the model with their weights, null where the model has none.</summary>
    public IReadOnlyList<(Study Study, double? Weight)> Studies { get; } = analysis is { Overall: { } overall, Moderators: AnalysisInputs inputs }
        ? [.. overall.Shares.Select(share => (inputs.Studies[share.Row], share.Weight))]
        : [];

    /// <summary>The clusters of dependent effects, one for each effect size; null where the analysis names none.</summary>
    public IReadOnlyList<string>? Clusters => analysis.Analysis.Cluster is { } cluster ? [.. analysis.Categories(cluster).Select(name => name ?? "")] : null;

    /// <summary>How many studies there are: fewer than effects, where a study has several.</summary>
    public int StudyCount => Studies.Count > 0 ? Studies.Select(item => item.Study.Id).Distinct(StringComparer.Ordinal).Count() : Overall?.StudyCount ?? 0;

    /// <summary>The value against which intervals are held, on the analysis scale; null where a single group has no value of no effect and none is given.</summary>
    public double? Threshold
    {
        get
        {
            if (GivenThreshold is { } natural)
            {
                var value = Measure.Scale.NeedsSize ? Measure.Scale.Forward(natural, Overall?.Effects.HarmonicMeanSize ?? double.NaN) : Measure.Scale.Forward(natural);
                return double.IsFinite(value) ? value : null;
            }

            return Measure.NullValue;
        }
    }

    /// <summary>The smallest effect that matters, as the reviewers set it.</summary>
    public double? GivenThreshold => given?.Threshold ?? analysis.Analysis.Threshold;

    /// <summary>The threshold in words: "no effect (1)".</summary>
    public string ThresholdName => GivenThreshold is { } natural ? $"the threshold {Number(natural)}" : $"no effect ({Number(Natural(Measure.NullValue ?? 0))})";

    public double? Participants
    {
        get
        {
            if (Overall is not { } overall || MaySharePeople || overall.Effects.Data.Columns.Any(column => column is "t1i" or "t2i" or "ti"))
            {
                return null;
            }

            var total = overall.Shares.Sum(share => overall.Effects.Studies[share.Row].Size);
            return double.IsFinite(total) && total > 0 ? total : null;
        }
    }

    /// <summary>Whether effects of one study may be of the same people, whom nobody should count twice.</summary>
    public bool MaySharePeople => analysis.Multilevel is not null && StudyCount < Studies.Count;

    /// <summary>The people with the event in all groups; null where the data are not counts, or people may be counted twice.</summary>
    public double? Events => MaySharePeople ? null : Sum("ai", "ci") ?? Sum("xi") ?? Sum("x1i", "x2i");

    /// <summary>The risk in the control groups together; null where the data are not two-by-two tables.</summary>
    public double? ControlRisk => Sum("ci") is { } events && (Sum("n2i") ?? Sum("ci", "di")) is > 0 and { } total ? events / total : null;

    public double Natural(double value) => Overall?.Effects.BackTransform(value) ?? Measure.Scale.Back(value);

    /// <summary>An interval as readers see it: "0.34 to 0.70".</summary>
    public string Range(Interval interval) => $"{Number(Natural(interval.Lower))} to {Number(Natural(interval.Upper))}";

    /// <summary>Two decimals from 0.1 on, fewer for large numbers, two digits below.</summary>
    public static string Number(double value)
    {
        var size = Math.Abs(value);
        var format = size is >= 99.95 ? "0" : size >= 9.995 ? "0.0" : size is >= 0.0995 or 0 ? "0.00" : null;
        return format is null ? value.ToString("G2", CultureInfo.InvariantCulture) : value.ToString(format, CultureInfo.InvariantCulture);
    }

    public static string Percent(double share) => (100 * share).ToString("0", CultureInfo.InvariantCulture) + "%";

    private double? Sum(params string[] columns)
    {
        if (Overall is not { } overall || columns.Any(column => !overall.Effects.Data.Has(column)))
        {
            return null;
        }

        var total = overall.Shares.Sum(share => columns.Sum(column => overall.Effects.Data[column][share.Row]));
        return double.IsFinite(total) ? total : null;
    }
}
