using System.Text.RegularExpressions;

namespace MetaSpine;

/// <summary>
/// Decisions of screening from a table: one row for each decision (<c>record, reviewer, decision</c>, also <c>stage</c> and <c>reason</c>), one row for each record with a column
/// for each reviewer, Rayyan's export, or a table of two raters' choices that is counted already.
/// </summary>
public sealed partial class ScreeningTable
{
    private static readonly string[] RecordNames = ["record", "recordid", "id", "key", "refid", "reference", "pmid", "doi", "accession", "title", "study"];
    private static readonly string[] ReviewerNames = ["reviewer", "rater", "screener", "reviewername", "user", "by"];
    private static readonly string[] DecisionNames = ["decision", "verdict", "judgement", "judgment", "vote", "rating"];
    private static readonly string[] StageNames = ["stage", "step", "phase"];
    private static readonly string[] ReasonNames = ["reason", "exclusionreason", "reasons", "exclusionreasons", "why"];

    private ScreeningTable(ValueList<ScreeningDecision> decisions, AgreementTable? counts, ValueList<string> notes) => (Decisions, Counts, Notes) = (decisions, counts, notes);

    /// <summary>The decisions; empty where the table is of counts.</summary>
    public ValueList<ScreeningDecision> Decisions { get; }

    /// <summary>The table of two raters' choices, where the file holds that.</summary>
    public AgreementTable? Counts { get; }

    /// <summary>What was taken for what, where that had to be decided.</summary>
    public ValueList<string> Notes { get; }

    /// <summary>Reads a table.</summary>
    /// <param name="path">The file: CSV, with commas, semicolons or tabs.</param>
    /// <param name="reviewers">The columns or names of the reviewers. <value>Default: in a row for each record, every column of decisions.</value></param>
    /// <exception cref="StudyFileException">The table holds no decisions, or some cannot be read; every fault is listed with its place.</exception>
    /// <exception cref="ArgumentException">A reviewer is not in the table.</exception>
    /// <example><code>
    /// Screening.Of(ScreeningTable.Load("decisions.csv").Decisions)
    /// </code></example>
    public static ScreeningTable Load(string path, IReadOnlyList<string>? reviewers = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        var notes = new List<string>();
        using var reader = OpenedFile.Table(path, notes);
        return Read(reader, path, reviewers, notes);
    }

