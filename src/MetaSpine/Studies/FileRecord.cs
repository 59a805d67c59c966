using System.Text;

namespace MetaSpine;

/// <summary>Something that is written in a study or review file and knows where it stands there.</summary>
/// <remarks>The place takes no part in equality: two records that say the same are equal wherever they were written.</remarks>
public abstract record FileRecord
{
    private IReadOnlyDictionary<string, SourcePosition>? _keys;

    /// <summary>Where the record begins in its file.</summary>
    public SourcePosition Position { get; private set; }

    /// <summary>Where the value of a key stands, or the record itself where the file does not give that key.</summary>
    /// <param name="key">The key as it is written in the file, such as <c>measure</c>.</param>
    public SourcePosition PositionOf(string key) => _keys is not null && _keys.TryGetValue(key, out var at) ? at : Position;

    internal void Place(SourcePosition at, IReadOnlyDictionary<string, SourcePosition>? keys = null) => (Position, _keys) = (at, keys);

    /// <summary>Whether the other record is of the same kind; derived records compare what they hold.</summary>
    public virtual bool Equals(FileRecord? other) => other is not null && EqualityContract == other.EqualityContract;

    /// <inheritdoc/>
    public override int GetHashCode() => EqualityContract.GetHashCode();

    /// <summary>Prints no member: the place is not part of what a record says.</summary>
    protected virtual bool PrintMembers(StringBuilder builder) => false;
}
