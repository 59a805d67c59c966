namespace MetaSpine;

/// <summary>
/// Publication bias: a test of small-study effects that suits the measure, from ten studies on and at p &lt; 0.1 (Sterne et al. 2011, BMJ 343:d4002,
/// doi:10.1136/bmj.d4002; Guyatt et al. 2011, J Clin Epidemiol 64:1277, doi:10.1016/j.jclinepi.2011.01.011).
/// </summary>
internal static class PublicationBiasSuggestion
{
    private const int FewestStudies = 10;
    private const double Suspicious = 0.1;

    public static CertaintySuggestion Of(CertaintyEvidence evidence)
    {
        if (evidence.Analysis.Multilevel is { } dependent)
        {
            return Of(dependent, evidence.Clusters);
        }

        if (evidence.Analysis.Pooled is not { } pooled)
        {
            return new(null, evidence.Overall is null ? "There is no pooled result." : "The tests of small-study effects go with results by inverse variance; look at the registrations of trials.");
        }

        if (pooled.StudyCount < FewestStudies)
        {
            return new(null, FormattableString.Invariant($"With {pooled.StudyCount} studies no test tells chance from bias ({FewestStudies} are the least); look at the registrations, the searches and who paid."));
        }

        try
        {
            var test = pooled.TestSmallStudyEffects();
            var levels = test.PValue < Suspicious ? 1 : 0;
            return new(levels, FormattableString.Invariant($"{test.Name} of {test.StudyCount} studies: p = {test.PValue:0.000}, {(levels > 0 ? "below" : "not below")} {Suspicious}; asymmetry may also come from heterogeneity: {InconsistencySuggestion.Levels(levels)}."));
        }
        catch (PoolingException error)
        {
            return new(null, $"The test that suits the measure cannot be made: {error.Message}");
        }
    }

    /// <summary>Dependent effects by Egger's test with cluster-robust errors, for which clusters count as studies.</summary>
    private static CertaintySuggestion Of(MultilevelPooledResult dependent, IReadOnlyList<string>? clusters)
    {
        try
        {
            var test = dependent.TestAsymmetry(clusters: clusters);
            if (test.Regression.ClusterCount < FewestStudies)
            {
                return new(null, FormattableString.Invariant($"With {test.Regression.ClusterCount} clusters no test tells chance from bias ({FewestStudies} are the least); look at the registrations, the searches and who paid."));
            }

            var levels = test.Slope.PValue < Suspicious ? 1 : 0;
            return new(levels, FormattableString.Invariant($"Egger's test with cluster-robust errors ({test.Regression.ClusterCount} clusters): p = {test.Slope.PValue:0.000}, {(levels > 0 ? "below" : "not below")} {Suspicious}; asymmetry may also come from heterogeneity: {InconsistencySuggestion.Levels(levels)}."));
        }
        catch (PoolingException error)
        {
            return new(null, $"Egger's test with cluster-robust errors cannot be made: {error.Message}");
        }
    }
}
