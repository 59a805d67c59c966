namespace MetaSpine;

/// <summary>
/// Pools effects that depend on each other, and fits meta-regressions of them: several effects of one study, studies of one laboratory, outcomes of the
/// same patients. The true effects have random effects by one or several terms, the sampling errors a covariance matrix V.
/// </summary>
/// <remarks>
/// The models are those of the function rma.mv of metafor: Konstantopoulos (2011), doi:10.1002/jrsm.35, for levels; Berkey et al. (1998),
/// doi:10.1002/(SICI)1097-0258(19981130)17:22&lt;2537::AID-SIM953&gt;3.0.CO;2-C, for several outcomes. The cost of a fit grows with the number of clusters and not with the square
/// of the number of effects.
/// </remarks>
public static class MultilevelAnalysis
{
    /// <summary>Pools dependent effects.</summary>
    /// <param name="effects">The effect sizes. Those without an estimate, or without a grouping, are left out and listed with the reason.</param>
    /// <param name="random">The terms of random effects: <c>RandomTerm.Parse("study/effect")</c>.</param>
    /// <param name="groupings">The variables that the terms name, one value per effect size in the order of the effect sizes.</param>
    /// <param name="covariance">The sampling covariance of all effect sizes that were given; where null they are independent with their own variances.</param>
    /// <param name="options">How; <see cref="MultilevelOptions.Default"/> (REML, Satterthwaite, 95%) where null.</param>
    /// <exception cref="PoolingException">There are too few effects, V is impossible, or the terms cannot be told apart.</exception>
    /// <exception cref="ArgumentException">A term names a variable that is not given, or an option is out of range.</exception>
    public static MultilevelPooledResult Pool(
        EffectSizes effects, IReadOnlyList<RandomTerm> random, IReadOnlyList<Predictor> groupings, SamplingCovariance? covariance = null, MultilevelOptions? options = null) =>
        PoolNear(effects, random, groupings, covariance, options ?? MultilevelOptions.Default, null);

    /// <summary>The same from the parameters of a fit to nearly the same effects, so that the search is short.</summary>
    internal static MultilevelPooledResult PoolNear(
        EffectSizes effects, IReadOnlyList<RandomTerm> random, IReadOnlyList<Predictor> groupings, SamplingCovariance? covariance, MultilevelOptions options, double[]? near)
    {
        return new MultilevelPooledResult(MultilevelFit.Of(effects, random, groupings, covariance, null, options, near));
    }

    /// <summary>Fits a meta-regression of dependent effects.</summary>
    /// <param name="effects">The effect sizes. Those without an estimate, a moderator or a grouping are left out and listed with the reason.</param>
    /// <param name="random">The terms of random effects.</param>
    /// <param name="groupings">The variables that the terms name, one value per effect size.</param>
    /// <param name="design">One row per effect size, in the same order.</param>
    /// <param name="covariance">The sampling covariance of all effect sizes that were given; where null they are independent.</param>
    /// <param name="options">How; <see cref="MultilevelOptions.Default"/> where null.</param>
    /// <inheritdoc cref="Pool" path="/exception"/>
    public static MultilevelRegressionResult Regress(
        EffectSizes effects,
        IReadOnlyList<RandomTerm> random,
        IReadOnlyList<Predictor> groupings,
        DesignMatrix design,
        SamplingCovariance? covariance = null,
        MultilevelOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(design);
        return new MultilevelRegressionResult(MultilevelFit.Of(effects, random, groupings, covariance, design, options ?? MultilevelOptions.Default), design);
    }

    /// <summary>Fits a meta-regression of dependent effects whose moderators a formula names: "~ year + factor(grade)".</summary>
    /// <param name="effects">The effect sizes.</param>
    /// <param name="random">The terms of random effects.</param>
    /// <param name="variables">The groupings and the moderators, one value per effect size.</param>
    /// <param name="formula">The formula.</param>
    /// <param name="covariance">The sampling covariance of all effect sizes that were given; where null they are independent.</param>
    /// <param name="options">How; <see cref="MultilevelOptions.Default"/> where null.</param>
    /// <exception cref="FormulaException">The formula names a moderator that does not exist or does not fit its place.</exception>
    /// <inheritdoc cref="Pool" path="/exception"/>
    public static MultilevelRegressionResult Regress(
        EffectSizes effects,
        IReadOnlyList<RandomTerm> random,
        IReadOnlyList<Predictor> variables,
        string formula,
        SamplingCovariance? covariance = null,
        MultilevelOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(effects);
        ArgumentNullException.ThrowIfNull(variables);
        var design = Formula.Parse(formula).Design(variables, effects.Count, row => UsableRows.IsUsable(effects.Studies[row]));
        return Regress(effects, random, variables, design, covariance, options);
    }
}
