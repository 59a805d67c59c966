namespace MetaSpine;

/// <summary>In what the parts of a partition are counted.</summary>
public enum PartitionUnit
{
    /// <summary>Whole numbers that add up to the whole.</summary>
    Counts,

    /// <summary>Percentages that add up to 100, within their rounding.</summary>
    Percent,
}

/// <summary>A whole and the parts that the report divides it into: 4 upper cervical and 28 subaxial lesions of 32.</summary>
public sealed record Partition : FileRecord
{
    /// <summary>What divides the whole: the level of the lesion, the kind of operation.</summary>
    public required string By { get; init; }

    /// <summary>The group that is divided; its size is the whole.</summary>
    public string? Of { get; init; }

    /// <summary>The whole, where it is not a group.</summary>
    public ReportedNumber? Total { get; init; }

    /// <summary>Whether the parts are counts (the default) or percentages.</summary>
    public PartitionUnit Unit { get; init; }

    /// <summary>The parts.</summary>
    public ValueList<Part> Parts { get; init; } = [];

    /// <summary>Where the numbers come from.</summary>
    public Source? Source { get; init; }

    internal static readonly Choices<PartitionUnit> Units = new("what the parts are",
        ("counts", PartitionUnit.Counts), ("percent", PartitionUnit.Percent));

    internal static readonly Shape<Partition> Shape = new("Partition", "A whole and the parts that it is divided into.", () => new() { By = "" }, keys => keys
        .Required("by", "What divides the whole.", Codecs.Text, p => p.By, (p, v) => p with { By = v })
        .Optional("of", "The group that is divided.", Codecs.Id, p => p.Of, (p, v) => p with { Of = v })
        .Optional("total", "The whole, where it is not a group.", Codecs.Count, p => p.Total, (p, v) => p with { Total = v })
        .Value("unit", "Whether the parts are counts or percent.", Units, p => p.Unit, (p, v) => p with { Unit = v })
        .Many("parts", "The parts, each with its number.", Part.Map, p => p.Parts, (p, v) => p with { Parts = v })
        .Optional("source", "Where the numbers come from.", Source.Shape, p => p.Source, (p, v) => p with { Source = v }));
}

/// <summary>One part of a partition.</summary>
public sealed record Part : FileRecord
{
    /// <summary>The part's name.</summary>
    public required string Id { get; init; }

    /// <summary>How many, or what percentage.</summary>
    public required ReportedNumber Number { get; init; }

    internal static readonly KeyedCodec<Part> Map = Of(Codecs.NotNegative);

    internal static readonly KeyedCodec<Part> Counts = Of(Codecs.Count);

    internal static readonly KeyedCodec<Part> PValues = new("variable",
        new MappedCodec<ReportedNumber, Part>(Codecs.PValue, n => new() { Id = "", Number = n }, p => p.Number), p => p.Id, (p, id) => p with { Id = id });

    private static KeyedCodec<Part> Of(Codec<ReportedNumber> number) =>
        new("part", new MappedCodec<ReportedNumber, Part>(number, n => new() { Id = "", Number = n }, p => p.Number),
            p => p.Id, (p, id) => p with { Id = id });
}
