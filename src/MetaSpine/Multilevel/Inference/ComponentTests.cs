namespace MetaSpine;

/// <summary>Likelihood-ratio tests of variances.</summary>
public static class ComponentTests
{
    /// <summary>
    /// Tests whether a variance is 0. The value lies at the end of what is possible, so that the statistic is 0 half of the time and chi-squared with 1 degree of freedom otherwise: the
    /// p-value is half of that of chi-squared (Self and Liang 1987, doi:10.1080/01621459.1987.10478472; Stram and Lee 1994, doi:10.2307/2533455).
    /// </summary>
    /// <param name="result">A model of dependent effects.</param>
    /// <param name="term">The term whose only number is the variance: <c>district/school</c>.</param>
    /// <exception cref="ArgumentException">There is no such term, or it has several numbers or a fixed one.</exception>
    public static ComponentTest TestVariance(this MultilevelResult result, string term)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(term);
        var model = result.Model;
        var part = model.Parts.ToList().FindIndex(candidate => candidate.Name == term);
        if (part < 0)
        {
            throw new ArgumentException($"The model has no term '{term}'{NearestName.Hint(term, [.. model.Parts.Select(candidate => candidate.Name)])}", nameof(term));
        }

        var parameter = model.FirstParameter(part);
        if (model.Parts[part].Factor.Parameters.Count != 1 || !model.Maximum.IsEstimated[parameter])
        {
            throw new ArgumentException($"The test is of one variance; '{term}' has {(model.Maximum.IsEstimated[parameter] ? "several numbers" : "a fixed one")}.", nameof(term));
        }

        var restricted = result.Options.Method == PoolingMethod.REML;
        var highest = restricted ? model.Maximum.Fit.RestrictedLogLikelihood : model.Maximum.Fit.LogLikelihood;
        double?[] held = [.. model.Maximum.Theta.Select((value, i) => i == parameter ? 0 : model.Maximum.IsEstimated[i] ? (double?)null : value)];
        var without = ComponentSearch.Constrained(model.Likelihood, held, restricted, model.Unit, (double[])model.Maximum.Theta.Clone());
        var statistic = Math.Max(0, 2 * (highest - without));
        return new ComponentTest(term, statistic, statistic == 0 ? 1 : ChiSquared.Upper(statistic, 1) / 2);
    }
}

/// <summary>The likelihood-ratio test of a variance.</summary>
/// <param name="Term">The term whose variance it is.</param>
/// <param name="Statistic">Twice the gain of the log-likelihood.</param>
/// <param name="PValue">From an equal mixture of 0 and chi-squared with 1 degree of freedom.</param>
public sealed record ComponentTest(string Term, double Statistic, double PValue);
