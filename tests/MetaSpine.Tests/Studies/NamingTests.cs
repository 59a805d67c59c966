namespace MetaSpine.Tests.Studies;

/// <summary>How mistyped names, studies without names, judgements and long messages are put into words.</summary>
public sealed class NamingTests
{
    [EveryCultureTheory]
    [InlineData("ab", "AB", "AB")]
    [InlineData("ab", "ac", null)]
    [InlineData("abc", "abd", "abd")]
    [InlineData("abc", "axd", null)]
    [InlineData("abc", "abcd", "abcd")]
    [InlineData("abc", "xabc", "xabc")]
    [InlineData("abc", "abcde", null)]
    [InlineData("abcd", "bcd", "bcd")]
    [InlineData("abcd", "bacd", "bacd")]
    [InlineData("abcd", "abdc", "abdc")]
    [InlineData("abcde", "abdcx", null)]
    [InlineData("abcdef", "abdcex", "abdcex")]
    [InlineData("abcdef", "xyzdef", null)]
    [InlineData("abcdefghi", "xyzdefghi", "xyzdefghi")]
    [InlineData("abcdefghijkl", "wxyzefghijkl", null)]
    [InlineData("total_number", "total-Number", "total-Number")]
    [InlineData("event", "evens events", "evens")]
    [InlineData("abcdef", "abcdxy abcdex", "abcdex")]
    public void A_third_of_the_letters_up_to_three_may_be_wrong(string typed, string known, string? meant) =>
        Hint(typed, known.Split(' ')).ShouldBe(meant is null ? $"; known here: {known.Replace(" ", ", ")}" : $"; did you mean {meant}?");

    [EveryCultureFact]
    public void Only_what_people_type_is_compared()
    {
        Hint(new string('a', 59) + "b", [new string('a', 60)]).ShouldBe($"; did you mean {new string('a', 60)}?");
        Hint(new string('a', 60) + "b", [new string('a', 61)]).ShouldBe($"; known here: {new string('a', 61)}");
    }

    [EveryCultureFact]
    public void What_is_known_is_listed_up_to_forty_names()
    {
        var names = Enumerable.Range(10, 41).Select(i => $"name{i}").ToArray();
        Hint("x", names[..40]).ShouldBe($"; known here: {string.Join(", ", names[..40])}");
        Hint("x", names).ShouldBe("");
    }

    [EveryCultureTheory]
    [InlineData("Oda I", "Oda 2006")]
    [InlineData("Oda, Ichiro", "Oda 2006")]
    [InlineData("van der Berg AB", "van der Berg 2006")]
    [InlineData("Oda I.-J", "Oda 2006")]
    [InlineData("Oda ABCDE", "Oda ABCDE 2006")]
    [InlineData("Oda Ito", "Oda Ito 2006")]
    [InlineData("WHO", "WHO 2006")]
    [InlineData(", Oda", ", Oda 2006")]
    [InlineData(" I", " I 2006")]
    [InlineData("Oda ", "Oda  2006")]
    public void A_study_has_its_first_authors_family_name(string author, string name) =>
        StudyName.From(new Citation { Authors = [author, "Second B"], Journal = "Spine", Year = 2006 }).ShouldBe(name);

    [EveryCultureFact]
    public void A_study_without_authors_has_its_journals_name()
    {
        StudyName.From(new Citation { Journal = "Spine", Year = 2006 }).ShouldBe("Spine 2006");
        StudyName.From(new Citation { Journal = "Spine" }).ShouldBe("Spine");
        StudyName.From(new Citation { Year = 2006 }).ShouldBeNull();
    }

    [EveryCultureTheory]
    [InlineData("risk_of_bias", true, null)]
    [InlineData("risk-of-bias", true, null)]
    [InlineData("risk-of_bias.x", true, "x")]
    [InlineData("risk_of_bias.rob2", true, "rob2")]
    [InlineData("risk_of_bias.", false, null)]
    [InlineData("risk_of_bia", false, null)]
    [InlineData("risk_of_biass", false, null)]
    [InlineData("risk_of_biasses", false, null)]
    [InlineData("risk of bias", false, null)]
    [InlineData("", false, null)]
    public void A_judgement_is_asked_for_by_its_name(string name, bool isJudgement, string? tool)
    {
        OverallRisk.Is(name, out var found).ShouldBe(isJudgement);
        found.ShouldBe(tool);
    }

