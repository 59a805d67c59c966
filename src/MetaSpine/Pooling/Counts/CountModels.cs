namespace MetaSpine;

/// <summary>
/// Generalised linear mixed models for counts: the counts' own distributions in place of normal approximations to their logarithms, so
/// that zeros need no correction (Turner et al. 2000, doi:10.1002/1097-0258(20001230)19:24&lt;3417::aid-sim614&gt;3.0.co;2-l; Stijnen et al. 2010,
/// doi:10.1002/sim.4040; Jackson et al. 2018, doi:10.1002/sim.7588).
/// </summary>
public static class CountModels
{
    /// <summary>Fits a model.</summary>
    /// <param name="measure">OR or IRR for two groups; PLO (binomial-normal) or IRLN (Poisson-normal) for one.</param>
    /// <param name="data">The counts, whole numbers, under the columns that the measure names.</param>
    /// <param name="options"><see cref="CountModelOptions.Default"/> where null.</param>
    /// <param name="design">Moderators of the effect, a row for each study; null for none.</param>
    /// <exception cref="ArgumentException">There is no such model for the measure, the design has another number of rows than there are studies, or an option is out of range.</exception>
    /// <exception cref="EffectDataException">Columns are missing or values impossible.</exception>
    /// <exception cref="PoolingException">The counts do not determine the effect, or there are too few studies for the moderators.</exception>
    public static CountModelResult Fit(Measure measure, EffectData data, CountModelOptions? options = null, DesignMatrix? design = null)
    {
        ArgumentNullException.ThrowIfNull(measure);
        ArgumentNullException.ThrowIfNull(data);
        options = (options ?? CountModelOptions.Default).Validated();
        var effects = measure.Compute(data, new EffectSizeOptions { DropDoubleZero = true });
        if (design is not null && design.RowCount != effects.Count)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"The design matrix has {design.RowCount} rows, but there are {effects.Count} studies: give one row per study, in the same order."), nameof(design));
        }

        return new CountModelFitter(effects, options, design).Result();
    }

    /// <summary>Finds a model by the field's name for it: UM.FS, UM.RS, CM.AL, CM.EL, in any case, with or without the point.</summary>
    /// <exception cref="ArgumentException">There is no such model.</exception>
    public static CountModel Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Replace(".", "", StringComparison.Ordinal).ToUpperInvariant() switch
        {
            "UMFS" => CountModel.UMFS,
            "UMRS" => CountModel.UMRS,
            "CMAL" => CountModel.CMAL,
            "CMEL" => CountModel.CMEL,
            _ => throw new ArgumentException($"There is no model '{name}'; there are UM.FS, UM.RS, CM.AL and CM.EL.", nameof(name)),
        };
    }
}
