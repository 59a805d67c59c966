namespace MetaSpine;

/// <summary>The report that a study is known by.</summary>
public sealed record Citation : FileRecord
{
    /// <summary>The authors in order, family name first: "Oda I". Empty where the source does not show them: never invent one.</summary>
    public ValueList<string> Authors { get; init; } = [];

    /// <summary>The title.</summary>
    public string? Title { get; init; }

    /// <summary>The journal's name, in full or abbreviated.</summary>
    public string? Journal { get; init; }

    /// <summary>The year of publication.</summary>
    public int? Year { get; init; }

    /// <summary>The volume, as printed.</summary>
    public string? Volume { get; init; }

    /// <summary>The issue, as printed.</summary>
    public string? Issue { get; init; }

    /// <summary>The pages or the article number, as printed.</summary>
    public string? Pages { get; init; }

    /// <summary>The PubMed number.</summary>
    public string? Pmid { get; init; }

    /// <summary>The digital object identifier, without https://doi.org/.</summary>
    public string? Doi { get; init; }

    /// <summary>The PubMed Central number.</summary>
    public string? Pmcid { get; init; }

    /// <summary>The registration of the study, such as an NCT number.</summary>
    public string? Registration { get; init; }

    /// <summary>An address where the report can be read.</summary>
    public string? Url { get; init; }

    internal static readonly Shape<Citation> Shape = new("Citation", "A published report.", () => new(), keys => keys
        .List("authors", "The authors in order, family name first; none where the source does not show them.", Codecs.Text,
            c => c.Authors, (c, v) => c with { Authors = v })
        .Optional("title", "The title.", Codecs.Text, c => c.Title, (c, v) => c with { Title = v })
        .Optional("journal", "The journal.", Codecs.Text, c => c.Journal, (c, v) => c with { Journal = v })
        .Value("year", "The year of publication.", Codecs.Year, c => c.Year, (c, v) => c with { Year = v })
        .Optional("volume", "The volume, as printed.", Codecs.Text, c => c.Volume, (c, v) => c with { Volume = v })
        .Optional("issue", "The issue, as printed.", Codecs.Text, c => c.Issue, (c, v) => c with { Issue = v })
        .Optional("pages", "The pages or article number, as printed.", Codecs.Text, c => c.Pages, (c, v) => c with { Pages = v })
        .Optional("pmid", "The PubMed number.", Codecs.Pmid, c => c.Pmid, (c, v) => c with { Pmid = v })
        .Optional("doi", "The DOI, beginning with 10.", Codecs.Doi, c => c.Doi, (c, v) => c with { Doi = v })
        .Optional("pmcid", "The PubMed Central number.", Codecs.Pmcid, c => c.Pmcid, (c, v) => c with { Pmcid = v })
        .Optional("registration", "The registration of the study, such as an NCT number.", Codecs.Text,
            c => c.Registration, (c, v) => c with { Registration = v })
        .Optional("url", "An address where the report can be read.", Codecs.Text, c => c.Url, (c, v) => c with { Url = v }));
}
