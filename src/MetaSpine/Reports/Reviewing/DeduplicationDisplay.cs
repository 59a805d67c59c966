using System.Text.Json;

namespace MetaSpine;

/// <content>How duplicates show themselves.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record DeduplicationResult : Reportable
{
    internal override ReportParts Parts => DeduplicationReport.Parts(this);

    internal override Table Rows => DeduplicationReport.Merges(this);

    /// <summary>A row for each pair that was merged: where the records stand, the rule with its reason, the agreement of the fields.</summary>
    public Table MergeTable() => DeduplicationReport.Merges(this);

    /// <summary>A row for each pair that a person has to look at.</summary>
    public Table QuestionTable() => DeduplicationReport.Questions(this);

    internal override void Write(Utf8JsonWriter writer) => DeduplicationReport.Write(writer, this);
}

/// <content>How the accuracy shows itself.</content>
public sealed partial record DeduplicationAccuracy
{
    /// <summary>Sensitivity and specificity with their counts, in a sentence.</summary>
    public override string ToString() => DeduplicationReport.Sentence(this);
}
