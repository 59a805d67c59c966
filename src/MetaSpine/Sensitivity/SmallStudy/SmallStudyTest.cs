namespace MetaSpine;

/// <summary>A test of small-study effects. All stand in <see cref="SmallStudyTests"/>.</summary>
public sealed class SmallStudyTest
{
    private readonly Func<FunnelData, IReadOnlyList<double>?, AsymmetryFinding> _run;

    internal SmallStudyTest(string code, string name, string predictor, string suits, string source, Func<FunnelData, IReadOnlyList<double>?, AsymmetryFinding> run) =>
        (Code, Name, Predictor, Suits, Source, _run) = (code, name, predictor, suits, source, run);

    /// <summary>A short name: EGGER, HARBORD.</summary>
    public string Code { get; }

    /// <summary>The name: "Egger's regression test".</summary>
    public string Name { get; }

    /// <summary>What it takes for the size of a study.</summary>
    public string Predictor { get; }

    /// <summary>Which measures and data it suits, in words.</summary>
    public string Suits { get; }

    /// <summary>Where it comes from.</summary>
    public string Source { get; }

    /// <summary>The code and the name.</summary>
    public override string ToString() => $"{Code} ({Name})";

    internal AsymmetryFinding Run(FunnelData data, IReadOnlyList<double>? events) => _run(data, events);
}

/// <summary>What a kernel finds.</summary>
/// <param name="Slope">The slope, tested; null for a rank test.</param>
/// <param name="StudyCount">The number of studies in it.</param>
internal sealed record AsymmetryFinding(Coefficient? Slope, int StudyCount)
{
    public Coefficient? Limit { get; init; }

    public double? Tau2 { get; init; }

    public double? Dispersion { get; init; }

    public KendallRank? Rank { get; init; }

    /// <summary>Whether a larger value of the predictor means a larger study.</summary>
    public bool GrowsWithSize { get; init; }

    /// <summary>Studies that carry no information for this test.</summary>
    public IReadOnlyList<string> Uninformative { get; init; } = [];
}
