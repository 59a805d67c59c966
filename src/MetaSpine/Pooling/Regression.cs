namespace MetaSpine;

/// <summary>Fits meta-regressions.</summary>
internal static class Regression
{
    public static RegressionResult Fit(EffectSizes effects, DesignMatrix design, PoolingOptions options)
    {
        var rows = UsableRows.Select(effects, design);
        var p = design.Columns.Count;
        if (rows.Count <= p)
        {
            throw new PoolingException(FormattableString.Invariant(
                $"{UsableRows.Complete(rows.Count)} cannot carry {p} coefficients ({string.Join(", ", design.Columns)}): use fewer moderators, at least one study more than coefficients is needed."));
        }

        var x = rows.DesignOf(design);
        var intercept = Enumerable.Range(0, p).FirstOrDefault(column => design.IsConstantOne(column), -1);
        var shift = intercept < 0 ? 0 : RegressionProfile.Centre(rows.Y, rows.V);
        var profile = new RegressionProfile(Array.ConvertAll(rows.Y, value => value - shift), rows.V, x, p);
        if (profile.DependentColumn >= 0)
        {
            throw new PoolingException(Collinearity.Describe(x, design.Columns, profile.DependentColumn));
        }

        if (options.Test is PoolingTest.KnappHartungWider or PoolingTest.KnappHartungIqwig)
        {
            throw new ArgumentException("This ad-hoc rule is defined for a pooled estimate, not for several coefficients; the Knapp-Hartung floor (adhoc) is.", nameof(options));
        }

        var weights = rows.GivenWeights(options);
        var summary = ModelSummary.Of(profile, rows.Y, weights, options);
        var weighting = weights is [] ? Weighting.InverseVariance(summary.Tau2) : Weighting.Given(weights);
        var (coefficients, covariance) = profile.Solve(weighting, summary.Tau2);
        var correction = MetaAnalysis.Correction(options, rows, summary, x);
        var inference = Inference.For(options, rows.Count - p, summary.KnappHartungFactor, covariance, correction);
        if (intercept >= 0)
        {
            coefficients[intercept] += shift;
        }

        var tested = Enumerable.Range(0, p).Where(column => column != intercept).ToArray();
        var result = new RegressionResult
        {
            Effects = effects,
            Options = options,
            Design = design,
            Studies = rows.Weigh(weights, summary.Tau2),
            Excluded = rows.Excluded,
            Tau2 = summary.Tau2,
            Tau2StandardError = summary.Tau2StandardError,
            Tau2Interval = summary.Tau2Bounds,
            I2 = summary.I2,
            I2Interval = summary.I2Interval,
            H2 = summary.H2,
            H2Interval = summary.H2Interval,
            Q = summary.Q,
            Fit = summary.Fit,
            Provenance = summary.Provenance,
            Notes = [],
            Coefficients = [.. coefficients.Select((b, i) => inference.Coefficient(design.Columns[i], b, i))],
            Correction = correction,
            Covariance = [.. Enumerable.Range(0, p).Select(i => inference.Covariance[(i * p)..((i + 1) * p)])],
            Moderators = tested.Length > 1 && correction is null
                ? inference.Joint(coefficients, tested, profile.Wald(tested, weighting, summary.Tau2))
                : inference.Joint(coefficients, tested.Length == 0 ? [0] : tested),
            R2 = intercept >= 0 && tested.Length > 0 && options.FixedTau2 is null ? Explained(rows, weights, summary, options) : null,
        };
        return result with { Notes = ResultNotes.For(result, summary.KnappHartungFactor) };
    }

    /// <summary>
    /// Raudenbush (2009), in The Handbook of Research Synthesis and Meta-Analysis, 2nd ed., p. 295: the fall of tau^2 against the
    /// model without moderators; under equal effects the adjusted R^2 of the weighted regression.
    /// </summary>
    private static double Explained(UsableRows rows, double[] weights, ModelSummary summary, PoolingOptions options)
    {
        var without = new InterceptProfile(rows.Y, rows.V);
        if (options.Method == PoolingMethod.EE)
        {
            var residual = summary.Q.Statistic / summary.Q.DegreesOfFreedom;
            return Math.Max(0, 100 * (1 - residual / (without.At(0).Rss / (rows.Count - 1))));
        }

        var total = Tau2Estimator.Estimate(without, options, rows.Y, weights).Tau2;
        return total == 0 ? 0 : Math.Max(0, 100 * (total - summary.Tau2) / total);
    }
}
