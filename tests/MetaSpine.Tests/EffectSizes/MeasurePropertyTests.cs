using FsCheck;
using FsCheck.Fluent;

namespace MetaSpine.Tests;

/// <summary>What must hold for every measure, on random plausible studies.</summary>
public sealed class MeasurePropertyTests
{
    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(30).WithQuietOnSuccess(true);

    /// <summary>One of two groups, or of two occasions, against the other: the columns that change places.</summary>
    private static readonly (string First, string Second)[] Groups =
        [("ai", "ci"), ("bi", "di"), ("n1i", "n2i"), ("x1i", "x2i"), ("t1i", "t2i"), ("m1i", "m2i"), ("sd1i", "sd2i")];

    /// <summary>Not mirrored by their nature: one group's spread is the unit, or the table is not one of two groups.</summary>
    private static readonly string[] OneSided = ["SMD1", "SMD1H", "SMCR", "SMCRH"];

    public static TheoryData<string> Codes => [.. Measures.All.Select(measure => measure.Code)];

    public static TheoryData<string> Contrasts =>
        [.. Measures.All.Where(measure => !OneSided.Contains(measure.Code) && Family(measure) is "2x2" or "rates" or "groups" or "change").Select(measure => measure.Code)];

    /// <summary>The registry says which measures have their bias corrected; the numbers must agree.</summary>
    [EveryCultureTheory]
    [MemberData(nameof(Codes))]
    public void The_correction_of_bias_moves_the_measures_that_say_so_and_no_other(string code)
    {
        var measure = Measures.Find(code);
        var data = Data(measure, seed: 1);
        double[] Estimates(bool correct) => [.. measure.Compute(data, new() { Correct = correct }).Studies.Select(study => study.Estimate)];
        (!Estimates(true).SequenceEqual(Estimates(false))).ShouldBe(measure.CorrectsBias);
    }

    [EveryCultureTheory]
    [MemberData(nameof(Codes))]
    public void Every_variance_of_an_ordinary_study_is_positive(string code) => ForAll(seed =>
    {
        var measure = Measures.Find(code);
        var data = Data(measure, seed);
        foreach (var variance in measure.Variances)
        {
            foreach (var correct in new[] { true, false })
            {
                foreach (var study in measure.Compute(data, new EffectSizeOptions { Variance = variance, Correct = correct }).Studies)
                {
                    study.IsComputed.ShouldBeTrue($"{variance}: {study.Problem}");
                    study.Variance.ShouldBeGreaterThan(0, $"{variance}");
                }
            }
        }
    });

    [EveryCultureTheory]
    [MemberData(nameof(Contrasts))]
    public void Groups_that_change_places_turn_the_effect_around(string code) => ForAll(seed =>
    {
        var measure = Measures.Find(code);
        var data = Data(measure, seed);
        var mirrored = Groups.Aggregate(data, (table, pair) => data.Has(pair.First) && data.Has(pair.Second)
            ? table.With(pair.First, data[pair.Second]).With(pair.Second, data[pair.First])
            : table);
        foreach (var variance in measure.Variances)
        {
            var options = new EffectSizeOptions { Variance = variance };
            foreach (var (study, other) in measure.Compute(data, options).Studies.Zip(measure.Compute(mirrored, options).Studies))
            {
                (other.Estimate - measure.NullValue!.Value).ShouldBe(-(study.Estimate - measure.NullValue.Value), 1e-9 * Math.Max(1, Math.Abs(study.Estimate)));
                other.Variance.ShouldBe(study.Variance, 1e-9 * study.Variance, $"{variance}");
            }
        }
    });

    [EveryCultureTheory]
    [MemberData(nameof(Codes))]
    public void The_scale_leads_back_to_where_it_came_from(string code) => ForAll(seed =>
    {
        var measure = Measures.Find(code);
        foreach (var study in measure.Compute(Data(measure, seed)).Studies)
        {
            var read = measure.Scale.Back(study.Estimate, study.Size);
            measure.Scale.Forward(read, study.Size).ShouldBe(study.Estimate, 1e-9 * Math.Max(1, Math.Abs(study.Estimate)));
        }
    });

    /// <summary>Without the correction the estimate is farther from 0, and with many participants both are one.</summary>
    [EveryCultureTheory]
    [InlineData("SMD")]
    [InlineData("SMDH")]
    [InlineData("SMD1")]
    [InlineData("SMD1H")]
    [InlineData("SMCC")]
    [InlineData("SMCR")]
    [InlineData("SMCRH")]
    [InlineData("SMCRP")]
    [InlineData("SMCRPH")]
    [InlineData("SMN")]
    public void The_correction_shrinks_standardised_effects(string code) => ForAll(seed =>
    {
        var measure = Measures.Find(code);
        var data = Data(measure, seed);
        foreach (var (corrected, plain) in measure.Compute(data).Studies.Zip(measure.Compute(data, new EffectSizeOptions { Correct = false }).Studies))
        {
            Math.Abs(corrected.Estimate).ShouldBeLessThan(Math.Abs(plain.Estimate));
            corrected.Estimate.ShouldBe(plain.Estimate, Math.Abs(plain.Estimate));
        }
    });

