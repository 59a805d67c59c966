namespace MetaSpine.Tests;

/// <summary>
/// The algorithms of RoB 2 against the tables of its guidance, which say for each judgement what must hold and not, as the algorithms do, what to ask
/// next: every combination of answers, through the way that a study file takes.
/// </summary>
public sealed class Rob2Tests
{
    private static readonly string[] Full = ["yes", "PY", "probably no", "N", "NI"];
    private static readonly string[] WithNotApplicable = [.. Full, "NA"];

    [Fact]
    public void Randomisation_follows_the_table() => Compare("D1", ["1.1", "1.2", "1.3"], answers =>
    {
        var (random, concealed, imbalanced) = (answers["1.1"], answers["1.2"], answers["1.3"]);
        return One(
            ("low", concealed == 'Y' && random != 'N' && imbalanced != 'Y'),
            ("some concerns", (concealed == 'Y' && (random == 'N' || imbalanced == 'Y')) || (concealed == 'I' && imbalanced != 'Y')),
            ("high", concealed == 'N' || (concealed == 'I' && imbalanced == 'Y')));
    });

    [Fact]
    public void Deviations_from_assignment_follow_the_table() => Compare("D2", ["2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "2.7"], answers =>
    {
        var aware = answers["2.1"] != 'N' || answers["2.2"] != 'N';
        var (deviated, affects, balanced) = (answers["2.3"], answers["2.4"], answers["2.5"]);
        var first = One(
            ("low", !aware || deviated == 'N'),
            ("some concerns", aware && (deviated == 'I' || (deviated == 'Y' && (affects == 'N' || balanced == 'Y')))),
            ("high", aware && deviated == 'Y' && affects != 'N' && balanced != 'Y'));
        var second = One(
            ("low", answers["2.6"] == 'Y'),
            ("some concerns", answers["2.6"] != 'Y' && answers["2.7"] == 'N'),
            ("high", answers["2.6"] != 'Y' && answers["2.7"] != 'N'));
        return first == "high" || second == "high" ? "high" : first == "low" && second == "low" ? "low" : "some concerns";
    });

    [Fact]
    public void Deviations_from_adherence_follow_the_table() => Compare("D2", ["2.1", "2.2", "2.3", "2.4", "2.5", "2.6"], answers =>
    {
        var isBlind = answers["2.1"] == 'N' && answers["2.2"] == 'N';
        var balanced = isBlind || answers["2.3"] is 'Y' or '-';
        var adhered = answers["2.4"] is 'N' or '-' && answers["2.5"] is 'N' or '-';
        var isSound = balanced && adhered;
        return One(("low", isSound), ("some concerns", !isSound && answers["2.6"] == 'Y'), ("high", !isSound && answers["2.6"] != 'Y'));
    }, EffectOfInterest.Adherence, ["2.3", "2.4", "2.5"]);

    [Fact]
    public void Missing_data_follow_the_table() => Compare("D3", ["3.1", "3.2", "3.3", "3.4"], answers =>
    {
        var isSafe = answers["3.1"] == 'Y' || answers["3.2"] == 'Y' || answers["3.3"] == 'N';
        return One(("low", isSafe), ("some concerns", !isSafe && answers["3.4"] == 'N'), ("high", !isSafe && answers["3.4"] != 'N'));
    });

    [Fact]
    public void Measurement_follows_the_table() => Compare("D4", ["4.1", "4.2", "4.3", "4.4", "4.5"], answers =>
    {
        var isInfluenced = answers["4.3"] != 'N' && answers["4.4"] != 'N';
        var isHigh = answers["4.1"] == 'Y' || answers["4.2"] == 'Y' || (isInfluenced && answers["4.5"] != 'N');
        return One(
            ("high", isHigh),
            ("some concerns", !isHigh && (answers["4.2"] == 'I' || isInfluenced)),
            ("low", !isHigh && answers["4.2"] == 'N' && !isInfluenced));
    });

    [Fact]
    public void Selection_follows_the_table() => Compare("D5", ["5.1", "5.2", "5.3"], answers =>
    {
        var (planned, measurements, analyses) = (answers["5.1"], answers["5.2"], answers["5.3"]);
        var isHigh = measurements == 'Y' || analyses == 'Y';
        return One(
            ("high", isHigh),
            ("low", measurements == 'N' && analyses == 'N' && planned == 'Y'),
            ("some concerns", !isHigh && !(measurements == 'N' && analyses == 'N' && planned == 'Y')));
    });

    [Fact]
    public void Every_combination_of_domains_gives_the_overall_judgement()
    {
        string[] words = ["Low", "Some Concerns", "HIGH"];
        foreach (var combination in Combinations(5, 3))
        {
            var judged = combination.Select((word, i) => new DomainJudgement { Domain = $"D{i + 1}", Judgement = words[word] });
            var overall = RiskOfBiasAssessment.Of(Study, new RiskOfBias { Tool = "rob2", Domains = [.. judged] }).Overall;
            overall.Algorithm.ShouldBe(combination.Max() switch { 0 => "low", 1 => "some concerns", _ => "high" });
        }
    }

    /// <summary>What is proposed in spite of missing answers must be what every way of giving them leads to.</summary>
    [Fact]
    public void A_proposal_from_incomplete_answers_does_not_depend_on_the_missing_ones()
    {
        var incomplete = 0;
        foreach (var (ways, questions) in new[]
                 {
                     (Rob2.Randomisation, (string[])["1.1", "1.2", "1.3"]), (Rob2.Assignment, ["2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "2.7"]), (Rob2.Adherence, ["2.1", "2.2", "2.3", "2.4", "2.5", "2.6"]),
                     (Rob2.MissingData, ["3.1", "3.2", "3.3", "3.4"]), (Rob2.Measurement, ["4.1", "4.2", "4.3", "4.4", "4.5"]), (Rob2.Selection, ["5.1", "5.2", "5.3"]),
                 })
        {
            RiskLevel? Walk(int[] given) => RiskVerdict.Worst([.. ways.Select(way => way.Walk(question => (SignalAnswer)given[Array.IndexOf(questions, question)]))], RiskLevel.High).Level;
            foreach (var given in Combinations(questions.Length, 4))
            {
                var missing = Enumerable.Range(0, given.Length).Where(i => given[i] == 0).ToArray();
                if (missing.Length == 0)
                {
                    Walk(given).ShouldNotBeNull();
                }
                else if (Walk(given) is { } proposed)
                {
                    incomplete++;
                    foreach (var answers in Combinations(missing.Length, 3))
                    {
                        var completed = given.ToArray();
                        for (var i = 0; i < missing.Length; i++)
                        {
                            completed[missing[i]] = 1 + answers[i];
                        }

                        Walk(completed).ShouldBe(proposed);
                    }
                }
            }
        }

        incomplete.ShouldBeGreaterThan(1000);
    }

    private static readonly Study Study = new() { Id = "s", Label = "S", Citation = new Citation() };

    /// <summary>Compares the algorithm's judgement with the table's for every combination of the five answers, and of "not applicable" where the tool offers it.</summary>
    private static void Compare(string domain, string[] questions, Func<Dictionary<string, char>, string> table, EffectOfInterest effect = EffectOfInterest.Assignment, string[]? mayNotApply = null)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var combination in Combinations(questions.Length, WithNotApplicable.Length))
        {
            if (Enumerable.Range(0, questions.Length).Any(i => combination[i] == Full.Length && mayNotApply?.Contains(questions[i]) != true))
            {
                continue;
            }

            var given = new RiskOfBias
            {
                Tool = "RoB 2", Effect = effect,
                Answers = [.. questions.Select((question, i) => new Answer { Question = i % 2 == 0 ? question : $"q{question.Replace('.', '_')}", Text = WithNotApplicable[combination[i]] })],
            };
            var found = RiskOfBiasAssessment.Of(Study, given).Domains.Single(item => item.Code == domain);
            var expected = table(questions.Select((question, i) => (question, "YYNNI-"[combination[i]])).ToDictionary(item => item.question, item => item.Item2, StringComparer.Ordinal));
            if (found.Algorithm != expected)
            {
                Assert.Fail($"{string.Join(' ', questions.Select((question, i) => $"{question}={WithNotApplicable[combination[i]]}"))}: {found.Algorithm ?? "nothing"}, expected {expected}");
            }

            counts[expected] = counts.GetValueOrDefault(expected) + 1;
        }

        counts.Keys.Order(StringComparer.Ordinal).ShouldBe(["high", "low", "some concerns"]);
    }

    /// <summary>The judgement whose condition holds: a table in which two hold, or none, is no table.</summary>
    private static string One(params (string Judgement, bool Holds)[] rows) => rows.Single(row => row.Holds).Judgement;

    private static IEnumerable<int[]> Combinations(int places, int values)
    {
        var all = (int)Math.Round(Math.Pow(values, places));
        for (var number = 0; number < all; number++)
        {
            var (combination, rest) = (new int[places], number);
            for (var place = 0; place < places; place++)
            {
                (combination[place], rest) = (rest % values, rest / values);
            }

            yield return combination;
        }
    }
}
