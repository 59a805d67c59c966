namespace MetaSpine;

/// <summary>What the name of a column says about the estimates in it.</summary>
/// <param name="Measure">The measure; null where the name does not say it.</param>
/// <param name="Scale">Whether they are as readers meet them or as they are pooled; null where the name does not say it.</param>
internal readonly record struct EffectColumn(Measure? Measure, EstimateScale? Scale)
{
    private static readonly (string Code, string[] Names)[] Known =
    [
        ("OR", ["or", "odds.ratio", "oddsratio", "aor"]),
        ("RR", ["rr", "risk.ratio", "relative.risk", "riskratio"]),
        ("HR", ["hr", "hazard.ratio", "hazardratio", "ahr"]),
        ("IRR", ["irr", "rate.ratio", "incidence.rate.ratio"]),
        ("ROM", ["rom", "ratio.of.means"]),
        ("RD", ["rd", "risk.difference"]),
        ("MD", ["md", "wmd", "mean.difference", "mean.diff"]),
        ("SMD", ["smd", "standardised.mean.difference", "standardized.mean.difference", "std.mean.difference", "hedges.g", "hedgesg", "g", "cohen.s.d", "cohens.d", "cohen.d", "d"]),
        ("PLO", ["proportion", "prevalence"]),
        ("ZCOR", ["correlation", "cor", "r"]),
    ];

    private static readonly string[] Analysis = ["yi", "te", "y"];
    private static readonly string[] Doubtful = ["effect", "estimate", "effect.size", "effect.estimate", "point.estimate", "es", "est"];

    /// <summary>The names of columns of estimates, folded, those that say most first.</summary>
    public static IEnumerable<string> Names =>
        Analysis.Concat(Known.SelectMany(item => Logs(item.Names).Concat(item.Names))).Concat(Doubtful);

    /// <summary>What the header says.</summary>
    public static EffectColumn Of(string header)
    {
        var name = ColumnAliases.Fold(header);
        foreach (var (code, names) in Known)
        {
            if (names.Contains(name, StringComparer.Ordinal))
            {
                return new(Measures.Find(code), EstimateScale.Natural);
            }

            if (Logs(names).Contains(name, StringComparer.Ordinal) && Measures.Find(code) is { Scale.Name: "log" } ratio)
            {
                return new(ratio, EstimateScale.Analysis);
            }
        }

        return Analysis.Contains(name, StringComparer.Ordinal) ? new(null, EstimateScale.Analysis) : default;
    }

    private static IEnumerable<string> Logs(string[] names) => names.SelectMany(name => new[] { $"log.{name}", $"log{name}", $"ln.{name}", $"ln{name}" });
}
