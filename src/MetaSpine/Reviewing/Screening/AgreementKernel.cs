namespace MetaSpine;

/// <summary>
/// Coefficients of agreement and their standard errors. Every one of two raters is (Po - Pe) / (1 - Pe) of the table of shares p; its variance
/// follows from the gradients of Po and Pe (delta method under multinomial sampling), which for Cohen's kappa is what J. L. Fleiss,
/// J. Cohen and B. S. Everitt (1969), Psychological Bulletin 72, 323-327, doi:10.1037/h0028106 print.
/// </summary>
internal static class AgreementKernel
{
    public static double Level(double level) =>
        level is > 0 and < 1 ? level : throw new ArgumentOutOfRangeException(nameof(level), level, "The level lies between 0 and 1, such as 0.95.");

    /// <summary>The weight of agreement of two categories: 1 on the diagonal, less beside it by the power of their distance.</summary>
    /// <remarks>The power is 0 for none beside the diagonal, 1 for linear, 2 for quadratic weights (J. Cohen 1968, doi:10.1037/h0026256).</remarks>
    public static double Weight(int i, int j, int size, int power) =>
        i == j ? 1 : power == 0 ? 0 : 1 - Math.Pow(Math.Abs(i - j) / (size - 1.0), power);

    /// <summary>Cohen's kappa: chance is that each rater keeps to his own shares.</summary>
    public static AgreementCoefficient Cohen(AgreementTable table, int power, double level)
    {
        var (size, p, rows, columns) = Shares(table);
        var (rowMeans, columnMeans) = (new double[size], new double[size]);
        double observed = 0, expected = 0;
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                var weight = Weight(i, j, size, power);
                observed += weight * p[i, j];
                expected += weight * rows[i] * columns[j];
                rowMeans[i] += weight * columns[j];
                columnMeans[j] += weight * rows[i];
            }
        }

        var (code, name) = power switch
        {
            0 => ("kappa", "Cohen's kappa"),
            1 => ("kappa-linear", "Kappa, linear weights"),
            _ => ("kappa-quadratic", "Kappa, quadratic weights"),
        };
        double Chance(int i, int j) => rowMeans[i] + columnMeans[j];
        double scatter = 0;
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                scatter += rows[i] * columns[j] * Math.Pow(Weight(i, j, size, power) - Chance(i, j) + expected, 2);
            }
        }

        return Finish(new(code, name, observed, expected), p, (i, j) => Weight(i, j, size, power), Chance, table.Total, level) with
        {
            NullStandardError = expected < 1 ? Root(scatter, table.Total) / (1 - expected) : null,
        };
    }

    /// <summary>Scott's pi: chance is that both raters share their shares.</summary>
    public static AgreementCoefficient Scott(AgreementTable table, double level)
    {
        var (size, p, rows, columns) = Shares(table);
        var pooled = Pooled(rows, columns);
        return Finish(new("scott-pi", "Scott's pi", Diagonal(p, size), pooled.Sum(share => share * share)), p, Same, (i, j) => pooled[i] + pooled[j], table.Total, level);
    }

    /// <summary>Gwet's AC1: chance is that a share of the records is judged at random.</summary>
    public static AgreementCoefficient Ac1(AgreementTable table, double level)
    {
        var (size, p, rows, columns) = Shares(table);
        var pooled = Pooled(rows, columns);
        return Finish(
            new("ac1", "Gwet's AC1", Diagonal(p, size), pooled.Sum(share => share * (1 - share)) / (size - 1)), p, Same,
            (i, j) => (1 - pooled[i] - pooled[j]) / (size - 1), table.Total, level);
    }

    /// <summary>Kappa adjusted for prevalence and bias: chance is that every category is as likely.</summary>
    public static AgreementCoefficient Pabak(AgreementTable table, double level)
    {
        var (size, p, _, _) = Shares(table);
        return Finish(new("pabak", "PABAK", Diagonal(p, size), 1.0 / size), p, Same, (_, _) => 0, table.Total, level);
    }

    /// <summary>The coefficient with its interval; none where it cannot be estimated.</summary>
    public static AgreementCoefficient WithInterval(AgreementCoefficient coefficient, double? error, double level)
    {
        if (coefficient.Estimate is not { } estimate || error is not { } known)
        {
            return coefficient;
        }

        var half = NormalDistribution.UpperQuantile((1 - level) / 2) * known;
        return coefficient with { StandardError = known, Interval = new(Math.Max(-1, estimate - half), Math.Min(1, estimate + half), level) };
    }

    private static AgreementCoefficient Finish(
        AgreementCoefficient coefficient, double[,] p, Func<int, int, double> agreement, Func<int, int, double> chance, long divisor, double level)
    {
        var (observed, expected, size) = (coefficient.Observed, coefficient.Expected, p.GetLength(0));
        if (expected >= 1 || divisor < 1)
        {
            return coefficient;
        }

        // Centred on the mean, so that full agreement gives exactly 0 and nothing cancels.
        double Gradient(int i, int j) => agreement(i, j) * (1 - expected) - chance(i, j) * (1 - observed);
        double mean = 0, square = 0;
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                mean += p[i, j] * Gradient(i, j);
            }
        }

        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                square += p[i, j] * Math.Pow(Gradient(i, j) - mean, 2);
            }
        }

        return WithInterval(coefficient, Root(square, divisor) / Math.Pow(1 - expected, 2), level);
    }

    private static double Root(double variance, long divisor) => Math.Sqrt(Math.Max(0, variance) / divisor);

    private static double Same(int i, int j) => i == j ? 1 : 0;

    private static double Diagonal(double[,] p, int size) => Enumerable.Range(0, size).Sum(i => p[i, i]);

    private static double[] Pooled(double[] rows, double[] columns) => [.. rows.Zip(columns, (row, column) => (row + column) / 2)];

    private static (int Size, double[,] P, double[] Rows, double[] Columns) Shares(AgreementTable table)
    {
        var size = table.Categories.Count;
        var p = new double[size, size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                p[i, j] = table[i, j] / (double)table.Total;
            }
        }

        return (size, p, [.. Enumerable.Range(0, size).Select(i => table.RowTotal(i) / (double)table.Total)], [.. Enumerable.Range(0, size).Select(j => table.ColumnTotal(j) / (double)table.Total)]);
    }
}
