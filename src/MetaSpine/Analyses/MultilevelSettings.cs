namespace MetaSpine;

/// <summary>The model of dependent effects that an analysis asks for.</summary>
/// <param name="Terms">Its random effects, each with where it stands in the file.</param>
/// <param name="Options">How it is fitted.</param>
/// <param name="Rho">The assumed correlation of sampling errors within clusters; null where they are independent.</param>
internal sealed record MultilevelSettings(IReadOnlyList<(RandomTerm Term, SourcePosition At)> Terms, MultilevelOptions Options, double? Rho)
{
    /// <param name="analysis">The analysis, which has random effects.</param>
    /// <param name="usual">The defaults of its profile: programs that test by z test this by z too.</param>
    /// <param name="pooling">The same with what the analysis says.</param>
    /// <param name="codes">Receives what is wrong.</param>
    public static MultilevelSettings Of(Analysis analysis, PoolingOptions usual, PoolingOptions pooling, AnalysisCodes codes)
    {
        var isLikelihood = pooling.Method is PoolingMethod.REML or PoolingMethod.ML;
        codes.Refuse("method", analysis.Method is not null && !isLikelihood, $"models of dependent effects are fitted by REML or ML, not {MethodNames.Of(pooling.Method).Code}");
        var terms = analysis.Random.Select(random => (Term(random, codes), random.Position)).Where(term => term.Item1 is not null).Select(term => (term.Item1!, term.Position)).ToList();
        return new(terms, new()
        {
            Method = isLikelihood ? pooling.Method : PoolingMethod.REML,
            Test = codes.Read("test", analysis.Test, usual.Test == PoolingTest.Z ? MultilevelTest.Z : MultilevelTest.Satterthwaite, MultilevelNames.Test),
            Level = pooling.Level,
        }, analysis.Rho);
    }

    /// <summary>Refuses what has no meaning beside random effects, with what to do in its place.</summary>
    public static void CheckTogether(Analysis analysis, PoolingModel model, AnalysisCodes codes)
    {
        codes.Refuse("random", model != PoolingModel.InverseVariance, $"dependent effects are pooled from their estimates, and not by the model {ModelNames.Of(model).Code}; leave one of the two out");
        const string Leave = "it belongs to effects that are independent; leave random or this out";
        (string Key, bool IsThere, string Reason)[] others =
        [
            ("subgroup", analysis.Subgroup is not null, "dependent effects are not pooled apart, since subgroups may share studies; name it under moderators, which tests the difference"),
            ("subgroup_tau2", analysis.SubgroupTau2 is not null, Leave),
            ("weights", analysis.Weights is not null, Leave),
            ("tau2", analysis.Tau2 is not null, Leave),
            ("tau2_interval", analysis.Tau2Interval is not null, Leave),
            ("prediction", analysis.Prediction is not null, "the prediction interval has the degrees of freedom of the test; leave it out"),
            ("threshold", analysis.Threshold is not null, Leave),
            ("scale", analysis.Scale is not null, Leave),
            ("also", analysis.Also.Any(code => !code.Equals("terms", StringComparison.OrdinalIgnoreCase)), $"{Leave} (terms, for the means of categories, go with both)"),
            ("also", analysis.Also.Contains("terms", StringComparer.OrdinalIgnoreCase) && !AnalysisDesign.HasModerators(analysis), "terms are those of a meta-regression; write its moderators or its formula"),
        ];
        foreach (var (key, isThere, reason) in others)
        {
            codes.Refuse(key, isThere, reason);
        }
    }

    private static RandomTerm? Term(RandomEffects random, AnalysisCodes codes)
    {
        try
        {
            var term = RandomTerm.Parse(random.Term) with
            {
                Structure = random.Structure is { } structure ? MultilevelNames.Structure(structure) : CovarianceStructure.CS,
                Distance = random.Distance is { } distance ? MultilevelNames.Distance(distance) : SpatialDistance.Euclidean,
            };
            var isSpatial = term.Structure is >= CovarianceStructure.SPEXP and <= CovarianceStructure.SPSPH;
            return random.Structure is not null && term.Inner.Count == 0
                ? throw new ArgumentException($"a structure says how the effects of one level depend on each other by something, which stands before a bar; the term '{random.Term}' has no bar")
                : random.Distance is not null && !isSpatial
                ? throw new ArgumentException("a distance goes with a spatial structure: SPEXP, SPGAU, SPLIN, SPRAT, SPSPH")
                : term.Distance == SpatialDistance.GreatCircle && term.Inner.Count != 2
                ? throw new ArgumentException("a great-circle distance needs latitude + longitude before the bar")
                : term;
        }
        catch (ArgumentException error)
        {
            codes.Refuse("random", random.Position, Wording.Sentence(error));
            return null;
        }
    }
}
