using FsCheck;
using FsCheck.Fluent;

namespace MetaSpine.Tests;

public sealed class StratifiedPropertyTests
{
    /// <summary>Up to six tables of up to 40 participants a group, zeros among them often.</summary>
    private static readonly Arbitrary<int[][]> SomeTables = Gen.ArrayOf(
            Gen.Choose(2, 40).SelectMany(n1 => Gen.Choose(2, 40).SelectMany(n2 => Gen.Choose(0, n1).SelectMany(a => Gen.Choose(0, Math.Min(n2, 6)).Select(c => new[] { a, n1, c, n2 })))))
        .Where(tables => tables.Length is > 1 and < 7).ToArbitrary();

    public static TheoryData<string> TableMeasures => ["OR", "RR", "RD"];

    [EveryCultureTheory]
    [MemberData(nameof(TableMeasures))]
    public void Swapping_the_groups_turns_the_sign(string code) => Prop.ForAll(SomeTables, tables =>
    {
        var measure = Measures.Find(code);
        if (Try(measure, Data(tables)) is not { } result || Try(measure, Data(tables, swap: true)) is not { } swapped)
        {
            return;
        }

        swapped.Estimate.ShouldBe(-result.Estimate, 1e-12);
        swapped.StandardError.ShouldBe(result.StandardError, 1e-10 * result.StandardError);
        swapped.CochranMantelHaenszel!.Value.Statistic.ShouldBe(result.CochranMantelHaenszel!.Value.Statistic, 1e-10);
        if (code == "OR" && result.BreslowDay is { } test)
        {
            swapped.BreslowDay!.Value.Statistic.ShouldBe(test.Statistic, 1e-8 * (1 + test.Statistic));
        }
    }).QuickCheckThrowOnFailure();

    [EveryCultureFact]
    public void A_table_without_events_changes_no_ratio_and_is_named() => Prop.ForAll(SomeTables, tables =>
    {
        if (Try(Measures.OR, Data(tables)) is not { } result)
        {
            return;
        }

        var more = MantelHaenszel.Pool(Measures.OR, Data([.. tables, [0, 30, 0, 25]]));
        more.Estimate.ShouldBe(result.Estimate);
        more.StandardError.ShouldBe(result.StandardError);
        more.Q.ShouldBe(result.Q);
        more.BreslowDay.ShouldBe(result.BreslowDay);
        var last = more.Studies[^1];
        last.Weight.ShouldBe(0);
        more.Notes.ShouldContain(note => note.Contains("No events anywhere") && note.Contains(last.Effect.Label));
        PetoMethod.Pool(Data([.. tables, [0, 30, 0, 25]])).Estimate.ShouldBe(PetoMethod.Pool(Data(tables)).Estimate);
    }).QuickCheckThrowOnFailure();

    [EveryCultureFact]
    public void A_single_table_gives_its_own_estimate_by_Woolf_and_by_division()
    {
        var data = Data([[12, 50, 5, 60]]);
        var oddsRatio = MantelHaenszel.Pool(Measures.OR, data);
        oddsRatio.Estimate.ShouldBe(Math.Log(12.0 * 55 / (38 * 5)), 1e-14);
        oddsRatio.StandardError.ShouldBe(Math.Sqrt(1 / 12.0 + 1 / 38.0 + 1 / 5.0 + 1 / 55.0), 1e-14);
        oddsRatio.BreslowDay.ShouldBeNull();
        oddsRatio.H2.ShouldBeNull();
        oddsRatio.I2.ShouldBe(0);
        oddsRatio.Natural.Estimate.ShouldBe(12.0 * 55 / (38 * 5), 1e-13);
        MantelHaenszel.Pool(Measures.RD, data).Estimate.ShouldBe(12 / 50.0 - 5 / 60.0, 1e-15);
        MantelHaenszel.Pool(Measures.RR, data).Estimate.ShouldBe(Math.Log(12 / 50.0 / (5 / 60.0)), 1e-14);
    }

