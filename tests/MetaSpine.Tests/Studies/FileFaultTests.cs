namespace MetaSpine.Tests.Studies;

public sealed class FileFaultTests
{
    private const string Start = "schema: metaspine/study/1\nid: x\n";

    [CulturedTheory(["", "de-DE", "tr-TR"])]
    [InlineData("notes: {a: 1}", "s:3:8: found a mapping")]
    [InlineData("citaton: {year: 2006}", "s:3:1: unknown key 'citaton'; did you mean citation?")]
    [InlineData("citation: {doi: https://doi.org/10.1186/s1}", "s:3:17: found 'https://doi.org/10.1186/s1', expected a DOI*write 10.1186/s1")]
    [InlineData("citation: {pmid: \"PMID: 16741452\"}", "s:3:18: *write 16741452")]
    [InlineData("citation: {year: two thousand}", "s:3:18: found 'two thousand', expected a year")]
    [InlineData("citation: {authors: Oda I}", "s:3:21: found 'Oda I', expected a list*between [ and ]")]
    [InlineData("design: {type: case-series}", "s:3:16: found 'case-series'*did you mean case_series?")]
    [InlineData("design: {consecutive: perhaps}", "s:3:23: found 'perhaps', expected yes or no")]
    [InlineData("population: {enrolled: -3}", "s:3:24: found -3, expected a count*never negative")]
    [InlineData("population: {enrolled: 3.5}", "s:3:24: found 3.5, expected a count*whole")]
    [InlineData("population: {enrolled: '1,234'}", "s:3:24: *write 1234 without*1.234 if the comma")]
    [InlineData("population: {enrolled: 1 234 567}", "s:3:24: *write 1234567 without a thousands separator*")]
    [InlineData("population: {age: {mean: '12,2'}}", "s:3:26: '12,2' is not a number: write 12.2 with a decimal point*")]
    [InlineData("population: {age: {mean: 12.2 years}}", "s:3:26: *write 12.2 alone*")]
    [InlineData("population: {age: {mean: −3}}", "s:3:26: *write -3 with the hyphen*")]
    [InlineData("population: {age: {mean: 1e999}}", "s:3:26: *too large*")]
    [InlineData("population: {age: {mean: .inf}}", "s:3:26: '.inf' is not a number*")]
    [InlineData("population: {age: {mean: NR}}", "s:3:26: *write nr*")]
    [InlineData("population: {age: {mean: ''}}", "s:3:26: *leave the key out*")]
    [InlineData("population: {age: {sd: -1}}", "s:3:24: found '-1', expected a number that is not negative")]
    [InlineData("population: {enrolled: {value: 3, sorce: {}}}", "s:3:35: unknown key 'sorce'; known here: value, source")]
    [InlineData("population: {enrolled: {source: {}}}", "s:3:24: the key 'value' is missing")]
    [InlineData("groups: {a: {n: 3, within: b}}", "s:3:28: unknown group 'b'; known here: a")]
    [InlineData("groups: {a: {n: 3, within: b}, b: {n: 3, within: a}}", "s:3:28: the group 'a' is within itself: a within b within a")]
    [InlineData("groups: {a: {n: 3, within: a}}", "s:3:28: the group 'a' is within itself: a within a")]
    [InlineData("groups: {a b: {n: 3}}", "s:3:10: found 'a b' as the name of a group*")]
    [InlineData("groups: {a: {n: 3}, a: {n: 4}}", "s:3:21: the key 'a' stands here and already on line 3; keep one")]
    [InlineData("partitions: [{by: level, parts: {a: 1}}]", "s:3:14: the whole of this partition is missing*")]
    [InlineData("extraction: [{date: 2026-13-01, by: AB}]", "s:3:21: found '2026-13-01', expected a date*")]
    [InlineData("risk_of_bias: [{tool: rob2, outcome: pain}]", "s:3:38: unknown outcome 'pain': the study names no outcomes*")]
    [InlineData("integrity: {waive: [{rule: partsum, reason: x}]}", "s:3:28: found 'partsum'*did you mean part-sum?")]
    [InlineData("integrity: {waive: [{rule: part-sum}]}", "s:3:21: the key 'reason' is missing*")]
    public void Says_what_is_wrong_and_where(string line, string expected) => Faults(Start + line).ShouldHaveSingleItem().ShouldMatchPattern(expected);

