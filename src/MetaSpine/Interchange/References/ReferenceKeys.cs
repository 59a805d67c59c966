using System.Globalization;

namespace MetaSpine;

/// <summary>Makes names for records that have none, where a format asks for one: the first author's and the year, unlike all before it in the file.</summary>
internal sealed class ReferenceKeys
{
    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The record's own name, or one that is made.</summary>
    /// <param name="reference">The record.</param>
    /// <param name="own">Its own name as the format can have it; null where it has none.</param>
    public string Of(Reference reference, string? own)
    {
        if (own is not null)
        {
            _taken.Add(own);
            return own;
        }

        var family = string.Concat((reference.Authors.Count > 0 ? reference.Authors[0].Family : "reference").Where(char.IsAsciiLetterOrDigit));
        var stem = (family.Length == 0 ? "reference" : family) + reference.Year?.ToString(CultureInfo.InvariantCulture);
        var key = stem;
        for (var i = 2; !_taken.Add(key); i++)
        {
            key = FormattableString.Invariant($"{stem}-{i}");
        }

        return key;
    }
}
