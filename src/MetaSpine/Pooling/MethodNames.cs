namespace MetaSpine;

/// <summary>A model, test or interval method by its code, with its name in words and where it comes from.</summary>
/// <param name="Code">The code that options and files use: <c>REML</c>, <c>knha</c>.</param>
/// <param name="Name">The name in words.</param>
/// <param name="Source">Authors, year and identifier.</param>
public sealed record MethodName(string Code, string Name, string Source);

/// <summary>The names of what <see cref="PoolingOptions"/> offers: the one list that reports, the command line and batches read.</summary>
public static class MethodNames
{
    private static readonly MethodName[] Models =
    [
        new("REML", "restricted maximum likelihood", "Viechtbauer 2005, doi:10.3102/10769986030003261"),
        new("ML", "maximum likelihood", "Hardy and Thompson 1996, Statistics in Medicine 15:619"),
        new("DL", "DerSimonian-Laird", "DerSimonian and Laird 1986, doi:10.1016/0197-2456(86)90046-2"),
        new("PM", "Paule-Mandel", "Paule and Mandel 1982, doi:10.6028/jres.087.022"),
        new("EB", "empirical Bayes", "Morris 1983, doi:10.1080/01621459.1983.10477920"),
        new("HE", "Hedges", "Hedges 1983, doi:10.1037/0033-2909.93.2.388"),
        new("HS", "Hunter-Schmidt", "Viechtbauer 2005, doi:10.3102/10769986030003261"),
        new("HSk", "Hunter-Schmidt with small-sample correction", "Viechtbauer 2005, doi:10.3102/10769986030003261"),
        new("SJ", "Sidik-Jonkman", "Sidik and Jonkman 2005, doi:10.1111/j.1467-9876.2005.00489.x"),
        new("PMM", "median-unbiased Paule-Mandel", "Viechtbauer 2021, European Congress of Methodology, Valencia"),
        new("EE", "equal effects", "inverse-variance weights"),
        new("GENQ", "generalised Q with given weights", "DerSimonian and Kacker 2007, doi:10.1016/j.cct.2006.04.004"),
        new("DLIT", "DerSimonian-Laird iterated", "the formula of DerSimonian and Laird 1986 with weights 1/(v + tau^2)"),
        new("SJIT", "Sidik-Jonkman iterated (Paule-Mandel)", "Viechtbauer 2005, doi:10.3102/10769986030003261"),
        new("GENQM", "median-unbiased generalised Q with given weights", "Viechtbauer 2021, European Congress of Methodology, Valencia"),
    ];

    private static readonly MethodName[] TestNames =
    [
        new("z", "standard normal", "Wald test"),
        new("t", "t distribution with k - p degrees of freedom", "the standard error is not scaled"),
        new("knha", "Knapp-Hartung", "Knapp and Hartung 2003, doi:10.1002/sim.1482"),
        new("adhoc", "Knapp-Hartung with its factor floored at 1", "Knapp and Hartung 2003, doi:10.1002/sim.1482"),
        new("wider", "the wider of the Knapp-Hartung and the z interval", "Jackson et al. 2017, doi:10.1002/sim.7411"),
        new("iqwig", "Knapp-Hartung, floored where narrower than DerSimonian-Laird with z", "IQWiG 2022, General Methods 6.1"),
        new("kr", "Kenward-Roger", "Kenward and Roger 1997, doi:10.2307/2533558; Partlett and Riley 2017, doi:10.1002/sim.7140"),
    ];

    private static readonly MethodName[] PredictionNames =
    [
        new("default", "z under the z test, otherwise t with k - p degrees of freedom", "Higgins et al. 2009, doi:10.1111/j.1467-985X.2008.00552.x"),
        new("simple", "z, without the uncertainty of the estimate", "the uncertainty of the estimate is left out"),
        new("riley", "t with k - p - 1 degrees of freedom", "Riley et al. 2011, doi:10.1136/bmj.d549"),
        new("t", "t with k - p degrees of freedom", "Higgins et al. 2009, doi:10.1111/j.1467-985X.2008.00552.x"),
    ];

    private static readonly MethodName[] Tau2IntervalNames =
    [
        new("QP", "Q-profile", "Viechtbauer 2007, doi:10.1002/sim.2514"),
        new("PL", "profile likelihood (ML and REML)", "Hardy and Thompson 1996, Statistics in Medicine 15:619"),
        new("HT", "Higgins-Thompson", "Higgins and Thompson 2002, doi:10.1002/sim.1186"),
        new("Wald", "estimate -/+ z standard errors", "the standard error of the estimator"),
        new("Wald.log", "the same on the log scale", "the standard error of the estimator"),
        new("Wald.sqrt", "the same on the scale of tau", "the standard error of the estimator"),
        new("GENQ", "generalised Q with the weights given, otherwise 1/v", "Jackson 2013, doi:10.1002/jrsm.1081"),
    ];