    [CulturedTheory(["", "de-DE", "tr-TR"])]
    [InlineData("{evnts: 24, total: 29}", "s:6:17: unknown key 'evnts'; did you mean events?")]
    [InlineData("{events: 30, total: 29}", "s:6:25: found 30 events, which is more than the total, 29")]
    [InlineData("{group: all, events: 33}", "s:6:37: found 33 events, which is more than the size of group 'all', 32")]
    [InlineData("{events: 3, non_events: 3, total: 7}", "s:6:40: found 3 events and 3 non_events, which do not add up to the total, 7")]
    [InlineData("{group: al}", "s:6:24: unknown group 'al'; known here: all")]
    [InlineData("{arm: surgery}", "s:6:22: unknown arm 'surgery': the study names no arms*")]
    [InlineData("{timepoint: y1}", "s:6:28: unknown timepoint 'y1'*")]
    [InlineData("{comparison: {intervention: a, control: a}}", "s:6:44: unknown arm 'a': the study names no arms*", "*: unknown arm*", "*compared with itself")]
    [InlineData("{comparison: {intervention: a}}", "s:6:29: the key 'control' is missing*", "s:6:44: unknown arm 'a'*")]
    [InlineData("{reported_percent: 83%}", "s:6:35: '83%' is not a number: write 83 without the percent sign*")]
    [InlineData("{reported_percent: 183}", "s:6:35: found '183', expected a percentage from 0 to 100*")]
    [InlineData("{mean: 3}", "s:6:17: unknown key 'mean'*")]
    [InlineData("{events: 1}, {events: 2}", "s:6:29: *same group, arm and timepoint here and on line 6*")]
    public void Says_what_is_wrong_in_a_result(string result, params string[] expected)
    {
        var faults = Faults($"{Start}groups: {{all: {{n: 32}}}}\noutcomes:\n  - {{id: pain, type: dichotomous,\n     results: [{result}]}}");
        faults.Count.ShouldBe(expected.Length, string.Join('\n', faults));
        for (var i = 0; i < expected.Length; i++)
            faults[i].ShouldMatchPattern(expected[i]);
    }

    [CulturedTheory(["", "de-DE", "tr-TR"])]
    [InlineData("", "s:1:1: the file is empty*")]
    [InlineData("# nothing\n", "s:1:1: the file is empty*")]
    [InlineData("some text", "s:1:1: found 'some text', expected a study or review file*")]
    [InlineData("- a\n", "s:1:1: found a list, expected a study or review file*")]
    [InlineData("id: x\noutcomes: []\n", "s:1:1: the key 'schema' is missing*looks like a study")]
    [InlineData("studies: [{id: x}]\n", "s:1:1: the key 'schema' is missing*looks like a review")]
    [InlineData("schema: metaspine/study/2\n", "s:1:9: found 'metaspine/study/2', expected schema: metaspine/study/1*")]
    [InlineData("schema: metaspine/study/1\n---\nid: x\n", "*a second YAML document*")]
    [InlineData("a: &x 1\nb: *x\n", "s:1:4: '&x' is a YAML anchor*")]
    [InlineData("a: *x\n", "s:1:4: '*x' is a YAML alias*")]
    [InlineData("a: !!binary abc\n", "s:1:4: *is a YAML tag*")]
    [InlineData("a: [1, 2\n", "s:*this is not valid YAML*")]
    [InlineData("a: b: c: d\n", "s:1:*this is not valid YAML*a text that holds ': ' needs quotes")]
    [InlineData("a:\n\tb: 1\n", "s:*line 2 is indented with a tab; YAML wants spaces")]
    [InlineData("a: b\0c\n", "s:1:5: a NUL character stands here*")]
    [InlineData("? [a]\n: b\n", "*found a list as a key*")]
    public void Refuses_what_is_no_study_file(string text, string expected) =>
        Faults(text).ShouldContain(f => Matches(f.ToString(), expected), string.Join('\n', Faults(text)));

