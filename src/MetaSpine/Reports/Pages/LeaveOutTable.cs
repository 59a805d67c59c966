namespace MetaSpine;

/// <summary>What a pooled result becomes without some of its studies, computed beforehand and in words: the page only looks it up.</summary>
/// <param name="Part">Whose result it is in the picture: "" for that of all studies, "0" for that of the first subgroup.</param>
/// <param name="Name">The subgroup's name; "" for all studies.</param>
/// <param name="Most">The largest number of studies that may be left out.</param>
/// <param name="Names">The studies that can be left out, by their rows.</param>
/// <param name="Results">By the rows left out, in ascending order and joined by commas; the empty key is all studies together.</param>
internal sealed record LeaveOutTable(string Part, string Name, int Most, IReadOnlyDictionary<int, string> Names, IReadOnlyDictionary<string, LeaveOutLine> Results)
{
    /// <summary>The page stays small enough to be mailed.</summary>
    private const int MostResults = 2000;

    /// <summary>Nobody looks for a result that rests on fewer studies than this, by clicking.</summary>
    private const int Fewest = 2;

    /// <summary>
    /// The tables of an analysis, that of all studies first and then those of its subgroups; empty where nothing can be left out. A τ² that subgroups share rests
    /// on all of them, so that none has a table of its own.
    /// </summary>
    public static IReadOnlyList<LeaveOutTable> Of(AnalysisResult analysis) => Of(analysis.Overall, analysis.SubgroupTau2 == SubgroupTau2.Common ? [] : analysis.Subgroups);

    /// <summary>The same for a result and its subgroups.</summary>
    public static IReadOnlyList<LeaveOutTable> Of(IPooledEffect? overall, IReadOnlyList<SubgroupResult> subgroups)
    {
        if (overall is not { StudyCount: > Fewest } || Of(overall, "", "") is not { Most: > 0 } all)
        {
            return [];
        }

        return [all, .. subgroups.Select((group, place) => Of(group.Result, FormattableString.Invariant($"{place}"), group.Name)).OfType<LeaveOutTable>()];
    }

    /// <summary>All ways of leaving out one study, two, and so on while the table is small; null for a model that would take long, or cannot be fitted to parts.</summary>
    private static LeaveOutTable? Of(IPooledEffect result, string part, string name)
    {
        Func<int, OmissionResult>? without = result switch
        {
            PooledResult pooled => count => pooled.LeaveOut(count),
            StratifiedResult stratified => count => stratified.LeaveOut(count),
            _ => null,
        };
        if (without is null)
        {
            return null;
        }

        var results = new Dictionary<string, LeaveOutLine>(StringComparer.Ordinal) { [""] = Line(result, result.Natural, result.Tau2, result.I2, result.StudyCount) };
        var most = 0;
        for (double ways = result.StudyCount; most < result.StudyCount - Fewest && results.Count + ways <= MostResults;)
        {
            most++;
            foreach (var subset in without(most).Subsets)
            {
                if (subset.Natural is { } natural)
                {
                    results[string.Join(',', subset.Rows.Order())] = Line(result, natural, subset.Tau2, subset.I2, subset.StudyCount);
                }
            }

            ways = ways * (result.StudyCount - most) / (most + 1);
        }

        return new LeaveOutTable(part, name, most, result.Shares.ToDictionary(share => share.Row, share => result.Effects.Studies[share.Row].Label), results);
    }

    private static LeaveOutLine Line(IPooledEffect whole, NaturalResult natural, double? tau2, double? i2, int count)
    {
        var format = new NaturalFormat(whole.Effects.Measure, whole.Natural.Interval);
        var heterogeneity = whole is PooledResult { Options.Method: PoolingMethod.EE } || tau2 is not { } variance || i2 is not { } share ? ""
            : $"; τ² = {ModelText.Variance(variance)}, I² = {ModelText.Percent(share)}%";
        return new LeaveOutLine(
            $"{(count == 1 ? "1 study" : $"{Readable.Count(count)} studies")}: {natural.Name} {format.Number(natural.Estimate)}{format.Unit} "
            + $"({Readable.Level(natural.Interval.Level)}% CI {format.Range(natural.Interval)}{format.Unit}){heterogeneity}",
            natural.Estimate, natural.Interval);
    }
}

/// <summary>One pooled result of a page that answers to clicks.</summary>
/// <param name="Text">In words.</param>
/// <param name="Estimate">On the scale that people read.</param>
/// <param name="Interval">Likewise.</param>
internal sealed record LeaveOutLine(string Text, double Estimate, Interval Interval);
