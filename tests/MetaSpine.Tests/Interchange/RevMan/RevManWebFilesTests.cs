namespace MetaSpine.Tests;

/// <summary>The tables that RevMan Web imports.</summary>
public sealed class RevManWebFilesTests
{
    private const string Yaml =
        """
        schema: metaspine/review/1
        outcomes:
          - {id: death, label: Death}
        studies:
          - id: kim
            label: Kim 2001
            citation: {year: 2001}
            arms: {drug: {label: "Drug, 5 mg", role: intervention}, none: {role: control}}
            outcomes:
              - id: death
                type: dichotomous
                results: [{arm: drug, events: 4, total: 50}, {arm: none, non_events: 39, total: 48, notes: one "lost"}]
              - id: pain
                type: continuous
                results: [{arm: drug, n: 50, mean: 5.10, sd: 1.2}, {arm: none, n: 48, mean: 6, se: 0.2}]
              - id: hr
                type: time_to_event
                results: [{comparison: {intervention: drug, control: none}, hr: 0.71, ci: {low: 0.5, high: 1.0}}]
              - id: adjusted
                type: estimate
                results: [{comparison: {intervention: drug, control: none}, measure: OR, scale: analysis, value: -0.2, se: 0.1}, {measure: OR, value: 0.8, se: 0.1}]
              - id: place
                type: correlation
                results: [{r: 0.3, n: 50}]
            risk_of_bias: [{tool: rob1, domains: {Allocation_concealment: {judgement: low, justification: Sealed}}}]
            notes: "Methods: Randomised.\nTwice.\nKept as it is."
        """;

    [EveryCultureFact]
    public void A_review_becomes_the_four_tables()
    {
        var notes = new List<string>();
        var files = RevManWebFiles.Of(Review.Parse(Yaml), notes);
        files.Select(file => file.Name).ShouldBe(["study-information.csv", "study-arms.csv", "study-results.csv", "risk-of-bias.csv"]);
        files.ShouldAllBe(file => file.Text[0] == '\uFEFF' && file.Text.EndsWith("\r\n", StringComparison.Ordinal));
        files[0].Text.ShouldBe("\uFEFFStudy,Year,Data source,Char: Methods,Char: Participants,Char: Interventions,Char: Outcomes,Char: Notes\r\nKim 2001,2001,,\"Randomised.\nTwice.\nKept as it is.\",,,,\r\n");
        files[1].Text.ShouldBe("\uFEFFStudy,Arm,Description,Intervention\r\nKim 2001,\"Drug, 5 mg\",,\"Drug, 5 mg\"\r\nKim 2001,none,,none\r\n");
        files[3].Text.ShouldBe("\uFEFFStudy,Domain (judgement): Allocation concealment,Domain (support): Allocation concealment\r\nKim 2001,Low risk,Sealed\r\n");
        var table = StudyTable.ReadCsv(new StringReader(files[2].Text), "results", new() { Layout = TableLayout.Wide });
        table.Count.ShouldBe(6);
        string Column(string name) => string.Join('|', table.Categories(name));
        Column("Outcome").ShouldBe("Death|Death|pain|pain|hr|adjusted");
        Column("Data type").ShouldBe("Dichotomous|Dichotomous|Continuous|Continuous|Dichotomous|Dichotomous");
        Column("Effect measure").ShouldBe("||||HR|OR");
        Column("Cases").ShouldBe("4|9||||");
        Column("Sample size").ShouldBe("50|48|50|48||");
        Column("Mean").ShouldBe("||5.10|6||-0.2");
        Column("SE").ShouldBe("|||0.2||0.1");
        Column("Exp mean").ShouldBe("||||0.71|");
        Column("Exp CI end").ShouldBe("||||1.0|");
        Column("Reference arm").ShouldBe("||||none|none");
        Column("Footnotes").ShouldBe("|one \"lost\"||||");
        notes.ShouldBe(
        [
            "Kim 2001, adjusted: a result is left out, since it does not say which arms it compares (comparison: ...)",
            "Kim 2001, place: a result is left out, since RevMan Web has no place for its kind of numbers",
        ]);
    }

    [EveryCultureFact]
    public void What_was_imported_goes_out_with_the_same_numbers()
    {
        var text = RevManFiles.Rm5(RevManFiles.Outcome("DICH_OUTCOME", "EFFECT_MEASURE=\"OR\" METHOD=\"MH\"", "", RevManFiles.Rows("DICH_DATA", "OR MH F", ("A", "EVENTS_1=\"4\" TOTAL_1=\"50\" EVENTS_2=\"9\" TOTAL_2=\"48\"", true))));
        var files = RevManWebFiles.Of(RevManFiles.Read(text).ToReview());
        files[0].Text.ShouldContain("\r\nA,2001,PUB,,,,,\r\n");
        files[2].Text.ShouldContain("\r\nA,Death,Dichotomous,,Drug,,50,4,");
        files[2].Text.ShouldContain("\r\nA,Death,Dichotomous,,None,,48,9,");
    }
}
