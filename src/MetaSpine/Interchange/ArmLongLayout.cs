namespace MetaSpine;

/// <summary>
/// Tables with one row per arm: the two arms of each study become the two halves of one row, each cell with the place that it has
/// in the file.
/// </summary>
internal sealed class ArmLongLayout
{
    private static readonly string[] ArmColumns =
        ["arm", "group", "treatment", "intervention", "trt", "treat", "armname", "arm.name", "group.name", "treatment.group", "study.arm", "condition"];

    /// <summary>What an arm reports, and the inputs of the intervention and of the control that it becomes.</summary>
    private static readonly (string Input, string[] Treated, string[] Control)[] Inputs =
    [
        ("xi", ["ai", "x1i"], ["ci", "x2i"]), ("ni", ["n1i"], ["n2i"]), ("mi", ["m1i"], ["m2i"]), ("sdi", ["sd1i"], ["sd2i"]), ("ti", ["t1i"], ["t2i"]),
    ];

    private static readonly string[][] Enough = [["xi", "ni"], ["xi", "ti"], ["mi", "sdi", "ni"]];

    private readonly TableGrid _grid;
    private readonly TableOptions _options;
    private readonly int _label;
    private readonly int _arm;
    private readonly int _year;
    private readonly Dictionary<string, int> _inputs = new(StringComparer.Ordinal);
    private readonly List<FileFault> _faults = [];
    private readonly List<string> _notes = [];

    private ArmLongLayout(TableGrid grid, TableOptions options)
    {
        (_grid, _options) = (grid, options);
        _label = grid.Column("label", ColumnAliases.Label);
        _arm = grid.Column("arm", ArmColumns);
        _year = grid.Column("year", ColumnAliases.Year);
        foreach (var (input, _, _) in Inputs)
        {
            if (grid.Column(input, Names(input)) is >= 0 and var column && column != _arm && column != _label)
            {
                _inputs[input] = column;
            }
        }
    }

    /// <summary>An input that is not one of an arm, though a column was named for it; null where there is none.</summary>
    public static string? Foreign(TableOptions options) => options.Columns.Keys.FirstOrDefault(key => key is not ("label" or "arm") && !Array.Exists(Inputs, item => item.Input == key));

    /// <summary>Whether the rows are arms: there are columns for studies, arms and numbers, and some study has rows of several arms.</summary>
    public static bool Fits(TableGrid grid)
    {
        var layout = new ArmLongLayout(Filled(grid, []), TableOptions.Default);
        return layout._label >= 0 && layout._arm >= 0 && layout._label != layout._arm && layout.HasNumbers
            && layout.Studies().Any(rows => rows.Select(row => row[layout._arm].Text).Distinct(StringComparer.OrdinalIgnoreCase).Count() > 1);
    }

    /// <summary>The table with one row per study.</summary>
    /// <exception cref="StudyFileException">A column is missing, or the arms that are to be compared cannot be told.</exception>
    public static LaidTable Lay(TableGrid grid, TableOptions options)
    {
        if (Foreign(options) is { } foreign)
        {
            throw new ArgumentException($"a table with one row per arm has no input '{foreign}': map label, arm, {string.Join(", ", Inputs.Select(item => item.Input))}, or take each row as a study (--layout wide)");
        }

        var notes = new List<string>();
        var layout = new ArmLongLayout(Filled(grid, notes).WithRows(options.Where), options);
        layout._notes.AddRange(notes);
        return layout.Lay();
    }

    private bool HasNumbers => Enough.Any(set => set.All(_inputs.ContainsKey));

    private static IEnumerable<string> Names(string input) => input == "mi" ? ColumnAliases.Of(input).Append("m") : ColumnAliases.Of(input);

