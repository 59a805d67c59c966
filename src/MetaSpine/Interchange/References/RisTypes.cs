namespace MetaSpine;

/// <summary>The types of RIS and what they mean.</summary>
internal static class RisTypes
{
    /// <summary>The codes of each type, the one that is written first, then what other programs write.</summary>
    private static readonly (ReferenceType Type, string[] Codes)[] Types =
    [
        (ReferenceType.Other, ["GEN"]),
        (ReferenceType.JournalArticle, ["JOUR", "EJOUR", "JFULL", "INPR", "Journal Article"]),
        (ReferenceType.ConferenceAbstract, ["ABST"]),
        (ReferenceType.ConferencePaper, ["CPAPER", "CONF", "Conference Paper", "Conference Proceedings"]),
        (ReferenceType.Book, ["BOOK", "EBOOK", "EDBOOK", "Book"]),
        (ReferenceType.BookChapter, ["CHAP", "ECHAP", "Book Section"]),
        (ReferenceType.Thesis, ["THES", "Thesis"]),
        (ReferenceType.Report, ["RPRT", "GOVDOC", "Report"]),
        (ReferenceType.DataSet, ["DATA", "AGGR", "Dataset"]),
        (ReferenceType.PressArticle, ["MGZN", "NEWS", "Magazine Article", "Newspaper Article"]),
        (ReferenceType.WebPage, ["ELEC", "BLOG", "Web Page"]),
        (ReferenceType.Unpublished, ["UNPB", "UNPD", "MANSCPT", "Unpublished Work"]),
    ];

    /// <summary>What says that a record is of a type for which RIS has no code.</summary>
    private static readonly (ReferenceType Type, string Code, string Kind)[] Kinds =
    [
        (ReferenceType.Preprint, "UNPB", "Preprint"), (ReferenceType.TrialRegistration, "GEN", "Trial registry record"),
    ];

    public static ReferenceType Of(string code, IReadOnlyList<string> publicationTypes)
    {
        var kind = Kinds.FirstOrDefault(kind => publicationTypes.Contains(kind.Kind, StringComparer.OrdinalIgnoreCase));
        return kind.Kind is not null ? kind.Type : Types.FirstOrDefault(type => type.Codes.Contains(code, StringComparer.OrdinalIgnoreCase)).Type;
    }

    /// <summary>The code that is written, and the kind of publication that must stand beside it for the type to be known again.</summary>
    public static (string Code, string? Kind) Written(ReferenceType type)
    {
        var kind = Kinds.FirstOrDefault(kind => kind.Type == type);
        return kind.Kind is not null ? (kind.Code, kind.Kind) : (Types.First(row => row.Type == type).Codes[0], null);
    }
}
