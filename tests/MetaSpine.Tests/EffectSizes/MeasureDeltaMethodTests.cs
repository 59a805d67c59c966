using static System.Math;

namespace MetaSpine.Tests;

/// <summary>
/// What a variance must be in a large sample, whatever its published form: the delta method, with the derivatives of the estimate itself
/// taken numerically and the covariances of what it is computed from.
/// </summary>
public sealed class MeasureDeltaMethodTests
{
    private const double N = 1e6;

    /// <summary>The published forms differ from the delta method by a few parts in N; the differences of the estimate are good to 1e-7.</summary>
    private const double Tolerance = 1e-5;

    private const double R = 0.4;

    /// <summary>Ready estimates; the biserial correlation and the area under the curve, whose normal or exponential groups are not what they are computed
    /// from; margins of pairs, which have a test against the whole table; and fixed predictors, which have one below.</summary>
    private static readonly string[] Elsewhere = ["GEN", "HR", "HD", "RBIS", "ZBIS", "CLES", "MPORM", "R2F", "ZR2F"];

    /// <summary>Both groups have one standard deviation.</summary>
    private static readonly string[] Homoscedastic = ["SMD", "SMD1", "RPB", "ZPB", "D2ORL", "D2ORN", "SMCR", "SMCRP"];

    public static TheoryData<string, VarianceType> Variances
    {
        get
        {
            var all = new TheoryData<string, VarianceType>();
            foreach (var measure in Measures.All.Where(measure => !Elsewhere.Contains(measure.Code)))
            {
                foreach (var type in measure.Variances)
                {
                    all.Add(measure.Code, type);
                }
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Variances))]
    public void A_variance_is_that_of_the_delta_method_in_a_large_sample(string code, VarianceType type)
    {
        var measure = Measures.Find(code);
        var options = new EffectSizeOptions { Variance = type };
        var (at, covariance, columns) = Sample(measure, type);
        EffectSize Study(double[] statistics) =>
            measure.Compute(columns(statistics).Aggregate(new EffectData(), (data, column) => data.With(column.Name, [column.Value])), options).Studies[0];
        var slopes = at.Select((value, i) =>
        {
            double Moved(double step) => Study([.. at.Select((other, j) => i == j ? other + step : other)]).Estimate;
            var step = 1e-4 * Abs(value);
            return (Moved(step) - Moved(-step)) / (2 * step);
        }).ToArray();
        double expected = 0;
        for (var i = 0; i < at.Length; i++)
        {
            for (var j = 0; j < at.Length; j++)
            {
                expected += slopes[i] * slopes[j] * covariance[i, j];
            }
        }

        Study(at).Variance.ShouldBe(expected, Tolerance * expected);
    }

    /// <summary>
    /// With fixed predictors R^2 = U / (U + V), where U is noncentral chi-squared with noncentrality n rho^2 / (1 - rho^2) and V has n - m - 1 degrees of
    /// freedom: the delta method over both gives (1 - R^2)^2 (4 R^2 - 2 R^4) / n, and (1 - R^2 / 2) / n for z.
    /// </summary>
    [EveryCultureTheory]
    [InlineData(0.05)]
    [InlineData(0.4)]
    [InlineData(0.9)]
    public void With_fixed_predictors_the_variance_is_that_of_the_noncentral_F(double square)
    {
        const double n = 20_000;
        var data = new EffectData { ["r2i"] = [square], ["mi"] = [3], ["ni"] = [n] };

        // What is left is of the order 1 / (n R^2): 24 of them at the most here, where a factor of 2 in either term would be thousands.
        var tolerance = 40 / (n * square);
        var expected = Pow(1 - square, 2) * (4 * square - 2 * square * square) / n;
        Measures.R2F.Compute(data).Studies[0].Variance.ShouldBe(expected, tolerance * expected);
        Measures.ZR2F.Compute(data).Studies[0].Variance.ShouldBe((1 - square / 2) / n, tolerance / n);
    }

    /// <summary>ln s of n normal values has the variance trigamma((n - 1) / 2) / 4. What LS2 misses is 1 / (3 (n - 1)^3) and less; what LS misses, 1 / (2 (n - 1)^2) and more.</summary>
    [EveryCultureTheory]
    [InlineData(5)]
    [InlineData(11)]
    [InlineData(41)]
    public void The_second_order_of_a_log_standard_deviation_is_that_of_the_trigamma_function(int n)
    {
        var trigamma = PI * PI / 6 - Enumerable.Range(1, (n - 3) / 2).Sum(k => 1.0 / (k * k));
        double Missing(VarianceType type) => trigamma / 2 - Measures.VR.Compute(Groups(n), new() { Variance = type }).Studies[0].Variance;
        Missing(VarianceType.LS).ShouldBeGreaterThan(1 / Pow(n - 1, 2));
        Missing(VarianceType.LS2).ShouldBeInRange(0, 2 / (3 * Pow(n - 1, 3)));
        Measures.CVR.Compute(Groups(n), new() { Variance = VarianceType.LS2 }).Studies[0].Variance.ShouldBe(
            Measures.VR.Compute(Groups(n), new() { Variance = VarianceType.LS2 }).Studies[0].Variance
            + Measures.ROM.Compute(Groups(n), new() { Variance = VarianceType.LS2 }).Studies[0].Variance, 1e-15);
    }

