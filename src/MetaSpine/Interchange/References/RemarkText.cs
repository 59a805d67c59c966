using System.Text.RegularExpressions;

namespace MetaSpine;

/// <summary>Finds in the remarks of a record the labels of screening and the notices, which many programs put there.</summary>
internal sealed partial class RemarkText
{
    private readonly List<string> _labels = [], _notes = [];
    private readonly List<PublicationNotice> _notices = [];
    private readonly HashSet<object> _seen = [];

    /// <summary>The labels of screening, in order.</summary>
    public IReadOnlyList<string> Labels => _labels;

    /// <summary>The notices, in order.</summary>
    public IReadOnlyList<PublicationNotice> Notices => _notices;

    /// <summary>What is left of each remark.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>The DOI in a remark where it is of this report and of no other; null where there is none.</summary>
    public string? Doi => DoiOf(_notes);

    /// <summary>The DOI in remarks where it is of this report and of no other; null where there is none.</summary>
    public static string? DoiOf(IEnumerable<string> notes) =>
        notes.Where(note => note.Split("10.").Length == 2 && !OtherReport().IsMatch(note)).Select(BibliographicText.Doi).FirstOrDefault(doi => doi is not null);

    /// <summary>Takes a remark of one or several lines.</summary>
    public void Add(string? text)
    {
        var rest = new List<string>();
        foreach (var line in (text ?? "").Split('\n'))
        {
            if (NoticeText.FromRemark(line) is { } notice)
            {
                AddOnce(_notices, notice);
                continue;
            }

            foreach (var part in line.Length == 0 ? [""] : ScreeningLabel.Parts(line))
            {
                if (ScreeningLabel.Is(part))
                {
                    AddOnce(_labels, part);
                }
                else
                {
                    rest.Add(part);
                }
            }
        }

        if (string.Join('\n', rest).Trim('\n') is { Length: > 0 } note)
        {
            _notes.Add(note);
        }
    }

    /// <summary>The remarks with which a reference is written: labels of screening, notes, and notices that nothing else says.</summary>
    public static IEnumerable<string> Of(Reference reference) =>
    [
        .. reference.Labels.Where(ScreeningLabel.Is), .. reference.Notes,
        .. reference.Notices.Where(notice => !NoticeText.IsImplied(reference, notice)).Select(NoticeText.Remark),
    ];

    private void AddOnce<T>(List<T> list, T item)
        where T : notnull
    {
        if (_seen.Add(item))
        {
            list.Add(item);
        }
    }

    [GeneratedRegex(@"erratum|comment|retract|correct|republish|update|concern", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OtherReport();
}
