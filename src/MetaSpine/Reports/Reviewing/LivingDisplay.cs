using System.Text.Json;

namespace MetaSpine;

/// <content>How two extractions show themselves.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record ExtractionComparison : Reportable
{
    internal override ReportParts Parts => ExtractionReport.Parts(this);

    internal override Table Rows => ExtractionReport.Exact(this);

    internal override void Write(Utf8JsonWriter writer) => ExtractionReport.Write(writer, this);
}

/// <content>How two states of a review show themselves.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record ReviewDiff : Reportable
{
    internal override ReportParts Parts => ReviewDiffReport.Parts(this);

    internal override Table Rows => ReviewDiffReport.Exact(this);

    internal override void Write(Utf8JsonWriter writer) => ReviewDiffReport.Write(writer, this);
}
