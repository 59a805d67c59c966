namespace MetaSpine;

/// <summary>Effect sizes as tables.</summary>
internal static class EffectSizesReport
{
    private const double Level = 0.95;

    public static ReportParts Parts(EffectSizes effects) => new(
        $"{PooledReport.Capital(effects.Measure.Name)} ({effects.Measure.Code}) of {Computed(effects)}",
        [new TableBlock(Studies(effects))],
        effects.Studies.Where(study => !study.IsComputed).Select(study => $"{study.Label}: {study.Problem}"),
        effects.Studies.SelectMany(study => new[] { study.Adjustment, study.Doubt }.Where(note => note is not null).Select(note => $"{study.Label}: {note}")),
        Methods(effects))
    {
        LeftOutTitle = "Without an estimate",
    };

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

    private static IEnumerable<string> Methods(EffectSizes effects)
    {
        yield return $"{PooledReport.Capital(effects.Measure.Name)} ({effects.Measure.Code}): {effects.Measure.Reference}.";
        yield return "95% CI: estimate ± z × SE, as the pooling sees the study.";
        if (StudyNumbers.ExactSource(effects.Measure) is { } source)
        {
            yield return $"Exact 95% CI: from the study's counts as reported; {source}.";
        }
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
        var format = NaturalFormat.For(effects.Measure, effects.Studies.Where(study => study.IsComputed), study => ScaleTable.Back(effects, study.Interval(Level)));
        var numbers = StudyNumbers.Columns(effects.Measure);
        var hasExact = StudyNumbers.ExactSource(effects.Measure) is not null;
        List<TableColumn> columns = [new("Study"), .. numbers];
        List<Func<int, EffectSize, string>> cells = [(_, study) => study.Label];
        for (var part = 0; part < numbers.Count; part++)
        {
            var index = part;
            cells.Add((row, _) => StudyNumbers.Cells(effects, row).ElementAt(index));
        }

        void Add(string heading, Func<int, EffectSize, string> cell)
        {
            columns.Add(new(heading, Alignment.DecimalPoint));
            cells.Add(cell);
        }

        void AddComputed(string heading, Func<EffectSize, string> cell) => Add(heading, (_, study) => study.IsComputed ? cell(study) : "");

        if (!ReferenceEquals(effects.Measure.Scale, Scale.Identity))
        {
            AddComputed("yi", study => Readable.Fixed(study.Estimate, 3));
        }

        if (!hasExact)
        {
            AddComputed("SE", study => Readable.Fixed(study.StandardError, 3));
        }

        AddComputed(format.Heading, study => PooledReport.StudyCells(effects, study, Level, format)[0]);
        AddComputed("95% CI", study => PooledReport.StudyCells(effects, study, Level, format)[1]);
        if (hasExact)
        {
            Add("Exact 95% CI", (row, _) => StudyNumbers.ExactInterval(effects, row, Level) is { } interval ? format.Range(interval) : "");
        }

        return new Table(columns, [.. effects.Studies.Select((study, row) => cells.ConvertAll(cell => cell(row, study)))]);
    }
}
