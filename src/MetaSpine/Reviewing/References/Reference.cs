namespace MetaSpine;

/// <summary>
/// A bibliographic record: what a database, a reference manager or a journal says of one report. What a file does not say is
/// <see langword="null"/> or empty; nothing is invented.
/// </summary>
public sealed record Reference
{
    /// <summary>The record's name in its file: EndNote's record number, a BibTeX key, a PubMed number. Not unique across files.</summary>
    public string? Id { get; init; }

    /// <summary>What kind of report it is. <value>Default: <see cref="ReferenceType.Other"/>, where a file does not say.</value></summary>
    public ReferenceType Type { get; init; }

    /// <summary>The title, without markup.</summary>
    public string? Title { get; init; }

    /// <summary>The authors, in order.</summary>
    public ValueList<PersonName> Authors { get; init; } = [];

    /// <summary>The editors of the book or the proceedings, in order.</summary>
    public ValueList<PersonName> Editors { get; init; } = [];

    /// <summary>What the report stands in: the journal, the book, the conference.</summary>
    public string? Container { get; init; }

    /// <summary>The short form of the journal's name, where the file has one beside the full form.</summary>
    public string? ContainerAbbreviation { get; init; }

    /// <summary>The year of publication.</summary>
    public int? Year { get; init; }

    /// <summary>The date of publication as the file writes it, where it says more than the year: "2006 Jun 1".</summary>
    public string? Date { get; init; }

    /// <summary>The volume, as printed.</summary>
    public string? Volume { get; init; }

    /// <summary>The issue, as printed.</summary>
    public string? Issue { get; init; }

    /// <summary>The pages or the article number, the last page in full: "1439-1444", "S106-S111", "C7".</summary>
    public string? Pages { get; init; }

    /// <summary>The digital object identifier, beginning with <c>10.</c> and without a resolver's address.</summary>
    public string? Doi { get; init; }

    /// <summary>The PubMed number: digits.</summary>
    public string? Pmid { get; init; }

    /// <summary>The PubMed Central number: <c>PMC</c> and digits.</summary>
    public string? Pmcid { get; init; }

    /// <summary>ISSNs and ISBNs, without remarks such as "(Print)".</summary>
    public ValueList<string> SerialNumbers { get; init; } = [];

    /// <summary>The abstract.</summary>
    public string? Abstract { get; init; }

    /// <summary>Keywords and subject headings, in order.</summary>
    public ValueList<string> Keywords { get; init; } = [];

    /// <summary>What a database says of the kind of publication: "Randomized Controlled Trial", "Retracted Publication".</summary>
    public ValueList<string> PublicationTypes { get; init; } = [];

    /// <summary>The language, as the file writes it.</summary>
    public string? Language { get; init; }

    /// <summary>The publisher.</summary>
    public string? Publisher { get; init; }

    /// <summary>Where the publisher is.</summary>
    public string? Place { get; init; }

    /// <summary>Addresses of the report.</summary>
    public ValueList<string> Urls { get; init; } = [];

    /// <summary>The database that the record comes from: "Embase", "MEDLINE".</summary>
    public string? Database { get; init; }

    /// <summary>The record's number in that database, where it is no PubMed number.</summary>
    public string? AccessionNumber { get; init; }

    /// <summary>Retractions, errata and expressions of concern about the report.</summary>
    public ValueList<PublicationNotice> Notices { get; init; } = [];

    /// <summary>Labels that people or tools gave the record, such as the decisions of screening.</summary>
    public ValueList<string> Labels { get; init; } = [];

    /// <summary>Remarks.</summary>
    public ValueList<string> Notes { get; init; } = [];

    /// <summary>
    /// What the file says beyond that, under its own tags and in its order, so that writing the same format again loses nothing.
    /// </summary>
    public ValueList<ReferenceField> Other { get; init; } = [];

    /// <summary>Where the record begins; <c>default</c> for a record that was not read from a file.</summary>
    public SourcePosition Position { get; init; }

    /// <summary>The report as a study file cites it.</summary>
    public Citation ToCitation() => new()
    {
        Authors = [.. Authors.Select(author => author.ToString())],
        Title = Title, Journal = Container ?? ContainerAbbreviation, Year = Year, Volume = Volume, Issue = Issue, Pages = Pages,
        Pmid = Pmid, Doi = Doi, Pmcid = Pmcid, Url = Doi is null && Pmid is null && Urls.Count > 0 ? Urls[0] : null,
    };
}

/// <summary>What a format says under one of its own tags.</summary>
/// <param name="Format">The format whose tag it is.</param>
/// <param name="Tag">The tag: <c>U2</c>, <c>JID</c>, <c>custom4</c>.</param>
/// <param name="Text">The text, its lines as they were.</param>
public sealed record ReferenceField(ReferenceFormat Format, string Tag, string Text);
