using System.Text.RegularExpressions;

namespace MetaSpine;

/// <summary>Reads a review of Review Manager 5 (.rm5): its analyses with the data and the stored results.</summary>
internal sealed partial class Rm5Reader
{
    private static readonly (string Attribute, RevManQuantity Quantity)[] OfRow =
    [
        ("EFFECT_SIZE", RevManQuantity.Effect), ("CI_START", RevManQuantity.Lower), ("CI_END", RevManQuantity.Upper),
        ("LOG_EFFECT_SIZE", RevManQuantity.LogEffect), ("LOG_CI_START", RevManQuantity.LogLower), ("LOG_CI_END", RevManQuantity.LogUpper),
        ("SE", RevManQuantity.StandardError), ("WEIGHT", RevManQuantity.Weight),
    ];

    /// <summary>CHI2 is the heterogeneity; Q, in spite of its name, is the test between subgroups.</summary>
    private static readonly (string Attribute, RevManQuantity Quantity)[] OfTotal =
    [
        .. OfRow.Where(item => item.Quantity is not (RevManQuantity.StandardError or RevManQuantity.Weight)),
        ("Z", RevManQuantity.Statistic), ("P_Z", RevManQuantity.PValue),
        ("CHI2", RevManQuantity.Heterogeneity), ("DF", RevManQuantity.DegreesOfFreedom), ("P_CHI2", RevManQuantity.HeterogeneityPValue),
        ("I2", RevManQuantity.I2), ("TAU2", RevManQuantity.Tau2),
        ("Q", RevManQuantity.Between), ("P_Q", RevManQuantity.BetweenPValue), ("I2_Q", RevManQuantity.BetweenI2),
        ("EVENTS_1", RevManQuantity.Events1), ("TOTAL_1", RevManQuantity.Total1), ("EVENTS_2", RevManQuantity.Events2), ("TOTAL_2", RevManQuantity.Total2),
    ];

    private readonly string _file;
    private readonly List<FileFault> _faults = [];
    private readonly List<string> _notes = [];
    private readonly Dictionary<string, RevManStudy> _studies = new(StringComparer.Ordinal);

    private Rm5Reader(string file) => _file = file;

    /// <exception cref="StudyFileException">The content is no review of Review Manager 5, or holds what cannot be; all faults in one go.</exception>
    public static RevManReview Read(byte[] bytes, string file)
    {
        var root = Rm5Document.Read(bytes, file);
        if (root.Name != "COCHRANE_REVIEW")
        {
            throw new StudyFileException([new(root.Position, $"the file is XML, but no review of RevMan: its first element is {NumberText.Shorten(root.Name)}, expected COCHRANE_REVIEW")]);
        }

        return new Rm5Reader(file).Review(root);
    }

    private RevManReview Review(Rm5Element root)
    {
        var studies = Rm5Studies.Of(root, _notes);
        foreach (var (id, study) in studies)
        {
            _studies.TryAdd(id, study);
        }

        var data = root.Child("ANALYSES_AND_DATA");
        List<RevManAnalysis> analyses =
        [
            .. (data?.Children ?? []).Where(comparison => comparison.Name == "COMPARISON")
                .SelectMany((comparison, i) => comparison.Children.Where(child => child.Name.EndsWith("_OUTCOME", StringComparison.Ordinal)).Select((outcome, j) => Analysis(comparison, i + 1, outcome, j + 1)))
                .OfType<RevManAnalysis>(),
        ];
        if (_studies.Count == 0 && analyses.Count == 0)
        {
            _faults.Add(new(data?.Position ?? root.Position, "the review has neither studies nor analyses"));
        }

        var title = root.Child("COVER_SHEET")?.TextOf("TITLE");
        return _faults.Count > 0 ? throw new StudyFileException(_faults) : new RevManReview
        {
            File = _file,
            Format = RevManFormat.Rm5,
            Title = string.IsNullOrEmpty(title) ? null : title,
            Studies = [.. studies.Select(item => item.Study)],
            Analyses = [.. analyses],
            Notes = [.. _notes],
        };
    }

