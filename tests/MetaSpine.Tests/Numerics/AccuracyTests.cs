using System.Globalization;
using System.Text;

namespace MetaSpine.Tests;

/// <summary>
/// Functions where doubles lose digits, against Reference/accuracy.csv, which has 50; and the page that says how many are right, which must say what is
/// measured here.
/// </summary>
public sealed class AccuracyTests
{
    private const string Page = "../../src/MetaSpine/docs/accuracy.md";

    /// <summary>Thirteen digits, unless said.</summary>
    private const double Most = 1e-13;

    /// <summary>
    /// A tail below 1e-180 is the exponential of a sum of some 500, whose last bit is 5e-14 of it. Three columns of which one is a year and the next its
    /// square have a condition of 1e10, of which an orthogonal fit loses the part that is not in the intercept.
    /// </summary>
    private static readonly Dictionary<(string Function, string Where), double> Less = new()
    {
        [("t, upper tail", "df from 0.1 to 1e10")] = 2e-13,
        [("chi-squared, lower tail", "df from 1e4 to 1e6")] = 3e-13,
        [("chi-squared, upper tail", "df from 1e4 to 1e6")] = 3e-13,
        [("tau^2 by REML and ML", "raw years and their squares")] = 5e-13,
        [("REML and ML log-likelihood at its mode", "raw years and their squares")] = 5e-13,
    };

    private static readonly Dictionary<string, Func<double[][], double>> Functions = new()
    {
        ["normal, upper tail"] = a => NormalDistribution.Upper(a[0][0]),
        ["normal, lower quantile"] = a => NormalDistribution.Quantile(a[0][0]),
        ["t, upper tail"] = a => StudentT.Upper(a[0][0], a[0][1]),
        ["t, upper quantile"] = a => StudentT.UpperQuantile(a[0][0], a[0][1]),
        ["chi-squared, lower tail"] = a => ChiSquared.Lower(a[0][0], a[0][1]),
        ["chi-squared, upper tail"] = a => ChiSquared.Upper(a[0][0], a[0][1]),
        ["chi-squared, lower quantile"] = a => ChiSquared.Quantile(a[0][0], a[0][1]),
        ["chi-squared, upper quantile"] = a => ChiSquared.UpperQuantile(a[0][0], a[0][1]),
        ["F, lower tail"] = a => FDistribution.Lower(a[0][0], a[0][1], a[0][2]),
        ["F, upper tail"] = a => FDistribution.Upper(a[0][0], a[0][1], a[0][2]),
        ["F, lower quantile"] = a => FDistribution.Quantile(a[0][0], a[0][1], a[0][2]),
        ["F, upper quantile"] = a => FDistribution.UpperQuantile(a[0][0], a[0][1], a[0][2]),
        ["beta, lower tail"] = a => BetaDistribution.Lower(a[0][0], a[0][1], a[0][2]),
        ["beta, upper tail"] = a => BetaDistribution.Upper(a[0][0], a[0][1], a[0][2]),
        ["beta, lower quantile"] = a => BetaDistribution.Quantile(a[0][0], a[0][1], a[0][2]),
        ["weighted chi-squared, lower tail"] = a => new WeightedChiSquared([.. a[0], .. a[0]]).Lower(a[1][0]),
        ["weighted chi-squared, upper tail"] = a => new WeightedChiSquared([.. a[0], .. a[0]]).Upper(a[1][0]),
        ["bivariate normal, both below"] = a => BivariateNormal.Lower(a[0][0], a[0][1], a[0][2]),
        ["tetrachoric correlation"] = a => Tetrachoric.Correlation(a[0][0], a[0][1], a[0][2], a[0][3]),
        ["Hedges' J"] = a => SmallSample.J(a[0][0]),
        ["1 - (m - 2)/(m J^2)"] = a => SmallSample.UnbiasedShare(a[0][0]),
        ["error of Stirling's formula"] = a => SaddlePoint.StirlingError(a[0][0]),
        ["2F1(a, b, c, 1 - w)"] = a => Hypergeometric.BelowOne(a[0][0], a[0][1], a[0][2], a[0][3]),
        ["conditional likelihood of a table"] = a => new ConditionalTable(a[0][0], a[0][1], a[0][2], a[0][3]).At(a[0][4]).Value,
        ["conditional odds ratio of a table, its log"] = a => new ConditionalTable(a[0][0], a[0][1], a[0][2], a[0][3]).Free().Predictor,
        ["tau^2 by REML and ML"] = a => Fit(a).Tau2,
        ["REML and ML log-likelihood at its mode"] = a => a[0][0] == 1 ? Fit(a).Fit.RestrictedLogLikelihood : Fit(a).Fit.LogLikelihood,
    };

