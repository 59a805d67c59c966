using System.Globalization;

namespace MetaSpine;

/// <summary>Reads one assessment in its tool's terms.</summary>
internal sealed class AssessmentReading(Study study, RiskOfBias given)
{
    private const string Whole = "Overall";

    private readonly RiskOfBiasTool? _tool = RiskOfBiasTools.Find(given.Tool);
    private readonly List<RiskOfBiasFinding> _findings = [];

    public RiskOfBiasAssessment Read()
    {
        var answers = ReadAnswers();
        var domains = ReadDomains(answers);
        var (overall, score) = ReadOverall(answers, domains);
        if (_tool is null && NearestName.Of(given.Tool, RiskOfBiasTools.All.Select(tool => tool.Code)) is { } near)
        {
            Find(given.PositionOf("tool"), IntegritySeverity.Warning, $"the rules of the tool '{given.Tool}' are not known; did you mean {near}?");
        }
        else if (_tool is { IsPerResult: true } && given.Outcome is null && study.Outcomes.Count > 1)
        {
            Find(given.Position, IntegritySeverity.Note, $"{_tool.Name} judges a result and not a study; name the outcome that is judged ({string.Join(", ", study.Outcomes.Select(outcome => outcome.Id))})");
        }

        return new RiskOfBiasAssessment
        {
            StudyId = study.Id, Study = study.DisplayName, Given = given, Tool = _tool, Domains = domains, Overall = overall, Score = score, Findings = _findings, Answers = answers,
        };
    }

    private Dictionary<string, RiskOfBiasWord> ReadAnswers()
    {
        var answers = new Dictionary<string, RiskOfBiasWord>(StringComparer.Ordinal);
        if (_tool is null)
        {
            return answers;
        }

        var effect = given.Effect ?? EffectOfInterest.Assignment;
        var questions = _tool.Domains.SelectMany(domain => domain.QuestionsFor(effect)).ToList();
        foreach (var answer in questions.Count == 0 ? [] : given.Answers)
        {
            var typed = answer.Question.Replace('_', '.');
            var question = questions.Find(known => known.Code.Equals(typed, StringComparison.OrdinalIgnoreCase))
                ?? questions.Find(known => typed.Length > 1 && typed[0] is 'q' or 'Q' && known.Code.Equals(typed[1..], StringComparison.OrdinalIgnoreCase));
            if (question is null)
            {
                Find(answer.Position, IntegritySeverity.Warning, $"{_tool.Name} has no question '{answer.Question}'; there are {string.Join(", ", questions.Select(known => known.Code))}");
                continue;
            }

            if (RiskOfBiasWord.Find(_tool.Answers, answer.Text) is not { } word || (question.Most == 1 && word.Word == "2"))
            {
                var words = question.Most > 0
                    ? string.Create(CultureInfo.InvariantCulture, $"the points 0 to {question.Most}")
                    : $"one of {string.Join(", ", _tool.Answers.Select(known => known.Abbreviation is { } brief ? $"{known.Word} ({brief})" : known.Word))}";
                Find(answer.Position, IntegritySeverity.Warning, $"the answer '{NumberText.Shorten(answer.Text)}' to question {question.Code} of {_tool.Name} is not known; write {words}");
                continue;
            }

            // One of two stars is not all of them, and one of one is.
            answers[question.Code] = question.Most == 1 && word.Word == "1" ? word with { Level = RiskLevel.Low } : word;
        }

        return answers;
    }

    private List<AssessedDomain> ReadDomains(Dictionary<string, RiskOfBiasWord> answers)
    {
        var domains = new List<AssessedDomain>();
        var judged = new Dictionary<RiskOfBiasDomain, DomainJudgement>(ReferenceEqualityComparer.Instance);
        var others = new List<DomainJudgement>();
        foreach (var item in given.Domains)
        {
            if (_tool?.FindDomain(item.Domain) is not { } domain)
            {
                others.Add(item);
            }
            else if (!judged.TryAdd(domain, item))
            {
                Find(item.Position, IntegritySeverity.Warning, $"the domain {domain.Code} ({domain.Name}) is judged twice: as '{judged[domain].Domain}' and as '{item.Domain}'");
            }
        }

        foreach (var domain in _tool is null or { IsChecklist: true } ? [] : _tool.Domains)
        {
            domains.Add(Beside(domain, judged.GetValueOrDefault(domain), answers));
        }

        foreach (var item in others)
        {
            if (_tool is { IsChecklist: false })
            {
                Find(item.Position, IntegritySeverity.Warning, $"{_tool.Name} has no domain '{item.Domain}'; there are {string.Join(", ", _tool.Domains.Select(domain => $"{domain.Code} ({domain.Name})"))}");
            }

            domains.Add(new(item.Domain, item.Domain, item.Judgement, item.Algorithm, item.Justification, JudgementWords.Level(item.Judgement)));
        }

        return domains;
    }

