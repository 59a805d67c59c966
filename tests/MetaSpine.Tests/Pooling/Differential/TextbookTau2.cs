namespace MetaSpine.Tests;

/// <summary>
/// The estimators of tau^2 by their defining formula or equation, for a <see cref="TextbookTwin"/>. Formulas as in Viechtbauer (2005,
/// doi:10.3102/10769986030003261), Veroniki et al. (2016, doi:10.1002/jrsm.1164) and, with any weights, DerSimonian and Kacker (2007,
/// doi:10.1016/j.cct.2006.04.004); standard errors from the variance of a quadratic form, 2 tr(PSPS).
/// </summary>
internal static class TextbookTau2
{
    /// <summary>An estimator in closed form.</summary>
    /// <param name="Tau2">The estimate before it is truncated at 0.</param>
    /// <param name="StandardError">Its standard error, at the estimate that is handed in.</param>
    public sealed record ClosedForm(Func<TextbookTwin, Real> Tau2, Func<TextbookTwin, Real, Real> StandardError);

    /// <summary>An estimator that solves an equation, positive below the solution; 0 where it is not positive there.</summary>
    public sealed record Equation(Func<TextbookTwin, Real, Real> Value, Func<TextbookTwin, Real, Real> StandardError);

    public static readonly Dictionary<PoolingMethod, ClosedForm> ClosedForms = new()
    {
        [PoolingMethod.DL] = Moments(data => data.At(0)),
        [PoolingMethod.HE] = Moments(data => data.Unweighted),
        [PoolingMethod.GENQ] = Moments(data => data.Weighted(data.Given)),
        [PoolingMethod.HS] = new(data => (data.At(0).Q - data.K) / data.At(0).SumW, (data, t) => OfQ(data, t, data.At(0), data.At(0).SumW)),
        [PoolingMethod.HSk] = new(
            data => (data.At(0).Q * data.K / data.Freedom - data.K) / data.At(0).SumW,
            (data, t) => OfQ(data, t, data.At(0), data.At(0).SumW * data.Freedom / data.K)),
        [PoolingMethod.SJ] = new(
            data => Spread(data).Sign == 0 ? Real.Zero : Spread(data) * data.At(Spread(data)).Q / data.Freedom,
            (data, t) => Spread(data).Sign == 0 ? Real.Zero : OfQ(data, t, data.At(Spread(data)), data.Freedom / Spread(data))),
    };

    public static readonly Dictionary<PoolingMethod, Equation> Equations = new()
    {
        [PoolingMethod.PM] = Expected(data => data.Freedom),
        [PoolingMethod.EB] = Expected(data => data.Freedom),
        [PoolingMethod.SJIT] = Expected(data => data.Freedom),
        [PoolingMethod.PMM] = Expected(data => ChiSquared.Quantile(.5, data.Freedom)),
        [PoolingMethod.DLIT] = new(
            (data, t) => data.At(t).Q - data.Freedom - t * data.At(t).TraceP,
            // metafor's: the formula of weights 1/v, with those at tau^2.
            (data, t) => Real.Sqrt(2 * data.Freedom + 4 * t * data.At(t).TraceP + 2 * t * t * data.At(t).TracePP) / data.At(t).TraceP),
        [PoolingMethod.REML] = new((data, t) => Score(data, t, true), (data, t) => Real.Sqrt(2 / data.At(t).TracePP)),
        [PoolingMethod.ML] = new((data, t) => Score(data, t, false), (data, t) => Real.Sqrt(2 / data.At(t).SumW2)),
    };

    /// <summary>The probabilities of a smaller and of a larger generalised Q than the observed one, a sum of chi-squared variables weighted by eigenvalues.</summary>
    public static (double Lower, double Upper) TailOfQ(TextbookTwin data, Real tau2)
    {
        var fit = data.Weighted(data.Given);
        return new WeightedChiSquared([.. fit.Eigenvalues(tau2).Select(value => (double)value)]).Tails((double)fit.Q);
    }

    /// <summary>Twice the derivative of the log-likelihood in tau^2.</summary>
    public static Real Score(TextbookTwin data, Real tau2, bool restricted)
    {
        var fit = data.At(tau2);
        return fit.PPy - (restricted ? fit.TraceP : fit.SumW);
    }

    /// <summary>With all constants; Harville (1974, doi:10.1093/biomet/61.2.383) for the restricted one.</summary>
    public static Real LogLikelihood(TextbookTwin data, Real tau2, bool restricted) => LogLikelihood(data, tau2, restricted, data.At(tau2).Q);

    /// <summary>The same with the residuals of other coefficients.</summary>
    public static Real LogLikelihood(TextbookTwin data, Real tau2, bool restricted, Real residuals)
    {
        var variances = data.V.Aggregate(Real.One, (product, v) => product * (v + tau2));
        var constants = Real.Log(2 * Real.Pi) * (restricted ? data.Freedom : data.K);
        var determinants = restricted ? variances * data.At(tau2).Determinant / data.Unweighted.Determinant : variances;
        return -(constants + Real.Log(determinants) + residuals) / 2;
    }

    /// <summary>y'Py set to its expectation, tr PV + tau^2 tr P.</summary>
    private static ClosedForm Moments(Func<TextbookTwin, DenseFit> fit) => new(
        data => (fit(data).Q - fit(data).TracePV) / fit(data).TraceP, (data, t) => OfQ(data, t, fit(data), fit(data).TraceP));

    private static Equation Expected(Func<TextbookTwin, Real> target) => new(
        (data, t) => data.At(t).Q - target(data), (data, t) => Real.Sqrt(2 * (Real)data.K * data.K / data.Freedom) / data.At(t).SumW);

    /// <summary>The standard error of Q over a divisor.</summary>
    private static Real OfQ(TextbookTwin data, Real tau2, DenseFit fit, Real divisor) => Real.Sqrt(2 * fit.TracePSPS(tau2)) / divisor;

    /// <summary>The mean squared distance of the estimates from their mean.</summary>
    private static Real Spread(TextbookTwin data)
    {
        var mean = Dense.Sum(data.K, i => data.Y[i]) / data.K;
        return Dense.Sum(data.K, i => (data.Y[i] - mean) * (data.Y[i] - mean)) / data.K;
    }
}