    private LaidTable Lay()
    {
        if (_label < 0 || _arm < 0 || !HasNumbers)
        {
            var missing = _label < 0 ? "a column for the study" : _arm < 0 ? "a column for the arm (arm, group or treatment)" : "the numbers of each arm (events and n, events and time, or mean, sd and n)";
            throw new StudyFileException([new(_grid.Header[0].Position, $"a table with one row per arm needs {missing}; it has {_grid.Listing}. Say which is which with a map such as arm=group")]);
        }

        _faults.AddRange(_inputs.Keys.Select(input => _grid.Doubt(input, Names(input))).OfType<FileFault>());
        CheckArms();
        var (pairs, controls) = (new List<(IReadOnlyList<CsvField> Treated, IReadOnlyList<CsvField> Control)>(), new List<string>());
        foreach (var rows in Studies())
        {
            if (Pair(rows) is { } pair)
            {
                pairs.Add(pair);
                controls.Add(pair.Control[_arm].Text);
            }
        }

        if (_faults.Count > 0)
        {
            throw new StudyFileException(_options.Layout is not null ? _faults
                : [.. _faults.Take(_faults.Count - 1), _faults[^1] with { Message = _faults[^1].Message + "; if each row is a study of its own, say --layout wide" }]);
        }

        _notes.Insert(0, $"control: {string.Join(", ", controls.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Select(group => FormattableString.Invariant($"{group.Key} ({group.Count()} {(group.Count() == 1 ? "study" : "studies")})")))}");
        return Wide(pairs);
    }

    /// <summary>The table with each study, and its year, in all of its rows: a row of an arm without a study belongs to the one above it.</summary>
    private static TableGrid Filled(TableGrid grid, List<string> notes)
    {
        int label = grid.Column("label", ColumnAliases.Label), arm = grid.Column("arm", ArmColumns), year = grid.Column("year", ColumnAliases.Year);
        if (label < 0 || arm < 0)
        {
            return grid;
        }

        var (rows, filled) = (new List<IReadOnlyList<CsvField>>(), 0);
        foreach (var row in grid.Rows)
        {
            var isFurther = rows.Count > 0 && row[label].Text.Length == 0 && row[arm].Text.Length > 0;
            filled += isFurther ? 1 : 0;
            rows.Add(!isFurther ? row : [.. row.Select((cell, i) => (i == label || i == year) && cell.Text.Length == 0 ? cell with { Text = rows[^1][i].Text } : cell)]);
        }

        if (filled > 0)
        {
            notes.Add(FormattableString.Invariant($"{filled} {(filled == 1 ? "row" : "rows")} without a study were taken as further arms of the study above"));
        }

        return filled == 0 ? grid : new(grid.Name, grid.Header, rows, grid.Map);
    }

    /// <summary>The rows of each study in the order of the file.</summary>
    private List<List<IReadOnlyList<CsvField>>> Studies() =>
        [.. _grid.Rows.GroupBy(row => (row[_label].Text, _year < 0 ? "" : row[_year].Text)).Select(rows => rows.ToList())];

