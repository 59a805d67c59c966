namespace MetaSpine;

/// <summary>The sentences that pooling and meta-regression share.</summary>
internal static class ModelText
{
    public static string Model(ModelResult result) =>
        result.StudyCount == 1 ? "a single study"
        : result.Options.Method == PoolingMethod.EE ? "equal-effects model"
        : result.Options.FixedTau2 is not null ? "random-effects model, τ² fixed"
        : $"random-effects model, {MethodNames.Of(result.Options.Method).Code}";

    /// <summary>"13 studies (357,347 participants)".</summary>
    public static string Studies(ModelResult result) => Studies(result.Effects, [.. result.Studies.Select(study => study.Row)]);

    /// <summary>The same for the studies of these rows.</summary>
    public static string Studies(EffectSizes effects, IReadOnlyList<int> rows)
    {
        double sum = 0;
        foreach (var row in rows)
        {
            sum += effects.Studies[row].Size;
        }

        var timed = effects.Measure.Family.Alternatives[0].Any(input => input.Column is "ti" or "t1i");
        var count = rows.Count == 1 ? "1 study" : $"{Readable.Count(rows.Count)} studies";
        return double.IsFinite(sum) ? $"{count} ({Readable.Count(sum)} {(timed ? "units of person-time" : "participants")})" : count;
    }

