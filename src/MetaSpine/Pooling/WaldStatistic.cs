namespace MetaSpine;

/// <summary>The Wald statistic b'C^-1 b of some coefficients, by Cholesky factors of their part of the covariance.</summary>
internal static class WaldStatistic
{
    /// <param name="coefficients">All coefficients.</param>
    /// <param name="covariance">Their covariance, row by row.</param>
    /// <param name="factor">What multiplies it.</param>
    /// <param name="tested">The positions of those tested.</param>
    public static double Of(ReadOnlySpan<double> coefficients, ReadOnlySpan<double> covariance, double factor, ReadOnlySpan<int> tested)
    {
        var (p, m) = (coefficients.Length, tested.Length);
        var lower = new double[m, m];
        var solved = new double[m];
        double wald = 0;
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = factor * covariance[tested[i] * p + tested[j]];
                for (var n = 0; n < j; n++)
                {
                    sum -= lower[i, n] * lower[j, n];
                }

                lower[i, j] = i == j ? Math.Sqrt(sum) : sum / lower[j, j];
            }

            var right = coefficients[tested[i]];
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
