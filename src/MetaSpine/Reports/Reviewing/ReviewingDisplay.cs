using System.Text.Json;

namespace MetaSpine;

/// <content>How a flow diagram shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record PrismaFlow : Reportable
{
    internal override ReportParts Parts => FlowReport.Parts(this);

    internal override Table Rows => FlowReport.Exact(this);

    /// <summary>The diagram in characters.</summary>
    /// <param name="width">The characters that a line may have; at least 44. <value>Default 80.</value></param>
    /// <exception cref="ArgumentException">There are no counts, or one is negative.</exception>
    public string ToDiagram(int width = 80) => FlowText.Draw(new PrismaContent(Counts), width);

    /// <summary>The diagram in the language of Mermaid, for Markdown: between <c>```mermaid</c> and <c>```</c>.</summary>
    /// <exception cref="ArgumentException">There are no counts, or one is negative.</exception>
    public string ToMermaid() => FlowMermaid.Draw(new PrismaContent(Counts));

    internal override void Write(Utf8JsonWriter writer) => FlowReport.Write(writer, this);
}

/// <content>How the screening of a review shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record ScreeningResult : Reportable
{
    internal override ReportParts Parts => ScreeningReport.Parts(this);

    internal override Table Rows => ScreeningReport.Exact(this);

    /// <summary>The records that were judged differently, a row for each, with every reviewer's decision and what was decided in the end.</summary>
    public Table ConflictTable() => ScreeningReport.Conflicts(this);

    internal override void Write(Utf8JsonWriter writer) => ScreeningReport.Write(writer, this);
}

/// <content>How the agreement of two raters shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record AgreementResult : Reportable
{
    internal override ReportParts Parts => ScreeningReport.Parts(this);

    internal override Table Rows => ScreeningReport.Exact(this);

    internal override void Write(Utf8JsonWriter writer) => ScreeningReport.Write(writer, this);
}

/// <content>How the agreement of several raters shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record MultiraterAgreement : Reportable
{
    internal override ReportParts Parts => ScreeningReport.Parts(this);

    internal override Table Rows => ScreeningReport.Exact(this);

    internal override void Write(Utf8JsonWriter writer) => ScreeningReport.Write(writer, this);
}
