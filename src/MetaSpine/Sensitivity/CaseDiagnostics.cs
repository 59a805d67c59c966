namespace MetaSpine;

/// <summary>Case diagnostics: which studies are outliers, and which of them a result rests on.</summary>
/// <remarks>
/// Viechtbauer and Cheung (2010), Research Synthesis Methods 1:112, doi:10.1002/jrsm.11. The model is refitted without each study in turn, tau^2
/// included, with the same method, test and weights; each refit costs a time in proportion to the number of studies.
/// </remarks>
public static class CaseDiagnostics
{
    /// <summary>The part of a study's own variance that must be left in its residual for the model not to go through it.</summary>
    private const double Nothing = 1e-12;

    /// <summary>Computes the diagnostics.</summary>
    /// <param name="result">A pooled result or a meta-regression.</param>
    /// <exception cref="PoolingException">There are fewer than two studies more than coefficients, so that none can be spared, or the standard errors are 0.</exception>
    /// <exception cref="ArgumentException">The result is of another kind.</exception>
    /// <example><code>
    /// foreach (var study in result.Influence().Influential) Console.WriteLine(study.Label);
    /// </code></example>
    public static InfluenceResult Influence(this ModelResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result is not (PooledResult or RegressionResult))
        {
            throw new ArgumentException("Case diagnostics are of a pooled result or a meta-regression.", nameof(result));
        }

        var model = new SubsetModel(result);
        var (k, p) = (model.Data.K, model.Data.P);
        if (k < p + 2)
        {
            throw new PoolingException(FormattableString.Invariant(
                $"Case diagnostics need at least {p + 2} studies, two more than coefficients, so that the model can be fitted without each of them; there {(k == 1 ? "is 1" : $"are {k}")}."));
        }

        var limits = new InfluenceLimits(3 * Math.Sqrt((double)p / (k - p)), ChiSquared.Quantile(.5, p), 3.0 * p / k, 1);
        var computation = new Computation(result, model, limits);
        var studies = new StudyInfluence[k];
        for (var i = 0; i < k; i++)
        {
            studies[i] = computation.Of(i);
        }

        return new InfluenceResult { Studies = studies, Columns = model.Data.Columns, Limits = limits, Notes = InfluenceNotes.For(result, studies, limits) };
    }

    /// <summary>The parts of the whole fit that every study's diagnostics use.</summary>
    private sealed class Computation
    {
        private readonly ModelResult _result;
        private readonly SubsetModel _model;
        private readonly InfluenceLimits _limits;
        private readonly int[] _all;
        private readonly int[] _others;
        private readonly SubsetFit _whole;
        private readonly double[] _unscaled;
        private readonly double[] _hat;
        private readonly double _logDeterminant;

        public Computation(ModelResult result, SubsetModel model, InfluenceLimits limits)
        {
            (_result, _model, _limits) = (result, model, limits);
            _all = [.. Enumerable.Range(0, model.Data.K)];
            _others = new int[_all.Length - 1];
            _whole = model.Fit(_all)!;
            (_unscaled, _hat) = model.CovarianceAt(_all, _whole.Tau2);
            _logDeterminant = LogDeterminant(_whole.Inference.Covariance, model.Data.P);
            if (double.IsInfinity(_logDeterminant))
            {
                throw new PoolingException("The standard errors are 0, as the estimates leave no residual for Knapp-Hartung to scale them by; pool with the test z or adhoc to see what each study does.");
            }
        }

        public StudyInfluence Of(int i)
        {
            var data = _model.Data;
            var total = data.V[i] + _whole.Tau2;
            var fitted = Fitted(i, _whole.Coefficients);
            var residual = data.Y[i] - fitted;
            var left = _model.HasGivenWeights ? 1 - 2 * _hat[i] + Quadratic(i, _unscaled) / total : 1 - _hat[i];
            var error = Math.Sqrt(Math.Max(0, left) * total);
            var deleted = Without(i, fitted);
            return new StudyInfluence
            {
                Label = _result.Studies[i].Effect.Label,
                Row = data.Rows[i],
                Weight = _result.Studies[i].Weight,
                Hat = _hat[i],
                Residual = residual,
                ResidualStandardError = error,
                Standardised = left > Nothing ? residual / error : null,
                Pearson = residual / Math.Sqrt(total),
                Deleted = deleted,
                Flags = Flags(_hat[i], deleted),
            };
        }

        private DeletedFit? Without(int i, double fitted)
        {
            for (var j = 0; j < _others.Length; j++)
            {
                _others[j] = j < i ? j : j + 1;
            }

            if (_model.Fit(_others) is not { } fit)
            {
                return null;
            }

            var (data, p) = (_model.Data, _model.Data.P);
            var scaled = fit.Inference.Covariance;
            var predicted = Fitted(i, fit.Coefficients);
            var total = data.V[i] + fit.Tau2;
            var (atDeleted, _) = _model.CovarianceAt(_all, fit.Tau2);
            var change = new double[p];
            var dfbetas = new double[p];
            for (var j = 0; j < p; j++)
            {
                change[j] = _whole.Coefficients[j] - fit.Coefficients[j];
                dfbetas[j] = change[j] / Math.Sqrt(fit.Factor * atDeleted[j * p + j]);
            }

            var whole = _whole.Inference.Covariance;
            return new DeletedFit
            {
                Coefficients = fit.Coefficients,
                Tau2 = fit.Tau2,
                Q = fit.Q,
                Residual = data.Y[i] - predicted,
                ResidualStandardError = Math.Sqrt(fit.Factor * total + Quadratic(i, scaled)),
                Dffits = (fitted - predicted) / Math.Sqrt(fit.Factor * (_model.HasGivenWeights ? Quadratic(i, atDeleted) : _hat[i] * total)),
                CooksDistance = WaldTest.Statistic(change, (a, b) => whole[a * p + b]) ?? double.NaN,
                CovarianceRatio = Math.Exp(LogDeterminant(scaled, p) - _logDeterminant),
                Dfbetas = dfbetas,
            };
        }

        private InfluenceCriteria Flags(double hat, DeletedFit? deleted)
        {
            var flags = hat > _limits.Hat ? InfluenceCriteria.Hat : InfluenceCriteria.None;
            if (deleted is not null)
            {
                flags |= Math.Abs(deleted.Dffits) > _limits.Dffits ? InfluenceCriteria.Dffits : 0;
                flags |= deleted.CooksDistance > _limits.CooksDistance ? InfluenceCriteria.CooksDistance : 0;
                flags |= deleted.Dfbetas.Any(value => Math.Abs(value) > _limits.Dfbetas) ? InfluenceCriteria.Dfbetas : 0;
            }

            return flags;
        }

        private double Fitted(int i, double[] coefficients) => OrthogonalFit.Dot(_model.Data.X.AsSpan(i * coefficients.Length, coefficients.Length), coefficients);

        /// <summary>x'Cx for a study's row x.</summary>
        private double Quadratic(int i, double[] covariance)
        {
            var p = _model.Data.P;
            var x = _model.Data.X.AsSpan(i * p, p);
            double sum = 0;
            for (var a = 0; a < p; a++)
            {
                sum += x[a] * OrthogonalFit.Dot(covariance.AsSpan(a * p, p), x);
            }

            return sum;
        }

        private static double LogDeterminant(double[] covariance, int p)
        {
            var matrix = new double[p, p];
            Buffer.BlockCopy(covariance, 0, matrix, 0, covariance.Length * sizeof(double));
            return SmallMatrix.LogDeterminant(matrix) ?? double.NegativeInfinity;
        }
    }
}
