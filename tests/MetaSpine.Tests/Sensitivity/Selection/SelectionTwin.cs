namespace MetaSpine.Tests;

/// <summary>The likelihood of a selection model as it is written down, integrated by another rule (double exponential) between the edges of the weight.</summary>
internal static class SelectionTwin
{
    public static double LogLikelihood(
        double[] y, double[] v, SelectionSide side, SelectionFunction function, IReadOnlyList<double> parameters, double effect, double tau2)
    {
        var weight = Weight(function, parameters);
        double sum = 0;
        for (var i = 0; i < y.Length; i++)
        {
            var (error, spread) = (Math.Sqrt(v[i]), Math.Sqrt(v[i] + tau2));
            double[] edges = [-10, 10, .. Edges(function, side).Select(z => (z * error - effect) / spread).Where(h => Math.Abs(h) < 10)];
            Array.Sort(edges);
            double mass = 0;
            for (var e = 1; e < edges.Length; e++)
            {
                mass += DoubleExponential.Integrate(h => NormalDistribution.Density(h) * weight(StepWeights.PValue((effect + h * spread) / error, side)), edges[e - 1], edges[e]);
            }

            sum += Math.Log(weight(StepWeights.PValue(y[i] / error, side))) + NormalDistribution.LogDensity((y[i] - effect) / spread) - Math.Log(spread) - Math.Log(mass);
        }

        return sum;
    }

    private static IEnumerable<double> Edges(SelectionFunction function, SelectionSide side)
    {
        yield return 0;
        foreach (var p in new[] { function.Lowest, function.Highest, function.After }.Where(p => p is > 0 and < 1))
        {
            yield return NormalDistribution.UpperQuantile(side == SelectionSide.Both ? p / 2 : p);
            yield return -NormalDistribution.UpperQuantile(side == SelectionSide.Both ? p / 2 : p);
        }
    }

    /// <summary>The weights as their definitions have them.</summary>
    public static Func<double, double> Weight(SelectionFunction function, IReadOnlyList<double> d)
    {
        var a = function.After;
        Func<double, double> plain = function.Kind switch
        {
            SelectionKind.Beta => p => Math.Pow(p, d[0] - 1) * Math.Pow(1 - p, d[1] - 1),
            SelectionKind.HalfNormal => p => Math.Exp(-d[0] * p * p),
            SelectionKind.NegativeExponential => p => Math.Exp(-d[0] * p),
            SelectionKind.NegativeExponentialPower => p => Math.Exp(-d[0] * Math.Pow(p, 1 / d[1])),
            SelectionKind.Logistic => p => 2 * Math.Exp(-d[0] * p) / (1 + Math.Exp(-d[0] * p)),
            SelectionKind.Power => p => Math.Pow(1 - p, d[0]),
            _ => throw new ArgumentOutOfRangeException(nameof(function)),
        };
        return p =>
        {
            p = Math.Clamp(p, function.Lowest, function.Highest);
            return p <= a && function.Kind != SelectionKind.Beta ? 1 : plain(p) / (function.Kind == SelectionKind.Beta ? 1 : plain(a));
        };
    }
}
