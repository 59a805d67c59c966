namespace MetaSpine;

/// <summary>
/// A model fitted again to some of its studies, as it was fitted to all: the same method, test and weights, but none of the intervals of
/// tau^2, so that a refit costs no more than its estimates. An instance keeps its working memory and serves one thread.
/// </summary>
internal sealed class SubsetModel
{
    private readonly PoolingOptions _options;
    private readonly bool _pooled;
    private readonly TableCentre? _centre;
    private readonly int[] _rows;
    private readonly int _intercept;
    private readonly double _shift;
    private readonly double[] _given;
    private readonly double[] _y;
    private readonly double[] _v;
    private readonly double[] _w;
    private readonly double[] _x;

    public SubsetModel(ModelResult result)
    {
        Data = ModelData.Of(result);
        _options = result.Options;
        _pooled = result is PooledResult;
        _centre = _pooled ? TableCentre.For(result.Effects, _options) : null;
        _rows = new int[Data.K];
        _given = _options.Weights is { } weights ? Array.ConvertAll(Data.Rows, row => weights[row])
            : _options.Weighted ? [] : Array.ConvertAll(Data.Rows, _ => 1.0);
        _intercept = _pooled ? -1 : Data.Intercept;
        _shift = _intercept < 0 ? 0 : RegressionProfile.Centre(Data.Y, Data.V);
        (_y, _v, _w, _x) = (new double[Data.K], new double[Data.K], new double[_given.Length], new double[Data.X.Length]);
    }

    public ModelData Data { get; }

    /// <summary>Whether the weights are given rather than 1/(v + tau^2).</summary>
    public bool HasGivenWeights => _given.Length > 0;

    /// <summary>Whether a pooled result follows from the estimates and their variances alone.</summary>
    public bool IsByInverseVariance => _pooled && !HasGivenWeights && _centre is null;

    /// <summary>The weight of a study at a value of tau^2, up to a factor.</summary>
    public double Weight(int study, double tau2) => HasGivenWeights ? _given[study] : 1 / (Data.V[study] + tau2);

    /// <summary>Fits the studies at some positions; null where they do not determine the coefficients.</summary>
    public SubsetFit? Fit(ReadOnlySpan<int> studies)
    {
        var (y, v, w) = Load(studies);
        if (_pooled)
        {
            var profile = new InterceptProfile(y, v);
            var known = Known(profile, y, w, Excess(profile, studies));
            var (estimate, variance) = profile.Estimate(WeightsAt(w, known.Tau2), known.Tau2);
            var classic = _options.Test == PoolingTest.KnappHartungIqwig && studies.Length > 1 ? MetaAnalysis.ClassicVariance(profile) : double.NaN;
            return Complete(known, [estimate], [variance], v, profile, classic);
        }

        if (studies.Length < Data.P)
        {
            return null;
        }

        var regression = Regression(y, v, studies.Length);
        if (regression.DependentColumn >= 0)
        {
            return null;
        }

        var found = Known(regression, y, w, 0);
        var (coefficients, covariance) = regression.Solve(WeightsAt(w, found.Tau2), found.Tau2);
        if (_intercept >= 0)
        {
            coefficients[_intercept] += _shift;
        }

        return Complete(found, coefficients, covariance, v, regression, double.NaN);
    }

    /// <summary>The pooled estimate and I^2 alone.</summary>
    public (double Estimate, double I2) Pool(ReadOnlySpan<int> studies)
    {
        var (y, v, w) = Load(studies);
        var profile = new InterceptProfile(y, v);
        var known = Known(profile, y, w, Excess(profile, studies));
        return (profile.Estimate(WeightsAt(w, known.Tau2), known.Tau2).Estimate, known.I2);
    }

    /// <summary>The covariance of the coefficients of some studies at a value of tau^2, not scaled by the test, and the diagonal of the hat matrix.</summary>
    public (double[] Covariance, double[] Hat) CovarianceAt(ReadOnlySpan<int> studies, double tau2)
    {
        var (y, v, w) = Load(studies);
        var covariance = _pooled ? [new InterceptProfile(y, v).Estimate(WeightsAt(w, tau2), tau2).Variance] : Regression(y, v, studies.Length).Solve(WeightsAt(w, tau2), tau2).Covariance;
        if (!_pooled)
        {
            var fit = new OrthogonalFit(studies.Length, Data.P);
            fit.Fit(y, v, _x, WeightsAt(w, tau2));
            return (covariance, fit.Leverages);
        }

        var hat = new double[studies.Length];
        double sum = 0;
        for (var i = 0; i < hat.Length; i++)
        {
            sum += hat[i] = Weight(studies[i], tau2);
        }

        return (covariance, Array.ConvertAll(hat, weight => weight / sum));
    }