    [CulturedFact(["", "de-DE", "tr-TR"])]
    public void Duplicate_key_names_both_lines() =>
        Faults(Start + "notes: a\ncitation: {}\nnotes: b\n").ShouldHaveSingleItem().ToString()
            .ShouldBe("s:5:1: the key 'notes' stands here and already on line 3; keep one");

    [CulturedFact(["", "de-DE", "tr-TR"])]
    public void Reports_every_fault_in_the_order_of_the_file()
    {
        var faults = Faults(Start + "population: {enrolled: -1, female: x}\ncitaton: {}\ngroups: {a: {n: 3, within: b}}\n");
        faults.Select(f => f.Position.Line).ShouldBe([3, 3, 4, 5]);
        var thrown = Should.Throw<StudyFileException>(() => Study.Parse(Start + "population: {enrolled: -1, female: x}", "s"));
        thrown.Faults.Count.ShouldBe(2);
        thrown.Message.Split('\n').Length.ShouldBe(2);
    }

    [CulturedTheory(["", "de-DE", "tr-TR"])]
    [InlineData('[')]
    [InlineData('{')]
    [InlineData('-')]
    public void Deep_nesting_comes_to_an_end(char open) =>
        Faults(string.Concat(Enumerable.Repeat(open == '{' ? "{a: " : $"{open} ", 100_000))).ShouldHaveSingleItem().ShouldMatchPattern("*nested more than*");

    [Fact]
    public void Thousands_of_faults_are_counted_not_printed()
    {
        var text = Start + string.Concat(Enumerable.Range(0, 5000).Select(i => $"evnts{i}: 1\n"));
        var faults = Faults(text);
        faults.Count.ShouldBe(201);
        faults[^1].ShouldMatchPattern("s: and 4800 more faults, not shown");
    }

    [CulturedFact(["", "de-DE", "tr-TR"])]
    public void No_and_digits_stay_text()
    {
        var study = Study.Parse(Start + """
            citation: {volume: 06, issue: 010, pages: 1439-44, doi: 10.1186/s13018-018-0732-2, pmid: 016741452}
            design: {country: NO}
            risk_of_bias: [{tool: jbi, answers: {q1: no, q2: y, q3: NO}}]
            """);
        (study.Citation.Volume, study.Citation.Issue, study.Citation.Doi, study.Citation.Pmid).ShouldBe(("06", "010", "10.1186/s13018-018-0732-2", "016741452"));
        study.Design!.Country.ShouldBe("NO");
        study.RiskOfBias[0].Answers.Select(a => a.Text).ShouldBe(["no", "y", "NO"]);
    }

    [CulturedFact(["", "de-DE", "tr-TR"])]
    public void Absent_is_not_the_same_as_not_reported()
    {
        var population = Study.Parse(Start + "population: {enrolled: nr, analysed: na, female: ~, age: null}").Population!;
        (population.Enrolled!.Text, population.Analysed!.Text).ShouldBe(("nr", "na"));
        (population.Enrolled.Value, population.Female, population.Age).ShouldBe((null, null, null));
    }

    [CulturedFact(["", "de-DE", "tr-TR"])]
    public void A_group_may_be_named_without_a_word_about_it()
    {
        var study = Study.Parse(Start + "groups:\n  all:\ntimepoints: {later: ~}\n");
        study.Groups.ShouldHaveSingleItem().N.ShouldBeNull();
        Study.Parse(study.ToYaml()).ShouldBe(study);
        Faults(Start + "partitions: [{by: x, total: 3, parts: {a: }}]").ShouldHaveSingleItem().ShouldMatchPattern("s:3:*: found nothing, expected a number*");
    }

    [CulturedFact(["", "de-DE", "tr-TR"])]
    public void A_study_is_no_review_and_the_other_way_round()
    {
        Should.Throw<StudyFileException>(() => Review.Parse(Start)).Message.ShouldContain("this file holds a single study");
        Should.Throw<StudyFileException>(() => Study.Parse("schema: metaspine/review/1\nstudies: [{id: x}]")).Message.ShouldContain("this file holds a review");
    }

    private static IReadOnlyList<FileFault> Faults(string text)
    {
        StudyFile.TryParse(text, "s", null, out _, out var faults).ShouldBeFalse();
        return faults;
    }

    private static bool Matches(string text, string pattern) => FaultAssertions.Matches(text, pattern);
}