    /// <summary>The corrected log mean, ln m + s^2 / (2 n m^2), integrated over the normal distribution of m: LS2 has all of its second order, LS none.</summary>
    [EveryCultureFact]
    public void The_second_order_of_a_log_mean_is_that_of_the_corrected_estimate()
    {
        const double c = 0.001;
        double weights = 0, sum = 0, squares = 0;
        for (var z = -9.0; z <= 9; z += 1.0 / 64)
        {
            var m = 1 + Sqrt(c) * z;
            var (weight, y) = (Exp(-z * z / 2), Log(m) + c / (2 * m * m));
            (weights, sum, squares) = (weights + weight, sum + weight * y, squares + weight * y * y);
        }

        var exact = 2 * (squares / weights - Pow(sum / weights, 2));
        double Missing(VarianceType type) => Abs(exact - Measures.ROM.Compute(Groups(1000), new() { Variance = type }).Studies[0].Variance);
        Missing(VarianceType.LS).ShouldBe(c * c, 0.02 * c * c);
        Missing(VarianceType.LS2).ShouldBeLessThan(0.02 * c * c);
    }

    /// <summary>Two groups of n with the mean 1, whose coefficient of variation is 1.</summary>
    private static EffectData Groups(int n) => new() { ["m1i"] = [1], ["sd1i"] = [1], ["n1i"] = [n], ["m2i"] = [1], ["sd2i"] = [1], ["n2i"] = [n] };

    /// <summary>The statistics that a measure is computed from, their covariances, and the columns that they stand in.</summary>
    private static (double[] At, double[,] Covariance, Func<double[], (string Name, double Value)[]> Columns) Sample(Measure measure, VarianceType type)
    {
        var isNull = type is VarianceType.H0 or VarianceType.H0a or VarianceType.H0b || measure.Code is "PETO" or "MPPETO";
        var isEven = isNull || type is VarianceType.HO or VarianceType.AVHO || Homoscedastic.Contains(measure.Code);
        var columns = measure.Family.Alternatives[0].Select(input => input.Column).ToHashSet();
        if (measure.Family == TwoByTwo.Family)
        {
            double[] cells = isNull ? [0.1 * N, 0.3 * N, 0.15 * N, 0.45 * N] : [0.1 * N, 0.3 * N, 0.2 * N, 0.4 * N];
            return (cells, Multinomial(cells, type == VarianceType.ST ? 2 : 4), Cells);
        }

        if (measure.Family == MatchedPairs.Family)
        {
            double[] cells = isNull ? [0.1 * N, 0.2 * N, 0.2 * N, 0.5 * N] : [0.1 * N, 0.25 * N, 0.15 * N, 0.5 * N];
            return (cells, Multinomial(cells, 4), Cells);
        }

        if (measure.Family == Genotypes.Family)
        {
            double[] cells = [0.2 * N, 0.5 * N, 0.3 * N];
            return (cells, Multinomial(cells, 3), Cells);
        }

        if (measure.Family == Reliability.Family)
        {
            return ([0.8], Diagonal(2 * 6 * 0.2 * 0.2 / (5 * N)), s => [("ai", s[0]), ("mi", 6), ("ni", N)]);
        }

        if (columns.Contains("x1i"))
        {
            return ([N, 2 * N], Diagonal(N, 2 * N), s => [("x1i", s[0]), ("t1i", 3 * N), ("x2i", s[1]), ("t2i", 5 * N)]);
        }

        if (columns.Contains("xi"))
        {
            return columns.Contains("ti")
                ? ([N], Diagonal(N), s => [("xi", s[0]), ("ti", 3 * N)])
                : ([0.3 * N], Diagonal(0.21 * N), s => [("xi", s[0]), ("ni", N)]);
        }

        if (columns.Contains("n1i"))
        {
            return Groups(isNull || type == VarianceType.AVHO ? 3 : 4, isEven ? 2 : 1.5, type == VarianceType.CS);
        }

        if (columns.Contains("sd1i"))
        {
            return Change(isNull ? 3 : 4, isEven ? 2 : 1.5);
        }

        if (columns.Contains("sdi"))
        {
            return ([3, 2], Diagonal(4 / N, 2 / N), s => [("mi", s[0]), ("sdi", s[1]), ("ni", N)]);
        }

        return columns.Contains("r2i")
            ? Regression()
            : ([isNull ? 1e-9 : R], Diagonal(isNull ? 1 / N : Pow(1 - R * R, 2) / N), s => [("ri", s[0]), ("mi", 3), ("ni", N)]);
    }

