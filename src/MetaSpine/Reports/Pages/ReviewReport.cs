namespace MetaSpine;

/// <summary>
/// A whole review on one page: its question, its studies with where their numbers come from, what the integrity checks found, every analysis
/// with its pictures and what it rests on, how all was computed, and the R code that repeats it. The same review gives the same page.
/// </summary>
/// <example><code>
/// var report = ReviewReport.Of(Review.Load("review.yaml"));
/// File.WriteAllText("report.html", report.ToHtml());
/// </code></example>
public sealed partial class ReviewReport
{
    private readonly Document _document;

    private ReviewReport(string title, IReadOnlyList<AnalysisResult> analyses, Document document) =>
        (Title, Analyses, _document) = (title, analyses, document);

    /// <summary>The title: that of the review.</summary>
    public string Title { get; }

    /// <summary>The analyses shown, in order.</summary>
    public IReadOnlyList<AnalysisResult> Analyses { get; }

    /// <summary>The pictures by the names under which <see cref="ToMarkdown"/> refers to them, <c>.svg</c> left out.</summary>
    public IReadOnlyList<(string Name, Drawing Drawing)> Pictures => [.. _document.Blocks.OfType<Picture>().Select(picture => (picture.Name, picture.Drawing))];

    /// <summary>Runs every analysis of a review and puts the page together.</summary>
    /// <param name="review">The review; one without analyses has each outcome pooled by the usual measure of its kind.</param>
    /// <param name="options">What to show; <see cref="ReviewReportOptions.Default"/> where null.</param>
    /// <param name="progress">Receives the share of the analyses that is questioned, from 0 to 1.</param>
    /// <exception cref="StudyFileException">A code of an analysis does not exist; the message has its place in the file.</exception>
    public static ReviewReport Of(Review review, ReviewReportOptions? options = null, IProgress<double>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(review);
        options ??= ReviewReportOptions.Default;
        var analyses = review.AnalyseAll();
        var title = review.Title ?? "Systematic review";
        Block[] blocks =
        [
            new Heading(title, 1),
            .. review.Notes is { } notes ? [new Paragraph(notes)] : Array.Empty<Block>(),
            .. ReviewSections.Question(review),
            .. ReviewSections.Selection(review, options),
            .. ReviewSections.Summary(analyses),
            .. ReviewSections.Certainty(review, analyses),
            .. ReviewSections.Studies(review),
            .. ReviewSections.RiskOfBias(review, options),
            .. ReviewSections.Integrity(review),
            .. AnalysisSection.All(analyses, options, progress),
            .. ReviewSections.Methods(analyses, Version),
            .. ReviewSections.Reproducing(review, analyses, Version, options),
        ];
        return new ReviewReport(title, analyses, new Document(blocks));
    }

    /// <summary>The page as one file: no script, style or picture comes from elsewhere, and every text of a study file is encoded.</summary>
    public string ToHtml() => ReportPage.Html(Title, _document.Inner());

    /// <summary>The same as Markdown (GitHub); its pictures are files of their own, see <see cref="Pictures"/>.</summary>
    public string ToMarkdown() => _document.ToMarkdown();

    /// <summary>The title and the number of analyses.</summary>
    public override string ToString() => FormattableString.Invariant($"{Title} ({Analyses.Count} {(Analyses.Count == 1 ? "analysis" : "analyses")})");

    private static string Version => typeof(ReviewReport).Assembly.GetName().Version!.ToString(3);
}

/// <summary>What a report of a review shows.</summary>
public sealed record ReviewReportOptions
{
    /// <summary>The defaults.</summary>
    public static ReviewReportOptions Default { get; } = new();

    /// <summary>The files that the review was read from, named in the block on reproducing. <value>Default: none.</value></summary>
    public IReadOnlyList<InputFile> Inputs { get; init; } = [];

    /// <summary>The colours of the pictures. <value>Default: <see cref="PlotTheme.Default"/>.</value></summary>
    public PlotTheme Theme { get; init; } = PlotTheme.Default;

    /// <summary>Whether the R code that repeats each analysis is shown. <value>Default true.</value></summary>
    public bool ShowRCode { get; init; } = true;
}
