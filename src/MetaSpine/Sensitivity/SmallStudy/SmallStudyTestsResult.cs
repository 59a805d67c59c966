namespace MetaSpine;

/// <summary>Every test of small-study effects that a result's numbers allow, side by side.</summary>
public sealed partial record SmallStudyTestsResult
{
    /// <summary>The result.</summary>
    public required PooledResult Model { get; init; }

    /// <summary>The tests, those advised for the measure first.</summary>
    public required IReadOnlyList<SmallStudyTestResult> Tests { get; init; }

    /// <summary>The tests advised for the measure (<see cref="SmallStudyTests.AdvisedFor"/>).</summary>
    public required IReadOnlyList<SmallStudyTest> Advised { get; init; }

    /// <summary>The tests that cannot be done with these numbers, each with the reason.</summary>
    public required IReadOnlyList<(SmallStudyTest Test, string Reason)> Refused { get; init; }

    /// <summary>What was found; one sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}

/// <summary>All tests of small-study effects at once.</summary>
public static class SmallStudyTestsAtOnce
{
    /// <summary>The convention for tests of low power.</summary>
    private const double Level = .1;

    /// <summary>
    /// Runs every test that the numbers allow; those for diagnostic odds ratios only where they are advised. A test that was not chosen beforehand proves nothing by
    /// being the one that is significant.
    /// </summary>
    /// <param name="result">A pooled result.</param>
    /// <exception cref="PoolingException">No test can be done: there are fewer than 3 studies, or they are all of one size.</exception>
    public static SmallStudyTestsResult TestAllSmallStudyEffects(this PooledResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var advised = SmallStudyTests.AdvisedFor(result.Effects.Measure);
        var tests = new List<SmallStudyTestResult>();
        var refused = new List<(SmallStudyTest Test, string Reason)>();
        foreach (var test in advised.Concat(SmallStudyTests.All.Where(test => test.Code != "DEEKS")).Distinct())
        {
            try
            {
                tests.Add(result.TestSmallStudyEffects(test));
            }
            catch (PoolingException problem)
            {
                refused.Add((test, problem.Message));
            }
        }

        if (tests.Count == 0)
        {
            throw new PoolingException(refused[0].Reason);
        }

        var below = tests.Where(test => test.PValue < Level).Select(test => test.Name).ToList();
        return new SmallStudyTestsResult
        {
            Model = result,
            Tests = tests,
            Advised = advised,
            Refused = refused,
            Notes =
            [
                $"{(below.Count == 0 ? "None" : SmallStudyNotes.Text($"{below.Count}"))} of {tests.Count} tests of small-study effects {(below.Count == 1 ? "has" : "have")} a p-value below 0.1{(below.Count is 0 || below.Count == tests.Count ? "" : $" ({Wording.List(below)})")}. Rely on the advised ones: the others stand for comparison, and may be significant because their predictor depends on the estimate.",
            ],
        };
    }
}
