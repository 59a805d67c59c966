namespace MetaSpine.Tests.Studies;

/// <summary>The findings on whole studies; the numbers are of published series.</summary>
public sealed class IntegrityCheckTests
{
    [CulturedFact(["", "de-DE", "tr-TR"])]
    public void The_founding_series_passes_every_check() =>
        IntegrityCheck.Run(Study.Load(Samples.Path("cervical-pedicle-screws.yaml"))).ShouldBeEmpty();

    [CulturedTheory(["", "de-DE", "tr-TR"])]
    [InlineData("{of: all, parts: {upper: 4, subaxial: 28}}", 32, null)]
    [InlineData("{of: all, parts: {posterior: 25, combined: 7}}", 32, null)]
    [InlineData("{of: all, parts: {a: 16, b: 30, c: 11}}", 57, null)]
    [InlineData("{of: all, parts: {a: 212, b: 47, c: 23}}", 282, null)]
    [InlineData("{of: all, parts: {a: 40, b: nr}}", 57, null)]
    [InlineData("{of: all, parts: {a: 65, b: 19, c: 1, d: 1}}", 80, "65 + 19 + 1 + 1 add up to 86, but the whole is 80; perhaps some patients count in several parts")]
    [InlineData("{of: all, parts: {a: 65, b: 10}}", 80, "65 + 10 add up to 75, but the whole is 80; perhaps some patients are in none")]
    [InlineData("{unit: percent, parts: {a: 33, b: 33, c: 33}}", 3, null)]
    [InlineData("{unit: percent, parts: {a: 33.3, b: 33.3, c: 33.3}}", 3, null)]
    [InlineData("{unit: percent, parts: {a: 64, b: 30, c: 8}}", 3, "64% + 30% + 8% make 102%, which rounding does not explain")]
    [InlineData("{unit: percent, parts: {a: 25.1, b: 25.1, c: 25.1, d: 24.9}}", 3, null)]
    [InlineData("{unit: percent, parts: {a: 33.3, b: 33.3, c: 33.1}}", 3, "make 99.7%")]
    public void Parts_add_up_to_their_whole(string partition, int n, string? sentence) => Expect(
        $"groups: {{all: {{n: {n}}}}}\npartitions: [{partition.Replace("{of", "{by: x, of").Replace("{unit", "{by: x, unit")}]",
        IntegrityRules.PartSum, "partitions[0].parts", sentence);

    [CulturedTheory(["", "de-DE", "tr-TR"])]
    [InlineData("29", "24", "83", null)]
    [InlineData("16", "10", "62", null)]
    [InlineData("16", "10", "63", null)]
    [InlineData("80", "20", "25.0", null)]
    [InlineData("343", "271", "79.0", null)]
    [InlineData("345", "271", "79.0", "271 of 345 is 78.551%, but the report prints 79.0%; no count of 345 is 79.0%*")]
    [InlineData("59", "27", "48", "27 of 59 is 45.76%, but the report prints 48%; no count of 59 is 48%, so it has another denominator*")]
    [InlineData("544", "224", "35", "224 of 544 is 41.18%, but the report prints 35%; 35% of 544 would be 188 to 193")]
    [InlineData("76", "nr", "98", "no count of 76 is 98%, so it has another denominator or a misprint")]
    [InlineData("56", "nr", "48", null)]
    public void Percentages_come_from_their_counts(string total, string events, string percent, string? sentence) => Expect(
        $"outcomes: [{{id: x, type: dichotomous, results: [{{events: {events}, total: {total}, reported_percent: {percent}}}]}}]",
        IntegrityRules.Percent, "outcomes[0].results[0].reported_percent", sentence);

    [CulturedFact(["", "de-DE", "tr-TR"])]
    public void Sensitivity_comes_from_its_table() => Expect(
        "outcomes: [{id: x, type: diagnostic, results: [{tp: 22, fn: 10, tn: 3, fp: 1, reported_sensitivity: 68.8, reported_specificity: 76}]}]",
        IntegrityRules.Diagnostic, "outcomes[0].results[0].reported_specificity", "specificity: 3 of 4 is 75*but the report prints 76%*");

    [CulturedTheory(["", "de-DE", "tr-TR"])]
    [InlineData("groups: {all: {n: 32}, a: {n: 29, within: all}}", "", null)]
    [InlineData("groups: {all: {n: 32}, a: {n: 33, within: all}}", "groups.a.n", "the group 'a' (33) cannot be more than the group 'all' that it is within (32)")]
    [InlineData("groups: {a: {n: 33}}\npopulation: {enrolled: 32}", "groups.a.n", "cannot be more than all who were enrolled (32)")]
    [InlineData("population: {enrolled: 32, analysed: 33}", "population.analysed", "those analysed (33) cannot be more than those enrolled (32)")]
    [InlineData("arms: {a: {n: 20}, b: {n: 20}}\npopulation: {enrolled: 32}", "arms", "the arms hold 40 patients together, but 32 were enrolled")]
    [InlineData("groups: {a: {n: 5}}\noutcomes: [{id: x, type: dichotomous, results: [{group: a, events: 3, total: 6}]}]", "outcomes[0].results[0].total",
        "the denominator of 'x' (6) cannot be more than the group 'a' (5)")]
    [InlineData("arms: {a: {n: 5}}\noutcomes: [{id: x, type: continuous, results: [{arm: a, n: 6}]}]", "outcomes[0].results[0].n",
        "the denominator of 'x' (6) cannot be more than the arm 'a' (5)")]
    [InlineData("outcomes: [{id: x, type: time_to_event, results: [{events: 7, n: 6}]}]", "outcomes[0].results[0].events",
        "the events of 'x' (7) cannot be more than those followed (6)")]
    public void No_part_is_larger_than_its_whole(string yaml, string path, string? sentence) =>
        Expect(yaml, IntegrityRules.SubgroupSize, path, sentence);

    [CulturedTheory(["", "de-DE", "tr-TR"])]
    [InlineData("continuous", "{median: 5, iqr: {low: 3, high: 8}, range: {low: 1, high: 9}, mean: 5.5, ci: {low: 4, high: 7}}", "", null)]
    [InlineData("continuous", "{median: 9, iqr: {low: 3, high: 8}}", "", "the median (9) is above the third quartile (8)")]
    [InlineData("continuous", "{median: 0, range: {low: 1, high: 8}}", "", "the minimum (1) is above the median (0)")]
    [InlineData("continuous", "{mean: 10, range: {low: 1, high: 8}}", "", "the mean (10) is above the maximum (8)")]
    [InlineData("continuous", "{mean: 10, ci: {low: 1, high: 8}}", ".ci", "the mean (10) is above the upper limit (8)")]
    [InlineData("estimate", "{value: 3.59, ci: {low: 1.23, high: 10.50}}", ".ci", null)]
    [InlineData("estimate", "{value: 0.59, ci: {low: 1.23, high: 10.50}}", ".ci", "the lower limit (1.23) is above the estimate (0.59)")]
    [InlineData("estimate", "{ci: {low: 2, high: 1}}", ".ci", "the lower limit (2) is above the upper limit (1)")]
    [InlineData("time_to_event", "{survival_at: [{months: 3, proportion: 0.63}, {months: 24, proportion: 0.16}, {months: 6, proportion: 0.47}]}", "", null)]
    [InlineData("time_to_event", "{survival_at: [{months: 3, proportion: 0.63}, {months: 6, proportion: 0.74}]}", ".survival_at",
        "survival rises from 0.63 at 3 months to 0.74 at 6 months")]
    [InlineData("time_to_event", "{hr: 0.7, ci: {low: -0.1, high: 1.2}}", ".ci", "the lower limit of a hazard ratio (-0.1) is negative")]
    [InlineData("time_to_event", "{survival_at: [{months: 3, at_risk: 20}, {months: 6, at_risk: 21}]}", ".survival_at", "the number at risk rises from 20")]
    public void Numbers_stand_in_their_order(string type, string result, string path, string? sentence) =>
        Expect($"outcomes: [{{id: x, type: {type}, results: [{result}]}}]", IntegrityRules.Ordering, $"outcomes[0].results[0]{path}", sentence);

    [CulturedFact(["", "de-DE", "tr-TR"])]
    public void Steps_of_a_scale_add_up_to_their_total() => Expect(
        "outcomes: [{id: x, type: ordinal, results: [{total: 34, counts: {better: 13, same: 19, worse: 3}}]}]",
        IntegrityRules.PartSum, "outcomes[0].results[0].counts", "x: the parts 13 + 19 + 3 add up to 35*");

    [CulturedFact(["", "de-DE", "tr-TR"])]
    public void A_waiver_keeps_the_finding_and_gives_its_reason()
    {
        var finding = IntegrityCheck.Run(Study.Load(Samples.Path("spinal-metastases/studies/spine1999.yaml"))).ShouldHaveSingleItem();
        finding.Severity.ShouldBe(IntegritySeverity.Error);
        finding.WaivedBecause!.ShouldContain("per operation");
        (finding.Reported, finding.Computed).ShouldBe(("80", "65 + 19 + 1 + 1 = 86"));
        finding.ToString().ShouldContain(": waived part-sum: ");
    }

    [CulturedFact(["", "de-DE", "tr-TR"])]
    public void A_waiver_without_a_finding_is_noted()
    {
        var finding = Run("integrity: {waive: [{rule: percent, path: \"outcomes[1]\", reason: a misprint}]}").ShouldHaveSingleItem();
        (finding.Rule, finding.Severity, finding.Path).ShouldBe((IntegrityRules.Waiver, IntegritySeverity.Note, "integrity.waive[0]"));
        finding.Sentence.ShouldBe("the waiver of percent at outcomes[1] has nothing to waive");
    }

    [CulturedFact(["", "de-DE", "tr-TR"])]
    public void A_waiver_of_one_path_leaves_its_neighbour_alone() =>
        Run("population: {enrolled: 3}\ngroups:\n  a: {n: 4}\n  ab: {n: 5}\nintegrity: {waive: [{rule: subgroup-size, path: groups.a, reason: counted twice}]}")
            .Select(f => (f.Path, f.IsWaived)).ShouldBe([("groups.a.n", true), ("groups.ab.n", false)]);

    [CulturedFact(["", "de-DE", "tr-TR"])]
    public void A_finding_names_its_line_and_what_would_fit()
    {
        var finding = Run("outcomes:\n  - id: x\n    type: dichotomous\n    results:\n      - {events: 12, total: 51, reported_percent: 75}").ShouldHaveSingleItem();
        finding.Position.ShouldBe(new("s", 7, 51));
        (finding.StudyId, finding.Reported, finding.Computed, finding.Admissible).ShouldBe(("x", "75%", "12/51 = 23.53%", "38"));
    }

    // Jansson 2006, Guzik 2018, Vazifehdan 2017, BMC Surgery 2021, and a vector of proportions that were rounded one by one.
    [EveryCultureTheory]
    [InlineData("{of: all, parts: {a: 40, b: 17}}", 57, null)]
    [InlineData("{of: all, parts: {a: 21, b: 2, c: 1}}", 24, null)]
    [InlineData("{of: all, parts: {a: 15, b: 8, c: 1}}", 24, null)]
    [InlineData("{of: all, parts: {a: 32, b: 9}}", 41, null)]
    [InlineData("{of: all, parts: {a: 717, b: 479}}", 1196, null)]
    public void Published_parts_add_up(string partition, int n, string? sentence) => Parts_add_up_to_their_whole(partition, n, sentence);

    [EveryCultureTheory]
    [InlineData("values: integer", "n: 28, mean: 5.19, sd: 1.0", "grim", ".mean", "x: 5.19 cannot be the mean of 28 whole numbers; the nearest means are 5.18 and 5.21")]
    [InlineData("items: 2", "n: 14, mean: 5.18", null, "", null)]
    [InlineData("values: integer", "n: 35, mean: 5.23, sd: 2.55", "grimmer", ".sd", "x: the SD 2.55 cannot belong to 35 whole numbers with the mean 5.23; the nearest SDs are 2.54 or 2.56")]
    [InlineData("values: integer, low: 0, high: 20", "n: 34, mean: 2.68, sd: 2.59", null, "", null)]
    [InlineData("values: binary", "n: 1683, mean: .19, sd: .35", "debit", ".sd", "x: the SD of 1683 zeros and ones with the mean .19 is 0.39 to 0.40, but the report prints .35")]
    [InlineData("values: binary", "n: 1683, mean: .53, sd: .50", null, "", null)]
    [InlineData("values: binary", "n: 20, mean: 1.50, sd: .50", "bounds", ".mean", "x: 1.50 cannot be the mean of values on a scale from 0 to 1")]
    [InlineData("low: -.594, high: 1", "n: 46, mean: .085, sd: .487", null, "", null)]
    [InlineData("low: 0, high: 10", "n: 20, mean: 8.6, sd: 3.9", "bounds", ".sd", "x: the SD of 20 values on a scale from 0 to 10 with the mean 8.6 is at most 3.61, but the report prints 3.9")]
    [InlineData("low: 0, high: 10", "n: 20, mean: -8.6, sd: 3.9, change_from_baseline: yes", null, "", null)]
    [InlineData("low: 0, high: 10", "n: 20, mean: 5, range: {low: 1, high: 12}", "ordering", "", "x: the maximum (12) lies outside the scale, from 0 to 10")]
    [InlineData("low: 0, high: 10", "n: 20, mean: 1.0, ci: {low: -0.2, high: 2.2}", "ordering", "", "x: the lower limit of the mean (-0.2) lies outside the scale*")]
    [InlineData("low: 0", "n: 20, mean: 5.0, sd: 0.5, range: {low: 1, high: 9}", "bounds", ".sd",
        "x: the SD of 20 values from 1 to 9, both of which occur, is at least 1.14, but the report prints 0.5")]
    [InlineData("values: integer", "n: nr, mean: 5.19", null, "", null)]
    [InlineData("values: integer", "n: 28, mean: 519e-2", "grim", ".mean", "x: 519e-2 cannot be the mean of 28 whole numbers; the nearest means are 5.18 and 5.21")]
    [InlineData("values: integer", "n: 28, mean: 51e7", null, "", null)]
    public void Means_and_deviations_are_possible(string scale, string result, string? rule, string path, string? sentence) => ExpectOne(
        $"outcomes: [{{id: x, type: continuous, scale: {{{scale}}}, results: [{{{result}}}]}}]", rule, $"outcomes[0].results[0]{path}", sentence);

    [EveryCultureFact]
    public void A_number_of_values_that_is_not_printed_asks_for_a_look()
    {
        var finding = Run("arms: {a: {n: 28}}\noutcomes: [{id: x, type: continuous, scale: {values: integer}, results: [{arm: a, mean: 5.19}]}]").ShouldHaveSingleItem();
        (finding.Rule, finding.Severity).ShouldBe((IntegrityRules.Grim, IntegritySeverity.Warning));
        finding.Sentence.ShouldEndWith("; the number of values is not given and was taken to be 28");
        Run("population: {analysed: 20, age: {mean: 61, sd: 0.9, range: {low: 38, high: 79}}}").ShouldHaveSingleItem().Rule.ShouldBe(IntegrityRules.Bounds);
    }

    [EveryCultureTheory]
    [InlineData("{arm: a, n: 36, mean: 5.0, sd: 2.1}, {arm: b, n: 36, mean: 5.1, sd: 0.35}", "se-as-sd", "outcomes[0].results[1].sd",
        "x, a and b: the SDs are 2.1 and 0.35, but 0.35 times the square root of 36 is 2.1: 0.35 may be a standard error")]
    [InlineData("{arm: a, n: 36, sd: 2.1}, {arm: b, n: 36, sd: 2.3}", null, "", null)]
    [InlineData("{arm: a, n: 36, sd: 2.1}, {arm: b, n: 36, sd: 0.35, timepoint: t}", null, "", null)]
    [InlineData("{arm: a, n: 36, sd: 2.1}, {arm: b, n: 36, sd: 0.35, change_from_baseline: yes}", null, "", null)]
    public void Arms_have_deviations_that_are_alike(string results, string? rule, string path, string? sentence) => ExpectOne(
        $"timepoints: {{t: {{months: 3}}}}\narms: {{a: {{n: 36}}, b: {{n: 36}}}}\noutcomes: [{{id: x, type: continuous, results: [{results}]}}]", rule, path, sentence);

    [EveryCultureTheory]
    [InlineData("estimate", "measure: OR, value: 3.59, ci: {low: 1.23, high: 10.50}, p: 0.019", null, "", null)]
    [InlineData("estimate", "measure: OR, value: 4.59, ci: {low: 1.23, high: 10.50}", "interval", ".ci", "x: the geometric middle of the interval 1.23 to 10.50 is 3.594, but the estimate is 4.59")]
    [InlineData("estimate", "measure: or, value: 3.59, ci: {low: 1.23, high: 10.50}, p: 0.19", "interval-p", ".p",
        "x: the interval 1.23 to 10.50 around 3.59 gives p = 0.0191 to 0.0199, but the report prints p = 0.19; only one of the two is significant at 0.05")]
    [InlineData("estimate", "measure: OR, value: 3.59, ci: {level: 0.90, low: 1.46, high: 8.82}, p: 0.019", null, "", null)]
    [InlineData("estimate", "measure: OR, scale: analysis, value: 1.28, ci: {low: 0.21, high: 2.35}", null, "", null)]
    [InlineData("estimate", "measure: MD, value: 1.28, ci: {low: 0.21, high: 3.35}", "interval", ".ci", "x: the middle of the interval 0.21 to 3.35 is 1.780, but*")]
    [InlineData("estimate", "measure: COR, value: 0.50, ci: {low: 0.26, high: 0.69}", null, "", null)]
    [InlineData("estimate", "measure: PLO, value: 0.50, ci: {low: 0.26, high: 0.90}", null, "", null)]
    [InlineData("estimate", "value: 0.50, ci: {low: 0.26, high: 0.90}, p: 0.5", null, "", null)]
    [InlineData("time_to_event", "hr: 0.50, ci: {low: 0.30, high: 0.95}", "interval", ".ci", "x: the geometric middle of the interval 0.30 to 0.95 is 0.534*")]
    [InlineData("time_to_event", "hr: 0.534, ci: {low: 0.30, high: 0.95}, p: \"<0.05\"", null, "", null)]
    [InlineData("continuous", "n: 9, mean: 5.0, ci: {low: 4.0, high: 7.0}", "interval", ".ci", "x: the middle of the interval 4.0 to 7.0 is 5.50, but the estimate is 5.0")]
    public void Estimates_are_in_the_middle_of_their_intervals(string type, string result, string? rule, string path, string? sentence) =>
        ExpectOne($"outcomes: [{{id: x, type: {type}, results: [{{{result}}}]}}]", rule, $"outcomes[0].results[0]{path}", sentence);

    [EveryCultureTheory]
    [InlineData("measure: OR, value: 6.2, of: walks", "ratio-counts", IntegritySeverity.Note,
        "x: the crude odds ratio of 42/50 against 29/51 is 4.0, but the report prints 6.2; it may be adjusted, or of another table")]
    [InlineData("measure: OR, value: 6.2, of: walks, adjusted: yes", "ratio-counts", IntegritySeverity.Note, "*6.2, which is adjusted")]
    [InlineData("measure: OR, value: 6.2, of: walks, adjusted: no", "ratio-counts", IntegritySeverity.Warning, "*is 4.0, but the report prints 6.2")]
    [InlineData("measure: OR, value: 4.0, of: walks", null, IntegritySeverity.Note, null)]
    [InlineData("measure: MD, value: -1.2, of: pain", null, IntegritySeverity.Note, null)]
    [InlineData("measure: MD, value: 1.2, of: pain", "ratio-counts", IntegritySeverity.Note, "x: the crude difference of the means 3.1 and 4.3 is -1.2, but the report prints 1.2*")]
    [InlineData("measure: OR, value: 6.2", null, IntegritySeverity.Note, null)]
    [InlineData("measure: OR, value: 6.2, of: pain", null, IntegritySeverity.Note, null)]
    public void Comparisons_are_those_of_their_arms(string result, string? rule, IntegritySeverity severity, string? sentence)
    {
        var yaml = $$$"""
            arms: {surgery: {n: 50}, radiotherapy: {n: 51}}
            outcomes:
              - {id: walks, type: dichotomous, results: [{arm: surgery, events: 42}, {arm: radiotherapy, non_events: 22}]}
              - {id: pain, type: continuous, results: [{arm: surgery, n: 50, mean: 3.1}, {arm: radiotherapy, n: 51, mean: 4.3}]}
              - {id: x, type: estimate, results: [{comparison: {intervention: surgery, control: radiotherapy}, {{{result}}}}]}
            """;
        ExpectOne(yaml, rule, "outcomes[2].results[0].value", sentence);
        if (rule is not null)
            Run(yaml)[0].Severity.ShouldBe(severity);
    }

    [EveryCultureTheory]
    [InlineData("tests: [{about: pain, statistic: F, value: 1.203, df: 2, df2: 56, p: \"<.001\"}]", "statistic", "tests[0].p",
        "pain: F(2, 56) = 1.203 gives p = 0.308, but the report prints p < .001; only one of the two is significant at 0.05")]
    [InlineData("tests: [{statistic: t, value: 2.20, df: 28, p: 0.036}]", null, "", null)]
    [InlineData("tests: [{statistic: t, value: 2.0, df: 14, p: \"<.03\", one_sided: yes}]", null, "", null)]
    [InlineData("tests: [{statistic: t, value: nr, df: nr, p: nr}, {statistic: r, value: \"<1.5\", df: 3, p: 0.5}, {statistic: z, value: 1e300, p: 0.5}]", null, "", null)]
    [InlineData("rater_agreement: [{about: titles, kappa: 0.4367, observed_percent: 71.91, expected_percent: 55.31}]", "kappa", "rater_agreement[0].kappa",
        "titles: 71.91% observed and 55.31% expected agreement give a kappa of 0.3714, but the report prints 0.4367")]
    [InlineData("rater_agreement: [{kappa: .8363, observed_percent: 92.86, expected_percent: 56.38}, {kappa: .76430, both: 76, only_first: 39, only_second: 6, neither: 2982}]", null, "", null)]
    [InlineData("rater_agreement: [{kappa: .9, both: 76, only_first: 39, only_second: 6, neither: 2982}, {kappa: 0.5, both: 0, only_first: 0, only_second: 0, neither: 0}]",
        "kappa", "rater_agreement[0].kappa", "agreement: the table 76, 39, 6, 2982 gives a kappa of 0.8, but*")]
    [InlineData("design: {type: randomised_trial}\nbaseline_p: {age: 0.98, sex: 0.95, weight: 0.99, pain: 0.97, side: 0.96}", "baseline", "baseline_p", "the 5 baseline p-values are higher together*")]
    [InlineData("design: {type: cohort}\nbaseline_p: {age: 0.98, sex: 0.95, weight: 0.99, pain: 0.97, side: 0.96}", null, "", null)]
    [InlineData("design: {type: randomised_trial}\nbaseline_p: {age: 0.35, sex: nr, weight: 0.99}", null, "", null)]
    [InlineData("outcomes: [{id: x, type: dichotomous, results: [{events: 11, occurrences: 12, total: 46}]}]", null, "", null)]
    [InlineData("outcomes: [{id: x, type: dichotomous, results: [{events: 12, occurrences: 11, total: 46}]}]", "ordering", "outcomes[0].results[0].occurrences",
        "x: 12 patients with the event cannot have fewer occurrences of it (11)")]
    public void What_stands_beside_the_results_is_of_one_piece(string yaml, string? rule, string path, string? sentence) => ExpectOne(yaml, rule, path, sentence);

    [EveryCultureTheory]
    [InlineData("tests: [{statistic: t, value: 2, p: 0.1}]", "s:3:9: the test has no df: t needs its degrees of freedom (nr where they are not reported)")]
    [InlineData("tests: [{statistic: F, value: 2, df: 3, p: 0.1}]", "s:3:9: the test has no df2: F needs two degrees of freedom (nr where they are not reported)")]
    [InlineData("tests: [{statistic: r, value: 2, df: 3, p: 0.1}]", "s:3:31: found 2, expected a correlation from -1 to 1")]
    [InlineData("tests: [{statistic: chi, value: 2, df: 3, p: 0.1}]", "*did you mean chi2?")]
    [InlineData("tests: [{statistic: t, value: 2, df: 0, p: 0.1}]", "s:3:38: found '0', expected degrees of freedom such as 28, above 0*")]
    [InlineData("outcomes: [{id: x, type: continuous, scale: {low: 5, high: 5}}]", "*the scale of 'x' begins at 5 and ends at 5, which is not above it")]
    [InlineData("outcomes: [{id: x, type: continuous, scale: {items: 0}}]", "*expected a number of items from 1 to 10000*")]
    [InlineData("outcomes: [{id: x, type: estimate, results: [{measure: OR, of: walk}]}, {id: walks, type: dichotomous}]", "*unknown outcome 'walk'*walks*")]
    [InlineData("integrity: {waive: [{rule: percent}]}", "*the key 'reason' is missing: Why the finding is not an error.")]
    [InlineData("integrity: {waive: [{rule: percent, reason: \"  \"}]}", "*")]
    [InlineData("integrity: {waive: [{rule: grimer, reason: x}]}", "s:3:28: *did you mean grimmer?")]
    [InlineData("integrity: {waive: [{rule: waiver, reason: x}]}", "s:3:28: *expected a rule: percent, *")]
    public void What_cannot_be_checked_is_a_fault_of_the_file(string yaml, string fault)
    {
        Study.TryParse($"schema: metaspine/study/1\nid: x\n{yaml}", "s", out _, out var faults).ShouldBeFalse();
        FaultAssertions.Matches(faults.ShouldHaveSingleItem().ToString(), fault).ShouldBeTrue(faults[0].ToString());
    }

    [EveryCultureFact]
    public void Every_rule_can_be_waived()
    {
        foreach (var rule in IntegrityRules.All)
            Run($"integrity: {{waive: [{{rule: {rule}, reason: looked into}}]}}").ShouldHaveSingleItem().Sentence.ShouldBe($"the waiver of {rule} has nothing to waive");
        Run("outcomes: [{id: x, type: continuous, scale: {values: integer}, results: [{n: 28, mean: 5.19}]}]\nintegrity: {waive: [{rule: grim, reason: half points}]}")
            .ShouldHaveSingleItem().WaivedBecause.ShouldBe("half points");
    }

    [Fact]
    public void A_study_that_is_consistent_throughout_has_no_finding()
    {
        var study = Study.Parse("""
            schema: metaspine/study/1
            id: x
            design: {type: randomised_trial}
            arms: {a: {n: 50}, b: {n: 51}}
            population: {enrolled: 101, age: {mean: 61.2, sd: 9.8, range: {low: 38, high: 79}}}
            partitions: [{by: side, total: 101, parts: {left: 50, right: 51}}]
            baseline_p: {age: 0.35, sex: 0.80, weight: 0.12, pain: 0.55}
            tests: [{statistic: F, value: 1.203, df: 2, df2: 56, p: 0.308}, {statistic: t, value: 2.20, df: 28, p: 0.036}]
            rater_agreement: [{kappa: .8363, observed_percent: 92.86, expected_percent: 56.38}]
            outcomes:
              - {id: walks, type: dichotomous, results: [{arm: a, events: 42, reported_percent: 84}, {arm: b, events: 29, reported_percent: 56.9}]}
              - {id: pain, type: continuous, scale: {values: integer, low: 0, high: 10}, results: [{arm: a, n: 50, mean: 3.10, sd: 1.50}, {arm: b, n: 51, mean: 4.31, sd: 1.44}]}
              - {id: score, type: continuous, scale: {items: 7, low: 1, high: 5}, results: [{arm: a, n: 50, mean: 3, sd: 1}, {arm: b, n: 51, mean: 4, sd: 1}]}
              - {id: or, type: estimate, results: [{comparison: {intervention: a, control: b}, measure: OR, of: walks, value: 3.98, ci: {low: 1.56, high: 10.2}, p: 0.004}]}
            """, "s");
        IntegrityCheck.Run(study).ShouldBeEmpty();
    }

    [EveryCultureTheory]
    [InlineData("tests: [{statistic: F, value: 1e300, df: 1e300, df2: 1e-300, p: 1e-300}]")]
    [InlineData("tests: [{statistic: t, value: 0, df: 1e-300, p: 0}]")]
    [InlineData("tests: [{statistic: chi2, value: 1e15, df: 1e15, p: \"<0\"}]")]
    [InlineData("tests: [{statistic: Q, value: \"< 0\", df: 3, p: \">1\"}]")]
    [InlineData("outcomes: [{id: x, type: continuous, scale: {values: integer, low: -1e308, high: 1e308}, results: [{n: 9000000000000000, mean: 0.000001, sd: 0.000001, range: {low: -1e308, high: 1e308}}]}]")]
    [InlineData("outcomes: [{id: x, type: continuous, scale: {items: 10000}, results: [{n: 1000000000000, mean: 5.123456789, sd: 0.0000}]}]")]
    [InlineData("outcomes: [{id: x, type: estimate, results: [{measure: OR, value: 0, ci: {low: 0, high: 1e300}, p: 0}]}]")]
    [InlineData("outcomes: [{id: x, type: estimate, results: [{measure: COR, value: 1, ci: {low: 1, high: 1}, p: 1}]}]")]
    [InlineData("outcomes: [{id: x, type: estimate, results: [{measure: MD, value: 0, ci: {low: 0, high: 0}, p: nr}]}]")]
    public void Hostile_numbers_are_answered(string yaml) =>
        // What loops over patients or units would not end.
        Run(yaml).ShouldAllBe(f => !f.Sentence.Contains("NaN") && !f.Sentence.Contains('∞'));

    [CulturedFact(["", "de-DE", "tr-TR"])]
    public void No_sentence_accuses_anybody()
    {
        foreach (var finding in Samples.All().SelectMany(path => IntegrityCheck.Run(StudyFile.Load(path))))
            foreach (var word in new[] { "fraud", "misconduct", "fabricat", "fake", "manipulat" })
                finding.Sentence.ShouldNotContain(word);
    }

    private static IReadOnlyList<IntegrityFinding> Run(string yaml) => IntegrityCheck.Run(Study.Parse($"schema: metaspine/study/1\nid: x\n{yaml}", "s"));

    private static void ExpectOne(string yaml, string? rule, string path, string? sentence)
    {
        var findings = Run(yaml);
        if (rule is null)
        {
            findings.Select(f => f.ToString()).ShouldBeEmpty();
            return;
        }
        var finding = findings.ShouldHaveSingleItem();
        (finding.Rule, finding.Path).ShouldBe((rule, path), finding.Sentence);
        FaultAssertions.Matches(finding.Sentence, sentence!).ShouldBeTrue(finding.Sentence);
        finding.Position.File.ShouldBe("s");
    }

    private static void Expect(string yaml, string rule, string path, string? sentence)
    {
        var findings = Run(yaml);
        if (sentence is null)
        {
            findings.ShouldBeEmpty();
            return;
        }
        var finding = findings.ShouldHaveSingleItem();
        (finding.Rule, finding.Path).ShouldBe((rule, path));
        FaultAssertions.Matches(finding.Sentence, "*" + sentence).ShouldBeTrue(finding.Sentence);
    }
}
