using MathNet.Numerics.LinearAlgebra;

namespace MetaSpine;

/// <summary>
/// The generalised Q statistic with weights that do not depend on tau^2: Q = y'P_A y with P_A = A - AX(X'AX)^-1X'A. Given tau^2 it is
/// a sum of chi-squared variables, weighted by the eigenvalues of S^(1/2) P_A S^(1/2) with S = diag(v + tau^2), and grows with it.
/// </summary>
/// <remarks>
/// DerSimonian and Kacker (2007), Contemporary Clinical Trials 28:105, doi:10.1016/j.cct.2006.04.004 (the estimator);
/// Jackson (2013), Research Synthesis Methods 4:220, doi:10.1002/jrsm.1081, and Jackson et al. (2014), BMC Medical Research
/// Methodology 14:103, doi:10.1186/1471-2288-14-103 (the exact interval, without and with moderators). Each distribution costs O(k^2) without
/// moderators, O(k^3) with them.
/// </remarks>
internal sealed class GeneralisedQ
{
    /// <summary>Studies beyond which a result would take minutes.</summary>
    private const int Most = 1000;

    private readonly double[] _v;
    private readonly double[] _weights;
    private readonly int _freedom;

    /// <summary>P_A; null without moderators, where its eigenvalues have a shorter way.</summary>
    private readonly Matrix<double>? _p;

    /// <param name="y">Estimates.</param>
    /// <param name="v">Sampling variances.</param>
    /// <param name="x">The design matrix, row by row; empty for an intercept only.</param>
    /// <param name="weights">Positive weights a; 1/v where empty.</param>
    public GeneralisedQ(ReadOnlySpan<double> y, ReadOnlySpan<double> v, ReadOnlySpan<double> x = default, ReadOnlySpan<double> weights = default)
    {
        var k = y.Length;
        var p = x.IsEmpty ? 1 : x.Length / k;
        _v = v.ToArray();
        _freedom = k - p;
        if (_freedom < 1)
        {
            throw new PoolingException(FormattableString.Invariant($"{k} studies leave no degrees of freedom for Q with {p} coefficients: at least one study more is needed."));
        }

        if (k > Most)
        {
            throw new PoolingException(FormattableString.Invariant($"The generalised Q needs work that grows with the square of the number of studies, with moderators its cube; it is offered up to {Most} of them, and there are {k}: use the method PMM or the Q-profile interval."));
        }

        _weights = new double[k];
        for (var i = 0; i < k; i++)
        {
            var weight = _weights[i] = weights.IsEmpty ? 1 / v[i] : weights[i];
            if (!(weight > 0 && double.IsFinite(weight)))
            {
                throw new ArgumentOutOfRangeException(nameof(weights), weight, FormattableString.Invariant($"The weight of study {i + 1} must be above 0 and finite."));
            }
        }

        var fit = new OrthogonalFit(k, p);
        var rest = new ResidualProjection(fit, k, p);
        fit.Fit(x.IsEmpty ? Centred(y) : y, v, x.IsEmpty ? Ones(k) : x, Weighting.Given(_weights));
        rest.Update();
        Statistic = OrthogonalFit.Dot(fit.Residuals, fit.Residuals);
        for (var i = 0; i < k; i++)
        {
            Trace += _weights[i] * rest.Diagonal[i];
            TraceV += _weights[i] * rest.Diagonal[i] * v[i];
        }

        _p = x.IsEmpty ? null : Matrix<double>.Build.Dense(k, k, (i, j) => Math.Sqrt(_weights[i]) * rest.Entry(i, j) * Math.Sqrt(_weights[j]));
    }

    /// <summary>The observed Q.</summary>
    public double Statistic { get; }

    /// <summary>tr P_A, by which the expectation of Q grows with tau^2.</summary>
    private double Trace { get; }

    /// <summary>tr P_A V, the expectation of Q where tau^2 is 0.</summary>
    private double TraceV { get; }

    /// <summary>GENQ: Q set to its expectation, truncated at 0; with weights 1/v this is DerSimonian and Laird's estimator.</summary>
    public Tau2Estimate MomentEstimate()
    {
        var raw = (Statistic - TraceV) / Trace;
        return WithError(Math.Max(0, raw), 0, raw < 0 ? "closed form, truncated at 0" : "closed form");
    }

