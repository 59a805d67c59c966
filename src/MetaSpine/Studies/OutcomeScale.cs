namespace MetaSpine;

/// <summary>What the single values of a measured quantity can be.</summary>
public enum ScaleValues
{
    /// <summary>Whole numbers: points of a questionnaire, days, children.</summary>
    Whole,

    /// <summary>Zeros and ones.</summary>
    Binary,
}

/// <summary>The scale that a continuous outcome is measured on, which decides what means and standard deviations are possible.</summary>
public sealed record OutcomeScale : FileRecord
{
    /// <summary>What each patient's value (or each item) can be. Absent: any number, unless there are <see cref="Items"/>, which are whole.</summary>
    public ScaleValues? Values { get; init; }

    /// <summary>How many whole numbers each patient's value is the mean of. Absent: one, or their sum, which is whole too.</summary>
    public int? Items { get; init; }

    /// <summary>The lowest value there can be.</summary>
    public ReportedNumber? Low { get; init; }

    /// <summary>The highest value there can be.</summary>
    public ReportedNumber? High { get; init; }

    internal static readonly Choices<ScaleValues> Kinds = new("what values can be", ("integer", ScaleValues.Whole), ("binary", ScaleValues.Binary));

    internal static readonly Shape<OutcomeScale> Shape = new("OutcomeScale", "The scale that a continuous outcome is measured on.", () => new(), keys => keys
        .Value("values", "What each patient's value can be: integer or binary; any number where it is not given.", Kinds,
            s => s.Values, (s, v) => s with { Values = v })
        .Value("items", "How many whole numbers each patient's value is the mean of.", new WholeNumberCodec("a number of items from 1 to 10000", 1, 10_000),
            s => s.Items, (s, v) => s with { Items = v })
        .Optional("low", "The lowest value there can be.", Codecs.Real, s => s.Low, (s, v) => s with { Low = v })
        .Optional("high", "The highest value there can be.", Codecs.Real, s => s.High, (s, v) => s with { High = v }));
}
