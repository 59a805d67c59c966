namespace MetaSpine.Tests;

/// <summary>The covariances of effects that share groups against the delta method by numerical derivatives, and against the formulas in print.</summary>
public sealed class SharedGroupsTests
{
    private static readonly string[] Names = ["A", "B", "C", "D"];

    /// <summary>Three comparisons of four groups, the control group once as the first of two; and a second study.</summary>
    private static readonly (string Study, string First, string Second)[] Rows = [("1", "A", "C"), ("1", "B", "C"), ("1", "C", "D"), ("1", "A", "B"), ("2", "A", "C")];

    private static readonly EffectSizeOptions Raw = new() { Correct = false };

    private static Predictor Study => Predictor.Categorical("study", [.. Rows.Select(row => row.Study)]);

    private static Predictor First => Predictor.Categorical("first", [.. Rows.Select(row => row.First)]);

    private static Predictor Second => Predictor.Categorical("second", [.. Rows.Select(row => row.Second)]);

    /// <summary>A group's mean, standard deviation, size; events; person-time. Those of the second study are of other people.</summary>
    private static double[] Group(string study, string name, double scale = 1) => study == "1"
        ? Names.IndexOf(name) switch
        {
            0 => [12, 3, 40 * scale, 9, 310],
            1 => [14.5, 4.1, 55 * scale, 21, 402.5],
            2 => [10.2, 3.3, 62 * scale, 30, 611],
            _ => [9.1, 2.4, 38 * scale, 4, 299],
        }
        : name == "A" ? [11, 3, 30 * scale, 8, 211] : [10, 2.8, 31 * scale, 7, 244];

    /// <summary>The sampling variances of a group's numbers under each measure's own model.</summary>
    private static double[] Errors(string code, double[] g)
    {
        var (mean, sd, n, events, time) = (g[0], g[1], g[2], g[3], g[4]);
        return code switch
        {
            "MD" or "ROM" => [sd * sd / n, 0, 0, 0, 0],
            "VR" => [0, sd * sd / (2 * (n - 1)), 0, 0, 0],
            "CVR" => [sd * sd / n, sd * sd / (2 * (n - 1)), 0, 0, 0],
            "SMDH" or "SMD1H" => [sd * sd / (n - 1), sd * sd / (2 * (n - 1)), 0, 0, 0],
            "RR" or "OR" or "RD" or "OR2DN" or "OR2DL" => [0, 0, 0, events * (1 - events / n), 0],
            "AS" => [0, 0, 0, events * (1 - events / n), 0],
            "IRR" or "IRD" or "IRSD" => [0, 0, 0, events, 0],
            _ => throw new InvalidOperationException($"{code} {mean} {time}"),
        };
    }

    private static EffectData Data(Func<int, string, double[]> group)
    {
        double[] Column(bool first, int number) => [.. Rows.Select((row, i) => group(i, first ? row.First : row.Second)[number])];
        return new EffectData
        {
            ["m1i"] = Column(true, 0), ["sd1i"] = Column(true, 1), ["n1i"] = Column(true, 2), ["ai"] = Column(true, 3), ["x1i"] = Column(true, 3), ["t1i"] = Column(true, 4),
            ["m2i"] = Column(false, 0), ["sd2i"] = Column(false, 1), ["n2i"] = Column(false, 2), ["ci"] = Column(false, 3), ["x2i"] = Column(false, 3), ["t2i"] = Column(false, 4),
        };
    }

    private static EffectData Data(double scale = 1) => Data((row, name) => Group(Rows[row].Study, name, scale));

    /// <summary>
    /// V is J S J', J the derivatives of all effects by all groups' numbers (central differences, good to 1e-8 relative) and S their variances: nothing of the code under test.
    /// </summary>
    [Theory]
    [InlineData("MD")]
    [InlineData("ROM")]
    [InlineData("VR")]
    [InlineData("CVR")]
    [InlineData("SMDH")]
    [InlineData("SMD1H")]
    [InlineData("RR")]
    [InlineData("OR")]
    [InlineData("RD")]
    [InlineData("AS")]
    [InlineData("OR2DL")]
    [InlineData("OR2DN")]
    [InlineData("IRR")]
    [InlineData("IRD")]
    [InlineData("IRSD")]
    public void Every_measure_agrees_with_the_delta_method(string code)
    {
        var measure = Measures.All.Single(measure => measure.Code == code);
        var expected = new double[Rows.Length, Rows.Length];
        foreach (var (study, name) in Rows.SelectMany(row => new[] { (row.Study, row.First), (row.Study, row.Second) }).Distinct())
        {
            var errors = Errors(code, Group(study, name));
            for (var number = 0; number < errors.Length; number++)
            {
                if (errors[number] == 0)
                {
                    continue;
                }

                var step = 1e-5 * Group(study, name)[number];
                double[] At(double change) =>
                [
                    .. measure.Compute(
                        Data((row, group) => Rows[row].Study == study && group == name ? [.. Group(study, name).Select((value, i) => i == number ? value + change : value)] : Group(Rows[row].Study, group)),
                        Raw).Studies.Select(effect => effect.Estimate),
                ];
                double[] slopes = [.. At(step).Zip(At(-step), (up, down) => (up - down) / (2 * step))];
                for (var i = 0; i < Rows.Length; i++)
                {
                    for (var j = 0; j < Rows.Length; j++)
                    {
                        expected[i, j] += slopes[i] * slopes[j] * errors[number];
                    }
                }
            }
        }

        var v = SamplingCovariance.SharedGroups(measure.Compute(Data(), Raw), Study, Second, First);
        v.ShouldBe([.. Enumerable.Range(0, Rows.Length).Select(i => (double[])[.. Enumerable.Range(0, Rows.Length).Select(j => expected[i, j])])], 1e-7);
        v[0, 1].ShouldBeGreaterThan(0);
        v[0, 2].ShouldBeLessThan(0, "the shared group is the second of one and the first of the other");
        v[0, 4].ShouldBe(0, "other studies have other people");
    }

