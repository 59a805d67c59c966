namespace MetaSpine;

/// <summary>A property of a study that may explain why its result differs: its region, its year, its latitude.</summary>
public sealed record Moderator : FileRecord
{
    /// <summary>The name, the same in every study of a review.</summary>
    public required string Name { get; init; }

    /// <summary>The value as written.</summary>
    public required string Text { get; init; }

    /// <summary>Where it comes from.</summary>
    public Source? Source { get; init; }

    /// <summary>The value as a number; <see langword="null"/> for a category and for <c>nr</c> and <c>na</c>.</summary>
    public double? Number => NumberText.Value(Text);

    /// <summary>Whether the value is given as not reported or not applicable.</summary>
    public bool IsAbsent => NumberText.IsAbsent(Text);

    private static readonly SourcedCodec<Moderator> Value = new("ModeratorValue",
        new MappedCodec<string, Moderator>(new TextCodec("a word or a number", bareNumbers: true), text => new() { Name = "", Text = text }, m => m.Text),
        m => m.Source, (m, s) => m with { Source = s });

    internal static readonly KeyedCodec<Moderator> Map = new("moderator", Value, m => m.Name, (m, name) => m with { Name = name });
}
