namespace MetaSpine.Cli;

/// <summary>What a file knows of its studies beyond what is pooled, as columns of a plot.</summary>
internal sealed class ForestStudies
{
    private readonly string _file;
    private readonly bool _isTable;
    private readonly string? _text;

    /// <param name="file">The file; - for standard input, which is read here since it is needed twice.</param>
    /// <param name="isTable">Whether it is a table.</param>
    /// <param name="terminal">Where standard input comes from.</param>
    public ForestStudies(string file, bool isTable, Terminal terminal)
    {
        (_file, _isTable) = (file, isTable);
        _text = file == "-" ? terminal.In.ReadToEnd() : null;
        Terminal = _text is null ? terminal : new Terminal
        {
            In = new StringReader(_text), Out = terminal.Out, Error = terminal.Error, Width = terminal.Width, Coloured = terminal.Coloured, ErrorColoured = terminal.ErrorColoured,
        };
    }

    /// <summary>The terminal whose standard input can still be read.</summary>
    public Terminal Terminal { get; }

    /// <summary>The columns by name: those of the table, or the review's moderators and judgements.</summary>
    /// <param name="outcome">The outcome that is judged.</param>
    public IReadOnlyDictionary<string, Func<ForestColumn>> Columns(string? outcome)
    {
        var columns = new Dictionary<string, Func<ForestColumn>>(StringComparer.OrdinalIgnoreCase);
        if (_isTable)
        {
            var table = _text is null ? StudyTable.ReadCsv(_file) : StudyTable.ReadCsv(new StringReader(_text), "(standard input)");
            foreach (var name in table.ColumnNames.Where(name => name.Length > 0))
            {
                columns[name] = () => ForestColumn.Of(table.Predictor(name));
            }

            return columns;
        }

        var file = StudyFile.Load(_file);
        var review = file.Review ?? file.Study!.AsReview();
        foreach (var name in review.Studies.SelectMany(study => study.Moderators).Select(moderator => moderator.Name))
        {
            columns[name] = () => ForestColumn.Moderator(review, name);
        }

        columns["risk-of-bias"] = () => ForestColumn.RiskOfBias(review, outcome);
        foreach (var tool in review.Studies.SelectMany(study => study.RiskOfBias).Select(assessment => assessment.Tool))
        {
            columns[$"risk-of-bias:{tool}"] = () => ForestColumn.RiskOfBias(review, outcome, tool);
        }

        return columns;
    }
}
