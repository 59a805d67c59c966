namespace MetaSpine.Tests.Studies;

/// <summary>The checks of single printed numbers, on numbers that papers print.</summary>
public sealed class NumberCheckTests
{
    [EveryCultureTheory]
    [InlineData("83", 24, 29, true, "24")]
    [InlineData("89%", 16, 18, true, "16")]
    [InlineData("94", 30, 32, true, "30")]
    [InlineData("78", 25, 32, true, "25")]
    [InlineData("62", 10, 16, true, "10")]
    [InlineData("63", 10, 16, true, "10")]
    [InlineData("34.25", 250, 730, true, "250")]
    [InlineData("71.67", 334, 466, true, "334")]
    [InlineData("68.75", 22, 32, true, "22")]
    [InlineData("48", 27, 59, false, "none")]
    [InlineData("48", 27, 56, true, "27")]
    [InlineData("79.0", 271, 345, false, "none")]
    [InlineData("79.0", 271, 343, true, "271")]
    [InlineData("35", 224, 544, false, "188 to 193")]
    public void A_percentage_is_that_of_its_count(string printed, long count, long total, bool agrees, string admissible)
    {
        var check = Percentage.Check(printed, count, total);
        (check.Agrees, check.Admissible).ShouldBe((agrees, admissible), check.Sentence);
    }

    [EveryCultureTheory]
    [InlineData("75", 51, "38")]
    [InlineData("96", 140, "134 to 135")]
    [InlineData("71", 223, "158 to 159")]
    [InlineData("98", 76, "none")]
    public void A_percentage_alone_has_the_counts_that_fit(string printed, long total, string admissible)
    {
        var check = Percentage.Check(printed, null, total);
        (check.Agrees, check.Admissible, check.Computed).ShouldBe((admissible != "none", admissible, null));
    }

