namespace MetaSpine;

/// <summary>Pools effect sizes and fits meta-regressions.</summary>
public static partial class MetaAnalysis
{
    /// <summary>
    /// Pools effect sizes by inverse variances: under random effects with weights 1/(v + tau^2), under equal effects with 1/v.
    /// </summary>
    /// <param name="effects">The effect sizes. Studies without an estimate are left out and listed with the reason.</param>
    /// <param name="options">How; <see cref="PoolingOptions.Default"/> (REML, Knapp-Hartung, 95%) where null.</param>
    /// <returns>The result on the analysis scale; a single study gives its own estimate with a z interval, and says so.</returns>
    /// <exception cref="PoolingException">No study has an estimate.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static PooledResult Pool(EffectSizes effects, PoolingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(effects);
        options = Validated(options);
        var rows = UsableRows.Select(effects, null);
        var weights = rows.GivenWeights(options);
        var profile = new InterceptProfile(rows.Y, rows.V);
        var summary = ModelSummary.Of(profile, rows.Y, weights, options, TableCentre.For(effects, options)?.Excess(profile, rows.Rows) ?? 0);
        var (estimate, variance) = profile.Estimate(weights is [] ? Weighting.InverseVariance(summary.Tau2) : Weighting.Given(weights), summary.Tau2);
        var inference = Inference.For(
            options, rows.Count - 1, summary.KnappHartungFactor, [variance], Correction(options, rows, summary, Ones(rows.Count)),
            options.Test == PoolingTest.KnappHartungIqwig && rows.Count > 1 ? ClassicVariance(profile) : double.NaN);
        var coefficient = inference.Coefficient("estimate", estimate);

