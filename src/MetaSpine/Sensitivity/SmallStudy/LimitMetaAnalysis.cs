namespace MetaSpine;

/// <summary>A limit meta-analysis: the random-effects estimate of studies of endless precision, with the small-study effect taken out.</summary>
/// <remarks>G. Rücker, G. Schwarzer, J. R. Carpenter, H. Binder and M. Schumacher (2011), Biostatistics 12:122, doi:10.1093/biostatistics/kxq046.</remarks>
public sealed partial record LimitMetaAnalysisResult
{
    /// <summary>beta_0 = beta + tau alpha, the expectation of an endlessly large study, with a z test: the main result.</summary>
    public required Coefficient Expectation { get; init; }

    /// <summary>The slope of the radial regression of the limits of the studies.</summary>
    public required Coefficient SlopeOfLimits { get; init; }

    /// <summary>The inverse-variance mean of the limits of the studies. Its interval does not know of tau^2.</summary>
    public required Coefficient MeanOfLimits { get; init; }

    /// <summary>The intercept alpha of the extended radial regression y/s' = alpha + beta/s', s'^2 = v + tau^2: the small-study effect.</summary>
    public required double Bias { get; init; }

    /// <summary>Its slope beta: on the analysis scale.</summary>
    public required double Slope { get; init; }

    /// <summary>The studies' estimates shrunken to what they would be with endless precision, in the order of the model.</summary>
    public required IReadOnlyList<double> Limits { get; init; }

    /// <summary>Q under equal effects.</summary>
    public required ChiSquaredTest Q { get; init; }

    /// <summary>The part of Q that the small-study effect explains.</summary>
    public required ChiSquaredTest QSmallStudy { get; init; }

    /// <summary>The part that remains: heterogeneity beyond small-study effects.</summary>
    public required ChiSquaredTest QResidual { get; init; }

    /// <summary>G^2, the share of the limits' variance around the radial line that the precisions do not explain: heterogeneity after the small-study effect, 0 to 1.</summary>
    public required double G2 { get; init; }

    /// <summary>tau^2 of the random-effects model.</summary>
    public required double Tau2 { get; init; }

    /// <summary>What was found, in words; one sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}

/// <summary>Limit meta-analysis (Rücker et al. 2011).</summary>
public static class LimitMetaAnalysis
{
    /// <summary>Estimates the effect in studies of endless precision.</summary>
    /// <param name="result">A pooled result; its tau^2 is taken.</param>
    /// <exception cref="PoolingException">There are fewer than 3 studies, or all standard errors are equal.</exception>
    public static LimitMetaAnalysisResult LimitAnalysis(this PooledResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var data = new FunnelData(result);
        AsymmetryKernels.Check(data.K, data.Se, "standard error", "A limit meta-analysis");
        var tau = Math.Sqrt(result.Tau2);
        var total = Array.ConvertAll(data.V, v => 1 / (v + result.Tau2));

        // A radial regression is a weighted line through the funnel plot: its intercept is the line's slope on the error, its slope the line's limit.
        var radial = FunnelLine.Fit(data.Y, Array.ConvertAll(total, w => 1 / Math.Sqrt(w)), total);
        var (alpha, beta) = (radial.Slope, radial.Intercept);
        var limits = new double[data.K];
        double mean = 0, meanSquare = 0;
        for (var i = 0; i < data.K; i++)
        {
            limits[i] = beta + tau * Math.Sqrt(total[i]) * (data.Y[i] - beta);
            mean += Math.Sqrt(total[i]) / data.K;
            meanSquare += total[i] / data.K;
        }

        double spread = 0;
        for (var i = 0; i < data.K; i++)
        {
            spread += (Math.Sqrt(total[i]) - mean) * (Math.Sqrt(total[i]) - mean);
        }

        // The variance of beta + tau alpha where the radial residuals have variance 1.
        var variance = (1 - 2 * tau * mean + result.Tau2 * meanSquare) / spread;
        var normal = ReferenceDistribution.Normal(result.Options.Level);
        var weights = data.Precisions;
        var ofLimits = FunnelLine.Fit(limits, data.Se, weights);
        var q = new InterceptProfile(data.Y, data.V).At(0).Rss;
        var residual = FunnelLine.Fit(data.Y, data.Se, weights).Rss;
        var found = new LimitMetaAnalysisResult
        {
            Expectation = normal.Coefficient("beta0", beta + tau * alpha, Math.Sqrt(variance)),
            SlopeOfLimits = normal.Coefficient("betalim", ofLimits.Intercept, 1 / Math.Sqrt(Spread(data.Se))),
            MeanOfLimits = normal.Coefficient("mulim", FunnelLine.Mean(limits, weights), 1 / Math.Sqrt(weights.Sum())),
            Bias = alpha,
            Slope = beta,
            Limits = limits,
            Q = Test(q, data.K - 1),
            QSmallStudy = Test(Math.Max(0, q - residual), 1),
            QResidual = Test(residual, data.K - 2),
            G2 = Share(limits, data.Se, ofLimits.Rss),
            Tau2 = result.Tau2,
            Notes = [],
        };
        return found with { Notes = Notes(result, found) };
    }

    private static ChiSquaredTest Test(double statistic, int freedom) => new(statistic, freedom, ChiSquared.Upper(statistic, freedom));

    /// <summary>The squares of the precisions around their mean.</summary>
    private static double Spread(double[] errors)
    {
        var mean = errors.Average(se => 1 / se);
        return errors.Sum(se => (1 / se - mean) * (1 / se - mean));
    }

    /// <summary>1 - R^2 of the radial regression of the limits.</summary>
    private static double Share(double[] limits, double[] errors, double rss)
    {
        double[] radial = [.. limits.Select((limit, i) => limit / errors[i])];
        var mean = radial.Average();
        var total = radial.Sum(value => (value - mean) * (value - mean));
        return total > 0 ? Math.Min(1, rss / total) : 0;
    }

    private static List<string> Notes(PooledResult result, LimitMetaAnalysisResult found)
    {
        var limit = found.Expectation;
        double estimate = result.Effects.BackTransform(limit.Estimate), lower = result.Effects.BackTransform(limit.Interval.Lower), upper = result.Effects.BackTransform(limit.Interval.Upper);
        var notes = new List<string>
        {
            SmallStudyNotes.Text($"Limit meta-analysis: the {result.Effects.Measure.ReadAs} of an endlessly large study is {estimate:G3} ({100 * limit.Interval.Level:0.##}% interval {lower:G3} to {upper:G3}), against {result.Natural.Estimate:G3} pooled."),
            SmallStudyNotes.Text($"Of Q = {found.Q.Statistic:0.00}, {found.QSmallStudy.Statistic:0.00} is due to small-study effects ({SmallStudyNotes.P(found.QSmallStudy.PValue)}) and {found.QResidual.Statistic:0.00} remains ({SmallStudyNotes.P(found.QResidual.PValue)}); G² is {100 * found.G2:0.#}%."),
        };
        if (found.Tau2 == 0)
        {
            notes.Add("τ² is 0, so that all limits fall on the radial line's slope and the adjusted estimate is PET's.");
        }

        if (result.StudyCount < 10)
        {
            notes.Add(SmallStudyNotes.Text($"With {result.StudyCount} studies (fewer than 10) the small-study effect is hardly known."));
        }

        return notes;
    }
}
