using System.Globalization;

namespace MetaSpine;

/// <summary>What case diagnostics say, in words.</summary>
internal static class InfluenceNotes
{
    public static IReadOnlyList<string> For(ModelResult result, IReadOnlyList<StudyInfluence> studies, InfluenceLimits limits)
    {
        var notes = new List<string>();
        foreach (var study in studies)
        {
            if (study.Deleted is null)
            {
                notes.Add($"{study.Label}: the model cannot be fitted without it, as it alone carries one of the coefficients.");
            }
            else if (study.Flags != InfluenceCriteria.None)
            {
                notes.Add($"{study.Label} is influential ({string.Join("; ", Reasons(study, study.Deleted, limits))}): {Consequence(result, study.Deleted)}.");
            }
        }

        if (notes.Count == 0)
        {
            notes.Add("No study is beyond the limits of DFFITS, Cook's distance, the leverage or DFBETAS: none moves the result much on its own.");
        }

        return notes;
    }

    private static IEnumerable<string> Reasons(StudyInfluence study, DeletedFit deleted, InfluenceLimits limits)
    {
        if (study.Flags.HasFlag(InfluenceCriteria.Dffits))
        {
            yield return Text($"DFFITS {deleted.Dffits:0.00} against {limits.Dffits:0.00}");
        }

        if (study.Flags.HasFlag(InfluenceCriteria.CooksDistance))
        {
            yield return Text($"Cook's distance {deleted.CooksDistance:0.00} against {limits.CooksDistance:0.00}");
        }

        if (study.Flags.HasFlag(InfluenceCriteria.Hat))
        {
            yield return Text($"leverage {study.Hat:0.00} against {limits.Hat:0.00}");
        }

        if (study.Flags.HasFlag(InfluenceCriteria.Dfbetas))
        {
            yield return Text($"DFBETAS {deleted.Dfbetas.MaxBy(Math.Abs):0.00} against {limits.Dfbetas:0.##}");
        }
    }

    /// <summary>What leaving the study out does to the result.</summary>
    private static string Consequence(ModelResult result, DeletedFit deleted)
    {
        var residual = Text($"its estimate is {Math.Abs(deleted.Studentised):0.0} standard errors {(deleted.Residual < 0 ? "below" : "above")} what the other studies predict");
        var tau2 = result.Options.Method == PoolingMethod.EE || result.Options.FixedTau2 is not null ? "" : Text($" and τ² from {result.Tau2:0.####} to {deleted.Tau2:0.####}");
        if (result is PooledResult pooled)
        {
            var effects = pooled.Effects;
            return residual + Text($", and without it the {effects.Measure.ReadAs} goes from {effects.BackTransform(pooled.Estimate):G3} to {effects.BackTransform(deleted.Coefficients[0]):G3}{tau2}");
        }

        var regression = (RegressionResult)result;
        var most = Enumerable.Range(0, deleted.Dfbetas.Count).MaxBy(j => Math.Abs(deleted.Dfbetas[j]));
        var coefficient = regression.Coefficients[most];
        return residual + Text($", and without it the coefficient of {coefficient.Name} goes from {coefficient.Estimate:G3} to {deleted.Coefficients[most]:G3}{tau2}");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
