namespace MetaSpine.Tests;

/// <summary>Dependent effects to draw: trials with several outcomes each, as many effects as one likes.</summary>
internal static class ClusterSamples
{
    private static readonly int[] Sizes = [3, 1, 4, 2, 5];
    private static readonly string[] Outcomes = ["Pain", "Function", "Quality of life, by a questionnaire whose name is long enough to be broken", "北京大学", "Return to work <6 months"];

    /// <summary>Trial and outcome of each effect.</summary>
    public static (int[] Trial, string[] Outcome) Effects(int count)
    {
        var (trials, outcomes) = (new List<int>(), new List<string>());
        for (var trial = 0; trials.Count < count; trial++)
        {
            var size = Math.Min(Sizes[trial % Sizes.Length], count - trials.Count);
            trials.AddRange(Enumerable.Repeat(trial, size));
            outcomes.AddRange(Outcomes.Take(size));
        }

        return ([.. trials], [.. outcomes]);
    }

    public static EffectData Data(int count)
    {
        var (trial, _) = Effects(count);
        var numbers = PlotSamples.Trials(count);

        // The same shift for all effects of a trial, on the logit scale.
        double Shifted(double events, double of, int i) => Math.Round(of / (1 + (of - events + 0.5) / (events + 0.5) * Math.Exp(0.9 * Math.Sin(2.1 * trial[i]))));
        return new EffectData([.. trial.Select(numbers.Label)])
        {
            ["ai"] = [.. numbers["ai"].Select((events, i) => Shifted(events, numbers["n1i"][i], i))], ["n1i"] = numbers["n1i"], ["ci"] = numbers["ci"], ["n2i"] = numbers["n2i"],
        };
    }

    public static Predictor Outcome(int count) => Predictor.Categorical("outcome", Effects(count).Outcome);

    /// <summary>The odds ratios by outcome.</summary>
    public static MultilevelRegressionResult ByOutcome(int count) => MultilevelAnalysis.Regress(
        Measures.OR.Compute(Data(count)), [RandomTerm.Parse("study/effect")],
        [Predictor.Categorical("study", [.. Effects(count).Trial.Select(trial => $"s{trial}")]), Predictor.Numeric("effect", [.. Enumerable.Range(1, count)]), Outcome(count)], "~ outcome");

    public static MultilevelPooledResult Pooled(int count, string random = "study/outcome", Measure? measure = null) => MultilevelAnalysis.Pool(
        (measure ?? Measures.OR).Compute(Data(count)), [RandomTerm.Parse(random)], [Predictor.Categorical("study", [.. Effects(count).Trial.Select(trial => $"s{trial}")]), Outcome(count)]);
}