        var result = new PooledResult
        {
            Effects = effects,
            Options = options,
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
            Estimate = estimate,
            StandardError = coefficient.StandardError,
            Statistic = coefficient.Statistic,
            DegreesOfFreedom = coefficient.DegreesOfFreedom,
            PValue = coefficient.PValue,
            Interval = coefficient.Interval,
            PredictionInterval = null,
        };
        result = result with { PredictionInterval = result.PredictionIntervalBy(options.Prediction) };
        return result with { Notes = ResultNotes.For(result, summary.KnappHartungFactor) };
    }

    /// <summary>Pools estimates that come with their sampling variances.</summary>
    /// <param name="estimates">On the scale on which they are to be averaged: logs of ratios.</param>
    /// <param name="variances">Their squared standard errors.</param>
    /// <param name="options">How; <see cref="PoolingOptions.Default"/> where null.</param>
    /// <exception cref="PoolingException">No study has an estimate.</exception>
    /// <exception cref="EffectDataException">A variance is 0 or below, an estimate is not finite, or the lists differ in length; the message names the study.</exception>
    public static PooledResult Pool(IReadOnlyList<double> estimates, IReadOnlyList<double> variances, PoolingOptions? options = null) =>
        Pool(Measures.GEN.Compute(new EffectData { ["yi"] = estimates, ["vi"] = variances }), options);

    /// <summary>Fits a meta-regression: true effects that depend on moderators, with heterogeneity that remains.</summary>
    /// <param name="effects">The effect sizes.</param>
    /// <param name="design">One row per study, in the same order; a study with a missing value is left out and listed.</param>
    /// <param name="options">How; <see cref="PoolingOptions.Default"/> where null.</param>
    /// <exception cref="PoolingException">There are no more studies than coefficients, or a column depends on others.</exception>
    /// <exception cref="ArgumentException">The design has another number of rows than there are studies, or an option is out of range.</exception>
    public static RegressionResult Regress(EffectSizes effects, DesignMatrix design, PoolingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(effects);
        ArgumentNullException.ThrowIfNull(design);
        options = Validated(options);
        if (design.RowCount != effects.Count)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"The design matrix has {design.RowCount} rows, but there are {effects.Count} effect sizes: give one row per study, in the same order."), nameof(design));
        }

        return Regression.Fit(effects, design, options);
    }

    /// <summary>Fits a meta-regression whose moderators a formula names: "~ ablat + alloc".</summary>
    /// <param name="effects">The effect sizes.</param>
    /// <param name="formula">The formula.</param>
    /// <param name="moderators">The moderators, one value per study in the order of the effect sizes; a study that lacks one that the formula names is left out and listed.</param>
    /// <param name="options">How; <see cref="PoolingOptions.Default"/> where null.</param>
    /// <exception cref="FormulaException">The formula names a moderator that does not exist or does not fit its place.</exception>
    /// <exception cref="PoolingException">There are no more studies than coefficients, or a column depends on others.</exception>
    /// <exception cref="ArgumentException">A moderator has another number of values than there are studies, or an option is out of range.</exception>
    public static RegressionResult Regress(EffectSizes effects, Formula formula, IReadOnlyList<Predictor> moderators, PoolingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(effects);
        ArgumentNullException.ThrowIfNull(formula);
        ArgumentNullException.ThrowIfNull(moderators);
        return Regress(effects, formula.Design(moderators, effects.Count, row => UsableRows.IsUsable(effects.Studies[row])), options);
    }

    /// <inheritdoc cref="Regress(EffectSizes, Formula, IReadOnlyList{Predictor}, PoolingOptions?)"/>
    public static RegressionResult Regress(EffectSizes effects, string formula, IReadOnlyList<Predictor> moderators, PoolingOptions? options = null) =>
        Regress(effects, Formula.Parse(formula), moderators, options);

    /// <summary>The Kenward-Roger correction, where the options ask for it and there is a residual degree of freedom.</summary>
    internal static KenwardRoger? Correction(PoolingOptions options, UsableRows rows, ModelSummary summary, double[] x) =>
        options.Test == PoolingTest.KenwardRoger && summary.Q.DegreesOfFreedom > 0
            ? new KenwardRoger(x.Length / rows.Count, x, rows.V, summary.Tau2, 2 / (summary.Tau2StandardError!.Value * summary.Tau2StandardError.Value))
            : null;

    private static double[] Ones(int count)
    {
        var ones = new double[count];
        Array.Fill(ones, 1);
        return ones;
    }

    /// <summary>The variance of the estimate under DerSimonian-Laird, for IQWiG's rule.</summary>
    internal static double ClassicVariance(in InterceptProfile profile)
    {
        var tau2 = Tau2Estimator.Estimate(profile, PoolingMethod.DL, []).Tau2;
        return profile.Estimate(Weighting.InverseVariance(tau2), tau2).Variance;
    }

    internal static PoolingOptions Validated(PoolingOptions? options)
    {
        options ??= PoolingOptions.Default;
        if (!(options.Level > 0 && options.Level < 1))
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"The level must lie between 0 and 1, such as 0.95; it is {options.Level}."), nameof(options));
        }

        if (options.Tau2Interval == Tau2IntervalMethod.ProfileLikelihood && options.Method != PoolingMethod.EE)
        {
            _ = ModelSummary.Restricted(options.Method);
        }

        if (options.Test == PoolingTest.KenwardRoger && (options.Method != PoolingMethod.REML || options.FixedTau2 is not null || options.Weights is not null || !options.Weighted))
        {
            throw new ArgumentException("The Kenward-Roger test is defined for an estimated REML model with inverse-variance weights; choose the method REML, or the test knha.", nameof(options));
        }

        if (options.Method is PoolingMethod.GENQ or PoolingMethod.GENQM && options.Weights is null && options.FixedTau2 is null)
        {
            throw new ArgumentException($"The generalised Q estimator ({options.Method}) needs weights, one for each effect size.", nameof(options));
        }

        if (options.FixedTau2 is { } tau2 && !(tau2 >= 0 && double.IsFinite(tau2)))
        {
            throw new ArgumentException(FormattableString.Invariant($"tau^2 cannot be fixed at {tau2}; it is a variance, 0 or more."), nameof(options));
        }

        return options;
    }
}

/// <summary>The studies cannot be pooled; the message says why and what would change that.</summary>
public sealed class PoolingException : Exception
{
    internal PoolingException(string message)
        : base(message)
    {
    }
}
