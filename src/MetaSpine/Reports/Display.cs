namespace MetaSpine;

// How results show themselves. The members stand here, and not beside the data, because reports know results and not the other way.

/// <content>How a pooled result shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record PooledResult : INotebookDisplay
{
    /// <summary>The result as text; see <see cref="Report.Text(PooledResult, int)"/>.</summary>
    public override string ToString() => Report.Text(this);

    /// <summary>The result as Markdown; see <see cref="Report.Markdown(PooledResult)"/>.</summary>
    public string ToMarkdown() => Report.Markdown(this);

    /// <summary>The result as HTML; see <see cref="Report.Html(PooledResult)"/>. Notebooks find this method by its name.</summary>
    public string ToHtml() => Report.Html(this);
}

/// <content>How a meta-regression shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record RegressionResult : INotebookDisplay
{
    /// <summary>The result as text; see <see cref="Report.Text(RegressionResult, int)"/>.</summary>
    public override string ToString() => Report.Text(this);

    /// <summary>The result as Markdown; see <see cref="Report.Markdown(RegressionResult)"/>.</summary>
    public string ToMarkdown() => Report.Markdown(this);

    /// <summary>The result as HTML; see <see cref="Report.Html(RegressionResult)"/>. Notebooks find this method by its name.</summary>
    public string ToHtml() => Report.Html(this);
}

/// <content>How effect sizes show themselves.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record EffectSizes : INotebookDisplay
{
    /// <summary>The effect sizes as text; see <see cref="Report.Text(EffectSizes, int)"/>.</summary>
    public override string ToString() => Report.Text(this);

    /// <summary>The effect sizes as Markdown; see <see cref="Report.Markdown(EffectSizes)"/>.</summary>
    public string ToMarkdown() => Report.Markdown(this);

    /// <summary>The effect sizes as HTML; see <see cref="Report.Html(EffectSizes)"/>. Notebooks find this method by its name.</summary>
    public string ToHtml() => Report.Html(this);
}

/// <content>How an analysis of a review shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record AnalysisResult : INotebookDisplay
{
    /// <summary>The result as text; see <see cref="Report.Text(AnalysisResult, int)"/>.</summary>
    public override string ToString() => Report.Text(this);

    /// <summary>The result as Markdown; see <see cref="Report.Markdown(AnalysisResult)"/>.</summary>
    public string ToMarkdown() => Report.Markdown(this);

    /// <summary>The result as HTML; see <see cref="Report.Html(AnalysisResult)"/>. Notebooks find this method by its name.</summary>
    public string ToHtml() => Report.Html(this);
}

/// <content>How a picture shows itself; Markdown takes an SVG as it is.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial class Drawing : INotebookDisplay
{
    string INotebookDisplay.ToMarkdown() => ToSvg();
}
