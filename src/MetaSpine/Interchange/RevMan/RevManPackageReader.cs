namespace MetaSpine;

/// <summary>Reads the tables of a data package of RevMan Web, of its first version (until September 2024) and of those since.</summary>
/// <param name="file">The package's name.</param>
/// <param name="parts">The content of its tables by <see cref="Parts"/>.</param>
internal sealed class RevManPackageReader(string file, IReadOnlyDictionary<string, (string Name, byte[] Bytes)> parts)
{
    private const string Overall = "overall-estimates-and-settings", DataRows = "data-rows", Subgroups = "subgroup-estimates", Information = "study-information", Bias = "risk-of-bias";

    /// <summary>How the names of the tables end.</summary>
    public static readonly string[] Parts = [Overall, DataRows, Subgroups, Information, Bias];

    private static readonly (string Column, RevManQuantity Quantity)[] OfRow =
        [("mean", RevManQuantity.Effect), ("ci.start", RevManQuantity.Lower), ("ci.end", RevManQuantity.Upper), ("weight", RevManQuantity.Weight)];

    private static readonly (string Column, RevManQuantity Quantity)[] OfTotal =
    [
        .. OfRow.Take(3),
        ("effect.t", RevManQuantity.Statistic), ("effect.z", RevManQuantity.Statistic), ("effect.p", RevManQuantity.PValue),
        ("heterogeneity.chi", RevManQuantity.Heterogeneity), ("heterogeneity.df", RevManQuantity.DegreesOfFreedom), ("heterogeneity.p", RevManQuantity.HeterogeneityPValue),
        ("heterogeneity.i", RevManQuantity.I2), ("heterogeneity.tau", RevManQuantity.Tau2), ("tau.ci.start", RevManQuantity.Tau2Lower), ("tau.ci.end", RevManQuantity.Tau2Upper),
        ("pi.start", RevManQuantity.PredictionLower), ("pi.end", RevManQuantity.PredictionUpper),
        ("subgroup.chi", RevManQuantity.Between), ("subgroup.p", RevManQuantity.BetweenPValue), ("subgroup.i", RevManQuantity.BetweenI2),
        ("experimental.cases", RevManQuantity.Events1), ("experimental.n", RevManQuantity.Total1), ("control.cases", RevManQuantity.Events2), ("control.n", RevManQuantity.Total2),
    ];

    private readonly List<FileFault> _faults = [];
    private readonly List<string> _notes = [];

    public RevManReview Review()
    {
        var overall = Table(Overall, isNeeded: true);
        var rows = Table(DataRows, isNeeded: true);
        overall?.Require(
            ("Analysis group", "analysis.group"), ("Analysis number", "analysis.number"), ("Analysis name", "analysis.name"), ("Data type", "data.type"),
            ("Statistical method", "statistical.method"), ("Effect measure", "effect.measure"), ("Analysis model", "analysis.model"));
        rows?.Require(("Analysis group", "analysis.group"), ("Analysis number", "analysis.number"), ("Study", "study"));
        ThrowIfAny();
        var data = Grouped(rows!);
        var groups = Table(Subgroups, isNeeded: false);
        var estimates = groups is null ? [] : Grouped(groups);
        List<RevManAnalysis> analyses = [.. overall!.Grid.Rows.Select(row => Analysis(overall, row, rows!, data, groups, estimates)).OfType<RevManAnalysis>()];
        var studies = Studies(rows!);
        if (analyses.Count == 0 && studies.Count == 0)
        {
            _faults.Add(new(overall.Grid.Header[0].Position, "the package has neither studies nor analyses"));
        }

        ThrowIfAny();
        return new RevManReview { File = file, Format = RevManFormat.DataPackage, Studies = [.. studies], Analyses = [.. analyses], Notes = [.. _notes.Distinct()] };
    }

    private void ThrowIfAny()
    {
        if (_faults.Count > 0)
        {
            throw new StudyFileException([.. _faults.Distinct()]);
        }
    }

    private RevManTable? Table(string part, bool isNeeded)
    {
        if (!parts.TryGetValue(part, out var content))
        {
            if (isNeeded)
            {
                _faults.Add(new(new(file, 0, 0), $"the package lacks the table {part}.csv; download the whole data package again"));
            }

            return null;
        }

        using var reader = OpenedFile.Table(content.Bytes, _notes);
        return new(TableReader.Read(reader, content.Name, mayBeEmpty: true), _faults);
    }

    private static string Number(RevManTable table, IReadOnlyList<CsvField> row) => $"{table.Text(row, "analysis.group")}.{table.Text(row, "analysis.number")}";

