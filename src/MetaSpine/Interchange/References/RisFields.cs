using System.Text.RegularExpressions;

namespace MetaSpine;

/// <summary>Understands the fields of a RIS record, in the dialects of databases and reference managers.</summary>
internal sealed partial class RisFields
{
    private readonly TaggedRecord _record;
    private readonly ReferenceFaults _faults;
    private readonly ReferenceDraft _draft;
    private readonly List<TaggedField> _containers = [];
    private readonly List<TaggedField> _pages = [];
    private readonly bool _hasContainer, _isFromPubMed, _isFromEmbase;
    private readonly string _type;

    private RisFields(TaggedRecord record, ReferenceFaults faults)
    {
        (_record, _faults, _draft) = (record, faults, new(ReferenceFormat.Ris, record.Position));
        _type = record.Fields.FirstOrDefault(field => field.Tag == "TY").Text ?? "";

        _isFromPubMed = record.Fields.Any(field => field.Tag is "DB" or "DP" && BibliographicText.IsPubMed(field.Text));
        _isFromEmbase = record.Fields.Any(field => field.Tag == "U2" && field.Text.StartsWith('L'));

        // A book and a thesis stand in nothing: what they name besides is a series or a department.
        _hasContainer = RisTypes.Of(_type, []) is not (ReferenceType.Book or ReferenceType.Thesis);
    }

    public static IEnumerable<Reference> Read(TextReader text, ReferenceFaults faults)
    {
        foreach (var record in new RisRecords(text, faults).Read())
        {
            yield return new RisFields(record, faults).Reference();
        }
    }

    private Reference Reference()
    {
        foreach (var field in _record.Fields.Where(field => field.Text.Length > 0))
        {
            Take(field);
        }

        TakeContainers();
        TakePages();
        _draft.Type = RisTypes.Of(_type, _draft.PublicationTypes);
        var written = RisTypes.Written(_draft.Type);
        if (_type.Length > 0 && _type != written.Code)
        {
            _draft.Keep("TY", _type);
        }

        _draft.Doi ??= FoundDoi();
        return _draft.ToReference();
    }

    private void Take(TaggedField field)
    {
        var (tag, text, _) = field;
        switch (tag)
        {
            case "TY":
                break;
            case "ID":
                _draft.Take(ref _draft.Id, text, field);
                break;
            case "TI" or "T1":
            case "BT" when !_hasContainer:
                _draft.Take(ref _draft.Title, BibliographicText.Line(text), field);
                break;
            case "AU" or "A1":
                _draft.Authors.AddRange(text.Split('\n').Select(name => BibliographicText.Name(name)));
                break;
            case "A2" or "ED":
                _draft.Editors.AddRange(text.Split('\n').Select(name => BibliographicText.Name(name)));
                break;
            case "JF" or "T2" or "JO" or "JA" or "J2" or "J1" or "BT":
                _containers.Add(field);
                break;
            case "PY" or "Y1" or "DA":
                TakeDate(field);
                break;
            case "VL" or "VO":
                _draft.Take(ref _draft.Volume, text, field);
                break;
            case "IS" or "CP":
                _draft.Take(ref _draft.Issue, text, field);
                break;
            case "SP" or "EP" or "C7":
                _pages.Add(field);
                break;
            case "DO" or "DI":
                _draft.Take(ref _draft.Doi, BibliographicText.Doi(text), field);
                break;
            case "AB" or "N2":
                _draft.Take(ref _draft.Abstract, text, field);
                break;
            case "KW":
                ReferenceDraft.Add(_draft.Keywords, text.Split('\n'));
                break;
            case "SN":
                ReferenceDraft.Add(_draft.SerialNumbers, text.Split('\n', ';').SelectMany(BibliographicText.SerialNumbers));
                break;
            case "LA":
                _draft.Take(ref _draft.Language, text, field);
                break;
            case "PB":
                _draft.Take(ref _draft.Publisher, text, field);
                break;
            case "CY" or "PP":
                _draft.Take(ref _draft.Place, text, field);
                break;
            case "UR":
                ReferenceDraft.Add(_draft.Urls, text.Split('\n'));
                break;
            case "DB":
                _draft.Take(ref _draft.Database, text, field);
                break;
            case "M3":
                TakeKind(field);
                break;
            case "LB":
                ReferenceDraft.Add(_draft.Labels, text.Split('\n'));
                break;
            case "N1" or "RN" or "NO":
                TakeRemark(text);
                break;
            default:
                TakeNumber(field);
                break;
        }
    }

    private void TakeDate(TaggedField field)
    {
        var year = BibliographicText.Year(field.Text);
        if (year is null && field.Tag != "DA")
        {
            _faults.Add(field.Position, $"found '{NumberText.Shorten(field.Text)}' as the year of publication, expected four digits: the record was read without it");
            _draft.Keep(field.Tag, field.Text);
            return;
        }

        _draft.Year ??= year;
        var date = field.Text.Replace("undefined", "", StringComparison.Ordinal).TrimEnd('/', ' ');
        if (year is null || date.Length > 4)
        {
            _draft.Take(ref _draft.Date, date, field);
        }
        else if (year != _draft.Year)
        {
            _draft.Keep(field.Tag, field.Text);
        }
    }

