namespace MetaSpine;

/// <summary>A z-curve: the distribution of power behind significant results.</summary>
/// <remarks>F. Bartoš and U. Schimmack (2022), Meta-Psychology 6, doi:10.15626/MP.2021.2720: a mixture of folded normal distributions with means 0 to 6, truncated at significance.</remarks>
public sealed partial record ZCurveResult
{
    /// <summary>The number of z statistics given.</summary>
    public required int StudyCount { get; init; }

    /// <summary>The number of significant ones.</summary>
    public required int SignificantCount { get; init; }

    /// <summary>The expected replication rate: the mean probability that exact replications of the significant studies are significant with the same sign.</summary>
    public required double ExpectedReplicationRate { get; init; }

    /// <summary>The expected discovery rate: the mean power of all studies that were done, significant or not.</summary>
    public required double ExpectedDiscoveryRate { get; init; }

    /// <summary>The bootstrap interval of the replication rate, widened by 0.03 on either side as its authors do; null without bootstrap.</summary>
    public required Interval? ReplicationInterval { get; init; }

    /// <summary>The bootstrap interval of the discovery rate, widened by 0.05 on either side; null without bootstrap.</summary>
    public required Interval? DiscoveryInterval { get; init; }

    /// <summary>The share of significant results among all given; below the discovery rate's interval it is lower than with reporting of all, above it there is selection.</summary>
    public required double ObservedDiscoveryRate { get; init; }

    /// <summary>The greatest false discovery rate that the discovery rate allows (Sorić 1989, doi:10.1080/01621459.1989.10478811).</summary>
    public required double GreatestFalseDiscoveryRate { get; init; }

    /// <summary>The weights of the components with means 0 to 6, among the significant results up to 6.</summary>
    public required IReadOnlyList<double> Weights { get; init; }

    /// <summary>The log-likelihood of the significant results up to 6.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>What was found, in words; one sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}

/// <summary>z-curve analysis, deterministic: the likelihood of the weights is concave, and its maximum is found by Newton's method.</summary>
public static class ZCurve
{
    /// <summary>z statistics beyond have power 1.</summary>
    private const double Highest = 6;

    private const int Components = 7;

    /// <summary>With fewer the mixture is not known at all.</summary>
    private const int Fewest = 10;

    private const double Alpha = .05;

    private static readonly double Critical = NormalDistribution.UpperQuantile(Alpha / 2);

    /// <summary>The power of each component, on either side.</summary>
    private static readonly double[] Powers = [.. Enumerable.Range(0, Components).Select(m => Same(m) + Opposite(m))];

    /// <summary>The probability that a significant result of a component is significant again with the same sign.</summary>
    private static readonly double[] Replications = [.. Enumerable.Range(0, Components).Select(m => (Same(m) * Same(m) + Opposite(m) * Opposite(m)) / Powers[m])];

    /// <summary>Analyses z statistics.</summary>
    /// <param name="z">One statistic for each study; the sign does not matter.</param>
    /// <param name="resamples">Bootstrap samples for the intervals, by a random stream with a fixed seed. <value>Default 1000; 0 for none.</value></param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="PoolingException">Fewer than 10 are significant.</exception>
    /// <exception cref="ArgumentException">A statistic is not finite.</exception>
    public static ZCurveResult Analyse(IReadOnlyList<double> z, int resamples = 1000, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(z);
        ArgumentOutOfRangeException.ThrowIfNegative(resamples);
        if (z.Any(value => !double.IsFinite(value)))
        {
            throw new ArgumentException("A z statistic is not finite.", nameof(z));
        }

        double[] significant = [.. z.Select(Math.Abs).Where(value => value > Critical)];
        if (significant.Length < Fewest)
        {
            throw new PoolingException(FormattableString.Invariant($"A z-curve needs at least {Fewest} significant results (p below 0.05), and 100 to be of use; there {(significant.Length == 1 ? "is 1" : $"are {significant.Length}")} of {z.Count}."));
        }

        var densities = Array.ConvertAll(significant, Densities);
        var fit = Fit([.. densities.OfType<double[]>()]);
        var (replication, discovery) = Rates(fit.At, densities.Count(row => row is null), significant.Length);
        var (replications, discoveries) = Bootstrap(densities, resamples, cancellation);
        var found = new ZCurveResult
        {
            StudyCount = z.Count,
            SignificantCount = significant.Length,
            ExpectedReplicationRate = replication,
            ExpectedDiscoveryRate = discovery,
            ReplicationInterval = Widened(replications, .03, Alpha / 2),
            DiscoveryInterval = Widened(discoveries, .05, Alpha),
            ObservedDiscoveryRate = (double)significant.Length / z.Count,
            GreatestFalseDiscoveryRate = (1 / discovery - 1) * Alpha / (1 - Alpha),
            Weights = fit.At,
            LogLikelihood = fit.Value,
            Notes = [],
        };
        return found with
        {
            Notes =
            [
                SmallStudyNotes.Text($"z-curve of {found.SignificantCount} significant of {found.StudyCount} results: exact replications would be significant in {100 * replication:0}%{Show(found.ReplicationInterval)}; {100 * discovery:0}%{Show(found.DiscoveryInterval)} of all such studies would be significant, against {100 * found.ObservedDiscoveryRate:0}% of those given."),
                SmallStudyNotes.Text($"At most {100 * Math.Min(1, found.GreatestFalseDiscoveryRate):0}% of the significant results are false."),
                .. found.SignificantCount < 100 ? (string[])[SmallStudyNotes.Text($"With {found.SignificantCount} significant results (fewer than 100) the discovery rate is hardly known.")] : [],
            ],
        };
    }

