namespace MetaSpine;

/// <summary>The counts of the studies that a model for counts can use, and the reasons for the others.</summary>
internal sealed record CountRows<TRow>(EffectData Data, IReadOnlyList<TRow> Rows, IReadOnlyList<int> Index, IReadOnlyList<ExcludedStudy> Excluded)
    where TRow : struct, IStudyRow<TRow>, ICounts<TRow>, IEquatable<TRow>
{
    public int Count => Rows.Count;

    public string Label(int i) => Data.Label(Index[i]);

    /// <summary>Reads every row; impossible values have been refused by the effect sizes, which are computed before.</summary>
    /// <param name="effects">The effect sizes of the same data.</param>
    /// <param name="reason">Why a complete row cannot be used; null where it can.</param>
    public static CountRows<TRow> Read(EffectSizes effects, Func<TRow, int, string?> reason)
    {
        var reader = new RowReader(effects.Data);
        var rows = new List<TRow>();
        var index = new List<int>();
        var excluded = new List<ExcludedStudy>();
        for (var i = 0; i < effects.Count; i++)
        {
            reader.MoveTo(i);
            var row = TRow.Read(reader);
            if ((reader.Problem ?? reason(row, i)) is { } problem)
            {
                excluded.Add(new ExcludedStudy(effects.Data.Label(i), i, problem));
                continue;
            }

            rows.Add(row);
            index.Add(i);
        }

        return rows.Count > 0
            ? new CountRows<TRow>(effects.Data, rows, index, excluded)
            : throw new PoolingException(effects.Count == 0
                ? "There are no studies to pool."
                : $"No study can be used: {string.Join("; ", excluded.Select(study => $"{study.Label}: {study.Reason}"))}.");
    }

    /// <summary>The names of the studies for which a condition holds, for a sentence; null where there is none.</summary>
    public string? Names(Func<TRow, bool> condition)
    {
        var names = Enumerable.Range(0, Count).Where(i => condition(Rows[i])).Select(Label).ToList();
        return names.Count == 0 ? null : string.Join(", ", names);
    }
}