    [EveryCultureFact]
    public void Judgements_of_the_outcome_stand_before_those_of_the_study()
    {
        var study = new Study
        {
            Id = "oda2006",
            RiskOfBias =
            [
                new() { Tool = "rob2", Overall = "High risk" }, new() { Tool = "rob2", Overall = "high" }, new() { Tool = "rob2", Outcome = "pain" },
                new() { Tool = "jbi", Outcome = "pain", Overall = "Low" }, new() { Tool = "jbi", Outcome = "pain", Overall = "some_concerns" },
            ],
        };
        OverallRisk.Of(study, "pain", null).ShouldBe("low");
        OverallRisk.Of(study, "pain", "ROB2").ShouldBeNull();
        OverallRisk.Of(study, "death", null).ShouldBe("high");
        OverallRisk.Of(study, "death", "jbi").ShouldBeNull();
        OverallRisk.IsDisputed(study, "pain", null).ShouldBeTrue();
        OverallRisk.IsDisputed(study, "death", null).ShouldBeFalse();
        OverallRisk.Names([study]).ShouldBe(["risk_of_bias.rob2", "risk_of_bias.jbi"]);
        OverallRisk.IsKnown("risk-of-bias.JBI", [study]).ShouldBeTrue();
        OverallRisk.IsKnown("risk_of_bias", [study]).ShouldBeFalse();
        var single = study with { RiskOfBias = [study.RiskOfBias[0], new() { Tool = "nos" }] };
        OverallRisk.Names([single]).ShouldBe(["risk_of_bias", "risk_of_bias.rob2"]);
        OverallRisk.IsKnown("risk-of-bias", [single]).ShouldBeTrue();
        OverallRisk.IsKnown("region", [single]).ShouldBeFalse();
        OverallRisk.Names([]).ShouldBeEmpty();
    }

    [EveryCultureFact]
    public void Sentences_list_names_and_have_an_end()
    {
        Wording.List([]).ShouldBe("");
        Wording.List(["Gregor"]).ShouldBe("Gregor");
        Wording.List(["Gregor", "Lucas"]).ShouldBe("Gregor and Lucas");
        Wording.List(["Gregor", "Lucas", "Jane"]).ShouldBe("Gregor, Lucas and Jane");
        Wording.Bounded(new string('x', 4000)).ShouldBe(new string('x', 4000));
        Wording.Bounded(new string('x', 4001)).ShouldBe(new string('x', 4000) + "...");
        var lines = Enumerable.Range(1, 1251).ToArray();
        Wording.Lines(lines[..250]).ShouldBe(string.Join(Environment.NewLine, lines[..250]));
        Wording.Lines(lines).ShouldBe(string.Join(Environment.NewLine, lines[..250]) + Environment.NewLine + "and 1001 more faults, not shown");
        Wording.Sentence(new ArgumentException("It is wrong.", "level")).ShouldBe("It is wrong.");
        Wording.Sentence(new ArgumentException("It is wrong.")).ShouldBe("It is wrong.");
    }

    // What a study says where a result names an arm that it has not.
    private static string Hint(string typed, string[] known)
    {
        var arms = string.Join(", ", known.Select(name => $"{name}: {{}}"));
        Study.TryParse($"schema: metaspine/study/1\nid: x\narms: {{{arms}}}\noutcomes: [{{id: o, type: rate, results: [{{arm: {typed}}}]}}]\n", "s", out _, out var faults).ShouldBeFalse();
        var (message, start) = (faults.ShouldHaveSingleItem().Message, $"unknown arm '{typed}'");
        message.ShouldStartWith(start);
        return message[start.Length..];
    }
}
