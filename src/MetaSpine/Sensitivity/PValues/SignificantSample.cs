namespace MetaSpine;

/// <summary>What p-uniform finds, in the favoured direction.</summary>
internal sealed record PUniformFit(double Estimate, Interval? Interval, PUniformTest? Effect, PUniformTest? Bias);

/// <summary>Significant estimates above 0, and their distribution given the significance.</summary>
/// <param name="y">The estimates.</param>
/// <param name="v">Their sampling variances.</param>
/// <param name="critical">How many standard errors each had to exceed; minus infinity for one that would be known whatever it were.</param>
internal sealed class SignificantSample(double[] y, double[] v, double[] critical)
{
    /// <summary>The Irwin-Hall sum loses too many digits to cancellation beyond.</summary>
    private const int LargestExact = 40;

    private readonly double[] _se = Array.ConvertAll(v, Math.Sqrt);

    private int K => y.Length;

    public PUniformFit Fit(PUniformEstimator estimator, double level, double equalEffects)
    {
        var tail = (1 - level) / 2;
        double half = K / 2.0, shapes = 2.0 * K;
        switch (estimator)
        {
            case PUniformEstimator.P:
                var cut = IrwinHallQuantile(tail);
                return new PUniformFit(Solve(Sum, half), new Interval(Solve(Sum, cut), Solve(Sum, K - cut), level), SumTest(0, upper: false), SumTest(equalEffects, upper: true));
            case PUniformEstimator.LNP:
                return new PUniformFit(
                    Solve(SumOfLogs, K), new Interval(Solve(SumOfLogs, ChiSquared.UpperQuantile(tail, shapes) / 2), Solve(SumOfLogs, ChiSquared.Quantile(tail, shapes) / 2), level),
                    new(SumOfLogs(0), ChiSquared.Upper(2 * SumOfLogs(0), shapes)), new(SumOfLogs(equalEffects), ChiSquared.Lower(2 * SumOfLogs(equalEffects), shapes)));
            case PUniformEstimator.LN1MINP:
                return new PUniformFit(
                    Solve(SumOfComplements, K), new Interval(Solve(SumOfComplements, ChiSquared.Quantile(tail, shapes) / 2), Solve(SumOfComplements, ChiSquared.UpperQuantile(tail, shapes) / 2), level),
                    new(SumOfComplements(0), ChiSquared.Lower(2 * SumOfComplements(0), shapes)), new(SumOfComplements(equalEffects), ChiSquared.Upper(2 * SumOfComplements(equalEffects), shapes)));
            case PUniformEstimator.KS:
                return new PUniformFit(Solve(KolmogorovExcess, 0), null, null, null);
            case PUniformEstimator.AD:
                return new PUniformFit(LeastAndersonDarling(), null, null, null);
            case PUniformEstimator.ML:
                var estimate = Solve(Score, 0);
                var drop = ChiSquared.UpperQuantile(1 - level, 1);
                return new PUniformFit(
                    estimate, new Interval(Crossing(estimate, drop, -1), Crossing(estimate, drop, 1), level), Ratio(estimate, 0), Ratio(estimate, equalEffects));
            default:
                throw new ArgumentOutOfRangeException(nameof(estimator), estimator, "There is no such estimator.");
        }
    }

    /// <summary>ln of the probability of at least an estimate, given significance, at a true effect.</summary>
    private double LogQ(int i, double effect) => Math.Min(0, NormalLog.Upper((y[i] - effect) / _se[i]) - NormalLog.Upper(critical[i] - effect / _se[i]));

    private double Sum(double effect) => Total(i => Math.Exp(LogQ(i, effect)));

    private double SumOfLogs(double effect) => Total(i => -LogQ(i, effect));

    private double SumOfComplements(double effect) => Total(i => -Math.Log(-Expm1(LogQ(i, effect))));

    /// <summary>The derivative of the log-likelihood.</summary>
    private double Score(double effect) => Total(i => ((y[i] - effect) / _se[i] - NormalLog.Hazard(critical[i] - effect / _se[i])) / _se[i]);

    private double LogLikelihood(double effect) => Total(i => NormalDistribution.LogDensity((y[i] - effect) / _se[i]) - NormalLog.Upper(critical[i] - effect / _se[i]));

    private PUniformTest Ratio(double estimate, double null_)
    {
        var ratio = Math.Max(0, 2 * (LogLikelihood(estimate) - LogLikelihood(null_)));
        return new PUniformTest(ratio, ChiSquared.Upper(ratio, 1));
    }

