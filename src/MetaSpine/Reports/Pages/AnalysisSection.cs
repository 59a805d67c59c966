namespace MetaSpine;

/// <summary>One analysis in the report of a review: what it found, its pictures, and what it rests on.</summary>
internal static class AnalysisSection
{
    /// <summary>With fewer studies leaving one out says nothing that the studies themselves do not.</summary>
    private const int FewestToLeaveOut = 3;

    private const int FewestForAsymmetry = 10;

    public static IEnumerable<Block> Of(AnalysisResult analysis, ReviewReportOptions options)
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
                LeaveOut = analysis.Pooled is { } shown && analysis.Subgroups.Count == 0 ? LeaveOutTable.Of(shown) : null,
            };
        }

        foreach (var block in findings.SkipWhile(block => block is not TableBlock))
        {
            yield return block;
        }

        if (analysis.Regression is { } regression)
        {
            foreach (var moderator in BubblePlot.Plottable(regression))
            {
                yield return new Picture($"{analysis.Analysis.Id}-{moderator}", BubblePlot.Draw(regression, new BubblePlotOptions { Moderator = moderator, Theme = options.Theme }));
            }
        }

        if (analysis.Pooled is { StudyCount: >= FewestToLeaveOut } pooled)
        {
            foreach (var block in Sensitivity(analysis, pooled))
            {
                yield return block;
            }

            yield return new Picture($"{analysis.Analysis.Id}-funnel", FunnelPlot.Draw(pooled, new FunnelPlotOptions { Theme = options.Theme, Contours = pooled.Effects.Measure.NullValue is not null }));
            if (pooled.StudyCount < FewestForAsymmetry)
            {
                yield return new Paragraph(FormattableString.Invariant($"With fewer than {FewestForAsymmetry} studies the shape of a funnel plot says little (Sterne et al. 2011, doi:10.1136/bmj.d4002)."));
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

    /// <summary>What holds and what does not, in words, and the table that most readers ask for.</summary>
    private static IEnumerable<Block> Sensitivity(AnalysisResult analysis, PooledResult pooled)
    {
        var findings = SensitivityReport.Of(pooled, SensitivityOptions.For(analysis) with { Only = Questions }).Findings;
        yield return new Heading("Does it hold?", 3);
        foreach (var list in Bullets.Of(
            ("What holds", findings.Where(finding => finding.Holds == true).Select(finding => finding.Verdict!)),
            ("What does not hold, or deserves a look", findings.Where(finding => finding.Holds == false).Select(finding => finding.Verdict!)),
            ("What cannot be asked here", findings.Where(finding => finding.Problem is not null).Select(finding => $"{finding.Title}: {finding.Problem}"))))
        {
            yield return list;
        }

        var subsets = pooled.LeaveOneOut().Subsets;
        var format = new NaturalFormat(pooled.Effects.Measure, pooled.Natural.Interval);
        yield return new Heading("Without each study in turn", 3);
        yield return new TableBlock(new Table(
            [new("Without"), new(format.Heading, Alignment.DecimalPoint), new($"{Readable.Level(pooled.Options.Level)}% CI", Alignment.DecimalPoint), new("τ²", Alignment.DecimalPoint), new("I²", Alignment.DecimalPoint)],
            [.. subsets.Select(subset => (string[])(subset.Natural is { } natural
                ? [subset.Label, format.Number(natural.Estimate), format.Range(natural.Interval), subset.Tau2 is { } tau2 ? ModelText.Variance(tau2) : "", subset.I2 is { } i2 ? $"{ModelText.Percent(i2)}%" : ""]
                : [subset.Label, Readable.None, subset.Problem ?? "", "", ""]))]));
    }
}