    /// <summary>GENQM: Q set to its median, so that the estimate is as often above tau^2 as below (Viechtbauer 2021, European Congress of Methodology, Valencia).</summary>
    public Tau2Estimate MedianEstimate()
    {
        var tau2 = Solve(.5);
        return WithError(tau2, 0, tau2 == 0 ? "at the boundary, 0" : "solved to rounding");
    }

    /// <summary>The values of tau^2 under which the observed Q is in neither tail; both bounds 0 where even tau^2 = 0 makes it too small.</summary>
    public Interval Interval(double level) => new(Solve((1 - level) / 2), Solve((1 + level) / 2), level);

    /// <summary>
    /// The tau^2 under which Q exceeds the observed value with a probability, 0 where that is already exceeded at 0: the quantile of the
    /// confidence distribution of tau^2.
    /// </summary>
    /// <param name="probability">The confidence distribution's lower tail.</param>
    /// <param name="fromAbove">Whether <paramref name="probability"/> is its upper tail instead, which may then be tiny.</param>
    public double Solve(double probability, bool fromAbove = false)
    {
        double Excess(double tau2) => fromAbove ? probability - Tails(tau2).Lower : Tails(tau2).Upper - probability;
        if (!(Statistic > 0) || Excess(0) >= 0)
        {
            return 0;
        }

        if (!(probability > 0 && probability < 1))
        {
            return double.PositiveInfinity;
        }

        double inside = 0, outside = Math.Max(Statistic / Trace, _v.Min());
        while (Excess(outside) < 0)
        {
            (inside, outside) = (outside, 4 * outside);
        }

        return RootFinding.TryFind(Excess, inside, outside, out var root) ? root : double.NaN;
    }

    /// <summary>The probabilities of a smaller and of a larger Q than the observed one, given tau^2.</summary>
    public (double Lower, double Upper) Tails(double tau2) => new WeightedChiSquared(Eigenvalues(tau2)).Tails(Statistic);

    /// <summary>The standard error of the moment estimator at a value of tau^2: sqrt(2 tr(PSPS))/tr P.</summary>
    private Tau2Estimate WithError(double tau2, int iterations, string stopped)
    {
        double squares = 0;
        foreach (var value in Eigenvalues(tau2))
        {
            squares += value * value;
        }

        return new Tau2Estimate(tau2, Math.Sqrt(2 * squares) / Trace, iterations, stopped);
    }

    /// <summary>
    /// The k - p eigenvalues that are not 0. Of a regression, one lost in rounding counts as the least that a double can tell from the
    /// largest.
    /// </summary>
    private double[] Eigenvalues(double tau2)
    {
        var k = _v.Length;
        if (_p is null)
        {
            return InterceptSpectrum.Of(_weights, Array.ConvertAll(_v, v => v + tau2));
        }

        var matrix = Matrix<double>.Build.Dense(k, k, (i, j) => Math.Sqrt(_v[i] + tau2) * _p[i, j] * Math.Sqrt(_v[j] + tau2));
        var all = matrix.Evd(Symmetricity.Symmetric).EigenValues;
        var values = new double[k];
        for (var i = 0; i < k; i++)
        {
            values[i] = all[i].Real;
        }

        Array.Sort(values);
        var kept = values[(k - _freedom)..];
        var least = kept[^1] * 1e-15;
        return Array.ConvertAll(kept, value => Math.Max(value, least));
    }

    /// <summary>Q does not depend on a common shift, but its digits do: from the study of the greatest weight nothing is lost.</summary>
    private double[] Centred(ReadOnlySpan<double> y)
    {
        var heaviest = Weighting.Given(_weights).HeaviestOr(0);
        var centred = new double[y.Length];
        for (var i = 0; i < centred.Length; i++)
        {
            centred[i] = y[i] - y[heaviest];
        }

        return centred;
    }

    private static double[] Ones(int count)
    {
        var ones = new double[count];
        Array.Fill(ones, 1);
        return ones;
    }
}