    /// <summary>"t(12) = -3.95, p = 0.002".</summary>
    public static string Test(double statistic, double? df, double p) =>
        $"{(df is null ? "z" : FormattableString.Invariant($"t({df:0.##})"))} = {Readable.Fixed(statistic, 2)}, {Readable.PValue(p)}";

    /// <summary>tau^2, I^2 and Q with their intervals; under equal effects, where tau^2 is 0 by assumption, I^2 and Q alone.</summary>
    public static string Heterogeneity(ModelResult result, string kind)
    {
        if (result.Q.DegreesOfFreedom <= 0)
        {
            return $"{kind} cannot be estimated: there are as many coefficients as studies.";
        }

        var parts = new List<string>();
        if (result.Options.Method != PoolingMethod.EE)
        {
            parts.Add($"τ² = {Variance(result.Tau2)}{(result.Options.FixedTau2 is null ? Interval(result.Tau2Interval, Variance) : " (fixed)")}");
        }

        parts.Add($"I² = {Percent(result.I2)}%{Interval(result.I2Interval, Percent)}");
        parts.Add(FormattableString.Invariant($"Q({result.Q.DegreesOfFreedom}) = {Readable.Fixed(result.Q.Statistic, 2)}, {Readable.PValue(result.Q.PValue)}"));
        return $"{kind}: {string.Join("; ", parts)}.";
    }

    /// <summary>The studies that are not in the model, each with its reason.</summary>
    public static IEnumerable<string> LeftOut(ModelResult result) => LeftOut(result.Excluded);

    /// <summary>Studies with their reasons.</summary>
    public static IEnumerable<string> LeftOut(IEnumerable<ExcludedStudy> excluded) => excluded.Select(study => $"{study.Label}: {study.Reason}");

    /// <summary>"Q(12) = 163.16, p &lt; 0.001".</summary>
    public static string Test(string name, ChiSquaredTest test) =>
        $"{name}({Readable.Count(test.DegreesOfFreedom)}) = {Readable.Fixed(test.Statistic, 2)}, {Readable.PValue(test.PValue)}";

    /// <summary>What a report of a model is about: "odds ratio", "meta-regression of the log odds ratio".</summary>
    public static string Subject(ModelResult result) =>
        result is PooledResult ? result.Effects.Measure.ReadAs : $"meta-regression of the {result.Effects.Measure.Name}";

    /// <summary>
    /// "pooled odds ratio of 13 studies was 0.47 (95% CI 0.32 to 0.71; t(12) = -3.95, p = 0.002)", from numbers on the analysis scale;
    /// without the test where it would be of an arbitrary value.
    /// </summary>
    public static string Finding(ModelResult model, double estimate, Interval interval, string? test = null) => Finding(model.Effects, Count(model), estimate, interval, test);

    /// <summary>The same for a model of "56 effects".</summary>
    public static string Finding(EffectSizes effects, string count, double estimate, Interval interval, string? test)
    {
        var natural = ScaleTable.Back(effects, interval);
        var format = new NaturalFormat(effects.Measure, natural);
        var tested = test is null || effects.Measure.NullValue is null ? "" : $"; {test}";
        return $"pooled {effects.Measure.ReadAs} of {count} was {format.Number(effects.BackTransform(estimate))}{format.Unit} "
            + $"({Readable.Level(interval.Level)}% CI {format.Range(natural)}{format.Unit}{tested})";
    }

    /// <summary>"13 studies".</summary>
    public static string Count(ModelResult model) => model.StudyCount == 1 ? "1 study" : $"{Readable.Count(model.StudyCount)} studies";

    /// <summary>The effect size and its source.</summary>
    public static IEnumerable<string> EffectSize(Measure measure) => [$"Effect size: {measure.Name} ({measure.Code}); {measure.Reference}."];

    /// <summary>Where the numbers of a model come from.</summary>
    public static IEnumerable<string> Sources(ModelResult result)
    {
        var options = result.Options;
        yield return EffectSize(result.Effects.Measure).Single();
        if (result.StudyCount == 1)
        {
            yield return "Confidence interval: estimate ± z × SE; nothing is pooled.";
            yield break;
        }

        yield return Model(options, result.Provenance);
        var test = MethodNames.Of(options.Test);
        yield return $"Test and confidence interval: {test.Name}; {test.Source}.";
        if (result.Tau2Interval is not null)
        {
            yield return $"Intervals of τ² and I²: {options.Tau2Interval switch
            {
                Tau2IntervalMethod.ProfileLikelihood => "profile likelihood; Hardy and Thompson 1996, Statistics in Medicine 15:619",
                Tau2IntervalMethod.HigginsThompson => "from the standard error of ln H; Higgins and Thompson 2002, doi:10.1002/sim.1186",
                Tau2IntervalMethod.Wald => "τ² ± z × SE, floored at 0",
                Tau2IntervalMethod.WaldLog => "ln τ² ± z × SE",
                Tau2IntervalMethod.WaldSquareRoot => "τ ± z × SE",
                Tau2IntervalMethod.GeneralisedQ => $"generalised Q with {(options.Weights is null ? "weights 1/v" : "the weights given")}; Jackson 2013, doi:10.1002/jrsm.1081",
                _ => "Q-profile; Viechtbauer 2007, doi:10.1002/sim.2514",
            }}.";
        }
    }

    private static string Model(PoolingOptions options, Provenance provenance)
    {
        var model = MethodNames.Of(options.Method);
        var weights = options.Weights is not null ? ", weights as given" : options.Weighted ? "" : ", every study with the same weight";
        return options switch
        {
            { FixedTau2: { } fixedTau2 } => $"Model: random effects; τ² fixed at {Readable.Exact(fixedTau2)}{weights}.",
            { Method: PoolingMethod.EE } => $"Model: equal effects{(weights.Length == 0 ? ", inverse-variance weights" : weights)}; τ² is 0 by assumption.",
            _ => $"Model: random effects; τ² by {model.Name} ({model.Code}; {model.Source}); {Convergence(provenance)}{weights}.",
        };
    }

    /// <summary>How an iteration ended.</summary>
    public static string Convergence(Provenance provenance) =>
        provenance.Iterations == 0 ? "closed form"
        : FormattableString.Invariant($"{(provenance.Converged ? "converged" : "NOT converged")} after {provenance.Iterations} evaluations ({provenance.StoppedBecause})");

    /// <summary>" (95% CI 0.1 to 0.9)"; empty where there is none.</summary>
    public static string Interval(Interval? interval, Func<double, string> number) =>
        interval is { } known ? $" ({Readable.Level(known.Level)}% CI {number(known.Lower)} to {number(known.Upper)})" : "";

    /// <summary>A variance of exactly 0 is the end of its range and no rounded number.</summary>
    public static string Variance(double value) => value == 0 ? "0" : Readable.Significant(value);

    public static string Percent(double percent) => Readable.Fixed(percent, 1);
}
