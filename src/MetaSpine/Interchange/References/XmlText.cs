using System.Text;

namespace MetaSpine;

/// <summary>The characters of XML.</summary>
internal static class XmlText
{
    /// <summary>Whether XML may hold a character: not the control characters that old exports have among their text.</summary>
    public static bool IsAllowed(char character) => character is >= ' ' and not ('\ufffe' or '\uffff') or '\t' or '\n' or '\r';

    /// <summary>A text with a space for each character that XML may not hold, halves of pairs included.</summary>
    public static string Clean(string text)
    {
        if (!text.Any(c => !IsAllowed(c) || char.IsSurrogate(c)))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                clean.Append(text[i]).Append(text[++i]);
            }
            else
            {
                clean.Append(IsAllowed(text[i]) && !char.IsSurrogate(text[i]) ? text[i] : ' ');
            }
        }

        return clean.ToString();
    }
}
