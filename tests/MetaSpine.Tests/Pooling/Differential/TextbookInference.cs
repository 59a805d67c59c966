namespace MetaSpine.Tests;

/// <summary>
/// Coefficients, their tests and what is derived from tau^2, from the matrices of a <see cref="TextbookTwin"/> at a given value of tau^2. The
/// distributions are the library's, which have tests of their own.
/// </summary>
/// <param name="Options">Test, level and weights.</param>
/// <param name="Tau2">The value of tau^2, taken as exact.</param>
internal sealed record TextbookInference(PoolingOptions Options, double Tau2)
{
    /// <summary>A coefficient's variance, and its degrees of freedom under t, null under z.</summary>
    public readonly record struct Scaled(Real Variance, double? Freedom);

    private double Tail => (1 - Options.Level) / 2;

    /// <summary>The fit of the coefficients: with inverse variances, or with the weights that the options give.</summary>
    public DenseFit Fit(TextbookTwin data) => Options.Weights is not null ? data.Weighted(data.Given) : Options.Weighted ? data.At(Tau2) : data.Unweighted;

    public Real Estimate(TextbookTwin data, int i) => data.Coefficients(Fit(data))[i];

    /// <summary>The covariance of the coefficients before the test scales it.</summary>
    public Real[][] Covariance(TextbookTwin data) => Fit(data).Sandwich(Tau2);

    /// <summary>Knapp and Hartung (2003, doi:10.1002/sim.1482): y'Py/(k - p).</summary>
    public Real ResidualVariance(TextbookTwin data) => data.At(Tau2).Q / data.Freedom;

    /// <summary>A coefficient's variance as the test has it.</summary>
    public Scaled Variance(TextbookTwin data, int i)
    {
        var plain = Options.Test == PoolingTest.KenwardRoger ? Real.Zero : Covariance(data)[i][i];
        var factor = ResidualVariance(data);
        return Options.Test switch
        {
            PoolingTest.Z => new(plain, null),
            PoolingTest.T => new(plain, data.Freedom),
            PoolingTest.KnappHartung => new(factor * plain, data.Freedom),
            PoolingTest.KnappHartungFloor => new(Real.Max(1, factor) * plain, data.Freedom),
            PoolingTest.KnappHartungWider => Wider(factor * plain, plain, data.Freedom) ? new(factor * plain, data.Freedom) : new(plain, null),
            PoolingTest.KnappHartungIqwig => new((Wider(factor * plain, Classic(data), data.Freedom) ? factor : Real.Max(1, factor)) * plain, data.Freedom),
            _ => new(KenwardRoger(data)[i][i], Satterthwaite(data, i)),
        };
    }

    public Real Statistic(TextbookTwin data, int i) => Estimate(data, i) / Real.Sqrt(Variance(data, i).Variance);

    public Real PValue(TextbookTwin data, int i) => TwoSided((double)Statistic(data, i), Variance(data, i).Freedom);

    /// <summary>A bound of the interval, and half its width.</summary>
    public (Real Bound, Real Margin) Bound(TextbookTwin data, int i, int side)
    {
        var (variance, freedom) = Variance(data, i);
        var margin = Real.Sqrt(variance) * Critical(freedom);
        return (Estimate(data, i) + side * margin, margin);
    }

    /// <summary>A bound of the prediction interval of a model without moderators: estimate -/+ critical value times sqrt(se^2 + tau^2).</summary>
    public (Real Bound, Real Margin) Prediction(TextbookTwin data, PredictionMethod method, int side)
    {
        var (variance, ofTest) = Variance(data, 0);
        var freedom = ofTest ?? data.Freedom;
        double? used = method switch
        {
            PredictionMethod.Simple => null,
            PredictionMethod.Standard => Options.Test == PoolingTest.Z ? null : freedom,
            PredictionMethod.Riley => Math.Max(1, freedom - 1),
            _ => data.Freedom,
        };
        var margin = Real.Sqrt(Tau2 + (method == PredictionMethod.Simple ? 0 : variance)) * Critical(used);
        return (Estimate(data, 0) + side * margin, margin);
    }