    /// <summary>
    /// SMD: 1/n of the shared group and d_i d_j n / (2 N_i N_j) of its standard deviation, which for large groups is the delta method's share of n - 1 degrees of freedom.
    /// </summary>
    [Fact]
    public void Standardised_differences_share_the_mean_and_the_spread_of_a_group()
    {
        var effects = Measures.SMD.Compute(Data());
        double[] d = [.. effects.Studies.Select(effect => effect.Estimate)], n = [40, 55, 62, 38];
        var v = SamplingCovariance.SharedGroups(effects, Study, Second, First);
        v[0, 1].ShouldBe(1 / n[2] + d[0] * d[1] * n[2] / (2 * (n[0] + n[2]) * (n[1] + n[2])), 1e-14);
        v[0, 2].ShouldBe(-1 / n[2] + d[0] * d[2] * n[2] / (2 * (n[0] + n[2]) * (n[2] + n[3])), 1e-14);
        v[1, 3].ShouldBe(-1 / n[1] + d[1] * d[3] * n[1] / (2 * (n[1] + n[2]) * (n[0] + n[1])), 1e-14);
        v[2, 3].ShouldBe(0, "C - D and A - B have no group in common");
        v[0, 0].ShouldBe(effects.Studies[0].Variance);
        v.CheckPositiveDefinite().ShouldBeEmpty("each effect has a standard deviation of its own");
        SamplingCovariance.SharedGroups(Measures.MD.Compute(Data()), Study, Second, First).CheckPositiveDefinite().ShouldHaveSingleItem().ToString()
            .ShouldBe("The sampling errors of rows 1, 2, 3 and 4 cannot have the correlations that V gives them (smallest eigenvalue 0): one effect follows from the others; leave one out, or assume a smaller correlation.");
    }

    /// <summary>Gleser and Olkin (2009), equations for several treatments, one control group and a common standard deviation.</summary>
    [Fact]
    public void A_common_standard_deviation_has_the_covariances_of_Gleser_and_Olkin()
    {
        double[] n1 = [40, 55, 38], n2 = [62, 62, 62], means = [12, 14.5, 9.1];
        var effects = Measures.SMD.Compute(new EffectData { ["m1i"] = means, ["sd1i"] = [3, 3, 3], ["n1i"] = n1, ["m2i"] = [10, 10, 10], ["sd2i"] = [3, 3, 3], ["n2i"] = n2 });
        double[] d = [.. effects.Studies.Select(effect => effect.Estimate)];
        var control = Predictor.Categorical("control", ["placebo", "placebo", "placebo"]);
        var v = SamplingCovariance.SharedGroups(effects, Predictor.Numeric("study", [1, 1, 1]), control, commonSpread: true);
        double all = 40 + 55 + 38 + 62;
        for (var i = 0; i < 3; i++)
        {
            v[i, i].ShouldBe(1 / n1[i] + 1 / n2[i] + d[i] * d[i] / (2 * all), 1e-14);
            v[i, (i + 1) % 3].ShouldBe(1 / n2[i] + d[i] * d[(i + 1) % 3] / (2 * all), 1e-14);
        }

        v.CheckPositiveDefinite().ShouldBeEmpty();
    }

    /// <summary>A shared control group is a correlation of sizes where variances are equal: metafor's vcalc with w1 and w2 is exact there, and no better elsewhere.</summary>
    [Fact]
    public void Mean_differences_with_equal_variances_agree_with_the_approximation_by_sizes()
    {
        var effects = Measures.MD.Compute(Data(), new EffectSizeOptions { Variance = VarianceType.HO });
        var v = SamplingCovariance.SharedGroups(effects, Study, Second, First);
        var assumed = SamplingCovariance.Assumed(effects, new SamplingDependence
        {
            Cluster = Study, Group1 = First, Group2 = Second,
            Weight1 = Predictor.Numeric("n1", [.. effects.Data["n1i"]]), Weight2 = Predictor.Numeric("n2", [.. effects.Data["n2i"]]),
        });
        v.ShouldBe([.. Enumerable.Range(0, Rows.Length).Select(i => (double[])[.. Enumerable.Range(0, Rows.Length).Select(j => assumed[i, j])])]);
    }

