using System.Globalization;

namespace MetaSpine;

/// <summary>What a selection model says, in words.</summary>
internal static class SelectionNotes
{
    public static IReadOnlyList<string> For(SelectionResult result, SelectionOptions options)
    {
        var notes = new List<string> { Side(result, options), Finding(result) };
        if (result.SelectionTest is { } test)
        {
            notes.Add(Text($"The likelihood-ratio test of no selection gives χ²({test.DegreesOfFreedom}) = {test.Statistic:0.00}, p = {PValue(test.PValue)}; a large p-value does not show that there was none, as the test has little power."));
        }
        else
        {
            notes.Add("The weights were given, not estimated: the result says what the effect would be if selection had been like this.");
        }

        Empty(result, notes);
        Bounds(result, options, notes);
        if (result.StudyCount < 10)
        {
            notes.Add(Text($"With {result.StudyCount} studies a selection model is hardly identified; from about 10 on it begins to say something, and with fewer the weights are better given (FixedSteps) than estimated."));
        }

        if (!result.Provenance.Converged)
        {
            notes.Add("The search ended before the gradient vanished: the likelihood is flat there, and the estimates are one of many that fit as well.");
        }

        return notes;
    }

    private static string Side(SelectionResult result, SelectionOptions options)
    {
        var chosen = options.Side is null ? ", the side on which the pooled estimate lies" : "";
        return result.Side switch
        {
            SelectionSide.Greater => $"Selection is assumed to favour large estimates{chosen}.",
            SelectionSide.Less => $"Selection is assumed to favour small estimates{chosen}.",
            _ => "Selection is assumed to favour significant estimates on either side.",
        };
    }

    private static string Finding(SelectionResult result)
    {
        var what = $"Adjusted for selection ({result.Function.Name})";
        if (result.Coefficients.Count > 1)
        {
            return Text($"{what}, {string.Join("; ", result.Coefficients.Select((c, j) => Text($"{c.Name} is {c.Estimate:G3} (without selection {result.Unadjusted[j]:G3})")))}.");
        }

        var effects = result.Model.Effects;
        var interval = result.Interval is { } known
            ? Text($" ({100 * known.Level:0.##}% interval {effects.BackTransform(known.Lower):G3} to {effects.BackTransform(known.Upper):G3})")
            : "";
        return Text($"{what}, the {effects.Measure.ReadAs} is {effects.BackTransform(result.Estimate):G3}{interval}; without selection it is {effects.BackTransform(result.Unadjusted[0]):G3}, both by maximum likelihood.");
    }

    /// <summary>An interval without studies has a weight that the data say nothing about but for its being empty.</summary>
    private static void Empty(SelectionResult result, List<string> notes)
    {
        for (var j = 0; j < result.Steps.Count; j++)
        {
            var step = result.Steps[j];
            if (step.Studies > 0 || result.Parameters.Count == 0)
            {
                continue;
            }

            var cuts = result.Steps.Select(other => other.Upper).Where(upper => upper < 1 && upper != (j == result.Steps.Count - 1 ? step.Lower : step.Upper)).ToList();
            var merged = cuts.Count == 0
                ? "with a single cut there is nothing to merge; choose another cut, or give the weights (FixedSteps)"
                : Text($"merge it with {(j == result.Steps.Count - 1 ? "the interval before" : "the next interval")}: SelectionFunction.Step({string.Join(", ", cuts.Select(cut => Text($"{cut}")))})");
            notes.Add(Text($"No study has a p-value from {step.Lower} to {step.Upper}, so the weight of this interval {(j == 0 ? "cannot be told from 0 and the others grow to their bound" : "is estimated as 0")}; {merged}."));
        }
    }

    private static void Bounds(SelectionResult result, SelectionOptions options, List<string> notes)
    {
        if (result.Tau2 is { Estimate: 0, IsAtBound: true })
        {
            notes.Add("Under selection τ² is estimated as 0; its standard error is not defined there, and the others take it as known.");
        }
        else if (result.Tau2.IsAtBound)
        {
            notes.Add("The likelihood rises with τ² beyond anything that the estimates suggest: effect and selection cannot be told apart here. Choose a function with fewer parameters, or give the weights.");
        }

        foreach (var parameter in result.Parameters)
        {
            if (parameter.IsAtBound && parameter.Estimate == options.LargestParameter)
            {
                notes.Add(Text($"The {parameter.Name} is at {options.LargestParameter}, the largest value considered: the likelihood still rises there."));
            }
        }

        var open = result.Parameters.Where(parameter => parameter.Interval is { Upper: double.PositiveInfinity }).Select(parameter => parameter.Name).ToList();
        if (open.Count > 0)
        {
            notes.Add(Text($"The data set no upper limit to the {string.Join(" and the ", open)}, as far as values up to {options.LargestParameter} were considered."));
        }
    }

    private static string PValue(double p) => p < .001 ? "< 0.001" : Text($"{p:0.000}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
