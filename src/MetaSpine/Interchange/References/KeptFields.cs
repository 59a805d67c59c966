namespace MetaSpine;

/// <summary>
/// Lets a file survive being read and written again in its format. Of each record the fields are kept that writing it from the model
/// would not give back: those that the model has no place for, and those that say the same with more, such as italics in a title.
/// </summary>
internal static class KeptFields
{
    /// <summary>A reference whose kept fields no longer agree with it is tried field by field, up to this number.</summary>
    private const int MostTried = 200;

    /// <summary>The reference with the fields that its record says and it would not be written with.</summary>
    /// <param name="reference">What the record was understood to say.</param>
    /// <param name="format">The format.</param>
    /// <param name="said">The fields of the record, in its order.</param>
    /// <param name="written">The fields with which the reference is written.</param>
    public static Reference Completed(Reference reference, ReferenceFormat format, IReadOnlyList<RawField> said, IReadOnlyList<RawField> written)
    {
        var again = written.ToLookup(field => field.Tag, field => field.Text, StringComparer.Ordinal);
        var order = again.Select((group, i) => (group.Key, i)).ToDictionary(item => item.Key, item => item.i, StringComparer.Ordinal);
        return reference with
        {
            Other =
            [
                // In the order in which they are written, so that reading that gives the same.
                .. from field in said
                   group field.Text by field.Tag into texts
                   orderby order.GetValueOrDefault(texts.Key, int.MaxValue)
                   where !texts.SequenceEqual(again[texts.Key], StringComparer.Ordinal)
                   from text in texts
                   select new ReferenceField(format, texts.Key, text),
            ],
        };
    }

    /// <summary>
    /// The fields with which a reference is written: those of the model, and in their place or beside them those that were kept, as
    /// long as they say the same: a reference whose title was changed is written with its new title.
    /// </summary>
    /// <param name="reference">The reference.</param>
    /// <param name="format">The format.</param>
    /// <param name="plain">The fields of the model. It may leave to the kept fields what they say too.</param>
    /// <param name="read">What fields say.</param>
    public static IReadOnlyList<RawField> With(
        Reference reference, ReferenceFormat format, Func<Reference, IReadOnlyList<RawField>> plain, Func<IReadOnlyList<RawField>, Reference> read)
    {
        var kept = reference.Other.Where(field => field.Format == format).GroupBy(field => field.Tag, field => new RawField(field.Tag, field.Text), StringComparer.Ordinal).ToList();
        var bare = plain(reference with { Other = [] });
        if (kept.Count == 0)
        {
            return bare;
        }

        var meant = read(bare);
        var all = Replaced(plain(reference), kept);
        return read(all) == meant ? all
            : kept.Take(MostTried).Aggregate(bare, IReadOnlyList<RawField> (IReadOnlyList<RawField> fields, IGrouping<string, RawField> group) => Replaced(fields, [group]) is var next && read(next) == meant ? next : fields);
    }

    private static List<RawField> Replaced(IReadOnlyList<RawField> fields, IReadOnlyList<IGrouping<string, RawField>> kept)
    {
        var rest = kept.ToDictionary(group => group.Key, StringComparer.Ordinal);
        var replaced = new HashSet<string>(StringComparer.Ordinal);
        var all = new List<RawField>();
        foreach (var field in fields)
        {
            if (rest.Remove(field.Tag, out var group))
            {
                replaced.Add(field.Tag);
                all.AddRange(group);
            }
            else if (!replaced.Contains(field.Tag))
            {
                all.Add(field);
            }
        }

        all.AddRange(kept.Where(group => rest.ContainsKey(group.Key)).SelectMany(group => group));
        return all;
    }
}

/// <summary>A field as a format writes it.</summary>
/// <param name="Tag">Its tag, key or path.</param>
/// <param name="Text">Its text; in XML and JSON the text of the element or the value, markup included.</param>
internal readonly record struct RawField(string Tag, string Text);