    private static void ForAll(Action<int> property) => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), property).Check(Config);

    private static string Family(Measure measure)
    {
        var columns = measure.Family.Alternatives[0].Select(input => input.Column).ToHashSet();
        return columns.Contains("x1i") ? "rates"
            : measure.Family == MatchedPairs.Family ? "pairs"
            : measure.Family == Reliability.Family ? "alpha"
            : measure.Family == Superiority.Family ? "area"
            : measure.Family == Genotypes.Family ? "genotypes"
            : columns.Contains("ci") ? "2x2"
            : columns.Contains("n1i") ? "groups"
            : columns.Contains("sd1i") ? "change"
            : columns.Contains("r2i") || columns.Contains("ri") ? "correlation"
            : columns.Contains("xi") ? columns.Contains("ni") ? "proportion" : "rate"
            : columns.Contains("yi") ? "ready" : "mean";
    }

    /// <summary>Three studies such as are published: 10 to 400 participants in a group, no empty cells, standard deviations within a factor of 2.</summary>
    private static EffectData Data(Measure measure, int seed)
    {
        var random = new Random(seed);
        double[] Draw(Func<double> value) => [value(), value(), value()];
        double Count() => random.Next(1, 200);
        double Size() => random.Next(10, 400);
        double Between(double low, double high) => low + (high - low) * random.NextDouble();
        EffectData Counts() => new() { ["ai"] = Draw(Count), ["bi"] = Draw(Count), ["ci"] = Draw(Count), ["di"] = Draw(Count) };
        return Family(measure) switch
        {
            "pairs" or "genotypes" => Counts(),
            "2x2" => measure == Measures.MPORM ? Margins() : Counts(),
            "rates" => new() { ["x1i"] = Draw(Count), ["t1i"] = Draw(() => Between(1, 1000)), ["x2i"] = Draw(Count), ["t2i"] = Draw(() => Between(1, 1000)) },
            "groups" => new()
            {
                ["m1i"] = Draw(() => Between(2, 4)), ["sd1i"] = Draw(() => Between(1, 2)), ["n1i"] = Draw(Size),
                ["m2i"] = Draw(() => Between(2, 4)), ["sd2i"] = Draw(() => Between(1, 2)), ["n2i"] = Draw(Size),
            },
            "change" => new()
            {
                ["m1i"] = Draw(() => Between(2, 4)), ["sd1i"] = Draw(() => Between(1, 2)), ["m2i"] = Draw(() => Between(2, 4)), ["sd2i"] = Draw(() => Between(1, 2)),
                ["ni"] = Draw(Size), ["ri"] = Draw(() => Between(-0.5, 0.9)),
            },
            "area" => new() { ["ai"] = Draw(() => Between(0.2, 0.9)), ["n1i"] = Draw(Size), ["n2i"] = Draw(Size) },
            "alpha" => new() { ["ai"] = Draw(() => Between(0.2, 0.99)), ["mi"] = Draw(() => random.Next(2, 40)), ["ni"] = Draw(Size) },
            "correlation" => new() { ["ri"] = Draw(() => Between(-0.4, 0.4)), ["r2i"] = Draw(() => Between(0.2, 0.8)), ["mi"] = Draw(() => random.Next(1, 6)), ["ni"] = Draw(Size) },
            "proportion" => new() { ["xi"] = Draw(Count), ["mi"] = Draw(Count) },
            "rate" => new() { ["xi"] = Draw(Count), ["ti"] = Draw(() => Between(1, 1000)) },
            "mean" => new() { ["mi"] = Draw(() => Between(2, 4)), ["sdi"] = Draw(() => Between(1, 2)), ["ni"] = Draw(Size) },
            _ => new() { ["yi"] = Draw(() => Between(-1, 1)), ["vi"] = Draw(() => Between(0.01, 1)) },
        };

        // Both occasions of the same pairs.
        EffectData Margins()
        {
            var n = Draw(() => random.Next(200, 400));
            return new()
            {
                ["ai"] = Draw(Count), ["n1i"] = n, ["ci"] = Draw(Count), ["n2i"] = n, ["ri"] = Draw(() => Between(-0.2, 0.4)),
            };
        }
    }
}
