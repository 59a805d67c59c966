using System.Net;

namespace MetaSpine;

/// <summary>Text in a page. It has the true minus sign, as pictures do; text, Markdown, CSV and JSON keep the hyphen, which other programs read as a sign.</summary>
internal static class HtmlText
{
    /// <summary>The text encoded, with true minus signs.</summary>
    public static string Encode(string text) => WebUtility.HtmlEncode(PlotNumbers.WithMinus(text));
}
