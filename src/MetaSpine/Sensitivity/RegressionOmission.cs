namespace MetaSpine;

/// <summary>A meta-regression without each study, or without each cluster of studies.</summary>
/// <remarks>Viechtbauer and Cheung (2010), Research Synthesis Methods 1:112, doi:10.1002/jrsm.11. tau^2 is estimated anew each time, by the same method, test and weights.</remarks>
public static class RegressionOmission
{
    /// <summary>Leaves each study out in turn.</summary>
    /// <param name="result">A meta-regression.</param>
    /// <exception cref="PoolingException">There are fewer than two studies more than coefficients.</exception>
    public static RegressionOmissionResult LeaveOneOut(this RegressionResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var (k, p) = (result.StudyCount, result.Coefficients.Count);
        return k >= p + 2
            ? Without(result, [.. result.Studies.Select((study, i) => (study.Effect.Label, new[] { i }))])
            : throw new PoolingException(FormattableString.Invariant(
                $"Leaving one study out of this meta-regression needs at least {p + 2} studies, two more than coefficients; there {(k == 1 ? "is 1" : $"are {k}")}."));
    }

    /// <summary>Leaves each cluster out in turn: the studies of one team, country or design.</summary>
    /// <param name="result">A meta-regression.</param>
    /// <param name="clusters">The cluster of each effect size, in the order of the effect sizes that were given; those left out of the model are skipped.</param>
    /// <exception cref="PoolingException">All studies are of one cluster.</exception>
    /// <exception cref="ArgumentException">There is not one cluster name per effect size, or one is empty.</exception>
    public static RegressionOmissionResult LeaveOneClusterOut(this RegressionResult result, IReadOnlyList<string> clusters)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Without(result, Omission.Clusters([.. result.Studies.Select(study => (study.Effect.Label, study.Row))], result.Effects.Count, clusters));
    }

    private static RegressionOmissionResult Without(RegressionResult result, IReadOnlyList<(string Label, int[] Studies)> omitted)
    {
        var model = new SubsetModel(result);
        var fits = new RegressionWithout[omitted.Count];
        for (var i = 0; i < fits.Length; i++)
        {
            var (label, left) = omitted[i];
            int[] others = [.. Enumerable.Range(0, result.StudyCount).Except(left)];
            var fit = model.Fit(others);
            fits[i] = new RegressionWithout(
                label,
                Array.ConvertAll(left, study => result.Studies[study].Row),
                others.Length,
                fit is null ? [] : [.. fit.Coefficients.Select((value, j) => fit.Inference.Coefficient(model.Data.Columns[j], value, j))],
                fit?.Tau2,
                fit is null ? "the others do not determine the coefficients" : null);
        }

        return new RegressionOmissionResult(result, fits);
    }
}

/// <summary>A meta-regression with some of its studies left out in turn.</summary>
/// <param name="Model">The model of all studies.</param>
/// <param name="Fits">One for each study or cluster that was left out, in the order of the studies.</param>
public sealed partial record RegressionOmissionResult(RegressionResult Model, IReadOnlyList<RegressionWithout> Fits)
{
    /// <summary>
    /// Where a moderator's conclusion turns: what was left out, and the coefficient whose interval then includes 0 where that of all studies excludes it, or
    /// the other way round. The intercept does not count.
    /// </summary>
    public IReadOnlyList<(string Label, string Coefficient)> Changes
    {
        get
        {
            var intercept = ModelData.Of(Model).Intercept;
            return
            [
                .. from fit in Fits
                   from j in Enumerable.Range(0, fit.Coefficients.Count)
                   where j != intercept && fit.Coefficients[j].Interval.Contains(0) != Model.Coefficients[j].Interval.Contains(0)
                   select (fit.Label, fit.Coefficients[j].Name),
            ];
        }
    }
}

/// <summary>A meta-regression without some studies.</summary>
/// <param name="Label">The study or the cluster left out.</param>
/// <param name="Rows">Its rows in the effect sizes, from 0.</param>
/// <param name="StudyCount">The number of studies that are left.</param>
/// <param name="Coefficients">The coefficients with their tests and intervals; empty where they are not determined.</param>
/// <param name="Tau2">tau^2; null likewise.</param>
/// <param name="Problem">Why there are no coefficients; null where there are.</param>
public sealed record RegressionWithout(string Label, IReadOnlyList<int> Rows, int StudyCount, IReadOnlyList<Coefficient> Coefficients, double? Tau2, string? Problem);
