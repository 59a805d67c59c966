using System.Text.Json;

namespace MetaSpine;

// How answers to questions about a result show themselves; as in Display.cs, and all through one view.

/// <content>How a selection model shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record SelectionResult : Reportable
{
    internal override ReportParts Parts => SelectionReport.Of(this).Parts;

    internal override Table Rows => SelectionReport.Of(this).Exact;

    internal override void Write(Utf8JsonWriter writer) => SelectionReport.Of(this).Write(writer);
}

/// <content>How a Copas model shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record CopasResult : Reportable
{
    internal override ReportParts Parts => SelectionReport.Of(this).Parts;

    internal override Table Rows => SelectionReport.Of(this).Exact;

    internal override void Write(Utf8JsonWriter writer) => SelectionReport.Of(this).Write(writer);
}

/// <content>How a bound for unreported outcomes shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record ReportingBiasResult : Reportable
{
    internal override ReportParts Parts => SelectionReport.Of(this).Parts;

    internal override Table Rows => SelectionReport.Of(this).Exact;

    internal override void Write(Utf8JsonWriter writer) => SelectionReport.Of(this).Write(writer);
}

/// <content>How a sequence of looks shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record SequentialDesign : Reportable
{
    internal override ReportParts Parts => SelectionReport.Of(this).Parts;

    internal override Table Rows => SelectionReport.Of(this).Exact;

    internal override void Write(Utf8JsonWriter writer) => SelectionReport.Of(this).Write(writer);
}

/// <content>How a trial sequential analysis shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record TrialSequentialResult : Reportable
{
    internal override ReportParts Parts => SelectionReport.Of(this).Parts;

    internal override Table Rows => SelectionReport.Of(this).Exact;

    internal override void Write(Utf8JsonWriter writer) => SelectionReport.Of(this).Write(writer);
}

/// <content>How a fragility index shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record FragilityResult : Reportable
{
    internal override ReportParts Parts => SelectionReport.Of(this).Parts;

    internal override Table Rows => SelectionReport.Of(this).Exact;

    internal override void Write(Utf8JsonWriter writer) => SelectionReport.Of(this).Write(writer);
}

/// <content>How a multiverse shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record MultiverseResult : Reportable
{
    internal override ReportParts Parts => SelectionReport.Of(this).Parts;

    internal override Table Rows => SelectionReport.Of(this).Exact;

    internal override void Write(Utf8JsonWriter writer) => SelectionReport.Of(this).Write(writer);
}