    /// <summary>The Wald statistic of some coefficients: chi-squared under z, else an F; with the p-value.</summary>
    public (Real Statistic, Real PValue) Joint(TextbookTwin data, int[] tested)
    {
        var m = tested.Length;
        var all = Options.Test == PoolingTest.KenwardRoger ? KenwardRoger(data) : Covariance(data);
        var factor = Options.Test switch
        {
            PoolingTest.KnappHartung => ResidualVariance(data),
            PoolingTest.KnappHartungFloor => Real.Max(1, ResidualVariance(data)),
            _ => Real.One,
        };
        var covariance = Dense.Of(m, m, (a, b) => factor * all[tested[a]][tested[b]]);
        var inverse = Dense.Invert(covariance).Inverse;
        var b = Array.ConvertAll(tested, i => Estimate(data, i));
        var wald = Dense.Sum(m, i => b[i] * Dense.Sum(m, j => inverse[i][j] * b[j]));
        if (Options.Test == PoolingTest.Z)
        {
            return (wald, ChiSquared.Upper((double)wald, m));
        }

        var (scale, freedom) = (1.0, (double)data.Freedom);
        if (Options.Test == PoolingTest.KenwardRoger)
        {
            var slope = Slope(data);
            var product = Dense.Times(inverse, Dense.Of(m, m, (i, j) => slope[tested[i]][tested[j]]));
            var trace = Dense.Trace(product);
            (scale, freedom) = MetaSpine.KenwardRoger.Scaled(
                m, (double)(VarianceOfTau2(data) * trace * trace), (double)(VarianceOfTau2(data) * Dense.Trace(Dense.Times(product, product))));
        }

        return (scale * wald / m, FDistribution.Upper((double)(scale * wald / m), m, freedom));
    }

    /// <summary>By how much the variances of some coefficients are inflated by each other, at most.</summary>
    public Real Inflation(TextbookTwin data, int[] tested)
    {
        var covariance = Dense.Of(tested.Length, tested.Length, (a, b) => KenwardRoger(data)[tested[a]][tested[b]]);
        var inverse = Dense.Invert(covariance).Inverse;
        return Enumerable.Range(0, tested.Length).Select(i => covariance[i][i] * inverse[i][i]).Max();
    }

    /// <summary>The typical sampling variance of Higgins and Thompson (2002, doi:10.1002/sim.1186), with moderators as well: (k - p)/tr P.</summary>
    public static Real Typical(TextbookTwin data) => data.Freedom / data.At(0).TraceP;

    public double Critical(double? freedom) => freedom is { } df ? StudentT.UpperQuantile(Tail, df) : NormalDistribution.UpperQuantile(Tail);

    private static double TwoSided(double statistic, double? freedom) => freedom is { } df ? StudentT.TwoSided(statistic, df) : NormalDistribution.TwoSided(statistic);

    /// <summary>Whether a t interval is at least as wide as a z interval.</summary>
    private bool Wider(Real tVariance, Real zVariance, double freedom) =>
        Critical(freedom) * Real.Sqrt(tVariance) >= Critical(null) * Real.Sqrt(zVariance);

    /// <summary>The variance of the mean under DerSimonian-Laird.</summary>
    private static Real Classic(TextbookTwin data) => data.At(Real.Max(Real.Zero, TextbookTau2.ClosedForms[PoolingMethod.DL].Tau2(data))).Inverse[0][0];

    /// <summary>The inverse of the expected information of tau^2.</summary>
    private Real VarianceOfTau2(TextbookTwin data) => 2 / data.At(Tau2).TracePP;

    /// <summary>Kenward and Roger (1997, doi:10.2307/2533558): C + 2 var(tau^2) C (X'W^3 X - X'W^2 X C X'W^2 X) C with C = (X'WX)^-1.</summary>
    private Real[][] KenwardRoger(TextbookTwin data)
    {
        var c = data.At(Tau2).Inverse;
        var second = PowerOfWeights(data, 2);
        var third = PowerOfWeights(data, 3);
        var lost = Dense.Times(Dense.Times(second, c), second);
        var factor = 2 * VarianceOfTau2(data);
        var correction = Dense.Times(Dense.Times(c, Dense.Of(data.P, data.P, (i, j) => factor * (third[i][j] - lost[i][j]))), c);
        return Dense.Of(data.P, data.P, (i, j) => c[i][j] + correction[i][j]);
    }

    /// <summary>Partlett and Riley (2017, doi:10.1002/sim.7140): how the corrected covariance goes with tau^2.</summary>
    private Real[][] Slope(TextbookTwin data)
    {
        var corrected = KenwardRoger(data);
        return Dense.Times(Dense.Times(corrected, PowerOfWeights(data, 2)), corrected);
    }

    private double Satterthwaite(TextbookTwin data, int i)
    {
        var (variance, slope) = (KenwardRoger(data)[i][i], Slope(data)[i][i]);
        return (double)(2 * variance * variance / (VarianceOfTau2(data) * slope * slope));
    }

    private Real[][] PowerOfWeights(TextbookTwin data, int power)
    {
        var weights = data.At(Tau2).W;
        return Dense.Of(data.P, data.P, (a, b) => Dense.Sum(data.K, i => data.X[i][a] * data.X[i][b] * Enumerable.Repeat(weights[i], power).Aggregate((x, y) => x * y)));
    }
}
