using System.Globalization;

namespace MetaSpine;

/// <summary>What tests of small-study effects say, in words. The rules are those of Sterne et al. (2011), BMJ 343:d4002, doi:10.1136/bmj.d4002.</summary>
internal static class SmallStudyNotes
{
    /// <summary>With fewer studies the power is too low to tell chance from real asymmetry.</summary>
    private const int Enough = 10;

    /// <summary>The convention for tests of low power.</summary>
    private const double Level = 0.1;

    /// <summary>Above this tau^2 of log odds ratios the tests are significant too often.</summary>
    private const double MuchHeterogeneity = 0.1;

    /// <summary>Standard errors within this ratio are called similar; a rule of thumb of ours.</summary>
    private const double SimilarErrors = 1.5;

    public static IReadOnlyList<string> For(PooledResult result, SmallStudyTestResult test, AsymmetryFinding finding)
    {
        var notes = new List<string> { Finding(result, test, finding) };
        if (finding.Limit is { } limit)
        {
            notes.Add(Text($"The line's {result.Effects.Measure.ReadAs} for a study without sampling error is {Back(limit.Estimate):G3} ({100 * limit.Interval.Level:0.##}% interval {Back(limit.Interval.Lower):G3} to {Back(limit.Interval.Upper):G3})."));
        }

        if (finding.Rank is { } rank)
        {
            notes.Add(rank.IsExact ? "The p-value is exact." : Text($"The p-value is that of the normal approximation, as {(test.StudyCount > 200 ? "there are many studies" : "values are tied")}."));
        }

        if (finding.Uninformative.Count > 0)
        {
            notes.Add($"Without information for this test, and left out: {string.Join(", ", finding.Uninformative)}.");
        }

        if (test.StudyCount < Enough)
        {
            notes.Add(Text($"With {test.StudyCount} studies (fewer than {Enough}) the test has too little power to tell chance from real asymmetry, and should not be relied on."));
        }

        double least = result.Studies.Min(study => study.Effect.StandardError), most = result.Studies.Max(study => study.Effect.StandardError);
        if (most < SimilarErrors * least)
        {
            notes.Add("The studies have similar standard errors, so that the test says little.");
        }

        var measure = result.Effects.Measure;
        if (measure.Code == "OR" && result.Tau2 > MuchHeterogeneity)
        {
            notes.Add(Text($"τ² is {result.Tau2:0.###} (above {MuchHeterogeneity}): with such heterogeneity tests for odds ratios are significant too often."));
        }

        if (measure != Measures.GEN)
        {
            notes.Add(Capital(SmallStudyTests.AdviceFor(measure)));
        }

        return notes;

        double Back(double value) => result.Effects.BackTransform(value);
    }

    private static string Finding(PooledResult result, SmallStudyTestResult test, AsymmetryFinding finding)
    {
        var statistic = test.DegreesOfFreedom is { } freedom ? Text($"t = {test.Statistic:0.00} with {freedom:0.#} degrees of freedom") : Text($"z = {test.Statistic:0.00}");
        var start = Text($"{test.Name}, {test.StudyCount} studies: {statistic}, {P(test.PValue)}");
        if (!(test.PValue < Level))
        {
            return Text($"{start} (not below {Level}): no evidence that small and large studies differ, which does not show that they agree.");
        }

        // Rank tests of Begg relate the estimates to the variance, Schwarzer's to the inverse of one: both say more where studies are small.
        var smallAreLarger = test.Estimate > 0 != finding.GrowsWithSize;
        return Text($"{start} (below {Level}): smaller studies show {(smallAreLarger ? "larger" : "smaller")} values of the {result.Effects.Measure.ReadAs} than larger ones. Publication bias is one explanation; heterogeneity, the methods of small studies and chance are others.");
    }

    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>"p = 0.0421"; a p-value that would round to 0 is said to be smaller than what can be shown.</summary>
    public static string P(double p) => p < 0.0001 ? "p < 0.0001" : Text($"p = {p:0.0000}");
}
