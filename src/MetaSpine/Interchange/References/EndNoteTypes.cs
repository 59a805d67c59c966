using System.Globalization;

namespace MetaSpine;

/// <summary>The reference types of EndNote and what they mean.</summary>
internal static class EndNoteTypes
{
    /// <summary>EndNote's number and name of each type; the first of a type is the one that is written.</summary>
    private static readonly (int Number, string Name, ReferenceType Type)[] Types =
    [
        (13, "Generic", ReferenceType.Other),
        (17, "Journal Article", ReferenceType.JournalArticle),
        (43, "Electronic Article", ReferenceType.JournalArticle),
        (10, "Conference Proceedings", ReferenceType.ConferencePaper),
        (47, "Conference Paper", ReferenceType.ConferencePaper),
        (6, "Book", ReferenceType.Book),
        (28, "Edited Book", ReferenceType.Book),
        (44, "Electronic Book", ReferenceType.Book),
        (5, "Book Section", ReferenceType.BookChapter),
        (60, "Electronic Book Section", ReferenceType.BookChapter),
        (52, "Encyclopedia", ReferenceType.BookChapter),
        (32, "Thesis", ReferenceType.Thesis),
        (27, "Report", ReferenceType.Report),
        (46, "Government Document", ReferenceType.Report),
        (59, "Dataset", ReferenceType.DataSet),
        (19, "Magazine Article", ReferenceType.PressArticle),
        (23, "Newspaper Article", ReferenceType.PressArticle),
        (12, "Web Page", ReferenceType.WebPage),
        (16, "Web Page", ReferenceType.WebPage),
        (34, "Unpublished Work", ReferenceType.Unpublished),
        (36, "Manuscript", ReferenceType.Unpublished),
    ];

    /// <summary>What tells a type for which EndNote has none of its own, by the type of work beside the nearest one.</summary>
    private static readonly (ReferenceType Type, int Number, string Kind)[] Kinds =
    [
        (ReferenceType.Preprint, 34, "Preprint"), (ReferenceType.TrialRegistration, 13, "Trial registry record"), (ReferenceType.ConferenceAbstract, 47, "Conference abstract"),
    ];

    public static ReferenceType Of(string? number, string? name, IReadOnlyList<string> publicationTypes)
    {
        if (Array.Find(Kinds, kind => publicationTypes.Contains(kind.Kind, StringComparer.OrdinalIgnoreCase)) is { Kind: not null } known)
        {
            return known.Type;
        }

        var row = Array.Find(Types, type => string.Equals(type.Name, name, StringComparison.OrdinalIgnoreCase));
        return row.Name is not null ? row.Type
            : int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? Array.Find(Types, type => type.Number == parsed).Type : ReferenceType.Other;
    }

    /// <summary>The type that is written, and the type of work that must stand beside it for the type to be known again.</summary>
    public static (int Number, string Name, string? Kind) Written(ReferenceType type)
    {
        var kind = Array.Find(Kinds, kind => kind.Type == type);
        var row = kind.Kind is null ? Array.Find(Types, row => row.Type == type) : Array.Find(Types, row => row.Number == kind.Number);
        return (row.Number, row.Name, kind.Kind);
    }
}
