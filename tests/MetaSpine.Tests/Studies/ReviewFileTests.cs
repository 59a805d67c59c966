namespace MetaSpine.Tests.Studies;

public sealed class ReviewFileTests : IDisposable
{
    private const string TwoStudies = """
        schema: metaspine/review/1
        studies:
          - {id: a, groups: {all: {n: 9}}, arms: {old: {}, new: {}}, timepoints: {y1: {months: 12}}, moderators: {region: cervical},
             outcomes: [{id: pain, type: dichotomous, results: [{events: 1, total: 2}]}]}
          - {id: b, outcomes: [{id: pain, type: dichotomous, results: [{events: 1, total: 2}]}]}

        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("metaspine-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [CulturedFact(["", "de-DE", "tr-TR"])]
    public void Analyses_keep_their_codes_and_places()
    {
        var review = Review.Parse(TwoStudies + """
            analyses:
              - id: pain
                outcome: pain
                measure: PLO
                method: DL
                test: z
                level: 0.9
                add: 0.5
                to: only0
                drop00: yes
                vtype: LS
                subgroup: region
                moderators: [region]
                group: all
                comparison: {intervention: new, control: old}
                timepoint: {prefer: [y1], take: latest, why: because}
                exclude: [{study: b, reason: too small}]
            """, "r.yaml");
        var analysis = review.Analyses.ShouldHaveSingleItem();
        (analysis.Measure, analysis.Method, analysis.Test, analysis.Level, analysis.Add, analysis.To, analysis.Drop00, analysis.VarianceType)
            .ShouldBe(("PLO", "DL", "z", 0.9, 0.5, "only0", true, "LS"));
        analysis.PositionOf("measure").ShouldBe(new("r.yaml", 9, 14));
        analysis.PositionOf("prediction").ShouldBe(analysis.Position);
        analysis.Exclude[0].Reason.ShouldBe("too small");
        analysis.Timepoint!.Prefer.ShouldBe(["y1"]);
        Review.Parse(review.ToYaml()).ShouldBe(review);
    }

    [CulturedTheory(["", "de-DE", "tr-TR"])]
    [InlineData("outcomes: [{id: pian}]", "r:7:17: no study of the review has the outcome 'pian'; did you mean pain?")]
    [InlineData("outcomes: [{id: pain}, {id: pain}]", "r:7:24: the outcome 'pain' stands here and already at r:7:12")]
    [InlineData("analyses: [{id: x, outcome: pian, measure: PLO}]", "r:7:29: no study of the review has the outcome 'pian'; did you mean pain?")]
    [InlineData("analyses: [{id: x, outcome: pain}]", "r:7:12: the key 'measure' is missing*")]
    [InlineData("analyses: [{id: x, outcome: pain, measure: PLO, level: 95}]", "r:7:56: found '95', expected a level between 0 and 1, such as 0.95; write 0.95")]
    [InlineData("analyses: [{id: x, outcome: pain, measure: PLO, subgroup: regoin}]", "r:7:59: no study*moderator 'regoin'; did you mean region?")]
    [InlineData("analyses: [{id: x, outcome: pain, measure: PLO, moderators: [years]}]", "r:7:61: no study*moderator 'years'*")]
    [InlineData("analyses: [{id: x, outcome: pain, measure: PLO, group: al}]", "r:7:56: no study*group 'al'; known here: all")]
    [InlineData("analyses: [{id: x, outcome: pain, measure: PLO, arm: newer}]", "r:7:54: no study*arm 'newer'*")]
    [InlineData("analyses: [{id: x, outcome: pain, measure: PLO, timepoint: {prefer: [y2]}}]", "r:7:69: no study*timepoint 'y2'; known here: y1")]
    [InlineData("analyses: [{id: x, outcome: pain, measure: PLO, exclude: [{study: c, reason: x}]}]", "r:7:67: unknown study 'c'*")]
    [InlineData("analyses: [{id: x, outcome: pain, measure: PLO, exclude: [{study: b}]}]", "r:7:59: the key 'reason' is missing*")]
    [InlineData("analyses: [{id: x, outcome: pain, measure: PLO, exclude: [{reason: old}]}]", "r:7:59: an exclusion names a study, with its reason, or judgements*")]
    [InlineData("analyses: [{id: x, outcome: pain, measure: PLO, exclude: [{study: b, reason: old, tool: rob2}]}]", "r:7:89: a tool goes with judgements*")]
    [InlineData("analyses: [{id: x, outcome: pain, measure: PLO, exclude: [{risk_of_bias: [hihg]}]}]", "r:7:74: no study's overall risk of bias is judged 'hihg'*")]
    [InlineData("analyses: [{id: x, outcome: pain, measure: PLO, exclude: [{risk_of_bias: [high], tool: rob2}]}]", "r:7:88: no study*tool of risk of bias 'rob2'*")]
    [InlineData("analyses: [{id: x, outcome: pain, measure: PLO, subgroup: risk_of_bias}]", "r:7:59: no study of the review has an overall judgement*")]
    [InlineData("analyses: [{id: x, outcome: pain, measure: PLO}, {id: x, outcome: pain, measure: PR}]", "r:7:50: the analysis 'x' stands here and already at r:7:12")]
    [InlineData("flw: {records_screened: 3}", "r:7:1: unknown key 'flw'; did you mean flow?")]
    public void Says_what_is_wrong_and_where(string line, string expected) => Faults(TwoStudies + "\n" + line).ShouldHaveSingleItem().ShouldMatchPattern(expected);

    [CulturedTheory(["", "de-DE", "tr-TR"])]
    [InlineData("title: x", "r:1:1: the key 'studies' is missing: *")]
    [InlineData("studies: []", "r:2:10: found an empty list, expected the studies*")]
    [InlineData("studies: {a: 1}", "r:2:10: found a mapping*expected the studies or the names of their files*")]
    [InlineData("studies: [{id: a}, {id: a}]", "r:2:20: the study 'a' stands here and already at r:2:11")]
    [InlineData("studies: [{schema: metaspine/review/1, id: a}]", "r:2:20: found 'metaspine/review/1', expected metaspine/study/1")]
    [InlineData("studies: [studies/*.yaml]", "r:2:11: *this text stands in no folder; load the review from its file")]
    public void Says_what_is_wrong_with_its_studies(string line, string expected) =>
        Faults("schema: metaspine/review/1\n" + line).ShouldHaveSingleItem().ShouldMatchPattern(expected);

    [CulturedFact(["", "de-DE", "tr-TR"])]
    public void Study_files_are_found_by_name_and_pattern_in_order()
    {
        foreach (var name in new[] { "b", "a", "deep/er/c", "deep/d" })
            Write($"studies/{name}.yaml", $"schema: metaspine/study/1\nid: {Path.GetFileName(name)}\n");
        Load("studies: [{id: z}, studies/*.yaml]").Studies.Select(s => s.Id).ShouldBe(["z", "a", "b"]);
        Load("studies: [studies/b.yaml, studies/deep/?.yaml]").Studies.Select(s => s.Id).ShouldBe(["b", "d"]);
        Load("studies: ['studies/**/*.yaml']").Studies.Select(s => s.Id).ShouldBe(["a", "b", "d", "c"]);
        Load("studies: ['**/*.yaml']").Studies.Count.ShouldBe(4);
        Load("studies: [./studies/../studies/a*.yaml]").Studies.Select(s => s.Id).ShouldBe(["a"]);
    }

    [CulturedFact(["", "de-DE", "tr-TR"])]
    public void A_review_leaves_its_study_files_where_they_are()
    {
        Write("studies/a.yaml", "schema: metaspine/study/1\nid: a\n");
        var review = Load("studies: [studies/*.yaml, {id: z}]");
        review.ToYaml().ShouldBe("schema: metaspine/review/1\nstudies:\n  - studies/*.yaml\n  - {id: z}\n");
    }

    [CulturedFact(["", "de-DE", "tr-TR"])]
    public void The_faults_of_every_study_file_are_told()
    {
        Write("studies/a.yaml", "schema: metaspine/study/1\nid: a\nnots: x\n");
        Write("studies/b.yaml", "schema: metaspine/study/1\nidd: b\n");
        Write("studies/c.yaml", "schema: metaspine/review/1\nstudies: [{id: x}]\n");
        Write("r.yaml", "schema: metaspine/review/1\ntitel: x\nstudies: [studies/*.yaml, studies/missing.yaml, other/*.yaml]\nanalyses: [{id: x, outcome: y, measure: z}]\n");
        Review.TryLoad(Path.Combine(_folder, "r.yaml"), out _, out var faults).ShouldBeFalse();
        faults.Select(f => f.ToString().Replace(_folder + Path.DirectorySeparatorChar, "")).ShouldBe([
            "r.yaml:2:1: unknown key 'titel'; did you mean title?",
            $"r.yaml:3:49: no file is named 'other/*.yaml' (looked in {_folder})",
            "studies/a.yaml:3:1: unknown key 'nots'; did you mean notes?",
            "studies/b.yaml:1:1: the key 'id' is missing: The study's name in a review.",
            "studies/b.yaml:2:1: unknown key 'idd'; did you mean id?",
            "studies/c.yaml:1:1: this file holds a review; expected a single study (read it as a review)",
            "studies/missing.yaml: the file does not exist",
        ]);
    }

    [CulturedFact(["", "de-DE", "tr-TR"])]
    public void Study_files_are_relative_to_the_review()
    {
        Write("r.yaml", "schema: metaspine/review/1\nstudies: [/etc/*.yaml]\n");
        Review.TryLoad(Path.Combine(_folder, "r.yaml"), out _, out var faults).ShouldBeFalse();
        faults.ShouldHaveSingleItem().Message.ShouldContain("relative to this file");
    }

    private Review Load(string studies)
    {
        Write("r.yaml", $"schema: metaspine/review/1\n{studies}\n");
        return Review.Load(Path.Combine(_folder, "r.yaml"));
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private static IReadOnlyList<FileFault> Faults(string text)
    {
        Review.TryParse(text, "r", null, out _, out var faults).ShouldBeFalse();
        return faults;
    }
}
