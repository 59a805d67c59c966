namespace MetaSpine;

/// <summary>A reference while its fields are read.</summary>
internal sealed class ReferenceDraft(ReferenceFormat format, SourcePosition position)
{
    /// <summary>More values than a record has: what comes behind them is not compared with each of them.</summary>
    private const int Most = 1000;

    private readonly List<ReferenceField> _other = [];
    private readonly List<PublicationNotice> _notices = [];

    public string? Id, Title, Container, ContainerAbbreviation, Date, Volume, Issue, Pages, Doi, Pmid, Pmcid, Abstract, Language, Publisher, Place,
        Database, AccessionNumber;

    public ReferenceType Type { get; set; }

    public int? Year { get; set; }

    public List<PersonName> Authors { get; } = [];

    public List<PersonName> Editors { get; } = [];

    public List<string> SerialNumbers { get; } = [];

    public List<string> Keywords { get; } = [];

    public List<string> PublicationTypes { get; } = [];

    public List<string> Urls { get; } = [];

    public List<string> Labels { get; } = [];

    public List<string> Notes { get; } = [];

    /// <summary>Keeps what the model has no place for.</summary>
    public void Keep(string tag, string text) => _other.Add(new(format, tag, text));

    /// <summary>Fills a place where it is empty; a second, different text keeps its tag.</summary>
    public void Take(ref string? place, string? value, TaggedField field)
    {
        if (value is null || (place is not null && place != value))
        {
            Keep(field.Tag, field.Text);
        }
        else
        {
            place = value;
        }
    }

    /// <summary>Adds a notice, once; false where there are more than any report has.</summary>
    public bool Add(PublicationNotice notice)
    {
        if (_notices.Count >= Most)
        {
            return false;
        }

        if (!_notices.Contains(notice))
        {
            _notices.Add(notice);
        }

        return true;
    }

    /// <summary>Adds what a list does not have yet.</summary>
    public static void Add(List<string> list, params IEnumerable<string> values)
    {
        foreach (var value in values)
        {
            if (value.Length > 0 && (list.Count > Most || !list.Contains(value)))
            {
                list.Add(value);
            }
        }
    }

    public Reference ToReference() => new()
    {
        Id = Id, Type = Type, Title = Title, Authors = [.. Authors], Editors = [.. Editors], Container = Container, ContainerAbbreviation = ContainerAbbreviation,
        Year = Year, Date = Date, Volume = Volume, Issue = Issue, Pages = Pages, Doi = Doi, Pmid = Pmid, Pmcid = Pmcid, SerialNumbers = [.. SerialNumbers],
        Abstract = Abstract, Keywords = [.. Keywords], PublicationTypes = [.. PublicationTypes], Language = Language, Publisher = Publisher, Place = Place,
        Urls = [.. Urls], Database = Database, AccessionNumber = AccessionNumber, Notices = [.. _notices], Labels = [.. Labels], Notes = [.. Notes],
        Other = [.. _other], Position = position,
    };
}
