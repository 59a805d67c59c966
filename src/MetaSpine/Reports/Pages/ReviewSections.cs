using System.Globalization;
using System.Text.RegularExpressions;

namespace MetaSpine;

/// <summary>The parts of a review's report that stand around its analyses.</summary>
internal static partial class ReviewSections
{
    public static IEnumerable<Block> Question(Review review)
    {
        var question = review.Question ?? new ReviewQuestion();
        (string Part, string? Text)[] parts =
        [
            ("Population", question.Population), ("Intervention", question.Intervention), ("Comparison", question.Comparison),
            ("Outcome", question.Outcome), ("Design", question.Design),
            ("Registration", review.Protocol?.Registration), ("Protocol", review.Protocol?.Doi is { } doi ? $"doi:{doi}" : review.Protocol?.Url),
        ];
        var rows = parts.Where(part => part.Text is not null).Select(part => (string[])[part.Part, part.Text!]).ToList();
        if (rows.Count > 0)
        {
            yield return new Heading("Question", 2);
            yield return Compact(new Table([new("Element"), new("In this review")], rows));
        }

        if (review.Searches.Count > 0)
        {
            yield return new Heading("Searches", 2);
            yield return Compact(new Table(
                [new("Source"), new("Date"), new("Records", Alignment.Right), new("Search")],
                [.. review.Searches.Select(search => (string[])
                [
                    search.Platform is null ? search.Source : $"{search.Source} ({search.Platform})",
                    search.Date ?? "", search.Records is { } records ? Readable.Count(records) : "", search.Query ?? "",
                ])]));
        }
    }

    /// <summary>How the studies were found: the flow diagram with what its counts contradict, and how far reviewers agree.</summary>
    public static IEnumerable<Block> Selection(Review review, ReviewReportOptions options)
    {
        if (review.Flow is not null && PrismaFlow.Of(review) is var flow)
        {
            yield return new Heading("Study selection", 2);
            if (FlowReport.HasCounts(flow.Counts))
            {
                yield return new Picture("flow", PrismaFlowPlot.Draw(flow.Counts, new() { Theme = options.Theme }));
            }

            foreach (var block in FlowReport.Findings(flow, withDiagram: false).Concat(Bullets.Of(("How counts were filled in", flow.Notes.Select(note => $"{PooledReport.Capital(note)}.")))))
            {
                yield return block;
            }
        }

        if (review.Screening.Count > 0)
        {
            yield return new Heading("Screening", 2);
            foreach (var block in Screening.Of(review.Screening).Stages.SelectMany(ScreeningReport.Findings))
            {
                yield return block;
            }
        }
    }

    public static IEnumerable<Block> Studies(Review review)
    {
        yield return new Heading("Studies", 2);
        if (review.Studies.Count == 0)
        {
            yield return new Paragraph("The review has no studies yet.");
            yield break;
        }

        yield return Compact(new Table(
            [new("Study"), new("Report"), new("Design"), new("Analysed", Alignment.Right), new("Remarks")],
            [.. review.Studies.Select(study => (string[])
                [study.DisplayName, Report(study.Citation), Design(study.Design), (study.Population?.Analysed ?? study.Population?.Enrolled)?.Text ?? "", study.Notes ?? ""])]));
        yield return new Heading("What the studies report, and where", 3);
        yield return Compact(ReportedNumbers.Table(review.Studies));
    }

