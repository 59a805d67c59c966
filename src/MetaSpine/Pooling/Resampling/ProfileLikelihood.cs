namespace MetaSpine;

/// <summary>Likelihood-ratio tests and profile-likelihood intervals of coefficients, with tau^2 and the other coefficients at their best.</summary>
/// <remarks>
/// Hardy and Thompson (1996), Statistics in Medicine 15:619,
/// doi:10.1002/(SICI)1097-0258(19960330)15:6&lt;619::AID-SIM188&gt;3.0.CO;2-A. The likelihood is the full one, whatever estimator of tau^2 the model used:
/// the restricted likelihood of a model with a coefficient fixed belongs to other data (other contrasts of the estimates), so that the
/// two cannot be compared. Under equal effects tau^2 stays 0, and a tau^2 that was given stays as it is;
/// the interval is then that of the z test.
/// </remarks>
public static class ProfileLikelihood
{
    /// <summary>The pooled estimate's profile-likelihood interval and its test.</summary>
    /// <exception cref="PoolingException">There is only one study.</exception>
    public static CoefficientProfile ProfileLikelihoodInterval(this PooledResult result) => Of(result, 0);

    /// <summary>A coefficient's profile-likelihood interval and its test.</summary>
    /// <param name="result">A meta-regression.</param>
    /// <param name="coefficient">The position of the coefficient, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such coefficient.</exception>
    /// <exception cref="PoolingException">There are no more studies than coefficients.</exception>
    public static CoefficientProfile ProfileLikelihoodInterval(this RegressionResult result, int coefficient) => Of(result, coefficient);

    private static CoefficientProfile Of(ModelResult result, int coefficient)
    {
        var data = ModelData.Of(result);
        if (coefficient < 0 || coefficient >= data.P)
        {
            throw new ArgumentOutOfRangeException(nameof(coefficient), coefficient, FormattableString.Invariant($"The coefficients are numbered from 0 to {data.P - 1}."));
        }

        var known = result.Options.Method == PoolingMethod.EE ? 0 : result.Options.FixedTau2;
        if (data.K <= data.P && known is null)
        {
            throw new PoolingException("A profile-likelihood interval needs more studies than coefficients.");
        }

        var level = result.Options.Level;
        var full = new RegressionProfile(data.Y, data.V, data.X, data.P);
        var tau2 = known ?? LikelihoodTau2.Maximise(full, false).Tau2;
        var (coefficients, covariance) = full.Solve(tau2);
        var (estimate, error) = (coefficients[coefficient], Math.Sqrt(covariance[coefficient * data.P + coefficient]));
        var highest = LikelihoodTau2.LogLikelihood(full, tau2, false);
        var constrained = new Constrained(data, coefficient, known);
        var cut = ChiSquared.UpperQuantile(1 - level, 1);
        var ratio = Math.Max(0, 2 * (highest - constrained.LogLikelihood(0)));
        return new CoefficientProfile(
            result, data.Columns[coefficient], estimate, tau2, highest, ratio, ChiSquared.Upper(ratio, 1), new Interval(Bound(-1), Bound(1), level));

        // The distance from the estimate, in standard errors, at which the likelihood has fallen by the cut, on one side.
        double Bound(int side)
        {
            double Fall(double distance) => 2 * (highest - constrained.LogLikelihood(estimate + side * distance * error)) - cut;
            double inside = 0, outside = Math.Sqrt(cut);
            while (Fall(outside) < 0)
            {
                (inside, outside) = (outside, 1.5 * outside);
            }

            return RootFinding.TryFind(Fall, inside, outside, out var distance) ? estimate + side * distance * error : double.NaN;
        }
    }

    /// <summary>The model with one coefficient fixed: its part is taken from the estimates, and its column from the design.</summary>
    private sealed class Constrained
    {
        private readonly ModelData _data;
        private readonly int _coefficient;
        private readonly double? _known;
        private readonly double[] _x;

        public Constrained(ModelData data, int coefficient, double? known)
        {
            (_data, _coefficient, _known) = (data, coefficient, known);
            _x = [.. data.X.Where((_, index) => index % data.P != coefficient)];
        }

        public double LogLikelihood(double value)
        {
            var y = new double[_data.K];
            for (var i = 0; i < y.Length; i++)
            {
                y[i] = _data.Y[i] - value * _data.X[i * _data.P + _coefficient];
            }

            var profile = new RegressionProfile(y, _data.V, _x, _data.P - 1);
            return LikelihoodTau2.LogLikelihood(profile, _known ?? LikelihoodTau2.Maximise(profile, false).Tau2, false);
        }
    }
}

/// <summary>The likelihood of one coefficient.</summary>
/// <param name="Model">The model that it belongs to.</param>
/// <param name="Name">The column of the design matrix; "estimate" for a pooled result.</param>
/// <param name="Estimate">The maximum-likelihood estimate, which differs a little from that of a model fitted by another method.</param>
/// <param name="Tau2">The maximum-likelihood estimate of tau^2.</param>
/// <param name="LogLikelihood">The log-likelihood at both.</param>
/// <param name="Statistic">The likelihood-ratio statistic of the coefficient being 0: twice the fall of the log-likelihood.</param>
/// <param name="PValue">From chi-squared with 1 degree of freedom.</param>
/// <param name="Interval">The profile-likelihood interval, on the analysis scale.</param>
public sealed partial record CoefficientProfile(
    ModelResult Model, string Name, double Estimate, double Tau2, double LogLikelihood, double Statistic, double PValue, Interval Interval);