    [EveryCultureFact]
    public void A_difference_of_less_than_half_an_event_is_no_evidence_with_the_correction()
    {
        // Squaring |D| - 1/2 without a floor would give a statistic that grows as the groups become more alike.
        var data = Data([[10, 20, 10, 20]]);
        MantelHaenszel.Test(data)!.Value.Statistic.ShouldBe(0);
        MantelHaenszel.Test(data)!.Value.PValue.ShouldBe(1);
        MantelHaenszel.Test(Data([[10, 20, 10, 21]]))!.Value.Statistic.ShouldBe(0);
        MantelHaenszel.Test(Data([[10, 20, 10, 21]]), correct: false)!.Value.Statistic.ShouldBeGreaterThan(0);
    }

    [EveryCultureFact]
    public void An_effect_that_the_counts_do_not_determine_is_refused_with_the_reason()
    {
        var none = Data([[0, 20, 0, 20], [0, 30, 0, 31]]);
        foreach (var code in TableMeasures)
        {
            Should.Throw<PoolingException>(() => MantelHaenszel.Pool(Measures.Find(code.Data), none)).Message.ShouldContain("in no study is there an event");
        }

        Should.Throw<PoolingException>(() => PetoMethod.Pool(none)).Message.ShouldContain("in no study is there an event");
        MantelHaenszel.Test(none).ShouldBeNull();

        var oneSided = Data([[3, 20, 0, 20], [1, 30, 0, 31], [0, 10, 0, 10]]);
        Should.Throw<PoolingException>(() => MantelHaenszel.Pool(Measures.OR, oneSided)).Message.ShouldContain("the control group has no event");
        Should.Throw<PoolingException>(() => MantelHaenszel.Pool(Measures.OR, Data([[3, 20, 0, 20]], swap: true))).Message.ShouldContain("the treatment group has no event");
        MantelHaenszel.Pool(Measures.RD, oneSided).Notes[0].ShouldStartWith("No events anywhere");
        MantelHaenszel.Test(oneSided)!.Value.PValue.ShouldBeLessThan(0.2);

        Should.Throw<ArgumentException>(() => MantelHaenszel.Pool(Measures.SMD, none)).Message.ShouldContain("OR, RR, RD, IRR and IRD");
        Should.Throw<ArgumentException>(() => PetoMethod.Pool(oneSided, new StratifiedOptions { Level = 95 })).Message.ShouldContain("between 0 and 1");
        Should.Throw<EffectDataException>(() => MantelHaenszel.Pool(Measures.OR, Data([[21, 20, 1, 20]]))).Message.ShouldContain("above the group's total");
    }

    [EveryCultureFact]
    public void Studies_that_cannot_be_used_are_listed_with_the_reason()
    {
        var data = new EffectData(["Missing", "Empty", "Usable"]) { ["ai"] = [double.NaN, 0, 4], ["n1i"] = [10, 0, 20], ["ci"] = [1, 1, 7], ["n2i"] = [10, 10, 20] };
        var result = MantelHaenszel.Pool(Measures.OR, data);
        result.StudyCount.ShouldBe(1);
        result.Excluded.Select(study => (study.Label, study.Reason)).ShouldBe([("Missing", "ai is missing"), ("Empty", "a group has no participants")]);
    }

    [EveryCultureFact]
    public void Peto_warns_of_unequal_groups_and_of_a_large_effect()
    {
        var result = PetoMethod.Pool(Data([[30, 100, 2, 20], [15, 30, 2, 30]]));
        result.Notes.ShouldContain("One group is at least three times the other, where Peto's method is biased unless the effect is small: Study 1.");
        PetoMethod.Pool(Data([[25, 30, 2, 30]])).Notes.ShouldContain(note => note.Contains("biased towards 1"));
    }

    private static StratifiedResult? Try(Measure measure, EffectData data)
    {
        try
        {
            return MantelHaenszel.Pool(measure, data);
        }
        catch (PoolingException)
        {
            return null;
        }
    }

    internal static EffectData Data(int[][] tables, bool swap = false)
    {
        double[] Column(int i) => [.. tables.Select(table => (double)table[swap ? (i + 2) % 4 : i])];
        return new EffectData { ["ai"] = Column(0), ["n1i"] = Column(1), ["ci"] = Column(2), ["n2i"] = Column(3) };
    }
}
