namespace MetaSpine;

/// <summary>Effect sizes as tables.</summary>
internal static class EffectSizesReport
{
    private const double Level = 0.95;

    public static Document Build(EffectSizes effects) => new(
    [
        new Heading($"{PooledReport.Capital(effects.Measure.Name)} ({effects.Measure.Code}) of {Computed(effects)}"),
        new TableBlock(Studies(effects)),
        .. Bullets.Of(
            ("Without an estimate", effects.Studies.Where(study => !study.IsComputed).Select(study => $"{study.Label}: {study.Problem}")),
            ("Notes", effects.Studies.Where(study => study.Adjustment is not null).Select(study => $"{study.Label}: {study.Adjustment}")),
            ("Where the numbers come from", [$"{effects.Measure.Name}: {effects.Measure.Reference}."])),
    ]);

    /// <summary>A study's value on the scale that people read; with its own size where the scale needs one.</summary>
    public static double Natural(EffectSizes effects, EffectSize effect, double value) => effects.Measure.Scale.Back(value, effect.Size);

    /// <summary>One row per study, all digits kept: for other programs.</summary>
    public static Table Exact(EffectSizes effects)
    {
        string[] names = ["label", "yi", "vi", "sei", "size", "natural_estimate", "natural_lower", "natural_upper", "adjustment", "problem"];
        return new Table([.. names.Select(name => new TableColumn(name))], [.. effects.Studies.Select(study =>
        {
            var interval = study.Interval(Level);
            return (string[])[
                study.Label, Readable.Exact(study.Estimate), Readable.Exact(study.Variance), Readable.Exact(study.StandardError), Readable.Exact(study.Size),
                Readable.Exact(Natural(effects, study, study.Estimate)), Readable.Exact(Natural(effects, study, interval.Lower)),
                Readable.Exact(Natural(effects, study, interval.Upper)), study.Adjustment ?? "", study.Problem ?? "",
            ];
        })]);
    }

    private static string Computed(EffectSizes effects)
    {
        var computed = effects.Studies.Count(study => study.IsComputed);
        return computed == effects.Count
            ? FormattableString.Invariant($"{computed} studies")
            : FormattableString.Invariant($"{computed} of {effects.Count} studies");
    }

    private static Table Studies(EffectSizes effects)
    {
        var numbers = StudyNumbers.Columns(effects.Measure);
        var format = new NaturalFormat(effects.Measure, Typical(effects));
        var plain = ReferenceEquals(effects.Measure.Scale, Scale.Identity);
        var rows = new List<IReadOnlyList<string>>();
        for (var i = 0; i < effects.Count; i++)
        {
            var study = effects.Studies[i];
            string[] scale = plain ? [] : [study.IsComputed ? Readable.Fixed(study.Estimate, 3) : ""];
            string[] natural = study.IsComputed ? PooledReport.StudyCells(effects, study, Level, format) : ["", ""];
            rows.Add([study.Label, .. StudyNumbers.Cells(effects, i), .. scale, study.IsComputed ? Readable.Fixed(study.StandardError, 3) : "", .. natural]);
        }

        TableColumn[] scaleColumn = plain ? [] : [new("yi", Alignment.DecimalPoint)];
        return new Table(
        [
            new("Study"), .. numbers, .. scaleColumn, new("SE", Alignment.DecimalPoint),
            new(format.Heading, Alignment.DecimalPoint), new("95% CI", Alignment.DecimalPoint),
        ], rows);
    }

    /// <summary>The narrowest interval on the natural scale: it decides how many decimals all of them get.</summary>
    private static Interval Typical(EffectSizes effects) => effects.Studies
        .Where(study => study.IsComputed)
        .Select(study => study.Interval(Level))
        .Select(interval => new Interval(effects.BackTransform(interval.Lower), effects.BackTransform(interval.Upper), Level))
        .Where(interval => interval.Upper > interval.Lower)
        .OrderBy(interval => interval.Upper - interval.Lower)
        .FirstOrDefault(new Interval(0, 1, Level));
}