    [CostlyFact]
    public void The_digits_are_right_and_the_page_says_how_many()
    {
        var measured = Read().GroupBy(row => (row.Function, row.Where)).Select(group => new Measured(group.Key, [.. group])).ToList();
        measured.Where(group => group.Worst > Less.GetValueOrDefault(group.Key, Most))
            .Select(group => $"{group.Key}: {group.WorstRow.Arguments} gives {group.WorstRow.Actual:R}, not {group.WorstRow.Value}").ShouldBeEmpty();
        var stated = File.ReadLines(TestFiles.Path(Page)).Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Select(line => line.Trim('|', ' ').Split(" | ")).Skip(1).ToList();
        var all = "The page should have:\n" + string.Concat(measured.Select(group => group.Line));
        stated.Count.ShouldBe(measured.Count, all);
        foreach (var (fields, group) in stated.Zip(measured))
        {
            fields[..3].ShouldBe([group.Key.Function, group.Key.Where, $"{group.Rows.Count}"], all);
            fields[5].ShouldBe(group.DigitsOfR, all);

            // Other processors and libraries of functions round otherwise in the last place; beyond that the page must neither boast nor be too modest.
            var error = double.Parse(fields[3], CultureInfo.InvariantCulture);
            error.ShouldBeInRange(group.Worst / 2, 4 * Math.Max(group.Worst, 5e-17), all);
            fields[4].ShouldBe(Digits(error), all);
        }
    }

    /// <summary>Whether the likelihood is the restricted one, estimates, variances and moderators.</summary>
    private static ModelResult Fit(double[][] a)
    {
        var x = a.Length == 3 ? null : Enumerable.Range(0, a[1].Length).Select(i => (double[])[1, .. a[3..].Select(column => column[i])]).ToArray();
        return new PoolingProblem(a[1], a[2], x, a[2]).Fit(new PoolingOptions { Method = a[0][0] == 1 ? PoolingMethod.REML : PoolingMethod.ML });
    }

    private static IEnumerable<Row> Read() => File.ReadLines(TestFiles.Path("Numerics/Reference/accuracy.csv")).Skip(1).Select(line => line.Split(';')).Select(fields => new Row(
        fields[0], fields[1], fields[2], double.Parse(fields[3], CultureInfo.InvariantCulture), fields[3],
        fields[4] switch { "" => null, "NA" => double.NaN, var number => double.Parse(number, CultureInfo.InvariantCulture) }));

    /// <summary>Decimal digits that are right in the worst case.</summary>
    private static string Digits(double error) => error >= 1 ? "none" : (Math.Floor(-10 * Math.Log10(error)) / 10).ToString("0.0", CultureInfo.InvariantCulture);

    private sealed record Row(string Function, string Where, string Arguments, double Expected, string Value, double? R)
    {
        public double Actual { get; } = Functions[Function](Array.ConvertAll(
            Arguments.Split('|'), list => Array.ConvertAll(list.Split(' ', StringSplitOptions.RemoveEmptyEntries), number => double.Parse(number, CultureInfo.InvariantCulture))));

        public double Error => RelativeTo(Actual);

        /// <summary>A number that is none is wrong altogether.</summary>
        public double? ErrorOfR => R is { } r ? double.IsFinite(r) ? RelativeTo(r) : 1 : null;

        /// <summary>The double next to the 50 digits may itself be half a unit off, which the next digits decide.</summary>
        private double RelativeTo(double number) => Math.Abs((double)((Real)number - Exact(Value))) / Math.Abs(Expected);

        private static Real Exact(string value)
        {
            var parts = value.Split('e');
            var mantissa = parts[0];
            var point = mantissa.IndexOf('.', StringComparison.Ordinal);
            var places = point < 0 ? 0 : mantissa.Length - point - 1;
            var sum = Real.Zero;
            foreach (var digit in mantissa.Where(char.IsAsciiDigit))
            {
                sum = 10 * sum + (digit - '0');
            }

            var power = (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0) - places;
            var scale = Enumerable.Repeat((Real)10, Math.Abs(power)).Aggregate(Real.One, (product, ten) => product * ten);
            var size = power < 0 ? sum / scale : sum * scale;
            return value[0] == '-' ? -size : size;
        }
    }

    private sealed record Measured((string Function, string Where) Key, List<Row> Rows)
    {
        public Row WorstRow { get; } = Rows.MaxBy(row => row.Error)!;

        public double Worst => WorstRow.Error;

        public string DigitsOfR => Rows[0].ErrorOfR is null ? "-" : AccuracyTests.Digits(Rows.Max(row => row.ErrorOfR!.Value));

        public string Line
        {
            get
            {
                // Rounded up to two digits, so that the page does not say less than is measured.
                var unit = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(Worst, 1e-17))) - 1);
                var error = (Math.Ceiling(Math.Max(Worst, 1e-17) / unit) * unit).ToString("0.0e-0", CultureInfo.InvariantCulture);
                return new StringBuilder().AppendJoin(" | ", "| " + Key.Function, Key.Where, Rows.Count, error, AccuracyTests.Digits(double.Parse(error, CultureInfo.InvariantCulture)), DigitsOfR).Append(" |\n").ToString();
            }
        }
    }
}