    private static Weighting WeightsAt(ReadOnlySpan<double> given, double tau2) => given.IsEmpty ? Weighting.InverseVariance(tau2) : Weighting.Given(given);

    private RegressionProfile Regression(ReadOnlySpan<double> y, ReadOnlySpan<double> v, int count) => new(y, v, _x.AsSpan(0, count * Data.P), Data.P);

    private (ArraySegment<double> Y, ArraySegment<double> V, ArraySegment<double> W) Load(ReadOnlySpan<int> studies)
    {
        for (var i = 0; i < studies.Length; i++)
        {
            var study = studies[i];
            _y[i] = Data.Y[study] - _shift;
            _v[i] = Data.V[study];
            if (HasGivenWeights)
            {
                _w[i] = _given[study];
            }

            Data.X.AsSpan(study * Data.P, Data.P).CopyTo(_x.AsSpan(i * Data.P));
        }

        return (new(_y, 0, studies.Length), new(_v, 0, studies.Length), HasGivenWeights ? new(_w, 0, studies.Length) : new(_w));
    }

    private double Excess(in InterceptProfile profile, ReadOnlySpan<int> studies)
    {
        if (_centre is null)
        {
            return 0;
        }

        for (var i = 0; i < studies.Length; i++)
        {
            _rows[i] = Data.Rows[studies[i]];
        }

        return _centre.Excess(profile, _rows.AsSpan(0, studies.Length));
    }

    /// <summary>What does not depend on the coefficients' meaning, as in <see cref="ModelSummary"/>.</summary>
    private SubsetFit Known<TProfile>(in TProfile profile, ReadOnlySpan<double> y, ReadOnlySpan<double> weights, double excess)
        where TProfile : IProfile, allows ref struct
    {
        var freedom = profile.K - profile.P;
        if (freedom == 0)
        {
            return new SubsetFit { Tau2 = 0, Tau2StandardError = double.NaN, I2 = 0, H2 = 1, Q = new ChiSquaredTest(0, 0, 1) };
        }

        var atZero = profile.At(0);
        var tau2 = Tau2Estimator.Estimate(profile, _options, y, weights, excess);
        var fromQ = _options.Method == PoolingMethod.EE || _options.I2From == HeterogeneityBasis.Q;
        var (q, typical) = (atZero.Rss + excess, freedom / atZero.TrP);
        return new SubsetFit
        {
            Tau2 = tau2.Tau2,
            Tau2StandardError = tau2.StandardError,
            I2 = !fromQ ? 100 * tau2.Tau2 / (tau2.Tau2 + typical) : q > freedom ? 100 * (q - freedom) / q : 0,
            H2 = fromQ ? q / freedom : tau2.Tau2 / typical + 1,
            Q = new ChiSquaredTest(q, freedom, double.NaN),
        };
    }

    private SubsetFit Complete<TProfile>(SubsetFit known, double[] coefficients, double[] covariance, ReadOnlySpan<double> v, in TProfile profile, double classicVariance)
        where TProfile : IProfile, allows ref struct
    {
        var freedom = known.Q.DegreesOfFreedom;
        var residual = freedom == 0 ? 1 : profile.At(known.Tau2).Rss / freedom;
        var correction = _options.Test == PoolingTest.KenwardRoger && freedom > 0
            ? new KenwardRoger(Data.P, _x, v, known.Tau2, 2 / (known.Tau2StandardError * known.Tau2StandardError))
            : null;
        var inference = Inference.For(_options, freedom, residual, covariance, correction, classicVariance);
        return known with
        {
            Coefficients = coefficients,
            Inference = inference,
            Factor = correction is null ? inference.Covariance[0] / covariance[0] : 1,
            Q = known.Q with { PValue = freedom == 0 ? 1 : ChiSquared.Upper(known.Q.Statistic, freedom) },
        };
    }
}

/// <summary>A refit's numbers.</summary>
internal sealed record SubsetFit
{
    public required double Tau2 { get; init; }

    public required double Tau2StandardError { get; init; }

    public required double I2 { get; init; }

    public required double H2 { get; init; }

    public required ChiSquaredTest Q { get; init; }

    public double[] Coefficients { get; init; } = [];

    /// <summary>The tests of the coefficients, with their covariance as the test scales it.</summary>
    public Inference Inference { get; init; } = null!;

    /// <summary>The factor by which the test scales the covariance: Knapp-Hartung's, else 1.</summary>
    public double Factor { get; init; } = 1;
}