    [Fact]
    public void Averages_and_second_order_terms_have_their_share_in_common()
    {
        var risks = Measures.RR.Compute(Data(), new EffectSizeOptions { Variance = VarianceType.AV });
        double n = Rows.Sum(row => Group(row.Study, row.Second)[2]), p = Rows.Sum(row => Group(row.Study, row.Second)[3]) / n;
        SamplingCovariance.SharedGroups(risks, Study, Second, First)[0, 1].ShouldBe((1 - p) / (p * 62), 1e-14);
        var means = Measures.ROM.Compute(Data(), new EffectSizeOptions { Variance = VarianceType.LS2 });
        var part = 3.3 * 3.3 / (62 * 10.2 * 10.2);
        SamplingCovariance.SharedGroups(means, Study, Second, First)[0, 1].ShouldBe(part + part * part / 2, 1e-14);
        var null0 = Measures.SMD.Compute(Data(), new EffectSizeOptions { Variance = VarianceType.H0 });
        double first = null0.Studies[0].Variance / (1.0 / 40 + 1.0 / 62), second = null0.Studies[1].Variance / (1.0 / 55 + 1.0 / 62);
        SamplingCovariance.SharedGroups(null0, Study, Second, First)[0, 1].ShouldBe(Math.Sqrt(first * second) / 62, 1e-14);
    }

    [Fact]
    public void A_turned_sign_turns_the_covariance_and_a_correction_of_zeros_keeps_it_possible()
    {
        var plain = SamplingCovariance.SharedGroups(Measures.SMD.Compute(Data()), Study, Second, First);
        var turned = SamplingCovariance.SharedGroups(Measures.SMD.Compute(Data(), new EffectSizeOptions { Factors = [1, -1, 1, 1, 2] }), Study, Second, First);
        turned[0, 1].ShouldBe(-plain[0, 1], 1e-15);
        turned[0, 2].ShouldBe(plain[0, 2], 1e-15);
        turned[4, 4].ShouldBe(4 * plain[4, 4], 1e-14);
        var zeros = Measures.OR.Compute(new EffectData { ["ai"] = [0, 5], ["n1i"] = [20, 25], ["ci"] = [6, 6], ["n2i"] = [30, 30] });
        var v = SamplingCovariance.SharedGroups(zeros, Predictor.Numeric("study", [1, 1]), Predictor.Categorical("control", ["usual care", "usual care"]));
        v[0, 1].ShouldBe(Math.Sqrt((1 / 6.5 + 1 / 24.5) * (1 / 6.0 + 1 / 24.0)), 1e-14);
        v.CheckPositiveDefinite().ShouldBeEmpty();
    }

    [Fact]
    public void What_is_not_one_group_or_one_comparison_is_refused()
    {
        var effects = Measures.MD.Compute(Data());
        Should.Throw<ArgumentException>(() => SamplingCovariance.SharedGroups(effects, Predictor.Numeric("study", [1, 1, 1, 1, 1]), Second, First))
            .Message.ShouldBe("Rows 1 and 5 (study 1) both compare 'A' and 'C': with one outcome only one of them is needed; effects of several outcomes need assumed correlations (SamplingCovariance.Assumed).");
        Should.Throw<ArgumentException>(() => SamplingCovariance.SharedGroups(effects, Predictor.Numeric("study", [1, 1, 1, 1, 1]), Second))
            .Message.ShouldBe("The group 'C' of study 1 is (10.2, 3.3, 62) in row 1, but (10, 2.8, 31) in row 5: give different groups different names, and effects of different outcomes assumed correlations (SamplingCovariance.Assumed).");
        Should.Throw<ArgumentException>(() => SamplingCovariance.SharedGroups(effects, Study, Second, Second)).Message.ShouldStartWith("Row 1 (study 1) compares the group 'C' with itself");
        Should.Throw<ArgumentException>(() => SamplingCovariance.SharedGroups(effects, Study, Second, First, commonSpread: true)).Message.ShouldStartWith("A standard deviation of all groups of a study (commonSpread) is for SMD, not for MD.");
        Should.Throw<ArgumentException>(() => SamplingCovariance.SharedGroups(Measures.PETO.Compute(Data()), Study, Second)).Message.ShouldStartWith("PETO is not computed group by group");
        Should.Throw<ArgumentException>(() => SamplingCovariance.SharedGroups(Measures.GEN.Compute(new EffectData { ["yi"] = [1], ["vi"] = [1] }), Predictor.Numeric("study", [1]), Predictor.Numeric("control", [1])))
            .Message.ShouldStartWith("GEN is not computed group by group");
    }
}