    public static IEnumerable<Block> RiskOfBias(Review review, ReviewReportOptions options)
    {
        var judged = review.Studies.SelectMany(study => study.RiskOfBias.Select(judgement => (study.DisplayName, judgement))).ToList();
        if (judged.Count > 0)
        {
            yield return new Heading("Risk of bias", 2);
            foreach (var (index, tool) in judged.Select(item => item.judgement.Tool).Distinct(StringComparer.OrdinalIgnoreCase).Index())
            {
                // A tool's name may hold what a file's name must not.
                var number = (index + 1).ToString(CultureInfo.InvariantCulture);
                var look = new RiskOfBiasPlotOptions { Tool = tool, Theme = options.Theme };
                yield return new Picture($"risk-of-bias-{number}", RiskOfBiasPlot.TrafficLights([.. review.Studies], look));
                yield return new Picture($"risk-of-bias-summary-{number}", RiskOfBiasPlot.Summary([.. review.Studies], look));
            }

            yield return Compact(new Table(
                [new("Study"), new("Tool"), new("Outcome"), new("Domains"), new("Overall")],
                [.. judged.Select(item => (string[])
                [
                    item.DisplayName, $"{item.judgement.Tool} {item.judgement.Version}".TrimEnd(), item.judgement.Outcome ?? "",
                    string.Join("; ", item.judgement.Domains.Select(domain => $"{domain.Domain}: {domain.Judgement}")), item.judgement.Overall ?? "",
                ])]));
            foreach (var remark in judged.Select(item => item.judgement.Tool).Distinct(StringComparer.OrdinalIgnoreCase).SelectMany(tool => RiskOfBiasReport.Of(review.Studies, tool).Remarks))
            {
                yield return remark;
            }
        }
    }

    public static IEnumerable<Block> Integrity(Review review)
    {
        yield return new Heading("Do the numbers fit together?", 2);
        var findings = IntegrityCheck.Run(review);
        if (findings.Count == 0)
        {
            yield return new Paragraph("Every check passed: percentages against counts, parts against wholes, groups against the groups they lie within, the order of statistics, "
                + "and, where the files hold what they need, means against whole numbers and scales, standard deviations between arms, intervals, comparisons and p-values.");
            yield break;
        }

        yield return new Paragraph("A finding means that a text disagrees with itself, not that anyone erred.");
        yield return Compact(IntegrityTable.ForReaders(findings, id => review.FindStudy(id)?.DisplayName ?? id));
    }

    /// <summary>The answers in a table, one line for each analysis.</summary>
    public static IEnumerable<Block> Summary(IReadOnlyList<AnalysisResult> analyses)
    {
        yield return new Heading("Results at a glance", 2);
        var levels = analyses.Select(analysis => analysis.Overall?.Natural.Interval.Level).OfType<double>().Distinct().ToList();
        yield return Compact(new Table(
            [new("Analysis"), new("k", Alignment.Right), new("Effect"), new("Pooled", Alignment.Right), new(levels is [var level] ? $"{Readable.Level(level)}% CI" : "CI", Alignment.Right), new("Prediction interval", Alignment.Right), new("I²", Alignment.Right)],
            [.. analyses.Select(analysis => analysis.Overall is not { } overall ? [analysis.Title, "0", analysis.Measure.ReadAs, analysis.Problem ?? "", "", "", ""] : Line(analysis.Title, overall, levels.Count > 1))]));
    }

    /// <summary>How certain the results are that the review judges.</summary>
    public static IEnumerable<Block> Certainty(Review review, IReadOnlyList<AnalysisResult> analyses)
    {
        var judged = review.Grades.Select(grade => analyses.FirstOrDefault(result => result.Analysis.Id == grade.Analysis)).OfType<AnalysisResult>().ToList();
        return judged.Count == 0 ? [] : [new Heading("Summary of findings", 2), .. CertaintyReport.Of([.. judged.Select(review.AssessCertainty)]).Blocks()];
    }

    private static string[] Line(string title, IPooledEffect overall, bool withLevel)
    {
        var natural = overall.Natural;
        var format = new NaturalFormat(overall.Effects.Measure, natural.Interval);
        return
        [
            title, PooledCount.Short(overall), natural.Name, format.Number(natural.Estimate) + format.Unit, (withLevel ? $"{Readable.Level(natural.Interval.Level)}%: " : "") + format.Range(natural.Interval),
            natural.PredictionInterval is { } prediction ? format.Range(prediction) : "",
            overall is { StudyCount: > 1, I2: { } i2 } ? $"{ModelText.Percent(i2)}%" : "",
        ];
    }

    /// <summary>A paragraph for the methods of a paper, from what was computed.</summary>
    public static IEnumerable<Block> Methods(IReadOnlyList<AnalysisResult> analyses, string version)
    {
        yield return new Heading("Methods", 2);
        var sources = analyses.SelectMany(analysis => analysis.Parts.Sources).Where(source => !source.StartsWith("Computed on", StringComparison.Ordinal));
        yield return new Paragraph(string.Join(' ', WithTheirDegrees(sources.Select(WithoutIterations)).Append($"All computations: MetaSpine {version}.")));
    }