    private static Dictionary<string, List<IReadOnlyList<CsvField>>> Grouped(RevManTable table) =>
        table.Grid.Rows.GroupBy(row => Number(table, row), StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal);

    private RevManAnalysis? Analysis(
        RevManTable table, IReadOnlyList<CsvField> row, RevManTable rows, Dictionary<string, List<IReadOnlyList<CsvField>>> data,
        RevManTable? groups, Dictionary<string, List<IReadOnlyList<CsvField>>> estimates)
    {
        var number = Number(table, row);
        var (name, type, measure) = (table.Text(row, "analysis.name"), table.Text(row, "data.type").ToUpperInvariant(), table.Text(row, "effect.measure"));
        if (Kind(type) is not { } kind)
        {
            _notes.Add($"analysis {number}, {name}, holds no numbers to pool ({table.Text(row, "data.type")}) and is left out");
            return null;
        }

        if (RevManWords.Method(table.Text(row, "statistical.method")) is not { } method)
        {
            _faults.Add(new(row[0].Position, $"analysis {number}: the statistical method '{NumberText.Shorten(table.Text(row, "statistical.method"))}' is not known; expected MH, IV or Peto"));
            return null;
        }

        var isRatio = RevManWords.IsRatio(measure) || kind == RevManData.ObservedMinusExpected || (kind == RevManData.Generic && table.Flag(row, "log.scale.data") == true);
        var own = data.GetValueOrDefault(number, []);
        var isShown = (All: table.Flag(row, "overall.estimates") ?? true, Groups: table.Flag(row, "subgroup.estimates") ?? true);
        var known = estimates.GetValueOrDefault(number, []).ConvertAll(group => new RevManSubgroup(groups!.Text(group, "subgroup"), groups.Stored(group, OfTotal)));
        var unknown = own.ConvertAll(study => rows.Text(study, "subgroup")).Distinct().Where(text => text.Length > 0 && !known.Exists(group => group.Name == text)).Select(text => new RevManSubgroup(text, []));
        List<RevManSubgroup> subgroups = [.. known.Concat(unknown)];
        return new RevManAnalysis
        {
            Number = number,
            Comparison = table.Filled(row, "analysis.group.name"),
            Name = name.Length > 0 ? name : $"Analysis {number}",
            Data = kind,
            Measure = RevManWords.Measure(measure),
            MeasureName = measure,
            IsRatio = isRatio,
            Method = method,
            IsRandom = table.Text(row, "analysis.model").StartsWith("R", StringComparison.OrdinalIgnoreCase),
            Estimator = Estimator(table.Text(row, "heterogeneity.estimator")),
            IsHartungKnapp = table.Text(row, "ci.method").StartsWith("HK", StringComparison.OrdinalIgnoreCase) || table.Text(row, "ci.method").StartsWith("Hartung", StringComparison.OrdinalIgnoreCase),
            HasPrediction = table.Flag(row, "prediction.interval") ?? false,
            Totals = isShown.All ? RevManTotals.All : isShown.Groups && subgroups.Count > 0 ? RevManTotals.Subgroups : RevManTotals.None,
            TestsSubgroups = subgroups.Count > 1 && (table.Flag(row, "test.for.subgroup.differences") ?? true),
            SwapsEvents = table.Flag(row, "swap.event.and.non.event") ?? false,
            StudyLevel = table.Level(row, "study.ci", "ci.pi.level"),
            TotalLevel = table.Level(row, "estimate.ci", "ci.pi.level"),
            Experimental = table.Filled(row, "experimental.group.label", "experimental.intervention"),
            Control = table.Filled(row, "control.group.label", "control.intervention"),
            LeftLabel = table.Filled(row, "graph.label.left"),
            RightLabel = table.Filled(row, "graph.label.right"),
            Unit = table.Filled(row, "unit.of.effect.measure"),
            Subgroups = [.. subgroups],
            Rows = [.. own.Select(study => Row(rows, study, kind))],
            Stored = table.Stored(row, OfTotal),
        };
    }

    private static RevManData? Kind(string type) => type switch
    {
        ['D', 'I', 'C', ..] => RevManData.Dichotomous,
        ['C', 'O', 'N', 'T', 'I', ..] => RevManData.Continuous,
        ['C', 'O', 'N', 'T', 'R', ..] or ['G', ..] or ['I', 'N', 'V', ..] => RevManData.Generic,
        ['O', '-', 'E', ..] => RevManData.ObservedMinusExpected,
        _ => null,
    };