    /// <summary>Analyses the z statistics of the studies of a pooled result.</summary>
    /// <inheritdoc cref="Analyse"/>
    public static ZCurveResult ZCurveAnalysis(this PooledResult result, int resamples = 1000, CancellationToken cancellation = default) =>
        Analyse(Evidence.Of(result).Z, resamples, cancellation);

    private static double Same(int mean) => NormalDistribution.Upper(Critical - mean);

    private static double Opposite(int mean) => NormalDistribution.Upper(Critical + mean);

    /// <summary>The density of each component, folded and truncated to the significant values up to the highest; null beyond.</summary>
    private static double[]? Densities(double z)
    {
        if (z >= Highest)
        {
            return null;
        }

        var densities = new double[Components];
        for (var m = 0; m < Components; m++)
        {
            var mass = Same(m) - NormalDistribution.Upper(Highest - m) + Opposite(m) - NormalDistribution.Upper(Highest + m);
            densities[m] = (NormalDistribution.Density(z - m) + NormalDistribution.Density(z + m)) / mass;
        }

        return densities;
    }

    /// <summary>
    /// The weights of the highest likelihood: sum ln(Lw) - n sum w over w >= 0, whose maximum has weights that sum to 1 of themselves.
    /// </summary>
    private static (double[] At, double Value) Fit(double[][] rows)
    {
        if (rows.Length == 0)
        {
            return (new double[Components], 0);
        }

        var constraints = new double[Components][];
        for (var m = 0; m < Components; m++)
        {
            constraints[m] = new double[Components];
            constraints[m][m] = 1;
        }

        var start = new double[Components];
        Array.Fill(start, 1.0 / Components);
        var maximum = new ActiveSetNewton(Components, Value, Derivatives, constraints).From(start);
        var weights = Array.ConvertAll(maximum.At, w => Math.Max(0, w));
        var sum = weights.Sum();
        weights = Array.ConvertAll(weights, w => w / sum);
        return (weights, Value(weights) + rows.Length);

        double Value(double[] w)
        {
            double value = 0;
            foreach (var row in rows)
            {
                value += Math.Log(Mix(row, w));
            }

            return double.IsNaN(value) ? double.NegativeInfinity : value - rows.Length * w.Sum();
        }

        (double[] Gradient, double[] Hessian) Derivatives(double[] w)
        {
            var (gradient, hessian) = (new double[Components], new double[Components * Components]);
            Array.Fill(gradient, -rows.Length);
            foreach (var row in rows)
            {
                var mix = Mix(row, w);
                for (var a = 0; a < Components; a++)
                {
                    gradient[a] += row[a] / mix;
                    for (var b = 0; b < Components; b++)
                    {
                        hessian[a * Components + b] -= row[a] / mix * (row[b] / mix);
                    }
                }
            }

            return (gradient, hessian);
        }
    }

    private static double Mix(double[] row, double[] w)
    {
        double sum = 0;
        for (var m = 0; m < Components; m++)
        {
            sum += row[m] * w[m];
        }

        return sum;
    }

    /// <summary>The rates of a mixture; results beyond the highest have power 1.</summary>
    private static (double Replication, double Discovery) Rates(double[] weights, int beyond, int count)
    {
        double high = (double)beyond / count, replication = 0, studies = 0;
        for (var m = 0; m < Components; m++)
        {
            replication += weights[m] * Replications[m];
            studies += weights[m] / Powers[m];
        }

        return ((1 - high) * replication + high, 1 / ((1 - high) * studies + high));
    }

    private static (double[] Replications, double[] Discoveries) Bootstrap(double[]?[] densities, int resamples, CancellationToken cancellation)
    {
        var (replications, discoveries) = (new double[resamples], new double[resamples]);
        Parallel.For(0, resamples, new ParallelOptions { CancellationToken = cancellation }, sample =>
        {
            var random = new RandomStream(20220101, (ulong)sample);
            var drawn = new double[]?[densities.Length];
            for (var i = 0; i < drawn.Length; i++)
            {
                drawn[i] = densities[random.NextBelow(densities.Length)];
            }

            (replications[sample], discoveries[sample]) = Rates(Fit([.. drawn.OfType<double[]>()]).At, drawn.Count(row => row is null), drawn.Length);
        });
        Array.Sort(replications);
        Array.Sort(discoveries);
        return (replications, discoveries);
    }

    private static Interval? Widened(double[] sorted, double by, double least)
    {
        if (sorted.Length == 0)
        {
            return null;
        }

        return new Interval(Math.Max(least, At(Alpha / 2) - by), Math.Min(1, At(1 - Alpha / 2) + by), 1 - Alpha);

        double At(double p)
        {
            var place = p * (sorted.Length - 1);
            var below = (int)place;
            return sorted[below] + (place - below) * (sorted[Math.Min(below + 1, sorted.Length - 1)] - sorted[below]);
        }
    }

    private static string Show(Interval? interval) => interval is { } i ? SmallStudyNotes.Text($" (95% interval {100 * i.Lower:0}% to {100 * i.Upper:0}%)") : "";
}
