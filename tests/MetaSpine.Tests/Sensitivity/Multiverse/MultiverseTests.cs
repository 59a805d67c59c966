using System.Diagnostics;

namespace MetaSpine.Tests;

/// <summary>The multiverse: each specification is what pooling by itself gives, threads change nothing, and what is said of it.</summary>
public sealed class MultiverseTests
{
    private static readonly EffectData Trials = new(["A", "B", "C", "D", "E", "F", "G", "H"])
    {
        ["ai"] = [4, 6, 3, 62, 0, 33, 180, 8],
        ["n1i"] = [123, 306, 231, 13598, 50, 5069, 1541, 2545],
        ["ci"] = [11, 29, 11, 248, 2, 47, 372, 10],
        ["n2i"] = [139, 303, 220, 12867, 50, 5808, 1451, 629],
    };

    private static readonly MultiverseOptions Wide = new()
    {
        Measures = [Measures.OR, Measures.RR],
        Models =
        [
            MultiverseModel.InverseVariance(PoolingMethod.REML), MultiverseModel.InverseVariance(PoolingMethod.DL), MultiverseModel.InverseVariance(PoolingMethod.EE),
            MultiverseModel.MantelHaenszel, MultiverseModel.Peto,
        ],
        Tests = [PoolingTest.KnappHartung, PoolingTest.Z],
        Exclusions = [MultiverseExclusion.Rows("small", [true, false, true, false, true, false, false, false]), MultiverseExclusion.Outliers],
    };

    /// <summary>The same fits one at a time; refits and whole fits differ by rounding only.</summary>
    [EveryCultureFact]
    public void Each_specification_is_what_pooling_by_itself_gives()
    {
        var result = Multiverse.Run(Trials, Wide);
        var outliers = result.Factors.Select(factor => factor.Name).ToList().IndexOf("outliers");
        var checkedOnes = 0;
        foreach (var s in result.Specifications)
        {
            if (outliers >= 0 && result.LevelOf(s, outliers) == 1)
            {
                continue;
            }

            var measure = Wide.Measures[result.LevelOf(s, 0)];
            var model = Wide.Models[result.LevelOf(s, 2)];
            var rule = Wide.ZeroCells.Single(z => z.Name == result.Factors[1].Levels[result.LevelOf(s, 1)]).Options;
            int[] rows = result.LevelOf(s, 4) == 1 ? [1, 3, 5, 6, 7] : [0, 1, 2, 3, 4, 5, 6, 7];
            IPooledEffect twin = model.Model switch
            {
                PoolingModel.MantelHaenszel => MantelHaenszel.Pool(measure, Trials.Only(rows)),
                PoolingModel.Peto => PetoMethod.Pool(Trials.Only(rows)),
                _ => MetaAnalysis.Pool(measure.Compute(Trials.Only(rows), rule), new PoolingOptions { Method = model.Method, Test = Wide.Tests[result.LevelOf(s, 3)] }),
            };
            s.Estimate.ShouldBe(twin.Estimate, 1e-9, result.Describe(s));
            s.Lower.ShouldBe(twin.Interval.Lower, 1e-8);
            s.PValue.ShouldBe(twin.PValue, 1e-8);
            s.Natural.ShouldBe(twin.Natural.Estimate, 1e-9);
            s.StudyCount.ShouldBe(twin.StudyCount);
            checkedOnes++;
        }

        checkedOnes.ShouldBeGreaterThan(30);
        result.Reference!.Value.ShouldBe(result.Specifications[0]);
        result.Specifications.Select(s => s.Number).ShouldBeInOrder();
        result.Curve.Select(s => s.Natural).ShouldBeInOrder();
    }

    [EveryCultureFact]
    public void Threads_change_no_digit_and_progress_ends_at_one()
    {
        var seen = new List<double>();
        var one = Multiverse.Run(Trials, Wide with { Threads = 1 }, new Immediate(seen.Add));
        seen.ShouldBeInOrder();
        seen[^1].ShouldBe(1);
        var many = Multiverse.Run(Trials, Wide with { Threads = 4 });
        many.Specifications.ShouldBe(one.Specifications);
        many.Notes.ShouldBe(one.Notes);
        using var source = new CancellationTokenSource();
        source.Cancel();
        Should.Throw<OperationCanceledException>(() => Multiverse.Run(Trials, Wide, null, source.Token));
    }