    private RevManAnalysis? Analysis(Rm5Element comparison, int first, Rm5Element outcome, int second)
    {
        var kind = outcome.Name[..^"_OUTCOME".Length];
        string Or(string text, int number) => text.Length > 0 ? text : FormattableString.Invariant($"{number}");
        var number = $"{Or(comparison["NO"], first)}.{Or(outcome["NO"], second)}";
        var name = outcome.TextOf("NAME");
        if (kind is not ("DICH" or "CONT" or "IV" or "IPD"))
        {
            _notes.Add($"analysis {number}, {name}, holds no numbers to pool ({outcome.Name}) and is left out");
            return null;
        }

        var measure = outcome["EFFECT_MEASURE"].Length > 0 ? outcome["EFFECT_MEASURE"] : outcome.TextOf("EFFECT_MEASURE");
        var data = kind switch { "DICH" => RevManData.Dichotomous, "CONT" => RevManData.Continuous, "IV" => RevManData.Generic, _ => RevManData.ObservedMinusExpected };
        var groups = outcome.Children.Where(child => child.Name == $"{kind}_SUBGROUP").ToList();
        var names = groups.Aggregate(new List<string>(), (named, group) => [.. named, RevManCsv.Unlike(group.TextOf("NAME"), named)]);
        var isRatio = data == RevManData.ObservedMinusExpected || RevManWords.IsRatio(measure) || (data == RevManData.Generic && outcome["LOG_DATA"] == "YES");
        var analysis = new RevManAnalysis
        {
            Number = number,
            Comparison = Filled(comparison.TextOf("NAME")),
            Name = name.Length > 0 ? name : $"Analysis {number}",
            Data = data,
            Measure = RevManWords.Measure(measure),
            MeasureName = measure,
            IsRatio = isRatio,
            Method = RevManWords.Method(outcome["METHOD"]) ?? (data == RevManData.ObservedMinusExpected ? RevManMethod.Peto : RevManMethod.InverseVariance),
            IsRandom = outcome["RANDOM"] == "YES",
            Totals = outcome["TOTALS"] switch { "NO" => RevManTotals.None, "SUB" => RevManTotals.Subgroups, _ => RevManTotals.All },
            TestsSubgroups = outcome["SUBGROUP_TEST"] == "YES" && groups.Count > 1,
            SwapsEvents = outcome["SWAP_EVENTS"] == "YES",
            StudyLevel = Level(outcome, "CI_STUDY"),
            TotalLevel = Level(outcome, "CI_TOTAL"),
            Experimental = Filled(outcome.TextOf("GROUP_LABEL_1")),
            Control = Filled(outcome.TextOf("GROUP_LABEL_2")),
            LeftLabel = Filled(outcome.TextOf("GRAPH_LABEL_1")),
            RightLabel = Filled(outcome.TextOf("GRAPH_LABEL_2")),
            Unit = Filled(outcome["UNITS"]),
            Subgroups = [.. groups.Zip(names, (group, own) => new RevManSubgroup(own, Stored(group, OfTotal)))],
            Rows = [.. Rows(outcome, kind, null, isRatio), .. groups.Zip(names).SelectMany(group => Rows(group.First, kind, group.Second, isRatio))],
            Stored = Stored(outcome, OfTotal),
        };
        return analysis;
    }

    private IEnumerable<RevManRow> Rows(Rm5Element parent, string kind, string? subgroup, bool isRatio) =>
        parent.Children.Where(child => child.Name == $"{kind}_DATA").Select(row => Row(row, kind, subgroup, isRatio)).OfType<RevManRow>();

    private RevManRow? Row(Rm5Element row, string kind, string? subgroup, bool isRatio)
    {
        var id = row["STUDY_ID"];
        if (id.Length == 0)
        {
            _faults.Add(new(row.Position, $"{row.Name} has no STUDY_ID: which study is it?"));
            return null;
        }

        RevManArm Arm(string number) => new()
        {
            Events = kind is "DICH" or "IPD" ? Number(row, $"EVENTS_{number}") : null,
            Total = Number(row, $"TOTAL_{number}"),
            Mean = kind == "CONT" ? Number(row, $"MEAN_{number}") : null,
            Sd = kind == "CONT" ? Number(row, $"SD_{number}") : null,
        };
        var effect = Number(row, "EFFECT_SIZE");
        var hasPeto = kind == "DICH" && Number(row, "O_E") is not (null or 0);
        var read = new RevManRow
        {
            Study = _studies.TryGetValue(id, out var study) ? study.Name : Rm5Studies.NameFrom(id),
            Subgroup = subgroup,
            Experimental = Arm("1"),
            Control = Arm("2"),
            Estimate = kind != "IV" ? null : Number(row, "ESTIMATE") ?? (isRatio ? effect > 0 ? Math.Log(effect.Value) : null : effect),
            StandardError = kind == "IV" ? Number(row, "SE") : null,
            ObservedMinusExpected = kind == "IPD" ? Number(row, "O_E") : null,
            Variance = kind == "IPD" ? Number(row, "VAR") : null,
            IsEstimable = row["ESTIMABLE"] != "NO",
            Footnote = Filled(row.TextOf("FOOTNOTE")),
            Stored = row["ESTIMABLE"] == "NO" ? []
                : Stored(row, [.. OfRow, .. kind == "DICH" && row["VAR"].Length > 0 ? [("VAR", RevManQuantity.Variance)] : Array.Empty<(string, RevManQuantity)>(), .. hasPeto ? [("O_E", RevManQuantity.ObservedMinusExpected)] : Array.Empty<(string, RevManQuantity)>()]),
        };
        read.Place(row.Position);
        return read;
    }

    private ValueList<RevManNumber> Stored(Rm5Element element, IEnumerable<(string Attribute, RevManQuantity Quantity)> quantities)
    {
        var numbers = quantities.Select(item => (item.Quantity, Value: Number(element, item.Attribute)))
            .Where(item => item.Value is not null).Select(item => new RevManNumber(item.Quantity, item.Value!.Value)).ToList();
        return element["ESTIMABLE"] == "NO" ? [] : RevManWords.Calculated(numbers);
    }

    private double? Number(Rm5Element element, string attribute)
    {
        var text = element[attribute];
        if (text.Length == 0 || text is "NaN" or "Infinity" or "-Infinity")
        {
            return null;
        }

        if (NumberText.Value(text) is { } value)
        {
            return value;
        }

        _faults.Add(new(element.Position, $"{attribute} of {element.Name} is '{NumberText.Shorten(text)}', expected a number"));
        return null;
    }

    private double Level(Rm5Element outcome, string attribute)
    {
        var percent = Number(outcome, attribute) ?? 95;
        if (percent is > 0 and < 100)
        {
            return (double)((decimal)percent / 100);
        }

        _faults.Add(new(outcome.Position, FormattableString.Invariant($"{attribute} of {outcome.Name} is {percent}, expected a level in percent such as 95")));
        return 0.95;
    }

    private static string? Filled(string text) => text.Length == 0 ? null : text;

    /// <summary>A character of a name that RevMan does not allow in an id: _x002d_ is a hyphen.</summary>
    [GeneratedRegex("_x([0-9a-fA-F]{4})_")]
    internal static partial Regex Escape();
}
