namespace MetaSpine;

/// <summary>
/// Permutation tests: the model's own statistics, referred to what rearranging the data makes of them in place of a normal, t or F
/// distribution, so that they keep their level with few studies and effects that are not normal.
/// </summary>
/// <remarks>
/// Follmann and Proschan (1999), Biometrics 55:732, doi:10.1111/j.0006-341X.1999.00732.x (signs); Higgins and Thompson (2004), Statistics in
/// Medicine 23:1663, doi:10.1002/sim.1752 (rows); Viechtbauer et al. (2015), Psychological Methods 20:360, doi:10.1037/met0000023. A pooled
/// result flips the signs of the estimates; a meta-regression exchanges the rows of its design among the studies. All distinct arrangements
/// are used where they are few enough, else random ones; the p-value counts the observed arrangement, so that it is never 0.
/// </remarks>
public static class PermutationTest
{
    /// <summary>Bisection steps of an interval's bound: to a millionth of its first bracket.</summary>
    private const int Steps = 20;

    /// <summary>Standard errors beyond which a bound is said to be infinite.</summary>
    private const double Farthest = 1e4;

    /// <summary>Tests the coefficients of a model by permutation.</summary>
    /// <param name="result">A pooled result or a meta-regression; its method and test are used for every arrangement.</param>
    /// <param name="options">How; <see cref="PermutationOptions.Default"/> where null.</param>
    /// <exception cref="ArgumentException">An option is out of range, or the model has given weights, a given tau^2 or a test that resampling does not refit.</exception>
    /// <exception cref="PoolingException">There is only one study.</exception>
    public static PermutationResult Permute(this ModelResult result, PermutationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        options ??= PermutationOptions.Default;
        if (options.Draws < 1 || options.ExactLimit is < 0 or > 1L << 40 || options.Threads is < 1)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"A permutation test needs at least 1 draw, an exact limit from 0 to 2^40, and at least 1 thread; the options say {options.Draws}, {options.ExactLimit} and {options.Threads}."), nameof(options));
        }

        Refit.Check(result.Options);
        if (result.StudyCount < 2)
        {
            throw new PoolingException("A permutation test needs at least two studies.");
        }

        var counts = new PermutationCounts(result, options);
        var data = counts.Data;
        var (observed, sizes, highs, lows) = counts.Count(data.Y);
        double Share(long count) => (double)count / counts.Total;
        var coefficients = new PermutedCoefficient[data.P];
        for (var j = 0; j < data.P; j++)
        {
            coefficients[j] = new PermutedCoefficient(
                data.Columns[j],
                observed[j],
                options.TwoSided == TwoSidedRule.Absolute ? Share(sizes[j]) : Math.Min(1, 2 * Share(Math.Min(highs[j], lows[j]))),
                options.Intervals ? Interval(result, counts, j) : null);
        }

        return new PermutationResult(result, coefficients, observed.Length > data.P ? Share(highs[data.P]) : null, counts.Total, counts.IsExact, counts.IsExact ? null : options.Seed);
    }

    /// <summary>The values of a coefficient that its permutation test does not reject on either side, each at half the error.</summary>
    private static Interval Interval(ModelResult result, PermutationCounts counts, int j)
    {
        var data = counts.Data;
        var (estimate, error) = result switch
        {
            PooledResult pooled => (pooled.Estimate, pooled.StandardError),
            RegressionResult regression => (regression.Coefficients[j].Estimate, regression.Coefficients[j].StandardError),
            _ => throw new ArgumentException("Only a pooled result and a meta-regression have permutation intervals.", nameof(result)),
        };

        // A share that is the tail itself rejects, also where 1 less the level falls short of it in the last digit.
        var few = (long)((1 - result.Options.Level) / 2 * counts.Total * (1 + 1e-12));
        return new Interval(Bound(-1), Bound(1), result.Options.Level);

        double Bound(int side)
        {
            if (!(error > 0))
            {
                return estimate;
            }

            double inside = 0, outside = 2;
            while (!Rejected(outside))
            {
                (inside, outside) = (outside, 2 * outside);
                if (outside > Farthest)
                {
                    return side * double.PositiveInfinity;
                }
            }

            for (var step = 0; step < Steps; step++)
            {
                var middle = (inside + outside) / 2;
                (inside, outside) = Rejected(middle) ? (inside, middle) : (middle, outside);
            }

            return estimate + side * (inside + outside) / 2 * error;

            bool Rejected(double distance)
            {
                var value = estimate + side * distance * error;
                var y = new double[data.K];
                for (var i = 0; i < y.Length; i++)
                {
                    y[i] = data.Y[i] - value * data.X[i * data.P + j];
                }

                var (_, _, highs, lows) = counts.Count(y);
                return (side > 0 ? lows[j] : highs[j]) <= few;
            }
        }
    }
}

/// <summary>How a permutation test is made.</summary>
public sealed record PermutationOptions
{
    /// <summary>The defaults.</summary>
    public static PermutationOptions Default { get; } = new();

    /// <summary>All arrangements are used where they are no more than this. <value>Default 65536: the signs of 16 studies, under a second.</value></summary>
    public long ExactLimit { get; init; } = 65536;

    /// <summary>Random arrangements otherwise. <value>Default 9999: a p-value of 0.05 then has a standard error of 0.002.</value></summary>
    public int Draws { get; init; } = 9999;

    /// <summary>What the random arrangements are made from: the same seed gives the same result everywhere. <value>Default 1.</value></summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>What counts as extreme on both sides. <value>Default: the absolute value of the statistic, as in metafor.</value></summary>
    public TwoSidedRule TwoSided { get; init; } = TwoSidedRule.Absolute;

    /// <summary>Whether intervals are found by inverting the test, which costs about fifty tests per coefficient. <value>Default no.</value></summary>
    public bool Intervals { get; init; }

    /// <summary>The most threads to use; the result does not depend on it. <value>Default null: as many as there are processors.</value></summary>
    public int? Threads { get; init; }
}

/// <summary>How a two-sided p-value is made of arrangements.</summary>
public enum TwoSidedRule
{
    /// <summary>The share of arrangements whose statistic is at least as far from 0.</summary>
    Absolute,

    /// <summary>Twice the smaller of the shares that are at least as high and at least as low.</summary>
    DoubledTail,
}

/// <summary>A permutation test of a model.</summary>
/// <param name="Model">The model that was tested.</param>
/// <param name="Coefficients">The test of each coefficient. With moderators the intercept's is of little use: it depends on where their 0 is.</param>
/// <param name="ModeratorsPValue">That of the joint test of the moderators; null for a pooled result.</param>
/// <param name="Arrangements">How many arrangements the p-values are shares of, the observed one included.</param>
/// <param name="IsExact">Whether these are all there are.</param>
/// <param name="Seed">The seed of the random arrangements; null for an exact test.</param>
public sealed partial record PermutationResult(
    ModelResult Model, IReadOnlyList<PermutedCoefficient> Coefficients, double? ModeratorsPValue, long Arrangements, bool IsExact, ulong? Seed);

/// <summary>A coefficient's permutation test, on the analysis scale.</summary>
/// <param name="Name">The column of the design matrix; "estimate" for a pooled result.</param>
/// <param name="Statistic">The observed statistic.</param>
/// <param name="PValue">The two-sided permutation p-value.</param>
/// <param name="Interval">
/// The values that the test does not reject, where they were asked for: to a millionth of its width, or infinite where there are too few
/// arrangements to reject any value.
/// </param>
public sealed record PermutedCoefficient(string Name, double Statistic, double PValue, Interval? Interval);
