namespace MetaSpine;

/// <summary>Bootstrap intervals of the pooled estimate, tau^2 and I^2.</summary>
/// <remarks>
/// Efron and Tibshirani (1993), An Introduction to the Bootstrap; Davison and Hinkley (1997), Bootstrap Methods and their Application,
/// doi:10.1017/CBO9780511802843. BCa intervals: Efron (1987), Journal of the American Statistical Association 82:171,
/// doi:10.1080/01621459.1987.10478410, with the acceleration from leaving out one study at a time.
/// </remarks>
public static class BootstrapInference
{
    private const int BlockSize = 128;

    /// <summary>Fits the model to resampled studies, again and again.</summary>
    /// <param name="result">A pooled result; its method estimates tau^2 in each resample.</param>
    /// <param name="options">How; <see cref="BootstrapOptions.Default"/> where null.</param>
    /// <exception cref="ArgumentException">An option is out of range, or the model has given weights, a given tau^2 or a test that resampling does not refit.</exception>
    /// <exception cref="PoolingException">There are fewer than three studies.</exception>
    public static BootstrapResult Bootstrap(this PooledResult result, BootstrapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        options ??= BootstrapOptions.Default;
        if (options.Replicates < 2 || options.Threads is < 1)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"A bootstrap needs at least 2 replicates and at least 1 thread; the options say {options.Replicates} and {options.Threads}."), nameof(options));
        }

        Refit.Check(result.Options);
        if (result.StudyCount < 3)
        {
            throw new PoolingException("A bootstrap needs at least three studies: fewer have hardly any resamples, and none when one is left out.");
        }

        var data = ModelData.Of(result);
        var replicates = Replicates(result, data, options);
        var without = new (double Estimate, double Tau2, double I2)[data.K];
        for (var i = 0; i < data.K; i++)
        {
            var fit = InterceptFit.Of([.. data.Y[..i], .. data.Y[(i + 1)..]], [.. data.V[..i], .. data.V[(i + 1)..]], result.Options);
            without[i] = (fit.Estimate, fit.Tau2, fit.Heterogeneity(data.K - 2, result.Options).I2);
        }

        var level = result.Options.Level;
        return new BootstrapResult(
            result,
            Summarise(result.Estimate, Array.ConvertAll(replicates, fit => fit.Estimate), Array.ConvertAll(without, fit => fit.Estimate), level),
            Summarise(result.Tau2, Array.ConvertAll(replicates, fit => fit.Tau2), Array.ConvertAll(without, fit => fit.Tau2), level),
            Summarise(result.I2, Array.ConvertAll(replicates, fit => fit.I2), Array.ConvertAll(without, fit => fit.I2), level),
            options);
    }

    private static (double Estimate, double Tau2, double I2)[] Replicates(PooledResult result, ModelData data, BootstrapOptions options)
    {
        var replicates = new (double Estimate, double Tau2, double I2)[options.Replicates];
        var blocks = (replicates.Length + BlockSize - 1) / BlockSize;
        Parallel.For(0, blocks, new ParallelOptions { MaxDegreeOfParallelism = options.Threads ?? -1 }, () => new EightFits(result.Options, data.K), (block, _, eight) =>
        {
            var random = new RandomStream(options.Seed, (ulong)block);
            var (y, v) = (new double[data.K], (double[])data.V.Clone());
            var end = Math.Min(replicates.Length, (block + 1) * BlockSize);
            for (var replicate = block * BlockSize; replicate < end; replicate++)
            {
                for (var i = 0; i < y.Length; i++)
                {
                    if (options.Kind == BootstrapKind.Parametric)
                    {
                        y[i] = result.Estimate + Math.Sqrt(data.V[i] + result.Tau2) * random.NextNormal();
                        continue;
                    }

                    var drawn = random.NextBelow(y.Length);
                    (y[i], v[i]) = (data.Y[drawn], data.V[drawn]);
                }

                eight.Add(replicate, y, v);
                if (eight.IsFull || replicate + 1 == end)
                {
                    foreach (ref readonly var fitted in eight.Take())
                    {
                        replicates[fitted.Number] = (fitted.Fit.Estimate, fitted.Fit.Tau2, fitted.Fit.Heterogeneity(data.K - 1, result.Options).I2);
                    }
                }
            }

            return eight;
        }, _ => { });
        return replicates;
    }

    /// <summary>The intervals of one quantity from its replicates, and from its values with one study left out.</summary>
    internal static BootstrapSummary Summarise(double estimate, double[] replicates, double[] without, double level)
    {
        Array.Sort(replicates);
        double mean = replicates.Average(), squares = 0;
        double below = 0;
        foreach (var value in replicates)
        {
            squares += (value - mean) * (value - mean);
            below += value < estimate ? 1 : value == estimate ? .5 : 0;
        }

        var tail = (1 - level) / 2;
        var percentile = new Interval(Quantile(replicates, tail), Quantile(replicates, 1 - tail), level);
        double centre = without.Average(), second = 0, third = 0;
        foreach (var value in without)
        {
            second += (centre - value) * (centre - value);
            third += (centre - value) * (centre - value) * (centre - value);
        }

        Interval? corrected = null;
        if (below > 0 && below < replicates.Length)
        {
            var bias = NormalDistribution.Quantile(below / replicates.Length);
            var acceleration = second > 0 ? third / (6 * second * Math.Sqrt(second)) : 0;

            // Where the acceleration overtakes 1 the formula turns back from infinity; the bound stays at the outermost replicate.
            double Adjusted(double z) => NormalDistribution.Lower(bias + (bias + z) / Math.Max(0, 1 - acceleration * (bias + z)));
            var reach = NormalDistribution.UpperQuantile(tail);
            corrected = new Interval(Quantile(replicates, Adjusted(-reach)), Quantile(replicates, Adjusted(reach)), level);
        }

        return new BootstrapSummary(estimate, mean - estimate, Math.Sqrt(squares / (replicates.Length - 1)), percentile, corrected);
    }

    /// <summary>The (R + 1)p-th of R ordered values, interpolated between neighbours.</summary>
    private static double Quantile(double[] ordered, double p)
    {
        var position = Math.Clamp((ordered.Length + 1) * p - 1, 0, ordered.Length - 1);
        var lower = (int)position;
        var upper = Math.Min(lower + 1, ordered.Length - 1);
        return ordered[lower] + (position - lower) * (ordered[upper] - ordered[lower]);
    }
}

