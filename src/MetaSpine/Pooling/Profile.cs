namespace MetaSpine;

/// <summary>
/// What the estimators of tau^2 know of a data set: moments of the generalised least-squares fit with weights
/// w = 1/(v + tau^2). With P = W - WX(X'WX)^-1X'W, everything costs O(k) memory and O(k p^2) time; nothing is k x k.
/// </summary>
internal interface IProfile
{
    /// <summary>Studies.</summary>
    int K { get; }

    /// <summary>Coefficients.</summary>
    int P { get; }

    double SmallestVariance { get; }

    double LargestVariance { get; }

    /// <summary>The fit at a value of tau^2.</summary>
    Moments At(double tau2);

    /// <summary>The fit with any weights, and the traces of P with V = diag(v).</summary>
    Traces TracesAt(Weighting weights);

    /// <summary>The residual sum of squares, ln|X'WX| and sum ln(v + tau^2).</summary>
    LikelihoodTerms LikelihoodAt(double tau2);

    /// <summary>sum r^2/(v + tau^2) for the residuals r of a fit with other weights.</summary>
    double ResidualsAt(Weighting weights, double tau2);

    /// <summary>The generalised Q statistic with fixed weights; 1/v where empty.</summary>
    GeneralisedQ Generalised(ReadOnlySpan<double> weights);

    /// <summary>ln|X'X|.</summary>
    double LogDetXX { get; }

    /// <summary>The residual sum of squares of the fit with equal weights.</summary>
    double UnweightedRss { get; }
}

/// <summary>The weights of a fit: 1/(v + tau^2), one for each study, or 1.</summary>
internal readonly ref struct Weighting
{
    private readonly ReadOnlySpan<double> _given;
    private readonly double _tau2;

    private Weighting(ReadOnlySpan<double> given, double tau2)
    {
        _given = given;
        _tau2 = tau2;
    }

    /// <summary>The same weight for all.</summary>
    public static Weighting Unit => new([], double.NaN);

    /// <summary>Whether all weights are 1.</summary>
    public bool IsUnit => _given.IsEmpty && double.IsNaN(_tau2);

    public static Weighting InverseVariance(double tau2) => new([], tau2);

    public static Weighting Given(ReadOnlySpan<double> weights) => new(weights, double.NaN);

    /// <summary>The study with the greatest of the given weights; the most precise one, which is handed in, where the weights are others.</summary>
    public int HeaviestOr(int mostPrecise)
    {
        var heaviest = _given.IsEmpty ? mostPrecise : 0;
        for (var i = 1; i < _given.Length; i++)
        {
            heaviest = _given[i] > _given[heaviest] ? i : heaviest;
        }

        return heaviest;
    }

    public double Of(int i, double v) => !_given.IsEmpty ? _given[i] : double.IsNaN(_tau2) ? 1 : 1 / (v + _tau2);
}

/// <param name="Rss">y'Py, the weighted residual sum of squares.</param>
/// <param name="PPy">y'PPy.</param>
/// <param name="PPPy">y'PPPy.</param>
/// <param name="TrP">tr P.</param>
/// <param name="TrPP">tr PP.</param>
/// <param name="SumW">The sum of the weights.</param>
/// <param name="SumW2">The sum of their squares.</param>
internal readonly record struct Moments(double Rss, double PPy, double PPPy, double TrP, double TrPP, double SumW, double SumW2);

/// <param name="Rss">y'Py.</param>
/// <param name="P">tr P.</param>
/// <param name="PP">tr PP.</param>
/// <param name="PV">tr PV.</param>
/// <param name="PVP">tr PVP.</param>
/// <param name="PVPV">tr PVPV.</param>
internal readonly record struct Traces(double Rss, double P, double PP, double PV, double PVP, double PVPV);

internal readonly record struct LikelihoodTerms(double Rss, double LogDetXWX, double SumLogVariance)
{
    private static readonly double LogTwoPi = Math.Log(2 * Math.PI);

    /// <summary>The full log-likelihood.</summary>
    public double Full(int k) => -(k * LogTwoPi + SumLogVariance + Rss) / 2;

    /// <summary>The restricted log-likelihood with all constants (Harville 1974, Biometrika 61:383, doi:10.1093/biomet/61.2.383).</summary>
    public double Restricted(int k, int p, double logDetXX) =>
        -((k - p) * LogTwoPi - logDetXX + SumLogVariance + LogDetXWX + Rss) / 2;
}
