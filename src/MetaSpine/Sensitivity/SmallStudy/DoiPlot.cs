namespace MetaSpine;

/// <summary>A study's place in a Doi plot.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Estimate">Its estimate on the analysis scale, the horizontal place.</param>
/// <param name="ZScore">Its normal score; the plot shows its absolute value downwards from 0.</param>
public sealed record DoiPoint(string Label, double Estimate, double ZScore);

/// <summary>A Doi plot with its index of asymmetry.</summary>
/// <remarks>L. Furuya-Kanamori, J. J. Barendregt and S. A. R. Doi (2018), International Journal of Evidence-Based Healthcare 16:195, doi:10.1097/XEB.0000000000000141.</remarks>
public sealed partial record DoiPlotResult
{
    /// <summary>The studies, in the order of the model.</summary>
    public required IReadOnlyList<DoiPoint> Points { get; init; }

    /// <summary>The LFK index: its authors call up to 1 no asymmetry, up to 2 minor, beyond major.</summary>
    public required double Index { get; init; }

    /// <summary>What was found, in words, with a caution; one sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}

/// <summary>The Doi plot and the LFK index: <see cref="Draw"/> gives the picture, <see cref="DoiPlotData"/> the numbers.</summary>
public static partial class DoiPlot
{
    /// <summary>Computes the plot's points and the LFK index.</summary>
    /// <param name="result">A pooled result.</param>
    /// <exception cref="PoolingException">There are fewer than 3 studies, or all estimates are equal.</exception>
    public static DoiPlotResult DoiPlotData(this PooledResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var data = new FunnelData(result);
        if (data.K < AsymmetryKernels.Fewest)
        {
            throw new PoolingException(FormattableString.Invariant($"A Doi plot needs at least {AsymmetryKernels.Fewest} studies; there {(data.K == 1 ? "is 1" : $"are {data.K}")}."));
        }

        if (FunnelLine.IsFlat(data.Y))
        {
            throw new PoolingException("All estimates are equal, so that a Doi plot has no width.");
        }

        // Each study stands for a number of ranks that grows with its precision; its score is that of the middle one.
        var largest = data.V.Max();
        var sizes = Array.ConvertAll(data.V, v => 100 * largest / v);
        var (all, before, scores) = (sizes.Sum(), 0.0, new double[data.K]);
        foreach (var i in Enumerable.Range(0, data.K).OrderBy(i => data.Y[i]))
        {
            scores[i] = NormalDistribution.Quantile((before + sizes[i] / 2 - .5) / all);
            before += sizes[i];
        }

        var middle = data.Y[Enumerable.Range(0, data.K).MinBy(i => Math.Abs(scores[i]))];
        var ratio = (scores.Max() - scores.Min()) / (data.Y.Max() - data.Y.Min());
        var index = 5.0 / (2 * data.K) * Enumerable.Range(0, data.K).Sum(i => scores[i] + ratio * (data.Y[i] - middle));
        return new DoiPlotResult
        {
            Points = [.. result.Studies.Select((study, i) => new DoiPoint(study.Effect.Label, data.Y[i], scores[i]))],
            Index = index,
            Notes =
            [
                SmallStudyNotes.Text($"The LFK index is {index:0.00}: {Grade(index)} asymmetry by its authors' rule."),
                "The LFK index is not a test: its size depends on the number of studies, and it calls many symmetric funnel plots asymmetric (Schwarzer, Rücker and Semaca 2024, doi:10.1002/jrsm.1714).",
            ],
        };
    }

    private static string Grade(double index) => Math.Abs(index) switch { <= 1 => "no", <= 2 => "minor", _ => "major" };
}
