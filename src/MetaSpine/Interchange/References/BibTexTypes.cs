namespace MetaSpine;

/// <summary>The types of entries of BibTeX and BibLaTeX and what they mean.</summary>
internal static class BibTexTypes
{
    /// <summary>The types, the first of each that which is written.</summary>
    private static readonly (string Name, ReferenceType Type)[] Types =
    [
        ("misc", ReferenceType.Other), ("article", ReferenceType.JournalArticle), ("inproceedings", ReferenceType.ConferencePaper), ("conference", ReferenceType.ConferencePaper),
        ("book", ReferenceType.Book), ("mvbook", ReferenceType.Book), ("collection", ReferenceType.Book), ("proceedings", ReferenceType.Book), ("booklet", ReferenceType.Book), ("manual", ReferenceType.Book),
        ("incollection", ReferenceType.BookChapter), ("inbook", ReferenceType.BookChapter), ("inreference", ReferenceType.BookChapter), ("suppbook", ReferenceType.BookChapter),
        ("phdthesis", ReferenceType.Thesis), ("mastersthesis", ReferenceType.Thesis), ("thesis", ReferenceType.Thesis), ("techreport", ReferenceType.Report), ("report", ReferenceType.Report),
        ("dataset", ReferenceType.DataSet), ("data", ReferenceType.DataSet), ("online", ReferenceType.WebPage), ("electronic", ReferenceType.WebPage), ("www", ReferenceType.WebPage), ("unpublished", ReferenceType.Unpublished),
    ];

    /// <summary>The kind of work that tells a type for which BibTeX has none of its own, in the field <c>type</c> of the nearest one.</summary>
    private static readonly (ReferenceType Type, string Name, string Kind)[] Kinds =
    [
        (ReferenceType.Preprint, "misc", "Preprint"), (ReferenceType.TrialRegistration, "misc", "Trial registry record"),
        (ReferenceType.ConferenceAbstract, "inproceedings", "Conference abstract"), (ReferenceType.PressArticle, "article", "Newspaper article"),
    ];

    public static ReferenceType Of(string? name, IReadOnlyList<string> publicationTypes) =>
        Array.Find(Kinds, kind => publicationTypes.Contains(kind.Kind, StringComparer.OrdinalIgnoreCase)) is { Name: not null } known ? known.Type : Array.Find(Types, type => type.Name == name).Type;

    /// <summary>The type that is written, and the kind of work that must stand beside it for the type to be known again.</summary>
    public static (string Name, string? Kind) Written(ReferenceType type) =>
        Array.Find(Kinds, kind => kind.Type == type) is { Name: not null } kind ? (kind.Name, kind.Kind) : (Array.Find(Types, row => row.Type == type).Name, null);
}
