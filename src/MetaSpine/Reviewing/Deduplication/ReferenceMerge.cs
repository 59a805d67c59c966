namespace MetaSpine;

/// <summary>Makes one record of the records of a report.</summary>
internal static class ReferenceMerge
{
    /// <summary>The records from the fullest to the emptiest; those that are equally full stand by what they say, so that their order in the file does not matter.</summary>
    public static List<int> ByFullness(IEnumerable<int> places, IReadOnlyList<Reference> references, IReadOnlyList<ReferenceFeatures> features) =>
        [.. places.OrderByDescending(place => Fullness(references[place])).ThenByDescending(place => references[place].Abstract?.Length ?? 0)
            .ThenBy(place => features[place].Key, StringComparer.Ordinal).ThenBy(place => Content(references[place]), StringComparer.Ordinal).ThenBy(place => place)];

    /// <summary>The first record, with what it lacks from the others in their order; databases, labels, notices, addresses and keywords of all.</summary>
    public static Reference Of(IReadOnlyList<Reference> records)
    {
        var kept = records[0];
        string? First(Func<Reference, string?> field) => records.Select(field).FirstOrDefault(text => !string.IsNullOrWhiteSpace(text));
        ValueList<T> FirstList<T>(Func<Reference, ValueList<T>> field) => records.Select(field).FirstOrDefault(list => list.Count > 0) ?? [];
        ValueList<T> All<T>(Func<Reference, ValueList<T>> field) => [.. records.SelectMany(field).Distinct()];
        var databases = records.Select(record => record.Database).OfType<string>().SelectMany(name => name.Split(["; ", "\n"], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Distinct().Order(StringComparer.Ordinal).ToList();
        return kept with
        {
            Type = kept.Type != ReferenceType.Other ? kept.Type : records.Select(record => record.Type).FirstOrDefault(type => type != ReferenceType.Other),
            Title = First(record => record.Title), Authors = FirstList(record => record.Authors), Editors = FirstList(record => record.Editors),
            Container = First(record => record.Container), ContainerAbbreviation = First(record => record.ContainerAbbreviation),
            Year = records.Select(record => record.Year).FirstOrDefault(year => year is not null), Date = First(record => record.Year == kept.Year || kept.Year is null ? record.Date : null),
            Volume = First(record => record.Volume), Issue = First(record => record.Issue), Pages = First(record => record.Pages),
            Doi = First(record => record.Doi), Pmid = First(record => record.Pmid), Pmcid = First(record => record.Pmcid), SerialNumbers = All(record => record.SerialNumbers),
            Abstract = First(record => record.Abstract), Keywords = All(record => record.Keywords), PublicationTypes = All(record => record.PublicationTypes),
            Language = First(record => record.Language), Publisher = First(record => record.Publisher), Place = First(record => record.Place), Urls = All(record => record.Urls),
            Database = databases.Count == 0 ? null : string.Join("; ", databases), AccessionNumber = First(record => record.AccessionNumber),
            Notices = All(record => record.Notices), Labels = All(record => record.Labels), Notes = All(record => record.Notes),
        };
    }

    /// <summary>What a record says, in one text that sorts it.</summary>
    public static string Content(Reference reference) =>
        string.Join('\u001f', reference.Title, string.Join('\u001e', reference.Authors), reference.Container, reference.Abstract, reference.Database, reference.AccessionNumber, reference.Id, string.Join('\u001e', reference.Keywords), reference.Position);

    /// <summary>How much a record says; what finds the report again counts most.</summary>
    private static int Fullness(Reference reference) =>
        Count(reference.Abstract, 4) + Count(reference.Doi, 3) + Count(reference.Pmid, 3) + Count(reference.Pages, 3) + Count(reference.Volume, 3) + Count(reference.Issue, 2) + Count(reference.Container, 2)
        + Count(reference.Title, 3) + (reference.Year is null ? 0 : 2) + (reference.Authors.Count > 0 ? 3 : 0) + (reference.Keywords.Count > 0 ? 1 : 0) + (reference.PublicationTypes.Count > 0 ? 1 : 0)
        + (reference.SerialNumbers.Count > 0 ? 1 : 0) + Count(reference.Language, 1) + Count(reference.Pmcid, 1) + Count(reference.Date, 1) + (reference.Type == ReferenceType.Other ? 0 : 1);

    private static int Count(string? text, int weight) => string.IsNullOrWhiteSpace(text) ? 0 : weight;
}
