namespace MetaSpine;

/// <summary>Symmetric positive definite matrices of a handful of rows, by Cholesky factors.</summary>
internal static class SmallMatrix
{
    /// <summary>Solves A x = b; null where A is not positive definite.</summary>
    public static double[]? Solve(double[,] a, double[] b)
    {
        if (Factor(a) is not { } lower)
        {
            return null;
        }

        var x = (double[])b.Clone();
        for (var i = 0; i < x.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                x[i] -= lower[i, j] * x[j];
            }

            x[i] /= lower[i, i];
        }

        for (var i = x.Length - 1; i >= 0; i--)
        {
            for (var j = i + 1; j < x.Length; j++)
            {
                x[i] -= lower[j, i] * x[j];
            }

            x[i] /= lower[i, i];
        }

        return x;
    }

    /// <summary>The inverse; null where A is not positive definite.</summary>
    public static double[,]? Inverse(double[,] a)
    {
        var n = a.GetLength(0);
        var inverse = new double[n, n];
        for (var column = 0; column < n; column++)
        {
            var unit = new double[n];
            unit[column] = 1;
            if (Solve(a, unit) is not { } x)
            {
                return null;
            }

            for (var row = 0; row < n; row++)
            {
                inverse[row, column] = x[row];
            }
        }

        return inverse;
    }

    /// <summary>ln|A|; null where A is not positive definite.</summary>
    public static double? LogDeterminant(double[,] a)
    {
        if (Factor(a) is not { } lower)
        {
            return null;
        }

        double sum = 0;
        for (var i = 0; i < a.GetLength(0); i++)
        {
            sum += 2 * Math.Log(lower[i, i]);
        }

        return sum;
    }

    /// <summary>The rows and columns with the given numbers.</summary>
    public static double[,] Part(double[,] a, int[] numbers)
    {
        var part = new double[numbers.Length, numbers.Length];
        for (var i = 0; i < numbers.Length; i++)
        {
            for (var j = 0; j < numbers.Length; j++)
            {
                part[i, j] = a[numbers[i], numbers[j]];
            }
        }

        return part;
    }

    private static double[,]? Factor(double[,] a)
    {
        var n = a.GetLength(0);
        var lower = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = a[i, j];
                for (var m = 0; m < j; m++)
                {
                    sum -= lower[i, m] * lower[j, m];
                }

                if (i == j && !(sum > 1e-14 * Math.Abs(a[i, i])))
                {
                    return null;
                }

                lower[i, j] = i == j ? Math.Sqrt(sum) : sum / lower[j, j];
            }
        }

        return lower;
    }
}
