namespace MetaSpine;

/// <summary>Reads the data and analyses that Review Manager 5 exports as CSV.</summary>
internal static class RevManCsv
{
    private static readonly (string Column, RevManQuantity Quantity)[] OfRow =
    [
        ("effect.estimate", RevManQuantity.Effect), ("ci.start", RevManQuantity.Lower), ("ci.end", RevManQuantity.Upper),
        ("se", RevManQuantity.StandardError), ("weight", RevManQuantity.Weight),
    ];

    private static readonly (string Column, RevManQuantity Quantity)[] OfTotal =
    [
        .. OfRow.Take(3),
        ("z", RevManQuantity.Statistic), ("p.z", RevManQuantity.PValue),
        ("q", RevManQuantity.Heterogeneity), ("df", RevManQuantity.DegreesOfFreedom), ("p.q", RevManQuantity.HeterogeneityPValue),
        ("i.q", RevManQuantity.I2), ("i2.q", RevManQuantity.I2), ("tau", RevManQuantity.Tau2), ("tau2", RevManQuantity.Tau2),
        ("qint", RevManQuantity.Between), ("p.qint", RevManQuantity.BetweenPValue), ("i.qint", RevManQuantity.BetweenI2), ("i2.qint", RevManQuantity.BetweenI2),
        ("events.1", RevManQuantity.Events1), ("total.1", RevManQuantity.Total1), ("events.2", RevManQuantity.Events2), ("total.2", RevManQuantity.Total2),
    ];

    /// <exception cref="StudyFileException">The content is no such table; all faults in one go.</exception>
    public static RevManReview Read(byte[] bytes, string file)
    {
        var (notes, faults) = (new List<string>(), new List<FileFault>());
        using var reader = OpenedFile.Table(bytes, notes);
        var grid = TableReader.Read(reader, file, mayBeEmpty: true);
        if (!RevMan5Rows.Fits(grid))
        {
            throw new StudyFileException([new(grid.Header[0].Position,
                "the header is not that of RevMan 5: expected the data and analyses with all their columns (Name, Data Type, Events 1, Total 1, Events 2, Total 2, df ...). RevMan Web gives a data package (.zip), to be read as a whole")]);
        }

        var table = new RevManTable(grid, faults);
        table.Require(("Statistical Method", "statistical.method"), ("Effect Measure", "effect.measure"), ("Analysis Model", "analysis.model"));
        var analyses = faults.Count > 0 ? [] : Analyses(table, notes, faults);
        if (analyses.Count == 0 && faults.Count == 0)
        {
            faults.Add(new(grid.Header[0].Position, "there is no analysis with rows of studies in these data and analyses of RevMan"));
        }

        return faults.Count > 0 ? throw new StudyFileException([.. faults.Distinct()]) : new RevManReview
        {
            File = file,
            Format = RevManFormat.Csv,
            Studies = [.. grid.Rows.Zip(Kinds(grid)).Where(item => item.Second == RevMan5Kind.Study)
                .Select(item => new RevManStudy { Name = table.Text(item.First, "name"), Year = table.Filled(item.First, "year.of.study") })
                .GroupBy(study => study.Name, StringComparer.Ordinal).Select(group => group.FirstOrDefault(study => study.Year is not null) ?? group.First())],
            Analyses = [.. analyses],
            Notes = [.. notes],
        };
    }

    private static IEnumerable<RevMan5Kind?> Kinds(TableGrid grid)
    {
        var kinds = RevMan5Rows.Of(grid).ToDictionary(item => item.Row[0].Position, item => item.Kind);
        return grid.Rows.Select(row => kinds.TryGetValue(row[0].Position, out var kind) ? kind : (RevMan5Kind?)null);
    }

    private static List<RevManAnalysis> Analyses(RevManTable table, List<string> notes, List<FileFault> faults)
    {
        var analyses = new List<RevManAnalysis>();
        var (comparison, comparisons, outcomes) = ((string?)null, 0, 0);
        RevManAnalysis? current = null;
        string? subgroup = null;
        var (groups, rows) = (new List<RevManSubgroup>(), new List<RevManRow>());
        foreach (var (kind, row) in RevMan5Rows.Of(table.Grid))
        {
            switch (kind)
            {
                case RevMan5Kind.Comparison:
                    (comparison, outcomes) = (table.Filled(row, "name"), 0);
                    comparisons++;
                    break;
                case RevMan5Kind.Outcome:
                    outcomes++;
                    Add();
                    current = Analysis(table, row, comparison, Math.Max(comparisons, 1), outcomes, notes, faults);
                    subgroup = null;
                    break;
                case RevMan5Kind.Subgroup when current is not null:
                    subgroup = Unlike(table.Text(row, "name"), groups.ConvertAll(group => group.Name));
                    groups.Add(new(subgroup, table.Stored(row, OfTotal)));
                    break;
                case RevMan5Kind.Study when current is not null:
                    rows.Add(Row(table, row, current, subgroup));
                    break;
            }
        }

        Add();
        return analyses;

        void Add()
        {
            if (current is not null && rows.Count > 0)
            {
                analyses.Add(current with
                {
                    Rows = [.. rows],
                    Subgroups = [.. groups],
                    TestsSubgroups = groups.Count > 1 && current.Stored.Any(number => number.Quantity == RevManQuantity.Between),
                    Totals = current.Stored.Count == 0 && groups.Exists(group => group.Stored.Count > 0) ? RevManTotals.Subgroups : RevManTotals.All,
                });
            }

            groups.Clear();
            rows.Clear();
        }
    }

