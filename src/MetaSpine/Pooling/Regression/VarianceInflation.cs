namespace MetaSpine;

/// <summary>How much the moderators' dependence on each other widens a coefficient, or the joint region of several.</summary>
/// <param name="Name">The coefficient or term.</param>
/// <param name="Count">The number of its coefficients, m.</param>
/// <param name="Factor">The variance inflation factor; generalised for several coefficients. 1: none.</param>
/// <param name="PerCoefficient">Factor^(1/2m): the inflation of a standard error, comparable between terms.</param>
public sealed record VarianceInflation(string Name, int Count, double Factor, double PerCoefficient);

public sealed partial record RegressionResult
{
    /// <summary>
    /// The generalised variance inflation factors of the terms (Fox and Monette 1992, doi:10.1080/01621459.1992.10475190), from the correlations of the coefficients but the intercept.
    /// </summary>
    public IReadOnlyList<VarianceInflation> VarianceInflations =>
        [.. Design.Terms.Terms.Where(term => term.Variables.Count > 0).Select(term => Inflation(term.Name, [.. term.Columns]))];

    /// <summary>The variance inflation factor of each coefficient but the intercept.</summary>
    public IReadOnlyList<VarianceInflation> CoefficientInflations => [.. Slopes.Select(column => Inflation(Design.Columns[column], [column]))];

    private int[] Slopes => [.. Design.Terms.Terms.Where(term => term.Variables.Count > 0).SelectMany(term => term.Columns)];

    private VarianceInflation Inflation(string name, int[] columns)
    {
        int[] others = [.. Slopes.Except(columns)];
        var log = LogDeterminant(columns) + LogDeterminant(others) - LogDeterminant([.. columns, .. others]);
        return new VarianceInflation(name, columns.Length, Math.Exp(log), Math.Exp(log / (2 * columns.Length)));
    }

    /// <summary>Of the correlations of some coefficients, by Cholesky factors.</summary>
    private double LogDeterminant(int[] columns)
    {
        var m = columns.Length;
        var lower = new double[m, m];
        double log = 0;
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = i == j ? 1 : Covariance[columns[i]][columns[j]] / Math.Sqrt(Covariance[columns[i]][columns[i]] * Covariance[columns[j]][columns[j]]);
                for (var n = 0; n < j; n++)
                {
                    sum -= lower[i, n] * lower[j, n];
                }

                lower[i, j] = i == j ? Math.Sqrt(sum) : sum / lower[j, j];
            }

            log += 2 * Math.Log(lower[i, i]);
        }

        return log;
    }
}