    private AssessedDomain Beside(RiskOfBiasDomain domain, DomainJudgement? judged, Dictionary<string, RiskOfBiasWord> answers)
    {
        var effect = given.Effect ?? EffectOfInterest.Assignment;
        var asked = domain.QuestionsFor(effect);
        var isAnswered = asked.Any(question => answers.ContainsKey(question.Code));
        var verdict = isAnswered ? RiskVerdict.Worst([.. domain.WaysFor(effect).Select(way => way.Walk(code => Signal(answers.GetValueOrDefault(code))))], RiskLevel.High) : RiskVerdict.None;
        var computed = verdict.Level is { } level ? _tool!.WordFor(level, isOverall: false) : null;
        var place = judged?.Position ?? given.PositionOf("answers");
        if (judged?.Algorithm is { } recorded && computed is not null && JudgementWords.Fold(recorded) != JudgementWords.Fold(computed))
        {
            Find(judged.PositionOf("algorithm"), IntegritySeverity.Warning, $"{domain.Code}: the file says that the algorithm gives {recorded}; with the answers in the file it gives {computed}");
        }

        if (verdict.Needs.Count > 0)
        {
            Find(place, IntegritySeverity.Note, $"{domain.Code} ({domain.Name}): nothing follows from the answers before {Question(asked, verdict.Needs[0])} is answered");
        }

        var found = new AssessedDomain(domain.Code, domain.Name, Word(_tool!.Judgements, judged?.Judgement, judged?.PositionOf("judgement") ?? default, domain.Code), computed ?? judged?.Algorithm, judged?.Justification, RiskLevel.None)
        {
            Unanswered = verdict.Needs,
        };
        found = found with { Level = _tool.LevelOf(found.Effective, isOverall: false) };
        if (found.Differs && string.IsNullOrWhiteSpace(found.Justification))
        {
            Find(place, IntegritySeverity.Warning, $"{domain.Code} ({domain.Name}): judged {found.Judgement}, where the algorithm gives {found.Algorithm}; give the reason as its justification");
        }

        return found;
    }

    private (AssessedDomain Overall, string? Score) ReadOverall(Dictionary<string, RiskOfBiasWord> answers, List<AssessedDomain> domains)
    {
        var bias = domains.FindAll(domain => _tool?.FindDomain(domain.Code) is { IsApplicability: false } && !(domain.Effective is not null && domain.Level == RiskLevel.None));
        IReadOnlyList<RiskLevel?> levels = [.. bias.Select(domain => domain.Effective is null ? (RiskLevel?)null : domain.Level)];
        var isEmpty = _tool is null || (_tool.IsChecklist ? answers.Count == 0 : levels.All(level => level is null));
        var verdict = isEmpty || _tool!.Conclude is null ? RiskVerdict.None : _tool.Conclude(new(answers, levels, study.Design?.Comparative));
        var rule = verdict.Level is { } level ? _tool!.WordFor(level, isOverall: true) : null;
        var place = given.PositionOf("overall");
        if (verdict.Needs.Count > 0)
        {
            Find(given.PositionOf("answers"), IntegritySeverity.Note, $"{_tool!.Name}: nothing follows before the items {string.Join(", ", verdict.Needs)} are scored");
        }

        if (given.Overall is not null && _tool is { OverallJudgements.Count: 0, IsChecklist: false })
        {
            Find(place, IntegritySeverity.Note, $"{_tool.Name} has no overall judgement; say in the methods how '{given.Overall}' came about");
        }

        var overall = new AssessedDomain(Whole, Whole, Word(_tool?.OverallJudgements ?? [], given.Overall, place, Whole), rule, given.Justification, RiskLevel.None) { Unanswered = verdict.Needs };
        overall = overall with { Level = _tool?.LevelOf(overall.Effective, isOverall: true) ?? JudgementWords.Level(overall.Effective) };
        if (overall.Differs && string.IsNullOrWhiteSpace(overall.Justification))
        {
            var from = _tool!.IsChecklist ? "the answers" : $"the domains ({string.Join(", ", bias.Where(domain => domain.Effective is not null).Select(domain => $"{domain.Code} {domain.Effective}"))})";
            Find(place, IntegritySeverity.Warning, $"judged {overall.Judgement} overall, where {from} give {overall.Algorithm}; give the reason as the justification of the assessment");
        }

        return (overall, verdict.Score);
    }

    /// <summary>A judgement in the tool's own word; one that the tool does not have stays as it is.</summary>
    private string? Word(IReadOnlyList<RiskOfBiasWord> words, string? judgement, SourcePosition place, string what)
    {
        if (judgement is null || words.Count == 0 || RiskOfBiasWord.Find(words, judgement) is { } found && (judgement = found.Word) is not null)
        {
            return judgement;
        }

        if (JudgementWords.Level(judgement) != RiskLevel.None)
        {
            Find(place, IntegritySeverity.Warning, $"{what}: {_tool!.Name} has no judgement '{judgement}'; its words are {RiskOfBiasWord.List(words)}");
        }

        return judgement;
    }

    private static string Question(IReadOnlyList<RiskOfBiasQuestion> asked, string code) =>
        asked.FirstOrDefault(question => question.Code == code) is { } question ? $"{code} ({question.About})" : code;

    private static SignalAnswer Signal(RiskOfBiasWord? answer) => answer?.Word switch
    {
        null => SignalAnswer.Missing,
        "yes" or "probably yes" => SignalAnswer.Yes,
        "no" or "probably no" => SignalAnswer.No,
        "not applicable" => SignalAnswer.NotApplicable,
        _ => SignalAnswer.NoInformation,
    };

    private void Find(SourcePosition at, IntegritySeverity severity, string what) =>
        _findings.Add(new(at.File is null ? given.Position : at, study.Id, study.DisplayName, severity, what));
}