    private static string? Estimator(string text) => text.ToUpperInvariant() switch
    {
        "" => null,
        ['R', 'E', ..] => "REML",
        ['D', ..] => "DL",
        _ => text,
    };

    private static RevManRow Row(RevManTable table, IReadOnlyList<CsvField> row, RevManData data)
    {
        RevManArm Arm(string group) => new()
        {
            Events = data is RevManData.Dichotomous ? table.Number(row, $"{group}.cases", NumberKind.Count) : null,
            Total = table.Number(row, $"{group}.n", NumberKind.Count),
            Mean = data == RevManData.Continuous ? table.Number(row, $"{group}.mean") : null,
            Sd = data == RevManData.Continuous ? table.Number(row, $"{group}.sd") : null,
        };
        var place = table.Text(row, "applicability").ToUpperInvariant();
        var (isGeneric, isOe) = (data == RevManData.Generic, data == RevManData.ObservedMinusExpected);
        var read = new RevManRow
        {
            Study = table.Text(row, "study"),
            Subgroup = table.Filled(row, "subgroup"),
            InTotal = place.Length == 0 || place.Contains("OVERALL", StringComparison.Ordinal),
            InSubgroup = place.Length == 0 || place.Contains("SUBGROUP", StringComparison.Ordinal),
            Experimental = Arm("experimental"),
            Control = Arm("control"),
            Estimate = isGeneric ? table.Number(row, "giv.mean") : null,
            StandardError = isGeneric ? table.Number(row, "giv.se") : null,
            ObservedMinusExpected = isOe ? table.Number(row, "o.e") : null,
            Variance = isOe ? table.Number(row, "variance") : null,
            Footnote = table.Filled(row, "footnotes"),
            Stored = table.Stored(row, OfRow),
        };
        read.Place(row[0].Position);
        return read;
    }

    private List<RevManStudy> Studies(RevManTable rows)
    {
        var studies = new Dictionary<string, RevManStudy>(StringComparer.Ordinal);
        if (Table(Information, isNeeded: false) is { } information)
        {
            information.Require(("Study", "study"));
            ThrowIfAny();
            var columns = information.Grid.Header.Select((field, i) => (field.Text, i)).Where(item => item.Text.StartsWith("Char: ", StringComparison.OrdinalIgnoreCase)).ToList();
            foreach (var row in information.Grid.Rows)
            {
                var name = information.Text(row, "study");
                studies.TryAdd(name, new RevManStudy
                {
                    Name = name,
                    Year = information.Filled(row, "year"),
                    DataSource = information.Filled(row, "data.source"),
                    Characteristics = [.. columns.Where(column => row[column.i].Text.Length > 0).Select(column => new RevManCharacteristic(column.Text["Char: ".Length..].Trim(), row[column.i].Text))],
                });
            }
        }

        foreach (var row in rows.Grid.Rows)
        {
            var name = rows.Text(row, "study");
            studies.TryAdd(name, new RevManStudy { Name = name, Year = rows.Filled(row, "study.year") });
        }

        AddJudgements(studies);
        studies.Remove("");
        return [.. studies.Values];
    }

    private void AddJudgements(Dictionary<string, RevManStudy> studies)
    {
        const string Judged = "Domain (judgement): ", Supported = "Domain (support): ";
        if (Table(Bias, isNeeded: false) is not { } table)
        {
            return;
        }

        table.Require(("Study", "study"));
        ThrowIfAny();
        var header = table.Grid.Header;
        foreach (var row in table.Grid.Rows)
        {
            if (!studies.TryGetValue(table.Text(row, "study"), out var study))
            {
                continue;
            }

            var judgements = new List<RevManJudgement>();
            for (var column = 0; column < header.Count; column++)
            {
                if (header[column].Text.StartsWith(Judged, StringComparison.OrdinalIgnoreCase) && RevManWords.Judgement(row[column].Text) is { } judgement)
                {
                    var domain = header[column].Text[Judged.Length..].Trim();
                    var support = Enumerable.Range(0, header.Count).FirstOrDefault(i => header[i].Text.StartsWith(Supported, StringComparison.OrdinalIgnoreCase) && header[i].Text[Supported.Length..].Trim() == domain, -1);
                    judgements.Add(new(domain, judgement, support >= 0 && row[support].Text.Length > 0 ? row[support].Text : null));
                }
            }

            studies[study.Name] = study with { RiskOfBias = [.. study.RiskOfBias, .. judgements] };
        }
    }
}