    /// <summary>An arm that was named and that no study has is a slip of the pen.</summary>
    private void CheckArms()
    {
        string[] known = [.. _grid.Rows.Select(row => row[_arm].Text).Where(text => text.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];
        foreach (var named in new[] { _options.Intervention, _options.Control })
        {
            if (named is not null && !known.Any(arm => Same(arm, named)))
            {
                throw new ArgumentException($"no study of {_grid.Name} has the arm '{named}'{NearestName.Hint(named, known)}");
            }
        }
    }

    private (IReadOnlyList<CsvField> Treated, IReadOnlyList<CsvField> Control)? Pair(List<IReadOnlyList<CsvField>> rows)
    {
        var (study, first) = (rows[0][_label].Text, rows[0][_label].Position);
        var arms = rows.ConvertAll(row => row[_arm].Text);
        var names = string.Join(", ", arms);
        var twice = arms.FindIndex(arm => arms.FindIndex(other => Same(other, arm)) < arms.FindLastIndex(other => Same(other, arm)));
        if (twice >= 0)
        {
            var again = rows[arms.FindLastIndex(other => Same(other, arms[twice]))][_arm].Position;
            return Refuse(again, $"the study {study} has the arm '{arms[twice]}' twice (also in line {rows[twice][_arm].Position.Line}): keep the rows of one outcome at one time, such as --where outcome=pain");
        }

        var control = _options.Control is { } named ? arms.FindIndex(arm => Same(arm, named)) : -1;
        var treated = _options.Intervention is { } other ? arms.FindIndex(arm => Same(arm, other)) : -1;
        if (_options is { Control: not null, Intervention: not null })
        {
            if (control >= 0 && treated >= 0)
            {
                return (rows[treated], rows[control]);
            }

            _notes.Add($"{study} is left out: it does not compare {_options.Intervention} with {_options.Control} (it has {names})");
            return null;
        }

        if (rows.Count == 1)
        {
            return Refuse(first, $"the study {study} has one arm only ({names}): write both arms under the same name of the study, or leave it out");
        }

        if (rows.Count > 2)
        {
            return Refuse(first, $"the study {study} has {rows.Count} arms ({names}): say which two are compared with --intervention and --control");
        }

        if ((_options.Control is not null && control < 0) || (_options.Intervention is not null && treated < 0))
        {
            return Refuse(first, $"the study {study} has no arm '{_options.Control ?? _options.Intervention}' (it has {names}): name both arms, --intervention and --control, to leave out studies that compare others");
        }

        control = control >= 0 ? control : treated >= 0 ? 1 - treated : ArmNames.Control(arms);
        return control >= 0
            ? (rows[1 - control], rows[control])
            : Refuse(first, $"it cannot be told which arm of the study {study} is the control ({names}): name it with --control");
    }

    private (IReadOnlyList<CsvField>, IReadOnlyList<CsvField>)? Refuse(SourcePosition position, string message)
    {
        _faults.Add(new(position, message));
        return null;
    }

    private LaidTable Wide(List<(IReadOnlyList<CsvField> Treated, IReadOnlyList<CsvField> Control)> pairs)
    {
        var (header, sources) = (new List<CsvField>(), new List<string>());
        var cells = pairs.ConvertAll(_ => new List<CsvField>());
        void Add(string name, string source, int column, Func<(IReadOnlyList<CsvField> Treated, IReadOnlyList<CsvField> Control), IReadOnlyList<CsvField>> side)
        {
            header.Add(new(name, _grid.Header[column].Position));
            sources.Add(source);
            for (var i = 0; i < pairs.Count; i++)
            {
                cells[i].Add(side(pairs[i])[column]);
            }
        }

        for (var column = 0; column < _grid.Header.Count; column++)
        {
            var name = _grid.Header[column].Text;
            if (_inputs.FirstOrDefault(pair => pair.Value == column).Key is { } input)
            {
                var (_, treated, control) = Inputs.First(item => item.Input == input);
                Array.ForEach(treated, wide => Add(wide, $"{name} of the intervention", column, pair => pair.Treated));
                Array.ForEach(control, wide => Add(wide, $"{name} of the control", column, pair => pair.Control));
            }
            else if (pairs.TrueForAll(pair => pair.Control[column].Text.Length == 0 || pair.Treated[column].Text.Length == 0 || pair.Control[column].Text == pair.Treated[column].Text))
            {
                Add(name, name, column, pair => pair.Treated[column].Text.Length > 0 ? pair.Treated : pair.Control);
            }
            else
            {
                Add($"{name}.1", name, column, pair => pair.Treated);
                Add($"{name}.2", name, column, pair => pair.Control);
            }
        }

        var grid = new TableGrid(_grid.Name, header, cells, new Dictionary<string, int>());
        return new(grid.WithMap(new Dictionary<string, string> { ["label"] = _grid.Header[_label].Text }), TableLayout.ArmLong, sources, _notes);
    }

    private static bool Same(string arm, string other) => string.Equals(arm, other, StringComparison.OrdinalIgnoreCase);
}
