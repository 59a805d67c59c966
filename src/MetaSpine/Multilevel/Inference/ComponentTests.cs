namespace MetaSpine;

/// <summary>Likelihood-ratio tests of variances.</summary>
/// <remarks>
/// A variance of 0 lies at the end of what is possible, so that the statistic is 0 half of the time and chi-squared with 1 degree of freedom otherwise: the p-value is half of that of
/// chi-squared (Self and Liang 1987, doi:10.1080/01621459.1987.10478472; Stram and Lee 1994, doi:10.2307/2533455). Where a term's whole covariance matrix of d numbers is 0, the
/// statistic is a mixture of chi-squared with 0 to d degrees of freedom, whose even and odd weights each sum to a half because the matrices are a convex cone: the equal mixture of d - 1 and d
/// gives the largest p-value that it can have (Shapiro 1988, doi:10.2307/1403361).
/// </remarks>
public static class ComponentTests
{
    /// <summary>Tests whether a variance is 0.</summary>
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

        var isSingle = model.Parts[part].Factor.Parameters.Count == 1;
        return isSingle && model.Maximum.IsEstimated[model.FirstParameter(part)]
            ? Of(result, part).Single()
            : throw new ArgumentException($"The test is of one variance; '{term}' has {(isSingle ? "a fixed one" : "several numbers, which TestVariances tests")}.", nameof(term));
    }

    /// <summary>
    /// Tests each variance, the others being estimated anew without it: those of intercepts, ID, DIAG and GDIAG one by one, the covariance matrices of CS, UN and GEN as wholes.
    /// </summary>
    /// <param name="result">A model of dependent effects.</param>
    /// <returns>The tests in the order of the terms; one that cannot be made says why.</returns>
    public static ComponentTestsResult TestVariances(this MultilevelResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new ComponentTestsResult { Model = result, Tests = [.. Enumerable.Range(0, result.Model.Parts.Count).SelectMany(part => Of(result, part))] };
    }

    private static IEnumerable<ComponentTest> Of(MultilevelResult result, int index)
    {
        var (model, part) = (result.Model, result.Model.Parts[index]);
        var (parameters, first) = (part.Factor.Parameters, model.FirstParameter(index));
        var structure = result.Random.FirstOrDefault(term => term.Inner.Count > 0 && term.ToString()[2..] == part.Name)?.Structure;
        if (parameters.All(parameter => parameter.Kind == ParameterKind.Deviation))
        {
            return Enumerable.Range(0, parameters.Count).Select(i => model.Maximum.IsEstimated[first + i]
                ? Test(result, part.Name, parameters[i].Name, first + i, 1)
                : ComponentTest.Refused(part.Name, parameters[i].Name, "It is fixed, and not estimated."));
        }

        return
        [
            Enumerable.Range(first, parameters.Count).Any(i => !model.Maximum.IsEstimated[i])
                ? ComponentTest.Refused(part.Name, "", "One of its numbers is fixed.")
                : part.Factor is FreeFactor || structure == CovarianceStructure.CS
                ? Test(result, part.Name, "", first, parameters.Count, part.Apart.Count)
                : ComponentTest.Refused(part.Name, "", $"Without variance the correlation of {structure} means nothing, and the statistic has no simple distribution (Davies 1987, doi:10.1093/biomet/74.1.33); fit the structure UN or DIAG to test."),
        ];
    }

    /// <summary>Holds some parameters at 0, of which some may be open in the data; a correlation without variance has no meaning, and stays where it is.</summary>
    private static ComponentTest Test(MultilevelResult result, string term, string name, int first, int count, int open = 0)
    {
        var (model, restricted) = (result.Model, result.Options.Method == PoolingMethod.REML);
        var highest = restricted ? model.Maximum.Fit.RestrictedLogLikelihood : model.Maximum.Fit.LogLikelihood;
        var held = new double?[model.Maximum.Theta.Length];
        for (var i = 0; i < held.Length; i++)
        {
            var isTested = i >= first && i < first + count;
            held[i] = isTested && model.Likelihood.Parameters[i].Kind != ParameterKind.Correlation ? 0
                : isTested || !model.Maximum.IsEstimated[i] ? model.Maximum.Theta[i] : null;
        }

        var without = ComponentSearch.Constrained(model.Likelihood, held, restricted, model.Unit, (double[])model.Maximum.Theta.Clone());
        var statistic = Math.Max(0, 2 * (highest - without));
        var decided = count - open;
        return new ComponentTest(term, name, decided, statistic, statistic == 0 ? 1 : (Upper(statistic, decided - 1) + Upper(statistic, decided)) / 2, null);
    }

    private static double Upper(double statistic, int df) => df == 0 ? 0 : ChiSquared.Upper(statistic, df);
}

/// <summary>The tests of all variances of a model.</summary>
public sealed partial record ComponentTestsResult
{
    /// <summary>The model.</summary>
    public required MultilevelResult Model { get; init; }

    /// <summary>The tests, in the order of the terms.</summary>
    public required IReadOnlyList<ComponentTest> Tests { get; init; }
}

/// <summary>The likelihood-ratio test of a variance, or of a covariance matrix.</summary>
/// <param name="Term">The term whose variance it is.</param>
/// <param name="Name">The inner value whose variance it is; empty where the term has one variance or is tested as a whole.</param>
/// <param name="Parameters">How many numbers are 0 without it, d.</param>
/// <param name="Statistic">Twice the gain of the log-likelihood (of the restricted one under REML); NaN where there is a problem.</param>
/// <param name="PValue">From an equal mixture of chi-squared with d - 1 and d degrees of freedom, which is exact for d = 1 and the largest possible otherwise; NaN likewise.</param>
/// <param name="Problem">Why there is no test; null where there is one.</param>
public sealed record ComponentTest(string Term, string Name, int Parameters, double Statistic, double PValue, string? Problem)
{
    /// <summary>Whether the p-value is the largest that it can be, and not the p-value itself.</summary>
    public bool IsUpperBound => Parameters > 1;

    internal static ComponentTest Refused(string term, string name, string problem) => new(term, name, 0, double.NaN, double.NaN, problem);
}