    /// <summary>M3 is the kind of work, in some exports its DOI, in PsycINFO's a class of subjects.</summary>
    private void TakeKind(TaggedField field)
    {
        foreach (var line in field.Text.Split('\n'))
        {
            if (SubjectClass().IsMatch(line))
            {
                _draft.Keep(field.Tag, line);
            }
            else if (BibliographicText.Doi(line) is { } doi)
            {
                _draft.Take(ref _draft.Doi, doi, field with { Text = line });
            }
            else
            {
                ReferenceDraft.Add(_draft.PublicationTypes, line);
            }
        }
    }

    /// <summary>A remark, apart from the labels of screening and the notices in it.</summary>
    private void TakeRemark(string text)
    {
        var remark = new RemarkText();
        remark.Add(text);
        ReferenceDraft.Add(_draft.Labels, remark.Labels);
        _draft.Notes.AddRange(remark.Notes);
        _draft.Notes.AddRange(remark.Notices.Where(notice => !_draft.Add(notice)).Select(NoticeText.Remark));
    }

    /// <summary>The record's numbers in databases, which have no tags of their own.</summary>
    private void TakeNumber(TaggedField field)
    {
        var (tag, text, _) = field;
        if (tag == "AN" && (text.StartsWith("PMID", StringComparison.OrdinalIgnoreCase) || _isFromPubMed) && BibliographicText.Pmid(text) is { } accession)
        {
            _draft.Take(ref _draft.Pmid, accession, field);
        }
        else if (tag == "AN")
        {
            _draft.Take(ref _draft.AccessionNumber, text, field);
        }
        else if (tag == "C2" && BibliographicText.Pmcid(text) is { } central)
        {
            _draft.Take(ref _draft.Pmcid, central, field);
        }
        else if ((tag is "C2" or "PM" || (tag == "C5" && _isFromEmbase)) && BibliographicText.Pmid(text) is { } pmid)
        {
            _draft.Take(ref _draft.Pmid, pmid, field);
        }
        else
        {
            _draft.Pmid ??= tag is "C3" or "XR" && PubMedOfCentral().Match(text) is { Success: true } match ? match.Groups["number"].Value : null;
            _draft.Keep(tag, text);
        }
    }

    /// <summary>What the report stands in, in full and short; JO is written in either way, and any of them may be the only one.</summary>
    private void TakeContainers()
    {
        _draft.Container = Name(["T2", "JF", "BT", "JO", "JA", "J2", "J1"], but: null);
        _draft.ContainerAbbreviation = Name(["J2", "JA", "JO", "J1"], but: _draft.Container);
        foreach (var field in _containers.Where(field => BibliographicText.Line(field.Text) is var name && name != _draft.Container && name != _draft.ContainerAbbreviation))
        {
            _draft.Keep(field.Tag, field.Text);
        }

        string? Name(string[] tags, string? but) => !_hasContainer ? null
            : tags.SelectMany(tag => _containers.Where(field => field.Tag == tag)).Select(field => BibliographicText.Line(field.Text)).FirstOrDefault(name => name != but);
    }

    /// <summary>The first and the last page, which may stand together in SP, or the number of an article. Ovid writes "No" to "Specified".</summary>
    private void TakePages()
    {
        string? Of(string tag, string? but = null) => _pages.Find(field => field.Tag == tag && field.Text != but).Text;
        var (first, article) = (Of("SP"), Of("C7"));
        article = article?.Any(char.IsDigit) == true ? article : null;
        var isNone = first is not null && Of("EP", but: first) is not null && !first.Any(char.IsDigit) && !BibliographicText.IsPage(first);
        var start = isNone ? article : first ?? article;
        var last = Of("EP", but: start);
        var isRange = start is not null && last is not null && last != start && BibliographicText.IsPage(start) && BibliographicText.IsPage(last);
        _draft.Pages = start is null ? null : BibliographicText.Pages(isRange ? $"{start}-{last}" : start);
        var end = isRange ? BibliographicText.Ends(_draft.Pages).Last : null;
        bool IsTaken(TaggedField field) => start is not null && (field.Text == _draft.Pages || (field.Tag == "EP"
            ? field.Text == end || (isRange ? field.Text == last : _draft.Pages!.EndsWith(field.Text, StringComparison.Ordinal))
            : field.Text == start));
        foreach (var field in _pages.Where(field => !IsTaken(field)))
        {
            _draft.Keep(field.Tag, field.Text);
        }
    }

    /// <summary>The DOI in an address; in a remark, where it is of this report and of no other.</summary>
    private string? FoundDoi() => _record.Fields.Where(field => field.Tag is "UR" or "L3" or "L2").Select(field => BibliographicText.Doi(field.Text)).FirstOrDefault(doi => doi is not null)
        ?? RemarkText.DoiOf(_draft.Notes);

    [GeneratedRegex(@"\[\d+\]\s*$")]
    private static partial Regex SubjectClass();

    [GeneratedRegex(@"\bPUBMED:?\s*(?<number>[1-9]\d{0,8})\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PubMedOfCentral();
}
