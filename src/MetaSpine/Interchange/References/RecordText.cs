using System.Text;

namespace MetaSpine;

/// <summary>The text of one record while it is read, up to a size that no reference has.</summary>
internal sealed class RecordText
{
    /// <summary>The most characters that a record may have.</summary>
    public const int Longest = 10_000_000;

    private readonly StringBuilder _text = new();

    /// <summary>Whether more came than a record may have: the rest is not kept.</summary>
    public bool IsTooLong { get; private set; }

    public void Append(int character)
    {
        if (_text.Length < Longest)
        {
            _text.Append((char)character);
        }
        else
        {
            IsTooLong = true;
        }
    }

    /// <summary>Takes back the last characters.</summary>
    public void Drop(int count) => _text.Length -= Math.Min(count, _text.Length);

    /// <summary>Empties it for the next record.</summary>
    public void Clear()
    {
        _text.Clear();
        IsTooLong = false;
    }

    public override string ToString() => _text.ToString();
}
