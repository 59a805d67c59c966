namespace MetaSpine;

/// <summary>One analysis in the report of a review: what it found, its pictures, and what it rests on.</summary>
internal static class AnalysisSection
{
    /// <summary>With fewer studies leaving one out says nothing that the studies themselves do not.</summary>
    private const int FewestToLeaveOut = 3;

    private const int FewestForAsymmetry = 10;

    /// <summary>All analyses. Where several pool the same, the first says it and the others what is their own.</summary>
    public static IEnumerable<Block> All(IReadOnlyList<AnalysisResult> analyses, ReviewReportOptions options, IProgress<double>? progress)
    {
        var said = new List<(AnalysisResult Analysis, HashSet<string> Findings)>();
        foreach (var (index, analysis) in analyses.Index())
        {
            progress?.Report((double)index / analyses.Count);
            var earlier = said.Find(other => IsSame(other.Analysis.Pooled, analysis.Pooled));
            var page = earlier.Findings ?? new HashSet<string>(StringComparer.Ordinal);
            foreach (var block in Of(analysis, options, earlier.Analysis, page))
            {
                yield return block;
            }

            if (earlier.Analysis is null)
            {
                said.Add((analysis, page));
            }
        }
    }

    /// <summary>Whether two analyses pooled the same numbers in the same way, and there is enough to say about them not to say it twice.</summary>
    private static bool IsSame(PooledResult? one, PooledResult? other) =>
        one is { StudyCount: >= FewestToLeaveOut } && other is not null && one.Options == other.Options && one.Effects.Measure == other.Effects.Measure
        && one.Interval == other.Interval && one.Studies.SequenceEqual(other.Studies);

    private static IEnumerable<Block> Of(AnalysisResult analysis, ReviewReportOptions options, AnalysisResult? earlier, HashSet<string> said)
    {
        var parts = analysis.Parts;
        yield return new Heading(parts.Title, 2);
        if (analysis.Analysis.Notes is { } notes)
        {
            yield return new Paragraph(notes);
        }

        // The sentences, then the picture that shows what they say, then the tables that hold its numbers.
        var findings = parts.Findings.ToList();
        foreach (var sentence in findings.TakeWhile(block => block is not TableBlock))
        {
            yield return sentence;
        }

        if (analysis.Overall is not null)
        {
            yield return new Picture($"{analysis.Analysis.Id}-forest", ForestPlot.Draw(analysis, new ForestPlotOptions { Theme = options.Theme }))
            {
                LeaveOut = LeaveOutTable.Of(analysis),
            };
        }

        // Its first table is that of the studies, which the earlier analysis has shown.
        foreach (var block in findings.SkipWhile(block => block is not TableBlock).Skip(earlier is null ? 0 : 1))
        {
            yield return block;
        }

        if (analysis.Regression is { } regression)
        {
            foreach (var moderator in BubblePlot.Plottable(regression))
            {
                yield return new Picture($"{analysis.Analysis.Id}-{moderator}", BubblePlot.Draw(regression, new BubblePlotOptions { Moderator = moderator, Theme = options.Theme })) { IsChart = true };
            }
        }

        if (analysis.MultilevelRegression is { } dependent)
        {
            foreach (var moderator in OrchardTree.Categories(dependent.Design))
            {
                yield return new Picture($"{analysis.Analysis.Id}-{moderator}", OrchardPlot.Draw(dependent, new OrchardPlotOptions { Moderator = moderator, Theme = options.Theme })) { IsChart = true };
            }
        }

        if (analysis.Overall is { StudyCount: >= FewestToLeaveOut } overall)
        {
            var sensitivity = SensitivityReport.Of(overall, SensitivityOptions.For(analysis) with { Only = analysis.Multilevel is null ? Questions : DependenceSections.Questions });
            foreach (var block in Sensitivity(sensitivity, earlier, said).Concat(Funnel(analysis.Pooled ?? sensitivity.Twin, analysis.Analysis.Id, options)))
            {
                yield return block;
            }
        }

        foreach (var list in Bullets.Of((parts.LeftOutTitle, parts.LeftOut.Distinct()), ("Notes", parts.Notes.Distinct())))
        {
            yield return list;
        }
    }

