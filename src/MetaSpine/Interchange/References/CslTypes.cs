namespace MetaSpine;

/// <summary>The types of CSL, and Crossref's own, and what they mean.</summary>
internal static class CslTypes
{
    /// <summary>The types, the first of each that which is written.</summary>
    private static readonly (string Name, ReferenceType Type)[] Types =
    [
        ("document", ReferenceType.Other), ("article-journal", ReferenceType.JournalArticle), ("journal-article", ReferenceType.JournalArticle),
        ("paper-conference", ReferenceType.ConferencePaper), ("proceedings-article", ReferenceType.ConferencePaper),
        ("book", ReferenceType.Book), ("monograph", ReferenceType.Book), ("edited-book", ReferenceType.Book), ("reference-book", ReferenceType.Book), ("proceedings", ReferenceType.Book),
        ("chapter", ReferenceType.BookChapter), ("book-chapter", ReferenceType.BookChapter), ("book-section", ReferenceType.BookChapter), ("book-part", ReferenceType.BookChapter),
        ("entry-encyclopedia", ReferenceType.BookChapter), ("entry-dictionary", ReferenceType.BookChapter), ("reference-entry", ReferenceType.BookChapter),
        ("thesis", ReferenceType.Thesis), ("dissertation", ReferenceType.Thesis), ("report", ReferenceType.Report), ("report-component", ReferenceType.Report),
        ("article", ReferenceType.Preprint), ("posted-content", ReferenceType.Preprint), ("dataset", ReferenceType.DataSet), ("database", ReferenceType.DataSet),
        ("article-magazine", ReferenceType.PressArticle), ("article-newspaper", ReferenceType.PressArticle), ("webpage", ReferenceType.WebPage), ("post-weblog", ReferenceType.WebPage), ("manuscript", ReferenceType.Unpublished),
    ];

    /// <summary>The kind of work that tells a type for which CSL has none of its own, in <c>genre</c>.</summary>
    private static readonly (ReferenceType Type, string Name, string Kind)[] Kinds =
    [
        (ReferenceType.TrialRegistration, "document", "Trial registry record"), (ReferenceType.ConferenceAbstract, "paper-conference", "Conference abstract"),
    ];

    public static ReferenceType Of(string? name, IReadOnlyList<string> publicationTypes) =>
        Array.Find(Kinds, kind => publicationTypes.Contains(kind.Kind, StringComparer.OrdinalIgnoreCase)) is { Name: not null } known ? known.Type : Array.Find(Types, type => type.Name == name).Type;

    /// <summary>The type that is written, and the kind of work that must stand beside it for the type to be known again.</summary>
    public static (string Name, string? Kind) Written(ReferenceType type) =>
        Array.Find(Kinds, kind => kind.Type == type) is { Name: not null } kind ? (kind.Name, kind.Kind) : (Array.Find(Types, row => row.Type == type).Name, null);
}
