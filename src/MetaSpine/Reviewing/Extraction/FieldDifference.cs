namespace MetaSpine;

/// <summary>How two extractions differ in a field.</summary>
public enum DifferenceKind
{
    /// <summary>Both give the field, and differ.</summary>
    Different,

    /// <summary>Both give the same number in another form: 25 and 25.0, which says something else of its precision.</summary>
    Form,

    /// <summary>Only the first gives it.</summary>
    OnlyA,

    /// <summary>Only the second gives it.</summary>
    OnlyB,
}

/// <summary>What a field holds, which decides how agreement on it is measured.</summary>
public enum FieldKind
{
    /// <summary>A reported number.</summary>
    Number,

    /// <summary>A word of a few: a judgement, an answer, a type, a category.</summary>
    Category,

    /// <summary>Free text, and what names the report.</summary>
    Text,
}

/// <summary>A field in which two files differ.</summary>
/// <param name="Study">The study's id.</param>
/// <param name="Path">The field: <c>outcomes[pain].results[group=all].events</c>; empty for the whole study.</param>
/// <param name="Kind">How they differ.</param>
/// <param name="Field">What the field holds.</param>
/// <param name="A">What the first file gives, as written; a list or a mapping as YAML on one line. <see langword="null"/> where it gives nothing.</param>
/// <param name="B">What the second file gives.</param>
/// <param name="AtA">Where that stands in the first file; where it gives nothing, what the field would be part of.</param>
/// <param name="AtB">The same in the second.</param>
public sealed record FieldDifference(string Study, string Path, DifferenceKind Kind, FieldKind Field, string? A, string? B, SourcePosition AtA, SourcePosition AtB);