    /// <summary>What one needs to get the same numbers again.</summary>
    public static IEnumerable<Block> Reproducing(Review review, IReadOnlyList<AnalysisResult> analyses, string version, ReviewReportOptions options)
    {
        yield return new Heading("Reproducing these numbers", 2);
        yield return new Paragraph($"Made by MetaSpine {version} from the {(options.Inputs.Count == 1 ? "file" : "files")} below; another version or another content may give other numbers.");
        if (options.Inputs.Count > 0)
        {
            yield return Compact(new Table([new("File"), new("SHA-256")], [.. options.Inputs.Select(input => (string[])[input.Name, input.Sha256])]));
        }

        if (review.Analyses.Count > 0)
        {
            yield return new Code("The analyses as the review asks for them", "yaml", StudyFile.Print(StudyFile.ReviewKind, Review.Shape.Write(new Review { Analyses = review.Analyses })));
        }

        if (options.ShowRCode)
        {
            foreach (var analysis in analyses)
            {
                yield return new Code($"R code: {analysis.Title}", "r", RScript.For(analysis));
            }
        }
    }

    /// <summary>Each sentence once; those that differ in their degrees of freedom only are one that names them all.</summary>
    private static IEnumerable<string> WithTheirDegrees(IEnumerable<string> sources) => sources.Distinct(StringComparer.Ordinal)
        .GroupBy(source => Degrees().Replace(source, ""), StringComparer.Ordinal)
        .Select(same => same.Count() == 1 ? same.First() : Degrees().Replace(same.First(), $"with {Wording.List([.. same.Select(source => Degrees().Match(source).Groups[1].Value).OrderBy(degrees => double.Parse(degrees, CultureInfo.InvariantCulture))])} degrees of freedom"));

    [GeneratedRegex(@"with ([\d.]+) degrees? of freedom")]
    private static partial Regex Degrees();

    /// <summary>How long an iteration took belongs to one analysis and not to the method.</summary>
    private static string WithoutIterations(string source)
    {
        var start = source.IndexOf("; converged after", StringComparison.Ordinal);
        var end = start < 0 ? -1 : source.IndexOf(')', start);
        return end < 0 ? source : source[..start] + source[(end + 1)..];
    }

    private static string Report(Citation citation)
    {
        string?[] parts =
        [
            citation.Authors.Count switch { 0 => null, <= 3 => string.Join(", ", citation.Authors), _ => $"{citation.Authors[0]} et al." },
            citation.Title, citation.Journal,
            citation.Year is { } year ? year.ToString(CultureInfo.InvariantCulture) + (citation.Volume is { } volume ? $";{volume}{(citation.Pages is { } pages ? $":{pages}" : "")}" : "") : null,
            citation.Doi is { } doi ? $"doi:{doi}" : citation.Pmid is { } pmid ? $"PMID {pmid}" : citation.Url,
        ];
        return string.Join(". ", parts.Where(part => !string.IsNullOrEmpty(part)).Select(part => part!.TrimEnd('.')));
    }

    /// <summary>The word of study files as readers write it: a prefix and its word stay joined.</summary>
    private static string Kind(string word) => word.Replace("non_", "non-", StringComparison.Ordinal).Replace("cross_", "cross-", StringComparison.Ordinal)
        .Replace("case_control", "case-control", StringComparison.Ordinal).Replace('_', ' ');

    private static string Design(StudyDesign? design) => design is null ? "" : string.Join(", ", new[]
    {
        design.Type is { } type ? Kind(StudyDesign.Types.Word(type)) : null,
        design.Timing is { } timing ? StudyDesign.Timings.Word(timing) : null,
        design.Country,
    }.OfType<string>());

    /// <summary>The table without the columns in which nobody says anything.</summary>
    public static TableBlock Compact(Table table)
    {
        var kept = Enumerable.Range(0, table.Columns.Count).Where(column => table.Rows.Any(row => row[column].Length > 0)).ToList();
        return new TableBlock(table with { Columns = [.. kept.Select(column => table.Columns[column])], Rows = [.. table.Rows.Select(row => (string[])[.. kept.Select(column => row[column])])] });
    }
}
