namespace MetaSpine;

/// <summary>What a pooled result becomes without some of its studies, computed beforehand and in words: the page only looks it up.</summary>
/// <param name="Most">The largest number of studies that may be left out.</param>
/// <param name="Names">The studies that can be left out, by their rows.</param>
/// <param name="Results">By the rows left out, in ascending order and joined by commas; the empty key is all studies together.</param>
internal sealed record LeaveOutTable(int Most, IReadOnlyDictionary<int, string> Names, IReadOnlyDictionary<string, LeaveOutLine> Results)
{
    /// <summary>The page stays small enough to be mailed.</summary>
    private const int MostResults = 2000;

    /// <summary>Nobody looks for a result that rests on fewer studies than this, by clicking.</summary>
    private const int Fewest = 2;

    /// <summary>All ways of leaving out one study, two, and so on while the table is small; null with too few studies.</summary>
    public static LeaveOutTable? Of(PooledResult result)
    {
        if (result.StudyCount <= Fewest)
        {
            return null;
        }

        var results = new Dictionary<string, LeaveOutLine>(StringComparer.Ordinal) { [""] = Line(result, result.Natural, result.Tau2, result.I2, result.StudyCount) };
        var most = 0;
        for (double ways = result.StudyCount; most < result.StudyCount - Fewest && results.Count + ways <= MostResults;)
        {
            most++;
            foreach (var subset in result.LeaveOut(most).Subsets)
            {
                if (subset.Natural is { } natural)
                {
                    results[string.Join(',', subset.Rows.Order())] = Line(result, natural, subset.Tau2, subset.I2, subset.StudyCount);
                }
            }

            ways = ways * (result.StudyCount - most) / (most + 1);
        }

        return most == 0 ? null : new LeaveOutTable(most, result.Studies.ToDictionary(study => study.Row, study => study.Effect.Label), results);
    }

    private static LeaveOutLine Line(PooledResult whole, NaturalResult natural, double? tau2, double? i2, int count)
    {
        var format = new NaturalFormat(whole.Effects.Measure, whole.Natural.Interval);
        var heterogeneity = whole.Options.Method == PoolingMethod.EE || tau2 is not { } variance || i2 is not { } share ? ""
            : $"; τ² = {ModelText.Variance(variance)}, I² = {ModelText.Percent(share)}%";
        return new LeaveOutLine(
            $"{Readable.Count(count)} studies: {natural.Name} {format.Number(natural.Estimate)}{format.Unit} "
            + $"({Readable.Level(natural.Interval.Level)}% CI {format.Range(natural.Interval)}{format.Unit}){heterogeneity}",
            natural.Estimate, natural.Interval);
    }
}

/// <summary>One pooled result of a page that answers to clicks.</summary>
/// <param name="Text">In words.</param>
/// <param name="Estimate">On the scale that people read.</param>
/// <param name="Interval">Likewise.</param>
internal sealed record LeaveOutLine(string Text, double Estimate, Interval Interval);
