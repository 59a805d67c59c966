namespace MetaSpine;

/// <summary>The kinds of report that reference managers tell apart.</summary>
public enum ReferenceType
{
    /// <summary>None of the others, or not said.</summary>
    Other,

    /// <summary>An article in a journal.</summary>
    JournalArticle,

    /// <summary>An abstract of a conference, often in a journal's supplement.</summary>
    ConferenceAbstract,

    /// <summary>A paper in proceedings.</summary>
    ConferencePaper,

    /// <summary>A book.</summary>
    Book,

    /// <summary>A chapter of a book.</summary>
    BookChapter,

    /// <summary>A thesis.</summary>
    Thesis,

    /// <summary>A report of an institution.</summary>
    Report,

    /// <summary>A preprint.</summary>
    Preprint,

    /// <summary>A register's entry of a trial.</summary>
    TrialRegistration,

    /// <summary>A data set.</summary>
    DataSet,

    /// <summary>An article in a magazine or a newspaper.</summary>
    PressArticle,

    /// <summary>A web page.</summary>
    WebPage,

    /// <summary>Not published.</summary>
    Unpublished,
}