    /// <summary>Reads a table's text.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="name">The name that faults give as the file.</param>
    /// <param name="reviewers">The columns or names of the reviewers. <value>Default: every one.</value></param>
    /// <exception cref="StudyFileException">The table holds no decisions, or some cannot be read.</exception>
    /// <exception cref="ArgumentException">A reviewer is not in the table.</exception>
    public static ScreeningTable Read(TextReader reader, string name, IReadOnlyList<string>? reviewers = null)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return Read(reader, name, reviewers, []);
    }

    private static ScreeningTable Read(TextReader reader, string name, IReadOnlyList<string>? reviewers, List<string> notes)
    {
        var grid = TableReader.Read(reader, name);
        if (CountsOf(grid) is { } counts)
        {
            return new([], counts, notes.ToValueList());
        }

        var faults = new List<FileFault>();
        var (who, what) = (grid.Column("reviewer", ReviewerNames), grid.Column("decision", DecisionNames));
        var decisions = Rayyan(grid) is { } notesColumn ? FromNotes(grid, notesColumn) : who >= 0 && what >= 0 ? FromLong(grid, who, what, faults) : FromWide(grid, reviewers, notes, faults);
        if (faults.Count == 0)
        {
            faults.AddRange(ScreeningRules.Contradictions(decisions));
        }

        if (faults.Count > 0)
        {
            throw new StudyFileException(faults);
        }

        if (reviewers is not null)
        {
            string[] known = [.. decisions.Select(decision => decision.Reviewer).Distinct()];
            var kept = reviewers.Select(reviewer => known.FirstOrDefault(other => other.Equals(reviewer, StringComparison.OrdinalIgnoreCase))
                ?? throw new ArgumentException($"{name} has no reviewer '{reviewer}'{NearestName.Hint(reviewer, known)}", nameof(reviewers))).Append(ScreeningDecision.Final).ToHashSet();
            decisions = decisions.FindAll(decision => kept.Contains(decision.Reviewer));
        }

        return decisions.Count > 0 ? new(decisions.ToValueList(), null, notes.ToValueList())
            : throw new StudyFileException([new(grid.Header[0].Position, $"the table holds no decision: expected {DecisionWords.Expected}")]);
    }

    private static List<ScreeningDecision> FromLong(TableGrid grid, int who, int what, List<FileFault> faults)
    {
        var (key, stage, reason) = (grid.Column("record", RecordNames), grid.Column("stage", StageNames), grid.Column("reason", ReasonNames));
        if (key < 0)
        {
            faults.Add(new(grid.Header[0].Position, $"no column says which record a decision is about: name one 'record' (there are {grid.Listing})"));
            return [];
        }

        var decisions = new List<ScreeningDecision>();
        foreach (var row in grid.Rows.Where(row => !TableNumber.IsMissing(row[what].Text)))
        {
            foreach (var (column, meaning) in new[] { (key, "which record it is about"), (who, "who made it") })
            {
                if (row[column].Text.Length == 0)
                {
                    faults.Add(new(row[column].Position, $"the decision '{NumberText.Shorten(row[what].Text)}' does not say {meaning}: the column '{grid.Header[column].Text}' is empty"));
                }
            }

            if (Decision(row, what, stage, reason, faults) is { } decision)
            {
                decisions.Add(Placed(decision with { Record = row[key].Text, Reviewer = row[who].Text }, row[what].Position));
            }
        }

        return decisions;
    }

    private static List<ScreeningDecision> FromWide(TableGrid grid, IReadOnlyList<string>? reviewers, List<string> notes, List<FileFault> faults)
    {
        var (stage, reason) = (grid.Column("stage", StageNames), grid.Column("reason", ReasonNames));
        var named = grid.Column("record", RecordNames);
        var columns = reviewers is not null ? [.. reviewers.Select(grid.IndexOf).Concat(Enumerable.Range(0, grid.Header.Count).Where(IsFinal)).Distinct()]
            : Enumerable.Range(0, grid.Header.Count).Where(column => column != named && column != stage && column != reason && (IsFinal(column) || AreDecisions(grid, column))).ToList();
        if (!columns.Exists(column => !IsFinal(column)))
        {
            faults.Add(new(grid.Header[0].Position, $"no column holds decisions: expected the columns record, reviewer and decision, or a column for each reviewer with {DecisionWords.Expected}"));
            return [];
        }

        var key = named >= 0 ? named : Enumerable.Range(0, grid.Header.Count).Where(column => !columns.Contains(column) && column != stage && column != reason).DefaultIfEmpty(-1).First();
        notes.Add($"records: {(key < 0 ? "by their line" : grid.Header[key].Text is { Length: > 0 } heading ? heading : "the first column")}; reviewers: {string.Join(", ", columns.Where(column => !IsFinal(column)).Select(column => grid.Header[column].Text))}");
        var decisions = new List<ScreeningDecision>();
        foreach (var row in grid.Rows)
        {
            var record = key < 0 || row[key].Text.Length == 0 ? FormattableString.Invariant($"line {row[0].Position.Line}") : row[key].Text;
            foreach (var column in columns.Where(column => !TableNumber.IsMissing(row[column].Text)))
            {
                if (Decision(row, column, stage, reason, faults) is { } decision)
                {
                    decisions.Add(Placed(decision with { Record = record, Reviewer = IsFinal(column) ? ScreeningDecision.Final : grid.Header[column].Text }, row[column].Position));
                }
            }
        }

        return decisions;

        bool IsFinal(int column) => ColumnAliases.Fold(grid.Header[column].Text) is ScreeningDecision.Final or "finaldecision" or "consensus";
    }

    private static List<ScreeningDecision> FromNotes(TableGrid grid, int notes)
    {
        var key = grid.Column("record", RecordNames);
        return
        [
            .. grid.Rows.SelectMany(row => ScreeningLabels.Of([row[notes].Text]).Select(found => Placed(
                new() { Record = key < 0 ? FormattableString.Invariant($"line {row[0].Position.Line}") : row[key].Text, Reviewer = found.Reviewer, Decision = found.Verdict, Reason = found.Reason }, row[notes].Position))),
        ];
    }

    private static ScreeningDecision? Decision(IReadOnlyList<CsvField> row, int column, int stage, int reason, List<FileFault> faults)
    {
        var at = stage < 0 ? ScreeningStage.TitleAbstract : DecisionWords.Stage(row[stage].Text);
        if (at is null)
        {
            faults.Add(new(row[stage].Position, $"'{NumberText.Shorten(row[stage].Text)}' is no stage: expected title_abstract or full_text"));
        }

        if (DecisionWords.OfCell(row[column].Text) is not { } verdict)
        {
            faults.Add(new(row[column].Position, $"'{NumberText.Shorten(row[column].Text)}' is no decision: expected {DecisionWords.Expected}"));
            return null;
        }

        return new() { Record = "", Reviewer = "", Decision = verdict, Stage = at ?? default, Reason = reason >= 0 && verdict == ScreeningVerdict.Exclude && row[reason].Text.Length > 0 ? row[reason].Text : null };
    }

    private static ScreeningDecision Placed(ScreeningDecision decision, SourcePosition position)
    {
        decision.Place(position);
        return decision;
    }

    /// <summary>Whether a column is one of decisions: most of what stands there is.</summary>
    private static bool AreDecisions(TableGrid grid, int column)
    {
        var filled = grid.Rows.Select(row => row[column].Text).Where(text => !TableNumber.IsMissing(text)).ToList();
        return filled.Count > 0 && 2 * filled.Count(text => DecisionWords.OfCell(text) is not null) > filled.Count;
    }

    private static int? Rayyan(TableGrid grid)
    {
        for (var column = 0; column < grid.Header.Count; column++)
        {
            if (grid.Rows.Any(row => row[column].Text.Contains("RAYYAN-INCLUSION:", StringComparison.Ordinal)))
            {
                return column;
            }
        }

        return null;
    }

    /// <summary>The table of two raters' choices: the categories of the header are those of the rows, and all else are counts. Sums at its edges are left out.</summary>
    private static AgreementTable? CountsOf(TableGrid grid)
    {
        List<string> categories = [.. grid.Names.Skip(1).Where(IsCategory)];
        var rows = grid.Rows.Where(row => IsCategory(row[0].Text)).ToList();
        if (categories.Count < 2 || !rows.Select(row => row[0].Text).SequenceEqual(categories, StringComparer.OrdinalIgnoreCase))
        {
            return null;
        }

        var faults = new List<FileFault>();
        var counts = rows.ConvertAll(row => row.Skip(1).Take(categories.Count).Select(cell => TableNumber.Read(cell, $"{row[0].Text}", NumberKind.Count, '.', faults)).ToArray());
        if (faults.Count > 0 || counts.Exists(row => row.Any(count => !(count is >= 0 and <= int.MaxValue && count == Math.Floor(count)))))
        {
            throw new StudyFileException(faults.Count > 0 ? faults : [new(rows[0][0].Position, "the table of two raters' choices needs a count in each cell: whole numbers that are not negative")]);
        }

        var raters = Raters().Match(grid.Header[0].Text) is { Success: true } match ? (match.Groups["a"].Value.Trim(), match.Groups["b"].Value.Trim()) : ("rater A", "rater B");
        return counts.Sum(row => row.Sum()) == 0
            ? throw new StudyFileException([new(rows[0][0].Position, "the table of two raters' choices is empty: every count is 0")])
            : new AgreementTable(categories, [.. counts.Select(row => row.Select(count => (int)count).ToArray())], raters.Item1, raters.Item2);

        static bool IsCategory(string text) => text.Length > 0 && !text.Equals("total", StringComparison.OrdinalIgnoreCase) && !text.Equals("sum", StringComparison.OrdinalIgnoreCase);
    }

    [GeneratedRegex(@"^(?<a>[^\\/,]+?)(?: \(rows\),|\\|/)(?<b>[^\\/,]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Raters();
}