    [Fact]
    public void A_percentage_of_more_than_all_is_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Percentage.Check("83", 30, 29));
        Should.Throw<ArgumentOutOfRangeException>(() => Percentage.Check("83", -1, 29));
        Should.Throw<FormatException>(() => Percentage.Check("1e2", 29, 29));
    }

    [EveryCultureTheory]
    [InlineData(".085", ".487", 46, "-.594", "1", true, "0.797")]
    [InlineData("1", "1.1", 30, "0", "10", true, null)]
    [InlineData("8.6", "3.9", 20, "0", "10", false, "3.61")]
    [InlineData("11.2", "1.0", 20, "0", "10", false, null)]
    [InlineData("10.04", "0.1", 20, "0", "10", false, null)]
    [InlineData("10.0", "0.1", 20, "0", "10", true, null)]
    [InlineData("5", null, 20, "0", "10", true, null)]
    [InlineData("5", "9", 1, "0", "10", true, null)]
    public void A_mean_and_a_deviation_are_possible_on_their_scale(string mean, string? sd, long n, string low, string high, bool agrees, string? most)
    {
        var check = MeanBounds.OfScale(mean, sd, n, low, high);
        check.Agrees.ShouldBe(agrees, check.Sentence);
        if (most is not null)
            check.Computed!.ShouldStartWith(most);
    }

    [EveryCultureTheory]
    [InlineData("5.0", "2.0", 10, "1", "9", true)]
    [InlineData("5.0", "1.0", 10, "1", "9", false)]
    [InlineData("5.0", "4.8", 10, "1", "9", false)]
    [InlineData("5.0", "4.2", 10, "1", "9", true)]
    public void A_deviation_is_possible_between_the_extremes(string mean, string sd, long n, string low, string high, bool agrees) =>
        MeanBounds.OfRange(mean, sd, n, low, high).Agrees.ShouldBe(agrees);

    [Fact]
    public void The_bounds_of_a_deviation_are_reached_and_not_passed()
    {
        // Ten values at the ends give the largest deviation that there is; one pair apart and the rest in the middle the smallest.
        double[] ends = [1, 1, 1, 1, 1, 9, 9, 9, 9, 9], pair = [1, 9, 5, 5, 5, 5, 5, 5, 5, 5];
        foreach (var (values, isMost) in new[] { (ends, true), (pair, false) })
        {
            var sd = Math.Sqrt(values.Sum(v => (v - 5) * (v - 5)) / 9);
            string Text(double value) => value.ToString("F6", System.Globalization.CultureInfo.InvariantCulture);
            MeanBounds.OfRange("5", Text(sd), 10, "1.000000", "9.000000").Agrees.ShouldBeTrue();
            MeanBounds.OfRange("5.000000", Text(sd + (isMost ? 1e-5 : -1e-5)), 10, "1.000000", "9.000000").Agrees.ShouldBeFalse();
        }
        MeanBounds.OfChange("-9", "1", 5, "0", "10").Agrees.ShouldBeTrue();
        MeanBounds.OfChange("-10.6", "1", 5, "0", "10").Agrees.ShouldBeFalse();
        Should.Throw<ArgumentOutOfRangeException>(() => MeanBounds.OfScale("5", "1", 5, "10", "0"));
    }

    // The melatonin arms are made so that their difference is that of Litvinenko, -4.27 deviations.
    [EveryCultureTheory]
    [InlineData("2.1", 40, "2.3", 40, null, null, true)]
    [InlineData("0.35", 36, "2.1", 36, null, null, false)]
    [InlineData("2.1", 36, "0.35", 36, null, null, false)]
    [InlineData("0.3", 400, "2.1", 400, null, null, false)]
    [InlineData("1.0", 30, "1.0", 30, "5.73", "10.00", false)]
    [InlineData("1.0", 30, "1.0", 30, "7.50", "10.00", true)]
    [InlineData("0", 30, "0", 30, "7.50", "10.00", true)]
    public void A_standard_error_among_deviations_is_asked_about(string sd1, long n1, string sd2, long n2, string? mean1, string? mean2, bool agrees)
    {
        var check = SpreadCheck.Check(sd1, n1, sd2, n2, mean1, mean2);
        check.Agrees.ShouldBe(agrees, check.Sentence);
        check.Severity.ShouldBe(IntegritySeverity.Warning);
        if (mean1 == "5.73")
            check.Computed.ShouldBe("-4.27");
    }

    [EveryCultureTheory]
    [InlineData("3.59", "1.23", "10.50", "3.594")]
    [InlineData("3.34", "2.10", "5.32", "3.342")]
    [InlineData("7.77", "4.72", "12.8", "7.773")]
    [InlineData(".23", ".15", ".36", "0.232")]
    [InlineData(".21", ".14", ".32", "0.212")]
    [InlineData("1.96", "1.65", "2.34", "1.965")]
    [InlineData("6.2", "2.0", "19.8", "6.29")]
    public void A_ratio_is_the_geometric_middle_of_its_interval(string ratio, string low, string high, string middle)
    {
        var check = IntervalCheck.Symmetry(ratio, low, high, IntervalScale.Geometric);
        (check.Agrees, check.Computed).ShouldBe((true, middle));
        IntervalCheck.Symmetry("2" + ratio, low, high, IntervalScale.Geometric).Agrees.ShouldBeFalse();
    }

    [EveryCultureTheory]
    [InlineData("2.5", "1.0", "4.0", IntervalScale.Arithmetic, true)]
    [InlineData("2.4", "1.0", "4.0", IntervalScale.Arithmetic, true)]
    [InlineData("2.3", "1.0", "4.0", IntervalScale.Arithmetic, false)]
    [InlineData("2.0", "1.0", "4.0", IntervalScale.Geometric, true)]
    [InlineData("2.5", "1.0", "4.0", IntervalScale.Geometric, false)]
    [InlineData("0.50", "0.26", "0.69", IntervalScale.FisherZ, true)]
    [InlineData("0.50", "0.31", "0.69", IntervalScale.FisherZ, false)]
    [InlineData("-0.50", "-0.96", "0.69", IntervalScale.FisherZ, true)]
    [InlineData("0.4", "0.0", "4.0", IntervalScale.Geometric, true)]
    public void An_estimate_is_in_the_middle_within_rounding(string estimate, string low, string high, IntervalScale scale, bool agrees) =>
        IntervalCheck.Symmetry(estimate, low, high, scale).Agrees.ShouldBe(agrees);

    // R: 2*pnorm(-log(3.59)/((log(10.5)-log(1.23))/(2*qnorm(.975)))) = 0.0194; and 2*pnorm(-2.5/(3/(2*qnorm(.975)))) = 0.00109.
    [EveryCultureTheory]
    [InlineData("3.59", "1.23", "10.50", "0.019", IntervalScale.Geometric, null)]
    [InlineData("3.59", "1.23", "10.50", "0.02", IntervalScale.Geometric, null)]
    [InlineData("3.59", "1.23", "10.50", "0.004", IntervalScale.Geometric, IntegritySeverity.Note)]
    [InlineData("3.59", "1.23", "10.50", "0.19", IntervalScale.Geometric, IntegritySeverity.Warning)]
    [InlineData("3.59", "1.23", "10.50", ">0.05", IntervalScale.Geometric, IntegritySeverity.Warning)]
    [InlineData("2.50", "1.00", "4.00", "0.001", IntervalScale.Arithmetic, null)]
    [InlineData("2.50", "1.00", "4.00", "0.01", IntervalScale.Arithmetic, IntegritySeverity.Note)]
    [InlineData("1.50", "0.90", "2.50", "0.04", IntervalScale.Geometric, IntegritySeverity.Warning)]
    [InlineData("1.50", "0.90", "2.50", "0.12", IntervalScale.Geometric, null)]
    public void A_p_value_is_that_of_its_interval(string estimate, string low, string high, string p, IntervalScale scale, IntegritySeverity? severity)
    {
        var check = IntervalCheck.PValue(estimate, low, high, p, scale);
        check.Agrees.ShouldBe(severity is null, check.Sentence);
        if (severity is { } expected)
            (check.Rule, check.Severity).ShouldBe((IntegrityRules.IntervalP, expected));
    }

    [EveryCultureFact]
    public void A_ratio_is_that_of_its_counts_or_adjusted()
    {
        // Patchell 2005: 42 of 50 against 29 of 51 able to walk; the report's 6.2 is adjusted.
        var check = RatioCheck.OfCounts("OR", "6.2", 42, 50, 29, 51);
        (check.Agrees, check.Severity, check.Computed).ShouldBe((false, IntegritySeverity.Note, "4.0"));
        check.Sentence.ShouldBe("the crude odds ratio of 42/50 against 29/51 is 4.0, but the report prints 6.2; it may be adjusted, or of another table");
        RatioCheck.OfCounts("OR", "3.98", 42, 50, 29, 51).Agrees.ShouldBeTrue();
        RatioCheck.OfCounts("OR", "6.2", 42, 50, 29, 51, adjusted: false).Severity.ShouldBe(IntegritySeverity.Warning);
        RatioCheck.OfCounts("RR", "1.48", 42, 50, 29, 51).Agrees.ShouldBeTrue();
        RatioCheck.OfCounts("RD", "27%", 42, 50, 29, 51).Agrees.ShouldBeTrue();
        RatioCheck.OfCounts("RD", "0.27", 42, 50, 29, 51).Agrees.ShouldBeTrue();
        RatioCheck.OfCounts("RD", "0.37", 42, 50, 29, 51).Agrees.ShouldBeFalse();
        RatioCheck.OfCounts("OR", "3", 0, 50, 0, 51).Agrees.ShouldBeTrue("no events, no odds ratio");
        RatioCheck.OfCounts("OR", "3", 5, 50, 0, 51).Agrees.ShouldBeFalse();
        RatioCheck.OfMeans("-1.2", "3.1", "4.3").Agrees.ShouldBeTrue();
        RatioCheck.OfMeans("-1.3", "3.1", "4.3").Agrees.ShouldBeTrue("3.05 and 4.35 are printed so");
        RatioCheck.OfMeans("1.2", "3.1", "4.3").Agrees.ShouldBeFalse();
        Should.Throw<ArgumentException>(() => RatioCheck.OfCounts("HR", "1", 1, 2, 1, 2));
        Should.Throw<ArgumentOutOfRangeException>(() => RatioCheck.OfCounts("OR", "1", 3, 2, 1, 2));
    }

    [EveryCultureTheory]
    [InlineData(".8363", "92.86%", "56.38%", true, "0.8363")]
    [InlineData("0.4367", "71.91%", "55.31%", false, "0.3714")]
    [InlineData("0.40", "0.70", "0.50", true, "0.40")]
    [InlineData("1.00", "100%", "50%", true, "1.00")]
    [InlineData("0.5", "100%", "100%", true, null)]
    public void Kappa_follows_from_agreement(string kappa, string observed, string expected, bool agrees, string? computed)
    {
        var check = KappaCheck.OfAgreement(kappa, observed, expected);
        (check.Agrees, check.Computed).ShouldBe((agrees, computed), check.Sentence);
    }

    [EveryCultureTheory]
    [InlineData(".40000", 20, 5, 10, 15, true)]
    [InlineData(".76430", 76, 39, 6, 2982, true)]
    [InlineData(".765", 76, 39, 6, 2982, false)]
    [InlineData("0.5", 0, 0, 0, 9, true)]
    public void Kappa_follows_from_its_table(string kappa, long both, long first, long second, long neither, bool agrees) =>
        KappaCheck.OfTable(kappa, both, first, second, neither).Agrees.ShouldBe(agrees);

    [Fact]
    public void Kappa_of_nothing_is_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => KappaCheck.OfTable("1", 0, 0, 0, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => KappaCheck.OfAgreement("1", "120%", "50%"));
    }

    [EveryCultureFact]
    public void The_page_shows_what_the_checks_answer()
    {
        var page = File.ReadAllText(Path.Combine(TestFiles.RepositoryRoot, "src", "MetaSpine", "docs", "integrity.md")).ReplaceLineEndings("\n");
        var start = page.IndexOf("```yaml\nschema", StringComparison.Ordinal) + "```yaml\n".Length;
        var study = Study.Parse(page[start..page.IndexOf("```", start, StringComparison.Ordinal)]);
        IntegrityCheck.Run(study).Select(f => f.ToString()).ShouldBeEmpty();
        IntegrityRules.All.ShouldAllBe(rule => page.Contains($"| `{rule}` |", StringComparison.Ordinal), "the table has a row for every rule");
        (Percentage.Check("48", 27, 59).Admissible, Percentage.AdmissibleCounts(140, "96")).ShouldBe(("none", new CountRange(134, 135)));
        Debit.Check(".19", ".35", 1683).Admissible.ShouldBe("0.39 to 0.40");
        MeanBounds.OfScale("8.6", "3.9", 20, "0", "10").Computed.ShouldBe("3.61");
        SpreadCheck.Check("2.1", 36, "0.35", 36).Sentence.ShouldEndWith("0.35 may be a standard error");
        RatioCheck.OfCounts("OR", "6.2", 42, 50, 29, 51).Computed.ShouldBe("4.0");
        StatisticCheck.Check(TestStatistic.F, "1.203", 2, "<.001", 56).Severity.ShouldBe(IntegritySeverity.Error);
        BaselineCheck.Check("0.35", "0.80", "0.12").Agrees.ShouldBeTrue();
        KappaCheck.OfAgreement("0.4367", "71.91%", "55.31%").Computed.ShouldBe("0.3714");
    }

    // R: pnorm(sum(qnorm(p))/sqrt(length(p)), lower=FALSE) at the lower ends of the rounding, and lower=TRUE at the upper ends.
    [EveryCultureTheory]
    [InlineData("0.35 0.80 0.12 0.55 0.94", null)]
    [InlineData("0.98 0.95 0.99 0.97 0.96", "p = 1.81e-5")]
    [InlineData("0.02 0.04 0.01 0.03 0.05", "p = 1.81e-5")]
    [InlineData("0.9 0.9 0.9 0.9 0.9", null)]
    [InlineData(">0.05 >0.05 >0.05 >0.05", null)]
    [InlineData("1.0 1.0 1.0 1.0", "p = 0.000501")]
    [InlineData("1 1 1 1", null)]
    [InlineData("<0.001 0.5", null)]
    [InlineData(">1 0", null)]
    public void Baseline_p_values_are_combined(string pValues, string? computed)
    {
        var check = BaselineCheck.Check(pValues.Split(' '));
        (check.Severity, check.Rule).ShouldBe((IntegritySeverity.Note, IntegrityRules.Baseline));
        (check.Agrees, check.Computed).ShouldBe((computed is null, computed), check.Sentence);
        foreach (var word in new[] { "fraud", "misconduct", "fabricat", "fake", "manipulat" })
            check.Sentence.ShouldNotContain(word);
    }

    [Fact]
    public void Uniform_p_values_are_noted_as_rarely_as_the_level_says()
    {
        // 20 000 trials of 8 independent variables: 40 expected beyond one or the other limit, with a standard deviation of 6.3; the seed is fixed.
        var random = new Random(20261128);
        var noted = Enumerable.Range(0, 20_000).Count(_ => !BaselineCheck.Check(
            [.. Enumerable.Range(0, 8).Select(_ => random.NextDouble().ToString("F6", System.Globalization.CultureInfo.InvariantCulture))]).Agrees);
        noted.ShouldBeInRange(15, 65, "four standard deviations on either side");
    }

    [Fact]
    public void One_p_value_is_not_combined() => Should.Throw<ArgumentException>(() => BaselineCheck.Check("0.5")).Message.ShouldContain("found 1");
}
