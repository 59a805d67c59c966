using System.Globalization;

namespace MetaSpine;

/// <summary>
/// The Copas selection model: how the pooled effect depends on how many small studies were not published (Copas and Shi 2000, Biostatistics 1:247,
/// doi:10.1093/biostatistics/1.3.247; Copas and Shi 2001, Statistical Methods in Medical Research 10:251, doi:10.1177/096228020101000402; Carpenter et al.
/// 2009, Journal of Clinical Epidemiology 62:624). The data say next to nothing about the selection itself, so it is varied, not estimated.
/// </summary>
public static class CopasModel
{
    /// <summary>Fits the Copas model over a range of selections.</summary>
    /// <param name="result">The pooled result whose studies are used; its estimator is replaced by ML.</param>
    /// <param name="options">How; <see cref="CopasOptions.Default"/> where null.</param>
    /// <exception cref="PoolingException">There are fewer than four studies.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static CopasResult Copas(this PooledResult result, CopasOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        options = Validated(options);
        var fit = new CopasFit(result, options);
        CopasPoint[] points = [.. options.Probabilities.Select(fit.AtProbability)];
        var adjusted = Array.Find(points, point => point.ResidualBias.PValue > options.ResidualBiasLevel);
        var found = new CopasResult { Model = result, Side = fit.Side, Points = points, Adjusted = adjusted, Notes = [] };
        return found with { Notes = Notes(found, options) };
    }

    /// <summary>The Copas model at one selection.</summary>
    /// <param name="result">The pooled result whose studies are used.</param>
    /// <param name="gamma0">The intercept of the probit of the probability of publication.</param>
    /// <param name="gamma1">Its slope in 1/s, 0 or more: precise studies are published more often.</param>
    /// <param name="options">The side and the level are read; <see cref="CopasOptions.Default"/> where null.</param>
    /// <exception cref="PoolingException">There are fewer than four studies.</exception>
    /// <exception cref="ArgumentException">An option is out of range, or the selection is not finite or falls with precision.</exception>
    public static CopasPoint CopasAt(this PooledResult result, double gamma0, double gamma1, CopasOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (!double.IsFinite(gamma0) || !(gamma1 >= 0 && double.IsFinite(gamma1)))
        {
            throw new ArgumentException(Text($"The selection needs a finite intercept and a slope of 0 or more; they are {gamma0} and {gamma1}."));
        }

        return new CopasFit(result, Validated(options)).At(gamma0, gamma1);
    }

    private static CopasOptions Validated(CopasOptions? options)
    {
        options ??= CopasOptions.Default;
        if (!(options.Level is > 0 and < 1) || !(options.MostPrecise is > 0 and < 1) || !(options.ResidualBiasLevel is > 0 and < 1))
        {
            throw new ArgumentException(Text($"The level ({options.Level}), the most precise study's probability ({options.MostPrecise}) and the level of the residual-bias test ({options.ResidualBiasLevel}) must lie between 0 and 1."), nameof(options));
        }

        if (options.Side == SelectionSide.Both)
        {
            throw new ArgumentException("The Copas model favours one side; choose Greater or Less.", nameof(options));
        }

        if (options.Probabilities.Count == 0 || options.Probabilities.Any(p => !(p is > 0 and <= 1)) || options.Probabilities.Zip(options.Probabilities.Skip(1)).Any(pair => pair.Second >= pair.First))
        {
            throw new ArgumentException("The probabilities of publication must fall, from 1 or less to above 0.", nameof(options));
        }

        return options;
    }

    private static List<string> Notes(CopasResult result, CopasOptions options)
    {
        var effects = result.Model.Effects;
        var (first, last) = (result.Points[0], result.Points[^1]);
        var name = effects.Measure.ReadAs;
        var notes = new List<string>
        {
            Text($"As the probability that the least precise study is published falls from {first.Probability:0.##} to {last.Probability:0.##}, the {name} goes from {Back(first)} to {Back(last)}."),
        };
        if (result.Adjusted is not { } adjusted)
        {
            notes.Add(Text($"At no point of the sweep is the asymmetry explained (residual bias p ≤ {options.ResidualBiasLevel} throughout), so there is no adjusted estimate."));
        }
        else if (adjusted.Probability == 1)
        {
            notes.Add(Text($"Without any selection the residual bias is not significant (p = {adjusted.ResidualBias.PValue:0.000}), so that the adjusted estimate is the unadjusted one, {Back(adjusted)}{Interval(adjusted)}."));
        }
        else
        {
            notes.Add(Text($"The residual bias is first not significant (p = {adjusted.ResidualBias.PValue:0.000}) at a probability of {adjusted.Probability:0.##}, with about {adjusted.Unpublished:0.#} unpublished studies: the adjusted {name} is {Back(adjusted)}{Interval(adjusted)}."));
        }

        if (result.Points.FirstOrDefault(point => Math.Abs(point.Correlation) >= CopasFit.MostCorrelated) is { } edge)
        {
            notes.Add(Text($"From a probability of {edge.Probability:0.##} on the likelihood is highest at the largest correlation considered: so strong a selection hardly fits these studies."));
        }

        if (result.Model.StudyCount < 10)
        {
            notes.Add(Text($"With {result.Model.StudyCount} studies the Copas model rests on its assumptions more than on the data; it is usually kept for 10 or more."));
        }

        return notes;

        string Back(CopasPoint point) => Text($"{effects.BackTransform(point.Estimate):G3}");

        string Interval(CopasPoint point) => point.Interval is { } interval
            ? Text($" ({100 * interval.Level:0.##}% interval {effects.BackTransform(interval.Lower):G3} to {effects.BackTransform(interval.Upper):G3})")
            : "";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