    private static (string, double)[] Cells(double[] counts) => [.. counts.Zip(["ai", "bi", "ci", "di"], (count, name) => (name, count))];

    /// <summary>Two normal groups; in one sample whose members fell into the groups, their sizes vary, too.</summary>
    private static (double[], double[,], Func<double[], (string, double)[]>) Groups(double mean, double sd, bool isOneSample)
    {
        double n1 = 0.4 * N, n2 = 0.6 * N;
        return ([mean, sd, 3, 2, n1], Diagonal(sd * sd / n1, sd * sd / (2 * n1), 4 / n2, 2 / n2, isOneSample ? 0.24 * N : 0),
            s => [("m1i", s[0]), ("sd1i", s[1]), ("n1i", s[4]), ("m2i", s[2]), ("sd2i", s[3]), ("n2i", N - s[4])]);
    }

    /// <summary>A bivariate normal sample: means are independent of standard deviations and their correlation.</summary>
    private static (double[], double[,], Func<double[], (string, double)[]>) Change(double mean, double sd)
    {
        double between = sd * 2 * R / N, spreads = sd * 2 * R * R / (2 * N), ofR = R * (1 - R * R) / (2 * N);
        return ([mean, 3, sd, 2, R], new[,]
        {
            { sd * sd / N, between, 0, 0, 0 },
            { between, 4 / N, 0, 0, 0 },
            { 0, 0, sd * sd / (2 * N), spreads, sd * ofR },
            { 0, 0, spreads, 2 / N, 2 * ofR },
            { 0, 0, sd * ofR, 2 * ofR, Pow(1 - R * R, 2) / N },
        }, s => [("m1i", s[0]), ("m2i", s[1]), ("sd1i", s[2]), ("sd2i", s[3]), ("ri", s[4]), ("ni", N)]);
    }

    /// <summary>Two predictors of y, all normal: what the second adds to R^2, from the three correlations and their covariances.</summary>
    private static (double[], double[,], Func<double[], (string, double)[]>) Regression()
    {
        double[] at = [0.5, 0.4, 0.3];
        (int, int)[] pairs = [(0, 1), (0, 2), (1, 2)];
        double Rho(int i, int j) => i == j ? 1 : at[i + j - 1];
        double Covariance((int I, int J) a, (int K, int L) b)
        {
            var (i, j, k, l) = (a.I, a.J, b.K, b.L);
            return (Rho(i, j) * Rho(k, l) * (Pow(Rho(i, k), 2) + Pow(Rho(i, l), 2) + Pow(Rho(j, k), 2) + Pow(Rho(j, l), 2)) / 2
                + Rho(i, k) * Rho(j, l) + Rho(i, l) * Rho(j, k)
                - Rho(i, j) * (Rho(i, k) * Rho(i, l) + Rho(j, k) * Rho(j, l)) - Rho(k, l) * (Rho(i, k) * Rho(j, k) + Rho(i, l) * Rho(j, l))) / N;
        }

        var covariance = new double[3, 3];
        for (var i = 0; i < 3; i++)
        {
            for (var j = 0; j < 3; j++)
            {
                covariance[i, j] = Covariance(pairs[i], pairs[j]);
            }
        }

        return (at, covariance, s =>
        {
            var added = (s[1] - s[0] * s[2]) / Sqrt(1 - s[2] * s[2]);
            return [("ri", added), ("r2i", s[0] * s[0] + added * added), ("mi", 2), ("ni", N)];
        });
    }

    private static double[,] Diagonal(params double[] variances)
    {
        var matrix = new double[variances.Length, variances.Length];
        for (var i = 0; i < variances.Length; i++)
        {
            matrix[i, i] = variances[i];
        }

        return matrix;
    }

    /// <summary>Counts of samples of fixed sizes, each of which falls into so many neighbouring cells.</summary>
    private static double[,] Multinomial(double[] cells, int together)
    {
        var matrix = Diagonal(cells);
        for (var i = 0; i < cells.Length; i++)
        {
            for (var j = 0; j < cells.Length; j++)
            {
                var first = i / together * together;
                matrix[i, j] -= j / together == i / together ? cells[i] * cells[j] / cells.Skip(first).Take(together).Sum() : 0;
            }
        }

        return matrix;
    }
}
