namespace MetaSpine;

/// <summary>Runs every defensible specification of an analysis at once, so that nobody has to believe in one of them.</summary>
public static class Multiverse
{
    /// <summary>More combinations than this are refused: a grid that nobody can look at.</summary>
    private const int Most = 1_000_000;

    /// <summary>Runs the specifications on bare data.</summary>
    /// <param name="data">The studies' numbers.</param>
    /// <param name="options">The choices; the measures must be given.</param>
    /// <param name="progress">Receives the share that is done, from 0 to 1.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="ArgumentException">A list of choices is empty, an exclusion does not fit the data, or there are more than a million combinations.</exception>
    /// <exception cref="PoolingException">No specification gives a result; the message says why the first does not.</exception>
    /// <exception cref="EffectDataException">The data lack a column that a measure needs.</exception>
    public static MultiverseResult Run(EffectData data, MultiverseOptions options, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        Validate(options);
        if (options.Measures.Count == 0)
        {
            throw new ArgumentException("Bare data do not say what they measure: give at least one measure.", nameof(options));
        }

        return Run([.. options.Measures.Select(measure => (measure, data, (IReadOnlyList<Study>?)null))], options, progress, cancellation);
    }

    /// <summary>Runs the specifications of a pooled result: its data and measure, with its model, test, rule for zero cells and level as the reference. A given tau^2 and given weights are not kept.</summary>
    /// <param name="result">The result, by inverse variance or by a model for counts.</param>
    /// <param name="options">The choices, in front of which those of the result are put; <see cref="MultiverseOptions.For(IPooledEffect)"/> where null. Its level is not used.</param>
    /// <param name="progress">Receives the share that is done, from 0 to 1.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="ArgumentException">There are more than a million combinations, or an exclusion does not fit the data.</exception>
    /// <exception cref="PoolingException">The result is by a model that a multiverse does not know, or no specification gives a result; the message says why the first does not.</exception>
    public static MultiverseResult Run(IPooledEffect result, MultiverseOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(result);
        options ??= MultiverseOptions.For(result);
        var effects = result.Effects;
        var rule = options.ZeroCells.FirstOrDefault(zero => zero.Options == effects.Options) ?? new MultiverseZeroCells("as in the analysis", effects.Options);
        var model = result switch
        {
            PooledResult pooled => MultiverseModel.InverseVariance(pooled.Options.Method),
            StratifiedResult { Method: MantelHaenszel.Name } => MultiverseModel.MantelHaenszel,
            StratifiedResult => MultiverseModel.Peto,
            CountModelResult { Design: null } counts => MultiverseModel.Glmm(counts.Options.Model),
            _ => throw new PoolingException($"A multiverse has no specifications like this model ({result.ModelName})."),
        };
        return Run(effects.Data, options with
        {
            Measures = [effects.Measure, .. options.Measures.Where(measure => measure != effects.Measure)],
            Models = [.. options.Models.Prepend(model).Distinct()],
            Tests = result is PooledResult { Options.Test: var test } ? [.. options.Tests.Prepend(test).Distinct()] : options.Tests,
            ZeroCells = [rule, .. options.ZeroCells.Where(zero => zero != rule)],
            Level = result.Interval.Level,
        }, progress, cancellation);
    }

    /// <summary>Runs the specifications of an analysis of a review or a table as it stands: <see cref="Run(IPooledEffect, MultiverseOptions?, IProgress{double}?, CancellationToken)"/> of its result.</summary>
    /// <param name="analysis">The analysis.</param>
    /// <param name="options">The choices; <see cref="MultiverseOptions.For(AnalysisResult)"/> where null, which know the designs of the studies and their risk of bias.</param>
    /// <param name="progress">Receives the share that is done, from 0 to 1.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="ArgumentException">There are more than a million combinations, or an exclusion does not fit the data.</exception>
    /// <exception cref="PoolingException">The analysis has no pooled result, or no specification gives one.</exception>
    public static MultiverseResult Run(AnalysisResult analysis, MultiverseOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        return Run(
            analysis.Overall ?? throw new PoolingException($"{analysis.Title}: {analysis.Problem ?? "there is no pooled result"}"), options ?? MultiverseOptions.For(analysis), progress, cancellation);
    }

    /// <summary>Runs the specifications of an analysis of a review: its studies, outcome and measure, its exclusions, and every other choice as the options have it.</summary>
    /// <param name="review">The review.</param>
    /// <param name="id">The id of an analysis, or of an outcome.</param>
    /// <param name="options">The choices; <see cref="MultiverseOptions.Default"/> where null.</param>
    /// <param name="progress">Receives the share that is done, from 0 to 1.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="ArgumentException">There is no such analysis, a list of choices is empty, or there are more than a million combinations.</exception>
    /// <exception cref="PoolingException">No specification gives a result; the message says why the first does not.</exception>
    /// <exception cref="StudyFileException">A code of the analysis does not exist; the message has its place in the file.</exception>
    public static MultiverseResult Run(Review review, string id, MultiverseOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        options ??= MultiverseOptions.Default;
        Validate(options);
        var analysis = review.Analyse(id).Analysis;
        var settings = AnalysisSettings.Of(analysis).For(review);
        var measures = options.Measures.Count > 0 ? options.Measures : [settings.Measure];
        return Run(
            [
                .. measures.Select(measure =>
                {
                    var inputs = AnalysisInputs.Of(review, analysis, measure, settings.Medians);
                    return (measure, inputs.Data, (IReadOnlyList<Study>?)inputs.Studies);
                }),
            ],
            options, progress, cancellation);
    }

    private static MultiverseResult Run(
        IReadOnlyList<(Measure Measure, EffectData Data, IReadOnlyList<Study>? Studies)> inputs, MultiverseOptions options, IProgress<double>? progress, CancellationToken cancellation)
    {
        var grid = new MultiverseGrid(inputs, options);
        return grid.Combinations <= Most
            ? MultiverseSummary.Of(grid, grid.Fit(progress, cancellation))
            : throw new ArgumentException(FormattableString.Invariant($"These choices have {grid.Combinations:N0} combinations, more than {Most:N0}; leave some out."), nameof(options));
    }

    private static void Validate(MultiverseOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Models.Count == 0 || options.Tests.Count == 0 || options.ZeroCells.Count == 0)
        {
            throw new ArgumentException("Every choice needs at least one alternative: a model, a test and a rule for zero cells.", nameof(options));
        }

        if (!(options.Level is > 0 and < 1) || options.Threads < 0 || options.Exclusions.Count > 20)
        {
            throw new ArgumentException(FormattableString.Invariant($"The level must lie between 0 and 1 ({options.Level}), threads must not be negative ({options.Threads}), and there can be up to 20 exclusions ({options.Exclusions.Count})."), nameof(options));
        }
    }
}
