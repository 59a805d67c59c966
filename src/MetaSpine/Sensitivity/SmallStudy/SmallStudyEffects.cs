namespace MetaSpine;

/// <summary>Whether small studies show other effects than large ones.</summary>
public static class SmallStudyEffects
{
    /// <summary>Runs the first test that suits the measure (<see cref="SmallStudyTests.AdvisedFor"/>).</summary>
    /// <param name="result">A pooled result.</param>
    /// <exception cref="PoolingException">There are fewer than 3 studies, they are all of one size, or numbers that the test needs are unknown.</exception>
    public static SmallStudyTestResult TestSmallStudyEffects(this PooledResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.TestSmallStudyEffects(SmallStudyTests.AdvisedFor(result.Effects.Measure)[0]);
    }

    /// <summary>Runs a test of small-study effects.</summary>
    /// <param name="result">A pooled result.</param>
    /// <param name="test">The test.</param>
    /// <param name="events">The number of events of each effect size, in order, for Debray's test of hazard ratios; from the tables where null.</param>
    /// <exception cref="PoolingException">There are fewer than 3 studies, they are all of one size, or numbers that the test needs are unknown.</exception>
    public static SmallStudyTestResult TestSmallStudyEffects(this PooledResult result, SmallStudyTest test, IReadOnlyList<double>? events = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(test);
        return Show(result, test.Run(new FunnelData(result), events), test.Name, test.Predictor) with { Test = test };
    }

    /// <inheritdoc cref="TestSmallStudyEffects(PooledResult, SmallStudyTest, IReadOnlyList{double}?)"/>
    /// <exception cref="ArgumentException">There is no such test.</exception>
    public static SmallStudyTestResult TestSmallStudyEffects(this PooledResult result, string test, IReadOnlyList<double>? events = null) =>
        result.TestSmallStudyEffects(SmallStudyTests.Find(test), events);

    /// <summary>Regresses the estimates on the size of the studies.</summary>
    /// <param name="result">A pooled result; its method and test are those of <see cref="AsymmetryModel.MixedEffects"/>.</param>
    /// <param name="model">How the scatter around the line is described.</param>
    /// <param name="predictor">What stands for the size of a study.</param>
    /// <returns>The slope and its test; where the predictor goes to 0 as studies grow, also what is left at 0 (PET where it is the standard error, PEESE the variance).</returns>
    /// <exception cref="PoolingException">There are fewer than 3 studies, they are all of one size, or a number of participants is unknown.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such model or predictor.</exception>
    public static SmallStudyTestResult RegressionTest(
        this PooledResult result, AsymmetryModel model = AsymmetryModel.MixedEffects, AsymmetryPredictor predictor = AsymmetryPredictor.StandardError)
    {
        ArgumentNullException.ThrowIfNull(result);
        var data = new FunnelData(result);
        var (name, x, grows) = predictor switch
        {
            AsymmetryPredictor.StandardError => ("standard error", data.Se, false),
            AsymmetryPredictor.Variance => ("sampling variance", data.V, false),
            AsymmetryPredictor.Precision => ("1/standard error", Array.ConvertAll(data.Se, se => 1 / se), true),
            AsymmetryPredictor.InverseVariance => ("1/sampling variance", data.Precisions, true),
            AsymmetryPredictor.SampleSize => ("n", data.Sizes(), true),
            AsymmetryPredictor.InverseSampleSize => ("1/n", Array.ConvertAll(data.Sizes(), n => 1 / n), false),
            AsymmetryPredictor.SquareRootSampleSize => ("sqrt(n)", Array.ConvertAll(data.Sizes(), Math.Sqrt), true),
            AsymmetryPredictor.InverseSquareRootSampleSize => ("1/sqrt(n)", Array.ConvertAll(data.Sizes(), n => 1 / Math.Sqrt(n)), false),
            _ => throw new ArgumentOutOfRangeException(nameof(predictor), predictor, "There is no such predictor."),
        };
        return model switch
        {
            // The ad-hoc rules that choose between two intervals are defined for one coefficient.
            AsymmetryModel.MixedEffects => Show(result, AsymmetryKernels.Mixed(data, x, result.Options.Test is PoolingTest.KnappHartungWider or PoolingTest.KnappHartungIqwig ? PoolingTest.KnappHartung : result.Options.Test, grows), "Regression test (mixed effects)", name),
            AsymmetryModel.Classical => Show(result, AsymmetryKernels.Line(data, x, data.Precisions, growsWithSize: grows), "Regression test (classical)", name),
            AsymmetryModel.Multiplicative => Show(result, AsymmetryKernels.Line(data, x, data.Precisions, growsWithSize: grows, floor: 1), "Regression test (multiplicative)", name),
            _ => throw new ArgumentOutOfRangeException(nameof(model), model, "There is no such model."),
        };
    }

    private static SmallStudyTestResult Show(PooledResult result, AsymmetryFinding finding, string name, string predictor)
    {
        var shown = new SmallStudyTestResult
        {
            Name = name,
            Predictor = predictor,
            StudyCount = finding.StudyCount,
            Estimate = finding.Slope?.Estimate ?? finding.Rank!.Value.Tau,
            StandardError = finding.Slope?.StandardError,
            Statistic = finding.Slope?.Statistic ?? (finding.Rank is { Score: not 0 } rank ? rank.Score / rank.StandardError : 0),
            DegreesOfFreedom = finding.Slope?.DegreesOfFreedom,
            PValue = finding.Slope?.PValue ?? finding.Rank!.Value.PValue,
            Interval = finding.Slope?.Interval,
            Limit = finding.Limit,
            Tau2 = finding.Tau2,
            Dispersion = finding.Dispersion,
            Notes = [],
        };
        return shown with { Notes = SmallStudyNotes.For(result, shown, finding) };
    }
}
