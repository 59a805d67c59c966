namespace MetaSpine;

/// <summary>A finished picture. It has sized itself from its content; pixels are CSS pixels, 96 to the inch.</summary>
public sealed partial class Drawing
{
    internal Drawing(Scene scene, string title, string description)
    {
        Scene = scene;
        Title = title;

        // What results say of themselves has the hyphens of plain text.
        Description = PlotNumbers.WithMinus(description);
    }

    /// <summary>What the picture is, in a few words; read out by screen readers.</summary>
    public string Title { get; }

    /// <summary>What the picture shows, in sentences; read out by screen readers.</summary>
    public string Description { get; }

    /// <summary>The width in pixels.</summary>
    public double Width => Scene.Width;

    /// <summary>The height in pixels.</summary>
    public double Height => Scene.Height;

    internal Scene Scene { get; }

    /// <summary>
    /// The picture as a standalone SVG document, to be written to a file or placed in a page as it is. The same picture
    /// gives the same text, on every machine and under every culture.
    /// </summary>
    public string ToSvg() => SvgWriter.Write(Scene, Title, Description);

    /// <summary>The picture for a notebook or a page: the SVG.</summary>
    public string ToHtml() => ToSvg();

    /// <summary>The title and the size.</summary>
    public override string ToString() => FormattableString.Invariant($"{Title} ({Width:0} x {Height:0})");
}
