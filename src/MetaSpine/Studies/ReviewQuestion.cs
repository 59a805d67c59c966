namespace MetaSpine;

/// <summary>The question of a review, in its usual four parts.</summary>
public sealed record ReviewQuestion : FileRecord
{
    /// <summary>Whom the review is about.</summary>
    public string? Population { get; init; }

    /// <summary>What is done.</summary>
    public string? Intervention { get; init; }

    /// <summary>What it is compared with.</summary>
    public string? Comparison { get; init; }

    /// <summary>What is measured.</summary>
    public string? Outcome { get; init; }

    /// <summary>Which designs of study count.</summary>
    public string? Design { get; init; }

    internal static readonly Shape<ReviewQuestion> Shape = new("ReviewQuestion", "The question of the review.", () => new(), keys => keys
        .Optional("population", "Whom the review is about.", Codecs.Text, q => q.Population, (q, v) => q with { Population = v })
        .Optional("intervention", "What is done.", Codecs.Text, q => q.Intervention, (q, v) => q with { Intervention = v })
        .Optional("comparison", "What it is compared with.", Codecs.Text, q => q.Comparison, (q, v) => q with { Comparison = v })
        .Optional("outcome", "What is measured.", Codecs.Text, q => q.Outcome, (q, v) => q with { Outcome = v })
        .Optional("design", "Which designs of study count.", Codecs.Text, q => q.Design, (q, v) => q with { Design = v }));
}

/// <summary>Where the plan of a review is published.</summary>
public sealed record ReviewProtocol : FileRecord
{
    /// <summary>The registration, such as a PROSPERO number.</summary>
    public string? Registration { get; init; }

    /// <summary>The protocol's DOI.</summary>
    public string? Doi { get; init; }

    /// <summary>The protocol's address.</summary>
    public string? Url { get; init; }

    internal static readonly Shape<ReviewProtocol> Shape = new("ReviewProtocol", "Where the plan of the review is published.", () => new(), keys => keys
        .Optional("registration", "The registration, such as a PROSPERO number.", Codecs.Text,
            p => p.Registration, (p, v) => p with { Registration = v })
        .Optional("doi", "The protocol's DOI.", Codecs.Doi, p => p.Doi, (p, v) => p with { Doi = v })
        .Optional("url", "The protocol's address.", Codecs.Text, p => p.Url, (p, v) => p with { Url = v }));
}

/// <summary>A search for studies.</summary>
public sealed record LiteratureSearch : FileRecord
{
    /// <summary>What was searched: MEDLINE, Embase.</summary>
    public required string Source { get; init; }

    /// <summary>Through what: PubMed, Ovid.</summary>
    public string? Platform { get; init; }

    /// <summary>When.</summary>
    public string? Date { get; init; }

    /// <summary>How many records it found.</summary>
    public int? Records { get; init; }

    /// <summary>The search string.</summary>
    public string? Query { get; init; }

    /// <summary>The file of the records.</summary>
    public string? File { get; init; }

    internal static readonly Shape<LiteratureSearch> Shape = new("LiteratureSearch", "A search for studies.", () => new() { Source = "" }, keys => keys
        .Required("source", "What was searched: MEDLINE, Embase.", Codecs.Text, s => s.Source, (s, v) => s with { Source = v })
        .Optional("platform", "Through what: PubMed, Ovid.", Codecs.Text, s => s.Platform, (s, v) => s with { Platform = v })
        .Optional("date", "When.", Codecs.Date, s => s.Date, (s, v) => s with { Date = v })
        .Value("records", "How many records it found.", Codecs.Records, s => s.Records, (s, v) => s with { Records = v })
        .Optional("query", "The search string.", Codecs.Text, s => s.Query, (s, v) => s with { Query = v })
        .Optional("file", "The file of the records.", Codecs.Text, s => s.File, (s, v) => s with { File = v }));
}

/// <summary>An outcome that a review looks at, under the id that its studies use.</summary>
public sealed record ReviewOutcome : FileRecord
{
    /// <summary>The outcome's id in the studies.</summary>
    public required string Id { get; init; }

    /// <summary>The name that readers see.</summary>
    public string? Label { get; init; }

    /// <summary>Which way is better.</summary>
    public OutcomeDirection? Direction { get; init; }

    /// <summary>What the review counts as this outcome.</summary>
    public string? Definition { get; init; }

    internal static readonly Shape<ReviewOutcome> Shape = new("ReviewOutcome", "An outcome that the review looks at.", () => new() { Id = "" }, keys => keys
        .Required("id", "The outcome's id in the studies.", Codecs.Id, o => o.Id, (o, v) => o with { Id = v })
        .Optional("label", "The name that readers see.", Codecs.Text, o => o.Label, (o, v) => o with { Label = v })
        .Value("direction", "Which way is better.", Outcome.Directions, o => o.Direction, (o, v) => o with { Direction = v })
        .Optional("definition", "What the review counts as this outcome.", Codecs.Text,
            o => o.Definition, (o, v) => o with { Definition = v }));
}
