namespace MetaSpine;

/// <summary>Chooses the axis of a forest plot.</summary>
internal static class ForestAxis
{
    /// <summary>Whether equal distances are equal ratios. A proportion analysed on the log scale is read as a proportion, not as a ratio.</summary>
    public static bool IsRatio(Measure measure) => measure.Scale == Scale.Log && measure.NullValue is not null;

    /// <summary>
    /// The axis covers all estimates and the null value, and each interval that does not reach out much further than the
    /// estimates spread or the usual interval is long, with more patience for the pooled ones; the others end in an arrow, so
    /// that they squeeze nobody.
    /// Proportions are shown as proportions from 0 to 1, as the field prints them, and from 0 to 1 in full unless all are close together.
    /// </summary>
    public static Axis For(ForestTable table, ForestPlotOptions options, double left, double right)
    {
        var (measure, size) = (table.Measure, options.Theme.TextSize);
        var log = IsRatio(measure);
        if (options.AxisRange is var (lower, upper))
        {
            return Axis.Exactly(log, lower, upper, left, right, size);
        }

        double At(double value) => log ? Math.Log(value) : value;
        double From(double value) => log ? Math.Exp(value) : value;
        var rows = table.Rows.Where(row => double.IsFinite(At(row.Estimate))).ToList();
        var anchors = rows.Select(row => At(row.Estimate)).ToList();
        if (table.Null is { } none)
        {
            anchors.Add(At(none));
        }

        if (anchors.Count == 0)
        {
            return Axis.Covering(log, log ? 0.1 : 0, log ? 10 : 1, left, right, size);
        }

        var lengths = rows.Where(row => row.Kind is ForestRowKind.Study or ForestRowKind.Step)
            .Select(row => At(row.Upper) - At(row.Lower)).Where(double.IsFinite).Order().ToList();
        var (least, most) = (anchors.Min(), anchors.Max());
        var usual = Math.Max(most - least, lengths.Count == 0 ? 0 : lengths[lengths.Count / 2]);
        double Reach(ForestRow row) => (row.Kind is ForestRowKind.Study or ForestRowKind.Step ? 1.5 : 2.25) * usual;
        var from = From(rows.Where(row => At(row.Lower) >= least - Reach(row)).Select(row => At(row.Lower)).Append(least).Min());
        var to = From(rows.Where(row => At(row.Upper) <= most + Reach(row)).Select(row => At(row.Upper)).Append(most).Max());
        if (measure.Family == Proportion.Family)
        {
            if (to - from > 0.4)
            {
                return Axis.Exactly(false, 0, 1, left, right, size);
            }

            (from, to) = (Math.Max(0, from), Math.Min(1, to));
        }

        return Axis.Covering(log, from, to, left, right, size);
    }
}
