namespace MetaSpine;

/// <summary>What a type needs to be shown in a notebook.</summary>
internal interface INotebookDisplay
{
    string ToMarkdown();

    string ToHtml();
}

/// <summary>
/// Tells .NET Interactive how to show a type. It looks for an attribute of exactly this name on the type, wherever it is
/// declared, and reads what it names by convention; no reference to its packages is needed. On an interface it would not be seen.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    public Type FormatterSourceType { get; } = formatterSourceType;
}

/// <summary>The one source of formatters for all results. Names and shapes are .NET Interactive's convention and are found by it at run time.</summary>
internal sealed class NotebookFormatters
{
    public NotebookFormatters()
    {
    }

#pragma warning disable CA1822 // The convention wants an instance method.
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new NotebookFormatter("text/html", value => value.ToHtml()),
        new NotebookFormatter("text/markdown", value => value.ToMarkdown()),
        new NotebookFormatter("text/plain", value => value.ToString() ?? ""),
    ];
#pragma warning restore CA1822
}

/// <summary>Shows a value under one MIME type.</summary>
internal sealed class NotebookFormatter(string mimeType, Func<INotebookDisplay, string> show)
{
    public string MimeType { get; } = mimeType;

    public bool Format(object value, TextWriter writer)
    {
        if (value is not INotebookDisplay display)
        {
            return false;
        }

        writer.Write(show(display));
        return true;
    }
}
