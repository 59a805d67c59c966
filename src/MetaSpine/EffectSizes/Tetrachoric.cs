using static MetaSpine.Powers;

namespace MetaSpine;

/// <summary>
/// The tetrachoric correlation: that of two normal variables of which a table shows whether each is above its cut. The model
/// has as many parameters as the table has free cells, so at the maximum of the likelihood the cuts are the quantiles of the
/// margins, and the correlation is the root of one equation.
/// </summary>
internal static class Tetrachoric
{
    /// <summary>The estimate; NaN where a margin or a cell is empty, since then the likelihood has no maximum inside (-1, 1).</summary>
    public static double Correlation(double a, double b, double c, double d)
    {
        var n = a + b + c + d;
        var (h, k) = Cuts(a, b, c, n);
        return a > 0 && b > 0 && c > 0 && d > 0 ? BivariateNormal.CorrelationOf((a * d - b * c) / (n * n), h, k) : double.NaN;
    }

    /// <summary>
    /// The inverse of the observed information, which is the delta method over the cells: a cell's count moves the correlation
    /// by its own probability less what it does to both cuts (Hamdan 1970, doi:10.1093/biomet/57.1.212).
    /// </summary>
    public static double Variance(double a, double b, double c, double d, double correlation)
    {
        var n = a + b + c + d;
        var (h, k) = Cuts(a, b, c, n);
        var root = Math.Sqrt((1 - correlation) * (1 + correlation));
        var byRow = NormalDistribution.Lower((k - correlation * h) / root);
        var byColumn = NormalDistribution.Lower((h - correlation * k) / root);
        double atA = 1 - byRow - byColumn, atB = -byRow, atC = -byColumn;
        var mean = (a * atA + b * atB + c * atC) / n;
        var sum = (a * Square(atA - mean) + b * Square(atB - mean) + c * Square(atC - mean) + d * Square(mean)) / n;
        return sum / (n * Square(BivariateNormal.Density(h, k, correlation)));
    }

    private static (double Row, double Column) Cuts(double a, double b, double c, double n) =>
        (NormalDistribution.Quantile((a + b) / n), NormalDistribution.Quantile((a + c) / n));
}