    /// <summary>By the definition of eta^2, from the specifications alone.</summary>
    [EveryCultureFact]
    public void Importance_is_the_share_of_the_variance_between_the_alternatives()
    {
        var result = Multiverse.Run(Trials, Wide);
        var model = result.Importance.Single(item => item.Factor == "model");
        double[] values = [.. result.Specifications.Select(s => s.Estimate)];
        var total = values.Sum(v => Math.Pow(v - values.Average(), 2));
        var within = result.Specifications.GroupBy(s => result.LevelOf(s, 2)).Sum(group => group.Sum(s => Math.Pow(s.Estimate - group.Average(other => other.Estimate), 2)));
        model.ShareOfEstimates!.Value.ShouldBe(1 - within / total, 1e-10);
        model.Levels.Sum(level => level.Count).ShouldBe(result.Specifications.Count);
        result.Importance.Select(item => -item.ShareOfEstimates!.Value).ShouldBeInOrder();
        result.Significant!.Value.Either.ShouldBe((double)result.Specifications.Count(s => s.PValue < .05) / result.Specifications.Count, 1e-12);
        Multiverse.Run(Trials, Wide with { Threshold = .5 }).BeyondThreshold!.Value
            .ShouldBe((double)result.Specifications.Count(s => s.Natural < .5 == result.Reference!.Value.Natural < .5) / result.Specifications.Count, 1e-12);
    }

    [EveryCultureFact]
    public void Choices_without_consequence_are_named_and_not_counted()
    {
        var result = Multiverse.Run(new EffectData { ["yi"] = [.1, .2, .3, .25], ["vi"] = [.1, .2, .1, .3] }, new MultiverseOptions { Measures = [Measures.GEN] });
        result.Factors.Select(factor => factor.Levels.Count).ShouldBe([1, 1, 6, 3]);
        result.Notes.ShouldContain("Without consequence here, and not counted: 1/2 to all if any has a zero; studies without events left out; leaving out outliers.");
        result.Specifications.Count.ShouldBe(5 * 3 + 1);
    }

    [EveryCultureFact]
    public void An_analysis_of_a_review_is_run_with_its_studies_and_their_designs()
    {
        var review = StudyFile.Load(Path.Combine(TestFiles.RepositoryRoot, "samples", "bcg-vaccine.yaml")).Review!;
        var result = Multiverse.Run(review, "risk-ratio", new MultiverseOptions
        {
            Exclusions = [MultiverseExclusion.Designs(StudyType.NonRandomisedTrial), MultiverseExclusion.RiskOfBias("high"), MultiverseExclusion.Studies("before 1960", study => study.Citation?.Year < 1960)],
        });
        result.Factors[0].Levels.ShouldBe(["RR"]);
        result.Reference!.Value.Estimate.ShouldBe(review.Analyse("risk-ratio").Pooled!.Estimate, 1e-9);
        var year = result.Factors.Select(factor => factor.Name).ToList().IndexOf("before 1960");
        result.Specifications.Where(s => result.LevelOf(s, year) == 1).ShouldAllBe(s => s.StudyCount == review.Studies.Count(study => study.Citation!.Year >= 1960) || s.StudyCount < 9);
        result.Notes.ShouldContain(note => note.Contains("leaving out risk of bias high", StringComparison.Ordinal));
        Should.Throw<ArgumentException>(() => Multiverse.Run(review, "risk-ration")).Message.ShouldContain("risk-ratio");
    }

    /// <summary>A grid of the size that a review of 40 studies has; its time is a benchmark's matter.</summary>
    [Fact]
    public void Thousands_of_specifications_are_run()
    {
        var data = new EffectData
        {
            ["ai"] = [.. Enumerable.Range(0, 40).Select(i => i * 7 % 23)], ["n1i"] = [.. Enumerable.Range(0, 40).Select(i => 60.0 + i)],
            ["ci"] = [.. Enumerable.Range(0, 40).Select(i => i * 5 % 19)], ["n2i"] = [.. Enumerable.Range(0, 40).Select(i => 61.0 + i)],
        };
        bool[] Every(int n) => [.. Enumerable.Range(0, 40).Select(i => i % n == 0)];
        var options = new MultiverseOptions
        {
            Measures = [Measures.OR, Measures.RR],
            Exclusions = [MultiverseExclusion.Rows("design", Every(5)), MultiverseExclusion.Rows("risk of bias", Every(7)), MultiverseExclusion.Rows("old", Every(11)), MultiverseExclusion.Rows("small", Every(13)), MultiverseExclusion.Outliers],
        };
        var clock = Stopwatch.StartNew();
        var result = Multiverse.Run(data, options, cancellation: TestContext.Current.CancellationToken);
        result.Specifications.Count.ShouldBeGreaterThan(2000);
        TestContext.Current.SendDiagnosticMessage($"{result.Specifications.Count} specifications in {clock.ElapsedMilliseconds} ms");
    }

