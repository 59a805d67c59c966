namespace MetaSpine;

/// <summary>The sentences and columns that views of sensitivity results share.</summary>
internal static class SensitivityText
{
    public const string CaseDiagnostics = "Viechtbauer and Cheung 2010, doi:10.1002/jrsm.11";

    /// <summary>Numbers so precise as the interval of all studies.</summary>
    public static NaturalFormat Format(IPooledEffect model) => new(model.Effects.Measure, model.Natural.Interval);

    /// <summary>A value on the analysis scale as people read it, with its unit.</summary>
    public static string Number(IPooledEffect model, double value)
    {
        var format = Format(model);
        return format.Number(model.Effects.BackTransform(value)) + format.Unit;
    }

    /// <summary>"0.49 (95% CI 0.34 to 0.70)".</summary>
    public static string Estimate(IPooledEffect model, double estimate, Interval interval)
    {
        var format = Format(model);
        return $"{Number(model, estimate)} ({Readable.Level(interval.Level)}% CI {format.Range(ScaleTable.Back(model.Effects, interval))}{format.Unit})";
    }

    /// <summary>Where the numbers of the model come from.</summary>
    public static IEnumerable<string> Sources(IPooledEffect model) => model is ModelResult result
        ? ModelText.Sources(result)
        : [.. ModelText.EffectSize(model.Effects.Measure), $"Model: {model.ModelName}{(model.ModelDetail.Length == 0 ? "" : $", {model.ModelDetail}")}."];

    /// <summary>The verdict on another analysis of the same studies.</summary>
    /// <param name="model">The result that is questioned.</param>
    /// <param name="subject">What the other analysis is: "With outliers allowed for".</param>
    /// <param name="estimate">Its estimate.</param>
    /// <param name="interval">Its interval.</param>
    public static (bool Holds, string Verdict) Compare(IPooledEffect model, string subject, double estimate, Interval interval)
    {
        var holds = model.Agrees(estimate, interval);
        return (holds, $"{subject}: {Comparison(model, holds, estimate, interval)}, {Estimate(model, estimate, interval)}.");
    }

    private static string Comparison(IPooledEffect model, bool holds, double estimate, Interval interval)
    {
        if (model.Effects.Measure.NullValue is not { } none)
        {
            return $"an estimate {(holds ? "inside" : "outside")} the interval of all studies";
        }

        if (holds)
        {
            return "the same direction and conclusion";
        }

        var direction = $"an effect in the {(Math.Sign(estimate - none) == Math.Sign(model.Estimate - none) ? "same" : "other")} direction";
        return interval.Contains(none) == model.Interval.Contains(none)
            ? direction
            : $"{direction} with an interval that {(interval.Contains(none) ? "includes" : "excludes")} no effect";
    }
}
