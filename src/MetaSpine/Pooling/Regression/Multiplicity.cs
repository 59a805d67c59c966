namespace MetaSpine;

/// <summary>How p-values of several tests are adjusted for their number.</summary>
public enum Multiplicity
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Bonferroni: times the number of tests. Keeps the chance of any false rejection; never better than Holm.</summary>
    Bonferroni,

    /// <summary>Holm (1979), Scandinavian Journal of Statistics 6:65: keeps the chance of any false rejection, whatever the dependence.</summary>
    Holm,

    /// <summary>Benjamini and Hochberg (1995, doi:10.1111/j.2517-6161.1995.tb02031.x): keeps the expected share of false rejections.</summary>
    BenjaminiHochberg,
}

/// <summary>Adjusted p-values.</summary>
internal static class MultiplicityAdjustment
{
    public static double[] Adjust(double[] p, Multiplicity method)
    {
        var m = p.Length;
        if (method is Multiplicity.None or Multiplicity.Bonferroni)
        {
            return Array.ConvertAll(p, value => method == Multiplicity.None ? value : Math.Min(1, m * value));
        }

        int[] order = [.. Enumerable.Range(0, m).OrderBy(i => p[i])];
        var adjusted = new double[m];
        if (method == Multiplicity.Holm)
        {
            double largest = 0;
            for (var rank = 0; rank < m; rank++)
            {
                adjusted[order[rank]] = largest = Math.Max(largest, Math.Min(1, (m - rank) * p[order[rank]]));
            }

            return adjusted;
        }

        double smallest = 1;
        for (var rank = m - 1; rank >= 0; rank--)
        {
            adjusted[order[rank]] = smallest = Math.Min(smallest, m * p[order[rank]] / (rank + 1));
        }

        return adjusted;
    }
}
