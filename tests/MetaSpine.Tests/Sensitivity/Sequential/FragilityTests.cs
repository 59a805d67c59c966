namespace MetaSpine.Tests;

/// <summary>The fragility index: by hand, by trying every way, and what is refused.</summary>
public sealed class FragilityTests
{
    private static PooledResult Pool(double[] a, double[] n1, double[] c, double[] n2) => MetaAnalysis.Pool(
        Measures.RR.Compute(new EffectData { ["ai"] = a, ["n1i"] = n1, ["ci"] = c, ["n2i"] = n2 }), new PoolingOptions { Method = PoolingMethod.EE, Test = PoolingTest.Z });

    /// <summary>Every way of turning one and two outcomes round is tried: the index is the smallest that works.</summary>
    [EveryCultureFact]
    public void No_smaller_number_of_changes_turns_the_conclusion()
    {
        double[] a = [8, 10], n1 = [100, 120], c = [18, 20], n2 = [100, 118];
        var result = Pool(a, n1, c, n2);
        result.PValue.ShouldBeLessThan(.05);
        var fragility = result.FragilityIndex();
        var index = fragility.Index!.Value;
        index.ShouldBe(fragility.Steps.Count);
        fragility.Steps[^1].PValue.ShouldBeGreaterThanOrEqualTo(.05);
        fragility.Steps.SkipLast(1).ShouldAllBe(step => step.PValue < .05);

        for (var i = 0; i < index; i++)
        {
            for (var j = 0; i + j < index; j++)
            {
                for (var k = 0; i + j + k < index; k++)
                {
                    var left = index - 1 - i - j - k;
                    Pool([a[0] + i, a[1] + j], n1, [c[0] - k, c[1] - left], n2).PValue.ShouldBeLessThan(.05);
                }
            }
        }

        fragility.Notes.ShouldHaveSingleItem().ShouldStartWith($"The result is significant at 0.05; turning the outcome of {index} ");
    }

    [EveryCultureFact]
    public void A_result_that_is_not_significant_becomes_so_by_changes_in_its_direction()
    {
        var fragility = Pool([12, 15], [100, 120], [18, 20], [100, 118]).FragilityIndex();
        fragility.Index!.Value.ShouldBeGreaterThan(0);
        fragility.Steps[^1].PValue.ShouldBeLessThan(.05);
        fragility.Steps.ShouldAllBe(step => step.FirstGroup != step.ToEvent);
    }

    [EveryCultureFact]
    public void The_search_can_end_without_a_turn()
    {
        var fragility = Pool([80], [10000], [180], [10000]).FragilityIndex(most: 3);
        fragility.Index.ShouldBeNull();
        fragility.Notes[0].ShouldContain("no 3 changes");
        Should.Throw<ArgumentException>(() => Bcg.Pool().FragilityIndex()).Message.ShouldContain("events and patients of two groups");
    }
}
