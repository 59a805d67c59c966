namespace MetaSpine;

/// <summary>A fitted model of dependent effects with its numbers: what every question about it starts from.</summary>
/// <param name="Rows">The row of each effect of the model in the effect sizes that were given.</param>
/// <param name="Y">The estimates.</param>
/// <param name="V">Their sampling covariance.</param>
/// <param name="X">The design matrix, row by row.</param>
/// <param name="Columns">The names of its columns.</param>
/// <param name="Parts">The terms of random effects.</param>
/// <param name="Likelihood">The likelihood.</param>
/// <param name="Maximum">Its highest point.</param>
/// <param name="Unit">The standard deviation that counts as 1 in the search.</param>
/// <param name="Groupings">The variables that the terms name, as they were given.</param>
/// <param name="GivenCovariance">The sampling covariance of all effect sizes, as it was given.</param>
internal sealed record MultilevelModel(
    int[] Rows,
    double[] Y,
    SamplingCovariance V,
    double[] X,
    IReadOnlyList<string> Columns,
    IReadOnlyList<RandomPart> Parts,
    MixedLikelihood Likelihood,
    ComponentMaximum Maximum,
    double Unit,
    IReadOnlyList<Predictor> Groupings,
    SamplingCovariance? GivenCovariance)
{
    /// <summary>Effects.</summary>
    public int K => Y.Length;

    /// <summary>Coefficients.</summary>
    public int P => Columns.Count;

    /// <summary>The column of ones; -1 where there is none.</summary>
    public int Intercept { get; } = Enumerable.Range(0, Columns.Count).FirstOrDefault(j => Enumerable.Range(0, Y.Length).All(i => X[i * Columns.Count + j] == 1), -1);

    /// <summary>The coefficients of the omnibus test: all but the intercept, or all where there is none else.</summary>
    public int[] Tested => P == 1 ? [0] : [.. Enumerable.Range(0, P).Where(j => j != Intercept)];

    /// <summary>Where the parameters of a part begin among all.</summary>
    public int FirstParameter(int part) => Parts.Take(part).Sum(before => before.Factor.Parameters.Count);

    /// <summary>The parameters that are estimated and lie inside what is possible.</summary>
    public int[] Free => [.. Enumerable.Range(0, Maximum.Theta.Length).Where(i => Maximum.IsFree[i])];

    /// <summary>The row sums of M^-1 as shares: how much each effect counts in the pooled estimate.</summary>
    public double[] Shares()
    {
        var ones = Likelihood.Whiten(Enumerable.Repeat(1.0, K).ToArray());
        var sums = Likelihood.Weighted(Maximum.Theta, [ones])[0];
        var total = sums.Sum();
        return Array.ConvertAll(sums, sum => sum / total);
    }

    /// <summary>The marginal covariance M of some effects, row by row.</summary>
    public double[] Marginal(int[] effects) => Marginal(effects, Maximum.Theta);

    /// <summary>The same at other parameters.</summary>
    public double[] Marginal(int[] effects, ReadOnlySpan<double> theta)
    {
        var n = effects.Length;
        var marginal = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                marginal[i * n + j] = V[effects[i], effects[j]];
            }
        }

        for (var part = 0; part < Parts.Count; part++)
        {
            var (current, first) = (Parts[part], FirstParameter(part));
            var own = theta.Slice(first, current.Factor.Parameters.Count);
            foreach (var level in Enumerable.Range(0, n).GroupBy(i => current.Levels[effects[i]]))
            {
                var width = current.Widths[level.Key];
                var factor = new double[width * width];
                current.Factor.Fill(own, level.Key, factor);

                // Each effect's row of ZL: their products are the covariances.
                var rows = level.Select(i => (Effect: i, Row: Row(current.Entries[effects[i]], factor, width))).ToList();
                foreach (var (i, left) in rows)
                {
                    foreach (var (j, right) in rows)
                    {
                        marginal[i * n + j] += OrthogonalFit.Dot(left, right);
                    }
                }
            }
        }

        return marginal;
    }

    private static double[] Row((int Effect, double Value)[] entries, double[] factor, int width)
    {
        var row = new double[width];
        foreach (var (effect, value) in entries)
        {
            for (var j = 0; j <= effect; j++)
            {
                row[j] += value * factor[effect * width + j];
            }
        }

        return row;
    }
}