    private static RevManAnalysis? Analysis(RevManTable table, IReadOnlyList<CsvField> row, string? comparison, int first, int second, List<string> notes, List<FileFault> faults)
    {
        string Or(string text, int number) => text.Length > 0 ? text : FormattableString.Invariant($"{number}");
        var number = $"{Or(table.Text(row, "comparison.number"), first)}.{Or(table.Text(row, "outcome.number"), second)}";
        var (name, type, measure) = (table.Text(row, "name"), table.Text(row, "data.type").ToUpperInvariant(), table.Text(row, "effect.measure"));
        RevManData? data = type switch
        {
            ['D', ..] => RevManData.Dichotomous,
            ['C', ..] => RevManData.Continuous,
            ['P', ..] or "O-E" or "IPD" => RevManData.ObservedMinusExpected,
            ['I', ..] or "GIV" => RevManData.Generic,
            _ => null,
        };
        if (data is null)
        {
            notes.Add($"analysis {number}, {name}, holds no numbers to pool ({type}) and is left out");
            return null;
        }

        if (RevManWords.Method(table.Text(row, "statistical.method")) is not { } method)
        {
            faults.Add(new(row[0].Position, $"analysis {number}: the statistical method '{NumberText.Shorten(table.Text(row, "statistical.method"))}' is not known; expected MH, IV or Peto"));
            return null;
        }

        return new RevManAnalysis
        {
            Number = number,
            Comparison = comparison,
            Name = name,
            Data = data.Value,
            Measure = RevManWords.Measure(measure),
            MeasureName = measure,
            IsRatio = RevManWords.IsRatio(measure) || data == RevManData.ObservedMinusExpected,
            Method = method,
            IsRandom = table.Text(row, "analysis.model").StartsWith("R", StringComparison.OrdinalIgnoreCase),
            SwapsEvents = table.Flag(row, "swap.events", "swap.event.and.non.event") ?? false,
            StudyLevel = table.Level(row, "study.ci", "ci.study"),
            TotalLevel = table.Level(row, "total.ci", "ci.total", "estimate.ci"),
            Experimental = table.Filled(row, "group.label.1"),
            Control = table.Filled(row, "group.label.2"),
            LeftLabel = table.Filled(row, "left.graph.label"),
            RightLabel = table.Filled(row, "right.graph.label"),
            Rows = [],
            Stored = table.Stored(row, OfTotal),
        };
    }

    private static RevManRow Row(RevManTable table, IReadOnlyList<CsvField> row, RevManAnalysis analysis, string? subgroup)
    {
        RevManArm Arm(string number) => new()
        {
            Events = analysis.Data is RevManData.Dichotomous or RevManData.ObservedMinusExpected ? table.Number(row, $"events.{number}", NumberKind.Count) : null,
            Total = table.Number(row, $"total.{number}", NumberKind.Count),
            Mean = analysis.Data == RevManData.Continuous ? table.Number(row, $"mean.{number}") : null,
            Sd = analysis.Data == RevManData.Continuous ? table.Number(row, $"sd.{number}") : null,
        };
        var stored = table.Stored(row, OfRow);
        double? Of(RevManQuantity quantity) => stored.Where(number => number.Quantity == quantity).Select(number => (double?)number.Value).FirstOrDefault();
        var isOe = analysis.Data == RevManData.ObservedMinusExpected;
        var isGeneric = analysis.Data == RevManData.Generic;
        var read = new RevManRow
        {
            Study = table.Text(row, "name"),
            Subgroup = subgroup,
            Experimental = Arm("1"),
            Control = Arm("2"),
            Estimate = !isGeneric ? null : analysis.IsRatio && Of(RevManQuantity.Effect) is > 0 and var ratio ? Math.Log(ratio) : Of(RevManQuantity.Effect),
            StandardError = isGeneric ? Of(RevManQuantity.StandardError) : null,
            ObservedMinusExpected = isOe ? table.Number(row, "o.e") : null,
            Variance = isOe ? table.Number(row, "variance") ?? table.Number(row, "var") : null,
            IsEstimable = stored.Count > 0 || analysis.Stored.Count == 0,
            Stored = stored,
        };
        read.Place(row[0].Position);
        return read;
    }

    /// <summary>A name that is not among others: RevMan allows two subgroups of the same name, and one without.</summary>
    public static string Unlike(string name, IReadOnlyList<string> others)
    {
        name = name.Length == 0 ? "Subgroup" : name;
        var unlike = name;
        for (var i = 2; others.Contains(unlike); i++)
        {
            unlike = FormattableString.Invariant($"{name} ({i})");
        }

        return unlike;
    }
}
