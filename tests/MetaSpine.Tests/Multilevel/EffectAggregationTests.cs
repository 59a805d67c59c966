namespace MetaSpine.Tests;

/// <summary>One effect per study against metafor's aggregate.escalc; one effect of the data is missing.</summary>
public sealed class EffectAggregationTests
{
    private static EffectSizes Effects
    {
        get
        {
            var estimates = CovarianceReference.Numbers("yi");
            estimates[5] = double.NaN;
            return Measures.GEN.Compute(new EffectData { ["yi"] = estimates, ["vi"] = CovarianceReference.Variances });
        }
    }

    /// <summary>Both solve the same small systems; 1e-12 is their rounding.</summary>
    [Theory]
    [InlineData("ID")]
    [InlineData("CS")]
    [InlineData("CSunweighted")]
    [InlineData("CAR")]
    [InlineData("CSPlusCAR")]
    [InlineData("CSTimesCAR")]
    [InlineData("V")]
    [InlineData("Vunweighted")]
    public void Effects_of_a_study_become_one_as_in_metafor(string name)
    {
        var (week, scale) = (CovarianceReference.Column("week"), CovarianceReference.Column("scale"));
        var covariance = SamplingCovariance.FromRows(CovarianceReference.Rows(CovarianceReference.Root.GetProperty("V")));
        var result = name switch
        {
            "V" or "Vunweighted" => Effects.Aggregate(CovarianceReference.Study, covariance, name == "V"),
            "ID" => Effects.Aggregate(CovarianceReference.Study, new AggregationOptions { Structure = AggregationStructure.ID }),
            "CS" or "CSunweighted" => Effects.Aggregate(CovarianceReference.Study, new AggregationOptions { Rho = .6, Weighted = name == "CS" }),
            "CAR" => Effects.Aggregate(CovarianceReference.Study, new AggregationOptions { Structure = AggregationStructure.CAR, Time = week, Phi = .8 }),
            "CSPlusCAR" => Effects.Aggregate(CovarianceReference.Study, new AggregationOptions { Structure = AggregationStructure.CSPlusCAR, Time = week, Phi = .8, Rho = .4 }),
            _ => Effects.Aggregate(CovarianceReference.Study, new AggregationOptions { Structure = AggregationStructure.CSTimesCAR, Time = week, Phi = .8, Rho = .6, Observation = scale }),
        };
        var expected = CovarianceReference.Root.GetProperty("aggregates").GetProperty(name);
        result.Studies.Select(study => study.Estimate).ShouldBeNear(ReferenceCase.Numbers(expected.GetProperty("yi")), 1e-12, name);
        result.Studies.Select(study => study.Variance).ShouldBeNear(ReferenceCase.Numbers(expected.GetProperty("vi")), 1e-12, name);
    }

    [Fact]
    public void Aggregates_are_pooled_under_the_same_measure_and_say_what_they_are_of()
    {
        var effects = Measures.OR.Compute(new EffectData(["a", "b", "c", "d"]) { ["ai"] = [4, 6, 9, double.NaN], ["n1i"] = [20, 20, 40, 30], ["ci"] = [8, 9, 12, 5], ["n2i"] = [21, 21, 41, 30] });
        var study = Predictor.Categorical("study", ["Oda", "Oda", "Kim", "Lee"]);
        var result = effects.Aggregate(study, new AggregationOptions { Rho = .5 });
        result.Measure.Code.ShouldBe("OR");
        result.Studies.Select(effect => effect.Label).ShouldBe(["Oda", "Kim", "Lee"]);
        result.Studies[0].Adjustment.ShouldBe("weighted mean of 2 effects");
        result.Studies[0].Size.ShouldBe(41, "the same people");
        result.Studies[1].Estimate.ShouldBe(effects.Studies[2].Estimate);
        result.Studies[1].Adjustment.ShouldBeNull();
        result.Studies[2].Problem.ShouldBe("none of its effects has an estimate");
        MetaAnalysis.Pool(result).StudyCount.ShouldBe(2);
        effects.Aggregate(study, new AggregationOptions { Structure = AggregationStructure.ID }).Studies[0].Size.ShouldBe(82, "different people");
    }

    [Fact]
    public void A_mean_outside_its_effects_is_doubted_and_impossible_correlations_refused()
    {
        var effects = Measures.GEN.Compute(new EffectData { ["yi"] = [.1, .9], ["vi"] = [.01, .25] });
        var study = Predictor.Categorical("study", ["Oda", "Oda"]);
        effects.Aggregate(study, new AggregationOptions { Rho = .9 }).Studies[0].Doubt.ShouldNotBeNull().ShouldStartWith("the mean lies outside the range of the effects that it is of");
        effects.Aggregate(study, new AggregationOptions { Rho = .9, Weighted = false }).Studies[0].Doubt.ShouldBeNull();
        Should.Throw<PoolingException>(() => effects.Aggregate(study, new AggregationOptions { Rho = 1 })).Message.ShouldStartWith("The sampling covariances of study Oda (rows 1 and 2) are impossible");
        Should.Throw<ArgumentException>(() => effects.Aggregate(study, new AggregationOptions())).Message.ShouldBe("The structure CS needs Rho.");
        Should.Throw<ArgumentException>(() => effects.Aggregate(study, new AggregationOptions { Rho = .5, Phi = .5 })).Message.ShouldBe("The structure CS has no place for Phi: leave it out, or choose another structure.");
        Should.Throw<ArgumentException>(() => effects.Aggregate(study, SamplingCovariance.Diagonal([1]))).Message.ShouldStartWith("V is of 1 effects, but there are 2 effect sizes");
    }
}
