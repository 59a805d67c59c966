namespace MetaSpine;

/// <summary>Tells what of a reference a format has no place for.</summary>
internal static class ReferenceLosses
{
    private static readonly (string Place, Func<Reference, bool> IsFilled)[] Places =
    [
        (nameof(Reference.Id), reference => reference.Id is not null && reference.Id != reference.Pmid),
        (nameof(Reference.Pmcid), reference => reference.Pmcid is not null),
        (nameof(Reference.Urls), reference => reference.Urls.Count > 0),
        (nameof(Reference.Database), reference => reference.Database is not null),
        (nameof(Reference.AccessionNumber), reference => reference.AccessionNumber is not null),
        (nameof(Reference.Notices), reference => reference.Notices.Any(notice => !NoticeText.IsImplied(reference, notice))),
        (nameof(Reference.Labels), reference => reference.Labels.Count > 0),
        (nameof(Reference.Notes), reference => reference.Notes.Count > 0),
    ];

    /// <summary>The names of the places, then the tags that other formats kept: "MEDLINE OWN".</summary>
    public static IEnumerable<string> Of(Reference reference, ReferenceCodec codec) =>
    [
        .. Places.Where(place => codec.LeavesOut.Contains(place.Place) && place.IsFilled(reference)).Select(place => place.Place),
        .. reference.Other.Where(field => field.Format != codec.Format).Select(field => (Codec: ReferenceCodecs.Of(field.Format), field.Tag))
            .Select(kept => kept.Codec.KeptName(kept.Tag) is { } name ? $"{kept.Codec.Name} {name}" : null).OfType<string>().Distinct(StringComparer.Ordinal),
    ];
}
