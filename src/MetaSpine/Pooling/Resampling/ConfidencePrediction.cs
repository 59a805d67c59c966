namespace MetaSpine;

/// <summary>
/// The prediction interval of Nagashima, Noma and Furukawa, which takes the uncertainty of tau^2 into account and keeps its level with few studies.
/// </summary>
/// <remarks>
/// Nagashima, Noma and Furukawa (2019), Statistical Methods in Medical Research 28:1689, doi:10.1177/0962280218773520. The authors draw tau^2
/// from its confidence distribution (the tail of Cochran's Q given tau^2), then a new effect mu(tau^2) + tau z - t se(tau^2) with z normal, t
/// of k - 1 degrees of freedom and Hartung's standard error, and take quantiles of many such draws. Here the distribution of the
/// draws is integrated, so that the interval is the one that their bootstrap approaches with ever more draws, without its random error.
/// </remarks>
public static class ConfidencePrediction
{
    /// <summary>Nodes of the outer rule this far apart leave an error below a millionth of the interval's width.</summary>
    private const double Step = 1.0 / 8;

    /// <summary>Beyond this the nodes' weights are below 1e-12.</summary>
    private const double End = 2.9;

    /// <summary>A chance of tau^2 above 0 that a double cannot tell from none.</summary>
    private const double Nothing = 1e-15;

    /// <summary>The interval for the true effect of a new study, at the level of the result's options; null under equal effects.</summary>
    /// <param name="result">A pooled result; its studies matter, not its estimator of tau^2. Costs O(k^2).</param>
    /// <exception cref="PoolingException">There is only one study.</exception>
    public static Interval? NagashimaPredictionInterval(this PooledResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.StudyCount < 2)
        {
            throw new PoolingException("A prediction interval needs at least two studies.");
        }

        var data = ModelData.Of(result);
        return result.Options.Method == PoolingMethod.EE ? null : Compute(data.Y, data.V, result.Options.Level);
    }

    /// <summary>The interval as a result that shows itself; null under equal effects.</summary>
    /// <exception cref="PoolingException">There is only one study.</exception>
    public static ConfidencePredictionResult? NagashimaPrediction(this PooledResult result) =>
        result.NagashimaPredictionInterval() is { } interval ? new ConfidencePredictionResult(result, interval) : null;

    internal static Interval Compute(double[] y, double[] v, double level, double step = Step)
    {
        var q = new GeneralisedQ(y, v);
        var (positive, zero) = q.Tails(0);
        var nodes = new List<(double Probability, bool FromAbove, double Weight)> { (0, false, zero) };
        for (var t = 0.0; t <= End && positive > Nothing; t += step)
        {
            var (distance, weight) = DoubleExponential.Node(t, positive);
            nodes.Add((distance, true, weight * step));
            if (t > 0)
            {
                nodes.Add((zero + distance, false, weight * step));
            }
        }

        var parts = new Part[nodes.Count];
        Parallel.For(0, parts.Length, i =>
        {
            var tau2 = q.Solve(nodes[i].Probability, nodes[i].FromAbove);
            var profile = new InterceptProfile(y, v);
            var (estimate, sumW) = profile.Estimate(tau2);
            parts[i] = new Part(nodes[i].Weight, estimate, Math.Sqrt(tau2), Math.Sqrt(profile.At(tau2).Rss / ((y.Length - 1) * sumW)));
        });

        var total = parts.Sum(part => part.Weight);
        return new Interval(Quantile((1 - level) / 2), Quantile((1 + level) / 2), level);

        double Quantile(double probability)
        {
            var centre = parts[0].Estimate;
            var scale = parts.Max(part => part.Weight > 1e-3 * total ? part.Tau + part.Error : 0);
            if (!(scale > 0))
            {
                return centre;
            }

            double Excess(double x)
            {
                double sum = 0;
                foreach (var part in parts)
                {
                    sum += part.Weight * part.Below(centre + x * scale, y.Length - 1);
                }

                return sum / total - probability;
            }

            double lower = -1, upper = 1;
            while (Excess(lower) > 0)
            {
                lower *= 2;
            }

            while (Excess(upper) < 0)
            {
                upper *= 2;
            }

            return RootFinding.TryFind(Excess, lower, upper, out var root) ? centre + root * scale : double.NaN;
        }
    }

    /// <summary>The distribution of a new effect given tau^2: Estimate + Tau z - Error t.</summary>
    private readonly record struct Part(double Weight, double Estimate, double Tau, double Error)
    {
        /// <summary>A quarter of a standard deviation: the trapezoidal rule is exact to rounding for functions this smooth.</summary>
        private const double Spacing = .25;

        /// <summary>The probability of a value up to x, as a mean over the variable with the narrower part in the sum.</summary>
        public double Below(double x, int freedom)
        {
            var distance = x - Estimate;
            if (Tau == 0)
            {
                return StudentT.Lower(distance / Error, freedom);
            }

            double sum = 0, weights = 0;
            if (Tau <= Error)
            {
                for (var z = -8.5; z <= 8.5; z += Spacing)
                {
                    var weight = Math.Exp(-z * z / 2);
                    weights += weight;
                    sum += weight * StudentT.Lower((distance - Tau * z) / Error, freedom);
                }

                return sum / weights;
            }

            // With t = sqrt(df) sinh w the density is a power of 1/cosh w.
            var root = Math.Sqrt(freedom);
            for (var i = 0; ; i++)
            {
                var w = i * Spacing / root;
                var weight = Math.Pow(Math.Cosh(w), -freedom);
                if (weight < 1e-17)
                {
                    return sum / weights;
                }

                var t = root * Math.Sinh(w);
                weights += i == 0 ? weight : 2 * weight;
                sum += weight * NormalDistribution.Lower((distance + Error * t) / Tau);
                sum += i == 0 ? 0 : weight * NormalDistribution.Lower((distance - Error * t) / Tau);
            }
        }
    }
}

/// <summary>A prediction interval of Nagashima, Noma and Furukawa, on the analysis scale.</summary>
/// <param name="Model">The result whose studies it is for.</param>
/// <param name="Interval">The interval.</param>
public sealed partial record ConfidencePredictionResult(PooledResult Model, Interval Interval);