    private static readonly MethodName[] ZeroCellNames =
    [
        new("only0", "added to the studies with a zero", "the usual rule"),
        new("all", "added to all studies", ""),
        new("if0all", "added to all studies as soon as one has a zero", ""),
        new("none", "never added", ""),
    ];

    /// <summary>The kinds of prediction interval, in the order of <see cref="PredictionMethod"/>.</summary>
    public static IReadOnlyList<MethodName> Predictions => PredictionNames;

    /// <summary>The rules for zero cells, in the order of <see cref="ZeroCellRule"/>.</summary>
    public static IReadOnlyList<MethodName> ZeroCellRules => ZeroCellNames;

    /// <summary>The kinds of interval for tau^2, in the order of <see cref="Tau2IntervalMethod"/>.</summary>
    public static IReadOnlyList<MethodName> Tau2Intervals => Tau2IntervalNames;

    /// <summary>The name of a rule for zero cells.</summary>
    public static MethodName Of(ZeroCellRule rule) => ZeroCellNames[(int)rule];

    /// <summary>The name of a kind of interval for tau^2.</summary>
    public static MethodName Of(Tau2IntervalMethod interval) => Tau2IntervalNames[(int)interval];

    /// <summary>Finds a kind of interval for tau^2 by its code, in any case.</summary>
    /// <exception cref="ArgumentException">There is none; the message names the nearest, or all.</exception>
    public static Tau2IntervalMethod Tau2Interval(string code) => (Tau2IntervalMethod)IndexOf(Tau2IntervalNames, code, "interval for tau^2");

    /// <summary>A kind of prediction interval's name.</summary>
    public static MethodName Of(PredictionMethod prediction) => PredictionNames[(int)prediction];

    /// <summary>The models, in the order of <see cref="PoolingMethod"/>.</summary>
    public static IReadOnlyList<MethodName> Methods => Models;

    /// <summary>The tests, in the order of <see cref="PoolingTest"/>.</summary>
    public static IReadOnlyList<MethodName> Tests => TestNames;

    /// <summary>A model's name.</summary>
    public static MethodName Of(PoolingMethod method) => Models[(int)method];

    /// <summary>A test's name.</summary>
    public static MethodName Of(PoolingTest test) => TestNames[(int)test];

    /// <summary>Finds a model by its code, in any case. <c>FE</c> and <c>CE</c> (fixed, common effect) are other codes of <c>EE</c>.</summary>
    /// <exception cref="ArgumentException">There is none; the message names the nearest, or all.</exception>
    public static PoolingMethod Method(string code) =>
        (PoolingMethod)IndexOf(Models, IsOneOf(code, "FE", "CE") ? "EE" : code, "method");

    /// <summary>Finds a test by its code, in any case. <c>hk</c> and <c>hksj</c> are other codes of <c>knha</c>.</summary>
    /// <exception cref="ArgumentException">There is none; the message names the nearest, or all.</exception>
    public static PoolingTest Test(string code) =>
        (PoolingTest)IndexOf(TestNames, IsOneOf(code, "hk", "hksj") ? "knha" : code, "test");

    /// <summary>Finds a kind of prediction interval by its code, in any case.</summary>
    /// <exception cref="ArgumentException">There is none; the message names the nearest, or all.</exception>
    public static PredictionMethod Prediction(string code) => (PredictionMethod)IndexOf(PredictionNames, code, "prediction interval");

    /// <summary>Finds a rule for zero cells by its code, in any case.</summary>
    /// <exception cref="ArgumentException">There is none; the message names the nearest, or all.</exception>
    public static ZeroCellRule ZeroCells(string code) => (ZeroCellRule)IndexOf(ZeroCellNames, code, "rule for zero cells");

    /// <summary>Finds a sampling variance of a measure by its code, in any case.</summary>
    /// <exception cref="ArgumentException">The measure has none; the message names those it has.</exception>
    public static VarianceType Variance(string code, Measure measure)
    {
        ArgumentNullException.ThrowIfNull(measure);
        foreach (var type in measure.Variances)
        {
            if (IsOneOf(code, type.ToString()))
            {
                return type;
            }
        }

        throw new ArgumentException($"{measure.Code} has no variance '{code}'{NearestName.Hint(code ?? "", [.. measure.Variances.Select(type => type.ToString())])}");
    }

    private static bool IsOneOf(string? code, params ReadOnlySpan<string> others)
    {
        foreach (var other in others)
        {
            if (string.Equals(code, other, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    internal static int IndexOf(MethodName[] names, string? code, string kind)
    {
        var index = Array.FindIndex(names, name => string.Equals(name.Code, code, StringComparison.OrdinalIgnoreCase));
        return index >= 0 ? index : throw new ArgumentException($"there is no {kind} '{code}'{NearestName.Hint(code ?? "", [.. names.Select(name => name.Code)])}");
    }
}
