namespace MetaSpine;

/// <summary>One result under many assumptions about the selection of studies.</summary>
public sealed partial record SelectionSweepResult
{
    /// <summary>The model that was asked about.</summary>
    public required ModelResult Model { get; init; }

    /// <summary>The fits, in the order of the functions; with Wald intervals.</summary>
    public required IReadOnlyList<SelectionResult> Fits { get; init; }

    /// <summary>The functions that could not be fitted, each with the reason.</summary>
    public required IReadOnlyList<(SelectionFunction Function, string Reason)> Refused { get; init; }

    /// <summary>What was found; one sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}

/// <summary>Selection models side by side: where they agree, their assumptions matter less.</summary>
public static class SelectionSweep
{
    /// <summary>
    /// The functions of a sweep where none are given: two step functions, five smooth ones, and two sets of given weights, which need no more studies than
    /// a pooled result does.
    /// </summary>
    public static IReadOnlyList<SelectionFunction> Usual { get; } =
    [
        SelectionFunction.Step(.025), SelectionFunction.Step(.025, .5), SelectionFunction.Beta(), SelectionFunction.HalfNormal(), SelectionFunction.NegativeExponential(),
        SelectionFunction.Logistic(), SelectionFunction.Power(), SelectionFunction.VeveaWoods(severe: false), SelectionFunction.VeveaWoods(severe: true),
    ];

    /// <summary>Fits a selection model for each of some functions.</summary>
    /// <param name="result">The model; as in <see cref="SelectionModels.Selection"/>.</param>
    /// <param name="functions">The functions; <see cref="Usual"/> where null.</param>
    /// <param name="side">Which results selection favours; the side of the equal-effects estimate where null.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="PoolingException">No function can be fitted; the message is that of the last.</exception>
    public static SelectionSweepResult SelectionModelsOf(
        this ModelResult result, IReadOnlyList<SelectionFunction>? functions = null, SelectionSide? side = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(result);
        var options = new SelectionOptions { Side = side, Level = result.Options.Level, Intervals = false };
        var fits = new List<SelectionResult>();
        var refused = new List<(SelectionFunction Function, string Reason)>();
        foreach (var function in functions ?? Usual)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                fits.Add(result.Selection(function, options));
            }
            catch (PoolingException problem)
            {
                refused.Add((function, problem.Message));
            }
        }

        return fits.Count > 0
            ? new SelectionSweepResult { Model = result, Fits = fits, Refused = refused, Notes = [.. Notes(result, fits, refused)] }
            : throw new PoolingException(refused.Count > 0 ? refused[^1].Reason : "A sweep needs at least one selection function.");
    }

    private static IEnumerable<string> Notes(ModelResult result, List<SelectionResult> fits, List<(SelectionFunction Function, string Reason)> refused)
    {
        var effects = result.Effects;
        double[] values = [.. fits.Select(fit => effects.BackTransform(fit.Estimate))];
        yield return SmallStudyNotes.Text(
            $"Under {fits.Count} assumptions about selection the {effects.Measure.ReadAs} ranges from {values.Min():G3} to {values.Max():G3}, against {effects.BackTransform(fits[0].Unadjusted[0]):G3} without selection, all by maximum likelihood.");
        if (fits.Where(fit => fit.SelectionTest is not null).MinBy(fit => fit.SelectionTest!.Value.PValue) is { SelectionTest: { } test } most)
        {
            yield return SmallStudyNotes.Text($"Selection shows most under the function {most.Function.Name}: likelihood-ratio {SmallStudyNotes.P(test.PValue)}, the smallest of {fits.Count(fit => fit.SelectionTest is not null)} and not adjusted for that.");
        }

        foreach (var (function, reason) in refused)
        {
            yield return $"Not fitted ({function.Name}): {reason}";
        }
    }
}
