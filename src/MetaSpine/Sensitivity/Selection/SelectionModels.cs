using System.Globalization;

namespace MetaSpine;

/// <summary>
/// Selection models: the effect and the selection of studies for publication are estimated together by maximum likelihood. A study with p-value p is
/// published with a probability in proportion to w(p), so that its likelihood is w(p) N(y; x'b, v + tau^2) over the integral of the same in y
/// (Hedges 1992, Statistical Science 7:246, doi:10.1214/ss/1177011364; Preston, Ashby and Smyth 2004, Journal of Evaluation in Clinical Practice 10:313).
/// </summary>
public static class SelectionModels
{
    /// <summary>Fits a selection model to the studies of a pooled result or a meta-regression.</summary>
    /// <param name="result">The model; its studies, moderators and level of heterogeneity are kept (equal effects, or a fixed tau^2), its estimator is replaced by ML and its given weights are not used.</param>
    /// <param name="function">How publication depends on the p-value: <c>SelectionFunction.Step(0.025)</c> is the usual first choice.</param>
    /// <param name="options">How; <see cref="SelectionOptions.Default"/> where null.</param>
    /// <exception cref="PoolingException">There are fewer studies than parameters, or no fit is possible with these numbers.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static SelectionResult Selection(this ModelResult result, SelectionFunction function, SelectionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(function);
        options ??= SelectionOptions.Default;
        if (!(options.Level > 0 && options.Level < 1))
        {
            throw new ArgumentException(Text($"The level must lie between 0 and 1, such as 0.95; it is {options.Level}."), nameof(options));
        }

        if (!(options.LargestParameter > 1 && double.IsFinite(options.LargestParameter)))
        {
            throw new ArgumentException(Text($"The largest parameter must be above 1, the value under no selection, and finite; it is {options.LargestParameter}."), nameof(options));
        }

        var data = ModelData.Of(result);
        double? fixedTau2 = result.Options.Method == PoolingMethod.EE ? 0 : result.Options.FixedTau2;
        var needed = data.P + (fixedTau2 is null ? 1 : 0) + function.Parameters.Count;
        if (data.K < needed)
        {
            throw new PoolingException(Text($"The selection model ({function.Name}) has {needed} parameters and needs at least {needed} studies; there {(data.K == 1 ? "is 1" : $"are {data.K}")}. A step function with one cut needs {needed - function.Parameters.Count + 1}, given weights (FixedSteps) {needed - function.Parameters.Count}."));
        }

        return new SelectionFit(result, data, function, options.Side ?? Favoured(data), fixedTau2, options).Result();
    }

    /// <summary>The side on which the equal-effects estimate lies.</summary>
    private static SelectionSide Favoured(ModelData data)
    {
        double sum = 0;
        for (var i = 0; i < data.K; i++)
        {
            sum += data.Y[i] / data.V[i];
        }

        return sum >= 0 ? SelectionSide.Greater : SelectionSide.Less;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
