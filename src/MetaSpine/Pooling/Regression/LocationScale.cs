namespace MetaSpine;

/// <summary>Fits location-scale models by maximum or restricted maximum likelihood.</summary>
public static class LocationScale
{
    /// <summary>Fits a model whose mean and between-study variance each have a formula: "~ ablat" and "~ ablat".</summary>
    /// <param name="effects">The effect sizes.</param>
    /// <param name="location">The moderators of the mean effect; "~ 1" for none.</param>
    /// <param name="scale">The moderators of tau^2.</param>
    /// <param name="moderators">The moderators, one value per study; a study that lacks one that either formula names is left out and listed.</param>
    /// <param name="options">How; <see cref="PoolingOptions.Default"/> where null. The method is REML or ML.</param>
    /// <param name="link">How tau^2 follows from its moderators. <value>Default log: tau^2 cannot fall below 0.</value></param>
    /// <exception cref="FormulaException">A formula names a moderator that does not exist or does not fit its place.</exception>
    /// <exception cref="PoolingException">There are too few studies, or columns collide.</exception>
    /// <exception cref="ArgumentException">The method is neither REML nor ML, or the lengths differ.</exception>
    public static LocationScaleResult Fit(
        EffectSizes effects, Formula location, Formula scale, IReadOnlyList<Predictor> moderators, PoolingOptions? options = null, ScaleLink link = ScaleLink.Log)
    {
        ArgumentNullException.ThrowIfNull(effects);
        ArgumentNullException.ThrowIfNull(location);
        ArgumentNullException.ThrowIfNull(scale);
        ArgumentNullException.ThrowIfNull(moderators);
        Predictor[] named = [.. moderators.Where(moderator => location.Moderators.Contains(moderator.Name) || scale.Moderators.Contains(moderator.Name))];
        bool IsComplete(int row) => UsableRows.IsUsable(effects.Studies[row]) && !Array.Exists(named, moderator => row < moderator.Count && moderator.IsMissing(row));
        return Fit(effects, location.Design(moderators, effects.Count, IsComplete), scale.Design(moderators, effects.Count, IsComplete), options, link);
    }

    /// <summary>Fits a model from the design matrices of its mean and its between-study variance.</summary>
    /// <param name="effects">The effect sizes.</param>
    /// <param name="location">The design of the mean effect, one row per study.</param>
    /// <param name="scale">The design of tau^2, one row per study.</param>
    /// <param name="options">How; <see cref="PoolingOptions.Default"/> where null. The method is REML or ML.</param>
    /// <param name="link">How tau^2 follows from its moderators.</param>
    /// <exception cref="PoolingException">There are too few studies, or columns collide.</exception>
    /// <exception cref="ArgumentException">The method is neither REML nor ML, or the lengths differ.</exception>
    public static LocationScaleResult Fit(
        EffectSizes effects, DesignMatrix location, DesignMatrix scale, PoolingOptions? options = null, ScaleLink link = ScaleLink.Log)
    {
        ArgumentNullException.ThrowIfNull(effects);
        ArgumentNullException.ThrowIfNull(location);
        ArgumentNullException.ThrowIfNull(scale);
        options = MetaAnalysis.Validated(options);
        if (options.Method is not (PoolingMethod.REML or PoolingMethod.ML))
        {
            throw new ArgumentException($"A location-scale model is fitted by REML or ML, not {options.Method}.", nameof(options));
        }

        if (options.Weights is not null || !options.Weighted || options.FixedTau2 is not null
            || options.Test is not (PoolingTest.Z or PoolingTest.T or PoolingTest.KnappHartung or PoolingTest.KnappHartungFloor))
        {
            throw new ArgumentException("A location-scale model has inverse-variance weights, an estimated tau^2, and the test z, t, knha or adhoc.", nameof(options));
        }

        if (location.RowCount != effects.Count || scale.RowCount != effects.Count)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"The design matrices have {location.RowCount} and {scale.RowCount} rows, but there are {effects.Count} effect sizes: give one row per study, in the same order."), nameof(scale));
        }

        var known = effects with
        {
            Studies = [.. effects.Studies.Select((study, row) => study.Problem is null && scale.MissingModerator(row) is { } missing
                ? study with { Problem = $"the moderator '{missing}' is missing" }
                : study)],
        };
        return new LocationScaleFit(effects, UsableRows.Select(known, location), location, scale, options, link).Result();
    }
}
