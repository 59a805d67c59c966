namespace MetaSpine;

/// <summary>The numbers behind a fitted model: what resampling and robust covariances start from.</summary>
/// <param name="Y">Estimates.</param>
/// <param name="V">Sampling variances.</param>
/// <param name="X">The design matrix, row by row.</param>
/// <param name="Columns">The names of its columns.</param>
/// <param name="Rows">The row of each study in the effect sizes that were given.</param>
internal sealed record ModelData(double[] Y, double[] V, double[] X, IReadOnlyList<string> Columns, int[] Rows)
{
    /// <summary>Studies.</summary>
    public int K => Y.Length;

    /// <summary>Coefficients.</summary>
    public int P => Columns.Count;

    public static ModelData Of(ModelResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var design = (result as RegressionResult)?.Design;
        var columns = design?.Columns ?? ["estimate"];
        var (k, p) = (result.StudyCount, columns.Count);
        var data = new ModelData(new double[k], new double[k], new double[k * p], columns, new int[k]);
        for (var i = 0; i < k; i++)
        {
            var study = result.Studies[i];
            data.Y[i] = study.Effect.Estimate;
            data.V[i] = study.Effect.Variance;
            data.Rows[i] = study.Row;
            for (var j = 0; j < p; j++)
            {
                data.X[i * p + j] = design is null ? 1 : design[study.Row, j];
            }
        }

        return data;
    }

    /// <summary>The column of ones; -1 where there is none.</summary>
    public int Intercept => Enumerable.Range(0, P).FirstOrDefault(j => Enumerable.Range(0, K).All(i => X[i * P + j] == 1), -1);

    /// <summary>The coefficients of the omnibus test: all but the intercept, or all where there is none else.</summary>
    public int[] Tested
    {
        get
        {
            var intercept = Intercept;
            return P == 1 ? [0] : [.. Enumerable.Range(0, P).Where(j => j != intercept)];
        }
    }
}