    /// <summary>The questions with a verdict; the sensitivity page has the others.</summary>
    private static readonly string[] Questions =
    [
        "leave-one-out", "influence", "cumulative", "subsets", "outliers", "regression-leave-one-out", "regression-influence", "henmi-copas", "small-study-test",
        "trim-and-fill", "pet-peese", "limit", "selection", "copas", "excess-significance", "multiverse",
    ];

    private static IEnumerable<Block> Funnel(PooledResult? pooled, string id, ReviewReportOptions options)
    {
        if (pooled is null)
        {
            yield break;
        }

        var look = new FunnelPlotOptions { Theme = options.Theme, Contours = pooled.Effects.Measure.NullValue is not null };
        yield return new Picture($"{id}-funnel", FunnelPlot.Draw(pooled, look)) { IsChart = true };
        if (pooled.StudyCount < FewestForAsymmetry)
        {
            yield return new Paragraph(FormattableString.Invariant($"With fewer than {FewestForAsymmetry} studies the shape of a funnel plot says little (Sterne et al. 2011, doi:10.1136/bmj.d4002)."));
        }
    }

    /// <summary>What holds and what does not, in words, and the table that most readers ask for. Nothing where nothing can be asked of the model.</summary>
    private static IEnumerable<Block> Sensitivity(SensitivityReport page, AnalysisResult? earlier, HashSet<string> said)
    {
        if (page.Findings.All(finding => finding.Problem is not null))
        {
            yield break;
        }

        yield return new Heading("Does it hold?", 3);
        foreach (var block in page.AboutTwin())
        {
            yield return block;
        }

        var findings = page.Findings.Where(finding => (finding.Verdict ?? finding.Problem) is { } sentence && said.Add($"{finding.Name}: {sentence}")).ToList();
        if (earlier is not null)
        {
            yield return new Paragraph($"The pooled result is that of “{earlier.Title}”, where its studies stand and what it rests on{(findings.Count == 0 ? "" : "; this analysis adds")}.");
        }

        foreach (var list in Bullets.Of(
            ("What holds", findings.Where(finding => finding.Holds == true).Select(finding => finding.Verdict + finding.Mark)),
            ("What does not hold, or deserves a look", findings.Where(finding => finding.Holds == false).Select(finding => finding.Verdict + finding.Mark)),
            ("What cannot be asked here", SensitivityReport.Problems(findings))))
        {
            yield return list;
        }

        if (earlier is null && page.Findings.Select(finding => finding.Result).OfType<OmissionResult>().FirstOrDefault() is { } omission)
        {
            yield return new Heading("Without each study in turn", 3);
            yield return ReviewSections.Compact(Omitted(omission));
        }

        foreach (var finding in page.Findings.Where(finding => finding.Result is ClusterOmissionResult or ComponentTestsResult))
        {
            yield return new Heading(finding.Title, 3);
            foreach (var block in finding.Result!.Parts.Findings)
            {
                yield return block;
            }
        }
    }

    private static Table Omitted(OmissionResult omission)
    {
        var format = SensitivityText.Format(omission.Model);
        return new Table(
            [new("Without"), new(format.Heading, Alignment.DecimalPoint), new($"{Readable.Level(omission.Model.Interval.Level)}% CI", Alignment.DecimalPoint), new("τ²", Alignment.DecimalPoint), new("I²", Alignment.DecimalPoint)],
            [.. omission.Subsets.Select(subset => (string[])(subset.Natural is { } natural
                ? [subset.Label, format.Number(natural.Estimate), format.Range(natural.Interval), subset.Tau2 is { } tau2 ? ModelText.Variance(tau2) : "", subset.I2 is { } i2 ? $"{ModelText.Percent(i2)}%" : ""]
                : [subset.Label, Readable.None, subset.Problem ?? "", "", ""]))]);
    }
}
