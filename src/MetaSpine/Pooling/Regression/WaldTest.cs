namespace MetaSpine;

/// <summary>The Wald statistic b'C^-1 b, by Cholesky factors of the covariance.</summary>
internal static class WaldTest
{
    /// <summary>Estimates of which one is a combination of others, to rounding, have no joint test.</summary>
    private const double Dependent = 1e-14;

    /// <param name="estimates">The estimates.</param>
    /// <param name="covariance">Their covariance, scaled.</param>
    /// <returns>Null where the covariance is singular.</returns>
    public static double? Statistic(double[] estimates, Func<int, int, double> covariance)
    {
        var m = estimates.Length;
        var lower = new double[m, m];
        var solved = new double[m];
        double wald = 0;
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = covariance(i, j);
                for (var n = 0; n < j; n++)
                {
                    sum -= lower[i, n] * lower[j, n];
                }

                if (i == j && !(sum > Dependent * covariance(i, i)))
                {
                    // No variance at all is Knapp-Hartung's with equal estimates.
                    return covariance(i, i) == 0 ? double.PositiveInfinity : null;
                }

                lower[i, j] = i == j ? Math.Sqrt(sum) : sum / lower[j, j];
            }

            var right = estimates[i];
            for (var n = 0; n < i; n++)
            {
                right -= lower[i, n] * solved[n];
            }

            solved[i] = right / lower[i, i];
            wald += solved[i] * solved[i];
        }

        return wald;
    }
}