    /// <summary>By counting; Mantel-Haenszel and Peto have one test of their own, so that they say nothing about that choice.</summary>
    [EveryCultureFact]
    public void Agreement_and_the_choices_that_are_made_are_counted()
    {
        var result = Multiverse.Run(Trials, Wide);
        var reference = result.Reference!.Value;
        result.Agreement!.Value.ShouldBe(
            (double)result.Specifications.Count(s => Math.Sign(s.Estimate) == Math.Sign(reference.Estimate) && s.PValue < .05 == reference.PValue < .05) / result.Specifications.Count, 1e-12);
        var own = result.Specifications.Where(s => result.Factors[2].Levels[result.LevelOf(s, 2)] is "Mantel-Haenszel" or "Peto").ToList();
        own.ShouldNotBeEmpty();
        own.ShouldAllBe(s => result.LevelName(s, 1) == "its own" && result.LevelName(s, 3) == "its own" && result.LevelName(s, 2) != "its own");
        result.Describe(own[0]).ShouldBe("OR; its own; Mantel-Haenszel; its own; small kept; outliers kept");
        result.Importance.Single(item => item.Factor == "test").Levels.Sum(level => level.Count).ShouldBe(result.Specifications.Count - own.Count);
        result.ToString().ShouldContain("Alternative");
    }

    [EveryCultureFact]
    public void An_analysis_brings_its_own_choices()
    {
        var review = StudyFile.Load(Path.Combine(TestFiles.RepositoryRoot, "samples", "bcg-vaccine.yaml")).Review!;
        var analysis = review.Analyse("risk-ratio");
        var result = Multiverse.Run(analysis);
        result.Factors.Select(factor => factor.Name).ShouldBe(["measure", "zero cells", "model", "test", "studies not randomised"]);
        result.Factors[0].Levels.ShouldBe(["RR", "OR"]);
        result.Factors[2].Levels.ShouldBe(["REML", "PM", "DL", "ML", "SJ", "EE", "Mantel-Haenszel", "Peto"]);
        result.Reference!.Value.Estimate.ShouldBe(analysis.Pooled!.Estimate, 1e-12);
        var randomised = review.Studies.Count(study => study.Design?.Type is null or StudyType.RandomisedTrial);
        result.Specifications.Where(s => result.LevelOf(s, 4) == 1).ShouldAllBe(s => s.StudyCount == randomised);

        // A model for counts is the reference where it is the analysis's.
        var stratified = MantelHaenszel.Pool(Measures.OR, Trials);
        var counted = Multiverse.Run(stratified);
        counted.Reference!.Value.Estimate.ShouldBe(stratified.Estimate, 1e-12);
        counted.Factors[2].Levels[0].ShouldBe("Mantel-Haenszel");
        Multiverse.Run(PetoMethod.Pool(Trials)).Factors[2].Levels[0].ShouldBe("Peto");
        Should.Throw<PoolingException>(() => Multiverse.Run(ExactOddsRatio.Pool(Trials))).Message.ShouldContain("no specifications like this model");
    }

    [EveryCultureFact]
    public void What_cannot_be_run_is_said()
    {
        Should.Throw<ArgumentException>(() => Multiverse.Run(Trials, MultiverseOptions.Default)).Message.ShouldContain("at least one measure");
        Should.Throw<ArgumentException>(() => Multiverse.Run(Trials, Wide with { Models = [] })).Message.ShouldContain("at least one alternative");
        Should.Throw<ArgumentException>(() => Multiverse.Run(Trials, Wide with { Exclusions = [MultiverseExclusion.Rows("x", [true])] })).Message.ShouldContain("'x' has 1 values, but there are 8 studies");
        Should.Throw<ArgumentException>(() => Multiverse.Run(Trials, Wide with { Exclusions = [MultiverseExclusion.Designs(StudyType.CaseSeries)] })).Message.ShouldContain("use MultiverseExclusion.Rows");
        var all = Multiverse.Run(Trials, Wide with { Exclusions = [MultiverseExclusion.Rows("everything", [true, true, true, true, true, true, true, true])] });
        all.Failed.ShouldNotBeEmpty();
        all.Failed[0].Reason.ShouldBe("No study is left to be pooled.");
        all.Failed[0].Description.ShouldBe("OR; 1/2 where there is a zero; REML; Knapp-Hartung; everything left out");
    }

    private sealed class Immediate(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