    private double Crossing(double estimate, double drop, int direction) =>
        Solve(effect => direction * (2 * (LogLikelihood(estimate) - LogLikelihood(effect)) - drop), 0, estimate, direction);

    /// <summary>D+ less D-: the one grows and the other falls with the effect, so that the larger one is least where they are equal.</summary>
    private double KolmogorovExcess(double effect)
    {
        var q = Sorted(effect);
        double above = double.NegativeInfinity, below = double.NegativeInfinity;
        for (var i = 0; i < K; i++)
        {
            above = Math.Max(above, q[i] - (double)i / K);
            below = Math.Max(below, (i + 1.0) / K - q[i]);
        }

        return above - below;
    }

    /// <summary>By golden section around the estimate of P; a minimum is known to half of the digits.</summary>
    private double LeastAndersonDarling()
    {
        var centre = Solve(Sum, K / 2.0);
        var reach = 2 * _se.Max();
        var ratio = (Math.Sqrt(5) - 1) / 2;
        double lower = centre - reach, upper = centre + reach;
        for (var i = 0; i < 100; i++)
        {
            double left = upper - ratio * (upper - lower), right = lower + ratio * (upper - lower);
            (lower, upper) = AndersonDarling(left) < AndersonDarling(right) ? (lower, right) : (left, upper);
        }

        return (lower + upper) / 2;
    }

    private double AndersonDarling(double effect)
    {
        int[] order = [.. Enumerable.Range(0, K).OrderBy(i => LogQ(i, effect))];
        return -Total(i => (2 * i + 1) * (LogQ(order[i], effect) + Math.Log(-Expm1(LogQ(order[K - 1 - i], effect)))));
    }

    private double[] Sorted(double effect)
    {
        double[] q = [.. Enumerable.Range(0, K).Select(i => Math.Exp(LogQ(i, effect)))];
        Array.Sort(q);
        return q;
    }

    private PUniformTest SumTest(double effect, bool upper)
    {
        var sum = Sum(effect);
        return new PUniformTest((sum - K / 2.0) / Math.Sqrt(K / 12.0), IrwinHall(upper ? K - sum : sum));
    }

    /// <summary>P(the sum of K uniform variables is at most x).</summary>
    private double IrwinHall(double x)
    {
        if (K > LargestExact)
        {
            return NormalDistribution.Lower((x - K / 2.0) / Math.Sqrt(K / 12.0));
        }

        if (x > K / 2.0)
        {
            return 1 - IrwinHall(K - x);
        }

        // The terms C(K, j)(x - j)^K / K!, each as a product, so that nothing overflows.
        double sum = 0;
        for (var j = 0; j <= x; j++)
        {
            double term = j % 2 == 0 ? 1 : -1;
            for (var m = 1; m <= K; m++)
            {
                term *= (x - j) / m * (m <= j ? (K - m + 1.0) / m : 1);
            }

            sum += term;
        }

        return Math.Clamp(sum, 0, 1);
    }

    private double IrwinHallQuantile(double p) => RootFinding.TryFind(x => IrwinHall(x) - p, 0, K / 2.0, out var root) ? root : double.NaN;

    /// <summary>Solves a monotone equation, with a bracket that widens from a start; endless where no effect solves it.</summary>
    private double Solve(Func<double, double> function, double target, double from = 0, int direction = 0)
    {
        double Excess(double effect) => function(effect) - target;
        var step = _se.Max();
        double lower = direction > 0 ? from : from - step, upper = direction < 0 ? from : from + step;
        for (var i = 0; i < 60 && Math.Sign(Excess(lower)) == Math.Sign(Excess(upper)); i++, step *= 2)
        {
            lower -= direction > 0 ? 0 : step;
            upper += direction < 0 ? 0 : step;
        }

        return RootFinding.TryFind(Excess, lower, upper, out var root)
            ? root
            : throw new PoolingException("p-uniform has no finite solution here: the significant p-values lie too near to the level, or too far from it, for any effect. Use another estimator (ML) or a selection model.");
    }

    private double Total(Func<int, double> term)
    {
        double sum = 0;
        for (var i = 0; i < K; i++)
        {
            sum += term(i);
        }

        return sum;
    }

    /// <summary>e^x - 1 without cancellation.</summary>
    private static double Expm1(double x) => Math.Abs(x) < 1e-5 ? x * (1 + x / 2 * (1 + x / 3)) : Math.Abs(x) < .7 ? 2 * Math.Sinh(x / 2) * Math.Exp(x / 2) : Math.Exp(x) - 1;
}