/// <summary>How a bootstrap is made.</summary>
public sealed record BootstrapOptions
{
    /// <summary>The defaults.</summary>
    public static BootstrapOptions Default { get; } = new();

    /// <summary>What is resampled. <value>Default: studies, which assumes no distribution.</value></summary>
    public BootstrapKind Kind { get; init; } = BootstrapKind.NonParametric;

    /// <summary>Resamples. <value>Default 9999: 95% bounds are then the 250th values from either end.</value></summary>
    public int Replicates { get; init; } = 9999;

    /// <summary>What the resamples are made from: the same seed gives the same result everywhere. <value>Default 1.</value></summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The most threads to use; the result does not depend on it. <value>Default null: as many as there are processors.</value></summary>
    public int? Threads { get; init; }
}

/// <summary>What a bootstrap resamples.</summary>
public enum BootstrapKind
{
    /// <summary>Studies with their variances, with replacement.</summary>
    NonParametric,

    /// <summary>New estimates from the fitted model, normal with variance v + tau^2 around the pooled estimate; the variances stay.</summary>
    Parametric,
}

/// <summary>A bootstrap of a pooled result.</summary>
/// <param name="Model">The result that was resampled.</param>
/// <param name="Estimate">The pooled estimate, on the analysis scale.</param>
/// <param name="Tau2">tau^2.</param>
/// <param name="I2">I^2 in percent.</param>
/// <param name="Options">How it was made: the seed and the number of replicates reproduce it.</param>
public sealed partial record BootstrapResult(PooledResult Model, BootstrapSummary Estimate, BootstrapSummary Tau2, BootstrapSummary I2, BootstrapOptions Options);

/// <summary>The bootstrap of one quantity, on the scale of that quantity.</summary>
/// <param name="Value">Its value in the data.</param>
/// <param name="Bias">The mean of the replicates less the value.</param>
/// <param name="StandardError">The standard deviation of the replicates.</param>
/// <param name="Percentile">The interval between quantiles of the replicates.</param>
/// <param name="BiasCorrected">The BCa interval: bias-corrected and accelerated; null where all replicates are on one side of the value.</param>
public sealed record BootstrapSummary(double Value, double Bias, double StandardError, Interval Percentile, Interval? BiasCorrected);
