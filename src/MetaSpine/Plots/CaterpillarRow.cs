namespace MetaSpine;

/// <summary>A row of a caterpillar plot, on the analysis scale.</summary>
internal sealed record CaterpillarRow(string Label, double Estimate, double Lower, double Upper, StudyKey? Key)
{
    /// <summary>The rows of a result.</summary>
    /// <exception cref="ArgumentException">The model does not predict true effects.</exception>
    public static IEnumerable<CaterpillarRow> Of(IPooledEffect result, CaterpillarRows show)
    {
        var clusters = EffectClusters.Of(result, null, null);
        var labels = clusters?.All.ToDictionary(cluster => cluster.Key, cluster => cluster.Label, StringComparer.Ordinal);
        try
        {
            return (show, result) switch
            {
                (CaterpillarRows.Effects, _) => result.Shares.Select(share => Effect(result, share.Row, clusters)),
                (_, MultilevelPooledResult multilevel) => multilevel.PredictClusters().Select(found => new CaterpillarRow(
                    labels![found.Cluster], found.Estimate, found.Interval.Lower, found.Interval.Upper, null)),
                (_, PooledResult pooled) => pooled.Blups().Studies.Select(found => new CaterpillarRow(
                    found.Label, found.Estimate, found.PredictionInterval.Lower, found.PredictionInterval.Upper, new StudyKey(found.Row))),
                _ => throw new ArgumentException($"The model {result.ModelName} predicts no true effects; show the effects as estimated."),
            };
        }
        catch (PoolingException problem)
        {
            throw new ArgumentException(problem.Message, problem);
        }
    }

    /// <summary>"60 effects in 20 studies", "20 studies".</summary>
    public static string Counted(IPooledEffect result, CaterpillarRows show, int count) =>
        show == CaterpillarRows.Predictions && result is MultilevelPooledResult multilevel ? PooledCount.Many(count, multilevel.Outermost.Name) : PooledCount.Of(result);

    /// <summary>What predictions are.</summary>
    public static string Explained(IPooledEffect result, CaterpillarRows show) => show == CaterpillarRows.Effects ? ""
        : result is MultilevelPooledResult multilevel ? $" Each row is the predicted average true effect of a {multilevel.Outermost.Name} (empirical Bayes; Robinson 1991)."
        : " Each row is the predicted true effect of a study (empirical Bayes; Raudenbush and Bryk 1985).";

    private static CaterpillarRow Effect(IPooledEffect result, int row, EffectClusters? clusters)
    {
        var (effect, interval) = (result.Effects.Studies[row], result.Effects.Studies[row].Interval(result.Interval.Level));
        var label = clusters is null ? effect.Label : clusters.FullName(row);
        return new CaterpillarRow(label, effect.Estimate, interval.Lower, interval.Upper, PlotText.Key(result.Effects, result.Interval.Level, row, label));
    }
}
