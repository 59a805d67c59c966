using System.Globalization;

namespace MetaSpine;

/// <summary>Runs an analysis on a table of studies, as <see cref="ReviewAnalysis"/> does on a review.</summary>
public static class TableAnalysis
{
    /// <summary>Pools the studies of a table; subgroup, moderators and the formula of the analysis name its columns.</summary>
    /// <param name="table">The table.</param>
    /// <param name="analysis">What is asked for. What chooses among the results of study files (outcome, arm, timepoint, ...) has no meaning here.</param>
    /// <exception cref="StudyFileException">A code of the analysis does not exist, a column is missing or a number cannot be read.</exception>
    /// <exception cref="ArgumentException">There is no column of the subgroup or of a moderator; the message names the nearest.</exception>
    /// <exception cref="FormulaException">The formula names a column that does not exist or does not fit its place.</exception>
    public static AnalysisResult Analyse(this StudyTable table, Analysis analysis)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(analysis);
        var settings = AnalysisSettings.Of(analysis);
        var data = table.Read(settings.Measure);
        settings = settings with { Measure = data.Measure };
        var empty = new AnalysisResult
        {
            Analysis = analysis,
            Title = analysis.Title ?? analysis.Id,
            Measure = settings.Measure,
            Pooled = null,
            Problem = null,
            Regression = null,
            NotPooled = [],
            Notes = [.. data.Notes],
        };
        return AnalysisRun.Of(empty, settings, data.Data, new TableModerators(table, data.Measure));
    }

    private sealed class TableModerators(StudyTable table, Measure measure) : IModerators
    {
        public IReadOnlyList<string> Names => [.. table.ColumnNames.Where(name => name.Length > 0)];

        public bool Has(string name) => HasColumn(name) || Own(name) is not null;

        public Predictor Predictor(string name) => Own(name) is { } own ? MetaSpine.Predictor.Categorical(name, own) : table.Predictor(name);

        public IReadOnlyList<string?> Categories(string name) => Own(name) ?? table.Categories(name);

        private bool HasColumn(string name) => table.ColumnNames.Contains(name, StringComparer.OrdinalIgnoreCase);

        /// <summary>The study and the effect of each row, where no column says them. A column <c>effect</c> of estimates does not.</summary>
        private IReadOnlyList<string?>? Own(string name) => name switch
        {
            Analysis.ByStudy when !HasColumn(name) => table.Labels,
            Analysis.ByEffect when !HasColumn(name) || table.Match(measure)?.Any(match => name.Equals(match.Column, StringComparison.OrdinalIgnoreCase)) == true =>
                [.. Enumerable.Range(1, table.Count).Select(row => row.ToString(CultureInfo.InvariantCulture))],
            _ => null,
        };
    }
}
