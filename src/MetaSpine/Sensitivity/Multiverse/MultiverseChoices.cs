namespace MetaSpine;

/// <content>The choices that a result leaves open, from what is known of its studies.</content>
public sealed partial record MultiverseOptions
{
    /// <summary>Overall judgements of the usual tools that a reviewer may well keep out of a synthesis: RoB 2, ROBINS-I, the older Cochrane tool.</summary>
    private static readonly string[] Doubtful = ["high", "high risk", "serious", "critical"];

    /// <summary>
    /// The defaults with what else the data of a result allow: odds ratios beside risk ratios and the other way round, Mantel-Haenszel where it is defined, Peto for
    /// odds ratios.
    /// </summary>
    /// <param name="result">The result.</param>
    public static MultiverseOptions For(IPooledEffect result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var (measure, data) = (result.Effects.Measure, result.Effects.Data);
        var isTable = data.Has("ai") && data.Has("ci");
        Measure[] measures = isTable && (measure == MetaSpine.Measures.OR || measure == MetaSpine.Measures.RR) ? [MetaSpine.Measures.OR, MetaSpine.Measures.RR] : [];
        return Default with
        {
            Measures = measures,
            Models =
            [
                .. Default.Models,
                .. isTable && MultiverseGrid.HasMantelHaenszel(measure) ? [MultiverseModel.MantelHaenszel] : Array.Empty<MultiverseModel>(),
                .. measures.Length > 0 ? [MultiverseModel.Peto] : Array.Empty<MultiverseModel>(),
            ],
        };
    }

    /// <summary>
    /// The same with what a review knows of its studies: leaving out those at high, serious or critical risk of bias, and those that are not randomised trials where
    /// some are; offered only where some studies are so and others are not.
    /// </summary>
    /// <param name="analysis">The analysis, with a pooled result.</param>
    /// <exception cref="PoolingException">It has no pooled result.</exception>
    public static MultiverseOptions For(AnalysisResult analysis)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        var options = For(analysis.Overall ?? throw new PoolingException($"{analysis.Title}: {analysis.Problem ?? "there is no pooled result"}"));
        if (analysis.Moderators is not AnalysisInputs { Studies: var studies })
        {
            return options;
        }

        (string Name, Func<Study, bool> IsOut)[] offered =
        [
            ("studies at high risk of bias", study => study.RiskOfBias.Any(judgement =>
                (judgement.Outcome is null || judgement.Outcome == analysis.Analysis.Outcome) && Doubtful.Contains(judgement.Overall, StringComparer.OrdinalIgnoreCase))),
            ("studies not randomised", study => study.Design?.Type is { } type && type != StudyType.RandomisedTrial),
        ];
        return options with
        {
            Exclusions =
            [
                .. options.Exclusions,
                .. from choice in offered
                   let rows = studies.Select(choice.IsOut).ToArray()
                   where rows.Contains(true) && rows.Contains(false)
                   select MultiverseExclusion.Rows(choice.Name, rows),
            ],
        };
    }
}
