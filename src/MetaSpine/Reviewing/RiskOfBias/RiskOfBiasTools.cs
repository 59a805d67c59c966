namespace MetaSpine;

/// <summary>The tools for judging the risk of bias whose domains, words and rules are known.</summary>
public static class RiskOfBiasTools
{
    private const string LowestFirst = "The worst of the domains; no information where a domain has none and none is serious or worse.";

    private static readonly RiskOfBiasWord NoInformation = new("no information", RiskLevel.Unclear, "NI");

    private static readonly RiskOfBiasWord[]
        LowSomeHigh = [new("low", RiskLevel.Low), new("some concerns", RiskLevel.Some) { Aliases = ["some"] }, new("high", RiskLevel.High), NoInformation],
        LowHighUnclear = [new("low", RiskLevel.Low), new("high", RiskLevel.High), new("unclear", RiskLevel.Unclear)],
        LowToCritical =
        [
            new("low", RiskLevel.Low) { Aliases = ["low except for concerns about uncontrolled confounding", "low (except for concerns about uncontrolled confounding)"] },
            new("moderate", RiskLevel.Some), new("serious", RiskLevel.High), new("critical", RiskLevel.Critical), NoInformation,
        ],
        LowToVeryHigh =
        [
            new("low", RiskLevel.Low) { Aliases = ["low except for concerns about uncontrolled confounding", "low (except for concerns about uncontrolled confounding)"] },
            new("some concerns", RiskLevel.Some) { Aliases = ["some"] }, new("high", RiskLevel.High), new("very high", RiskLevel.Critical), NoInformation,
        ],
        Signals =
        [
            new("yes", RiskLevel.None, "Y"), new("probably yes", RiskLevel.None, "PY"), new("probably no", RiskLevel.None, "PN"), new("no", RiskLevel.None, "N"),
            new("no information", RiskLevel.None, "NI"), new("not applicable", RiskLevel.None, "NA") { Aliases = ["n/a"] },
        ],
        Criteria =
        [
            new("yes", RiskLevel.Low, "Y"), new("no", RiskLevel.High, "N"), new("unclear", RiskLevel.Unclear, "U"), new("not applicable", RiskLevel.None, "NA") { Aliases = ["n/a"] },
        ],
        Points = [new("2", RiskLevel.Low), new("1", RiskLevel.Some), new("0", RiskLevel.High)],
        Fulfilment =
        [
            new("yes", RiskLevel.Low, "Y"), new("partial yes", RiskLevel.Some, "PY"), new("no", RiskLevel.High, "N"),
            new("no meta-analysis", RiskLevel.None, "NMA") { Aliases = ["no meta analysis conducted", "not applicable", "na"] },
        ],
        Grades = [new("good", RiskLevel.Low), new("fair", RiskLevel.Some), new("poor", RiskLevel.High)],
        Confidences = [new("high", RiskLevel.Low), new("moderate", RiskLevel.Some), new("low", RiskLevel.High), new("critically low", RiskLevel.Critical)];

    private static readonly RiskOfBiasDomain[] Rob2Domains =
    [
        new("D1", "Randomisation process", Questions("1.1 the sequence was random", "1.2 the allocation was concealed", "1.3 baseline differences suggest a problem"))
        {
            Aliases = ["randomization process", "randomisation", "randomization"], Ways = Rob2.Randomisation,
        },
        new("D2", "Deviations from the intended interventions", Questions(
            "2.1 participants knew their group", "2.2 carers knew the group", "2.3 there were deviations because of the trial", "2.4 these could affect the outcome",
            "2.5 these were balanced", "2.6 the analysis was right for assignment", "2.7 the wrong analysis could matter"))
        {
            QuestionsOnAdherence = Questions(
                "2.1 participants knew their group", "2.2 carers knew the group", "2.3 other interventions were balanced", "2.4 failures to implement could affect the outcome",
                "2.5 failures to adhere could affect the outcome", "2.6 the analysis was right for adherence"),
            Aliases = ["deviations from intended interventions", "deviations"], Ways = Rob2.Assignment, WaysOnAdherence = Rob2.Adherence,
        },
        new("D3", "Missing outcome data", Questions("3.1 data for nearly all", "3.2 evidence that the result is unbiased", "3.3 missingness could depend on the outcome", "3.4 it is likely to"))
        {
            Aliases = ["missing data"], Ways = Rob2.MissingData,
        },
        new("D4", "Measurement of the outcome", Questions(
            "4.1 the method was inappropriate", "4.2 measurement could differ between groups", "4.3 assessors knew the group", "4.4 knowing could influence them", "4.5 it is likely to have"))
        {
            Aliases = ["measurement", "outcome measurement"], Ways = Rob2.Measurement,
        },
        new("D5", "Selection of the reported result", Questions("5.1 analysed as planned beforehand", "5.2 selected from several measurements", "5.3 selected from several analyses"))
        {
            Aliases = ["selective reporting", "reported result"], Ways = Rob2.Selection,
        },
    ];

    private static readonly RiskOfBiasQuestion[] MinorsItems =
    [
        .. Items(2, "1 clear aim", "2 consecutive patients", "3 data collected prospectively", "4 endpoints suit the aim", "5 endpoints assessed without bias", "6 follow-up long enough",
            "7 less than 5% lost to follow-up", "8 size of the study calculated beforehand", "9 adequate control group", "10 contemporary groups", "11 groups equal at baseline", "12 adequate statistics"),
    ];

    private static readonly RiskOfBiasQuestion[] CaseSeriesItems =
    [
        .. Questions("1 clear criteria for inclusion", "2 condition measured in a standard, reliable way", "3 valid methods to identify the condition", "4 consecutive inclusion", "5 complete inclusion",
            "6 demographics reported", "7 clinical information reported", "8 outcomes reported", "9 sites described", "10 appropriate statistics"),
    ];

    private static readonly RiskOfBiasQuestion[] AmstarItems = [.. Amstar(
        "1 question and criteria", "2 protocol beforehand", "3 choice of designs explained", "4 comprehensive search", "5 selection in duplicate", "6 extraction in duplicate", "7 excluded studies listed",
        "8 studies described", "9 risk of bias assessed", "10 funding of the studies", "11 methods of meta-analysis", "12 impact of risk of bias assessed", "13 risk of bias discussed",
        "14 heterogeneity discussed", "15 publication bias", "16 conflicts of interest")];

    private static readonly RiskOfBiasDomain[] CohortStars =
    [
        new("selection", "Selection", Items(1, "S1 representative of the exposed", "S2 choice of the unexposed", "S3 exposure ascertained", "S4 outcome absent at the start")),
        new("comparability", "Comparability", Items(2, "C1 groups comparable by design or analysis")),
        new("outcome", "Outcome", Items(1, "O1 outcome assessed", "O2 follow-up long enough", "O3 follow-up complete enough")),
    ];

    private static readonly RiskOfBiasDomain[] CaseControlStars =
    [
        new("selection", "Selection", Items(1, "S1 cases well defined", "S2 cases representative", "S3 choice of controls", "S4 controls well defined")),
        new("comparability", "Comparability", Items(2, "C1 groups comparable by design or analysis")),
        new("exposure", "Exposure", Items(1, "E1 exposure ascertained", "E2 in the same way for both", "E3 same rate of non-response")),
    ];

    /// <summary>All tools.</summary>
    public static IReadOnlyList<RiskOfBiasTool> All { get; } =
    [
        new()
        {
            Code = "rob2", Name = "RoB 2", Version = "22 August 2019", For = "results of individually randomised trials", IsPerResult = true, Aliases = ["rob 2", "rob 2.0"],
            Reference = "Sterne JAC, Savović J, Page MJ, et al. BMJ 2019;366:l4898. doi:10.1136/bmj.l4898",
            Domains = Rob2Domains, Judgements = LowSomeHigh, OverallJudgements = LowSomeHigh, Answers = Signals,
            OverallRule = "Low where every domain is low, high where any is high, some concerns otherwise; several domains with some concerns make it high only if people say so.",
            Conclude = assessed => Rob2.Overall(assessed.Domains),
        },
        new()
        {
            Code = "rob2-cluster", Name = "RoB 2 for cluster-randomised trials", Version = "18 March 2021", For = "results of cluster-randomised trials", IsPerResult = true, Aliases = ["rob2 cluster", "rob 2 cluster"],
            Reference = "Eldridge S, Campbell MK, Campbell MJ, et al. RoB 2 for cluster-randomised trials, riskofbias.info; Sterne JAC, Savović J, Page MJ, et al. BMJ 2019;366:l4898. doi:10.1136/bmj.l4898",
            Domains = [.. Named("D1 Randomisation process", "D1b Timing of identification or recruitment of participants", "D2 Deviations from the intended interventions", "D3 Missing outcome data", "D4 Measurement of the outcome", "D5 Selection of the reported result")],
            Judgements = LowSomeHigh, OverallJudgements = LowSomeHigh,
            OverallRule = "As for RoB 2.",
            Conclude = assessed => Rob2.Overall(assessed.Domains),
        },
        new()
        {
            Code = "robins-i", Name = "ROBINS-I", Version = "1 August 2016", For = "results of non-randomised studies of interventions", IsPerResult = true, Aliases = ["robins i"],
            Reference = "Sterne JAC, Hernán MA, Reeves BC, et al. BMJ 2016;355:i4919. doi:10.1136/bmj.i4919",
            Domains = [.. Named("D1 Confounding", "D2 Selection of participants", "D3 Classification of interventions", "D4 Deviations from intended interventions", "D5 Missing data", "D6 Measurement of outcomes", "D7 Selection of the reported result")],
            Judgements = LowToCritical, OverallJudgements = LowToCritical, OverallRule = LowestFirst, Conclude = OverallRules.Worst,
        },
        new()
        {
            Code = "robins-i-v2", Name = "ROBINS-I V2", Version = "20 November 2025", For = "results of non-randomised studies of interventions (follow-up studies)", IsPerResult = true, Aliases = ["robins i v2", "robins i 2"],
            Reference = "Sterne JAC, Higgins JPT, et al. ROBINS-I version 2, riskofbias.info; version 1: BMJ 2016;355:i4919. doi:10.1136/bmj.i4919",
            Domains = [.. Named("D1 Confounding", "D2 Classification of interventions", "D3 Selection of participants", "D4 Missing data", "D5 Measurement of the outcome", "D6 Selection of the reported result")],
            Judgements = LowToCritical, OverallJudgements = LowToCritical, OverallRule = LowestFirst, Conclude = OverallRules.Worst,
        },
        new()
        {
            Code = "robins-e", Name = "ROBINS-E", Version = "20 June 2023", For = "results of studies of exposures", IsPerResult = true, Aliases = ["robins e"],
            Reference = "Higgins JPT, Morgan RL, Rooney AA, et al. Environ Int 2024;186:108602. doi:10.1016/j.envint.2024.108602",
            Domains = [.. Named("D1 Confounding", "D2 Measurement of the exposure", "D3 Selection of participants", "D4 Post-exposure interventions", "D5 Missing data", "D6 Measurement of the outcome", "D7 Selection of the reported result")],
            Judgements = LowToVeryHigh, OverallJudgements = LowToVeryHigh, OverallRule = "The worst of the domains; no information where a domain has none and none is high or worse.", Conclude = OverallRules.Worst,
        },
        new()
        {
            Code = "quadas-2", Name = "QUADAS-2", Version = "2011", For = "studies of diagnostic accuracy", Aliases = ["quadas2", "quadas 2", "quadas"],
            Reference = "Whiting PF, Rutjes AWS, Westwood ME, et al. Ann Intern Med 2011;155:529-36. doi:10.7326/0003-4819-155-8-201110180-00009",
            Domains =
            [
                AllMet("D1", "Patient selection", "1.1 consecutive or random sample", "1.2 no case-control design", "1.3 no inappropriate exclusions"),
                AllMet("D2", "Index test", "2.1 read without the reference standard", "2.2 threshold set beforehand"),
                AllMet("D3", "Reference standard", "3.1 classifies correctly", "3.2 read without the index test"),
                AllMet("D4", "Flow and timing", "4.1 appropriate interval", "4.2 all had a reference standard", "4.3 all had the same one", "4.4 all were analysed"),
                new("A1", "Applicability: patients", []) { IsApplicability = true }, new("A2", "Applicability: index test", []) { IsApplicability = true },
                new("A3", "Applicability: reference standard", []) { IsApplicability = true },
            ],
            Judgements = LowHighUnclear, Answers = Criteria,
        },
        new()
        {
            Code = "rob1", Name = "Cochrane tool of 2011", Version = "5.1.0", For = "randomised trials, in older reviews", Aliases = ["rob 1", "rob", "cochrane 2011"],
            Reference = "Higgins JPT, Altman DG, Gøtzsche PC, et al. BMJ 2011;343:d5928. doi:10.1136/bmj.d5928",
            Domains = [.. Named("D1 Random sequence generation", "D2 Allocation concealment", "D3 Blinding of participants and personnel", "D4 Blinding of outcome assessment", "D5 Incomplete outcome data", "D6 Selective reporting", "D7 Other sources of bias")],
            Judgements = LowHighUnclear, OverallJudgements = LowHighUnclear,
        },
        new()
        {
            Code = "minors", Name = "MINORS", Version = "2003", For = "non-randomised surgical studies, with or without a comparison group", Aliases = [],
            Reference = "Slim K, Nini E, Forestier D, et al. ANZ J Surg 2003;73:712-6. doi:10.1046/j.1445-2197.2003.02748.x",
            Domains = [new("items", "Items", MinorsItems)], Answers = Points,
            OverallRule = "The sum of the points, of 16 for eight items, of 24 for the twelve of a comparative study; bands differ between papers and are not given.",
            Conclude = assessed => OverallRules.Minors(MinorsItems, MinorsItems[8..], assessed),
        },
        new()
        {
            Code = "jbi-case-series", Name = "JBI checklist for case series", Version = "2020", For = "case series", Aliases = ["jbi", "jbi case series"],
            Reference = "Munn Z, Barker TH, Moola S, et al. JBI Evid Synth 2020;18:2127-33. doi:10.11124/JBISRIR-D-19-00099",
            Domains = [new("items", "Items", CaseSeriesItems)], Answers = Criteria, OverallRule = "No judgement; the number of items met, of those that apply.",
            Conclude = assessed => OverallRules.ShareMet(CaseSeriesItems, assessed),
        },
        new()
        {
            Code = "newcastle-ottawa", Name = "Newcastle-Ottawa scale (cohort studies)", Version = "undated", For = "cohort studies", Aliases = ["nos", "newcastle ottawa", "newcastle ottawa cohort"],
            Reference = "Wells GA, Shea B, O'Connell D, et al. Ottawa Hospital Research Institute, ohri.ca; on its properties Stang A. Eur J Epidemiol 2010;25:603-5. doi:10.1007/s10654-010-9491-z",
            Domains = CohortStars, Answers = Points, OverallJudgements = Grades,
            OverallRule = "Stars, of 9; good, fair or poor by the thresholds of the AHRQ: selection 3 or 4, 2, or less; comparability at least 1 and outcome at least 2, or poor.",
            Conclude = assessed => OverallRules.Stars(CohortStars, assessed),
        },
        new()
        {
            Code = "newcastle-ottawa-case-control", Name = "Newcastle-Ottawa scale (case-control studies)", Version = "undated", For = "case-control studies", Aliases = ["newcastle ottawa case control"],
            Reference = "Wells GA, Shea B, O'Connell D, et al. Ottawa Hospital Research Institute, ohri.ca; on its properties Stang A. Eur J Epidemiol 2010;25:603-5. doi:10.1007/s10654-010-9491-z",
            Domains = CaseControlStars, Answers = Points, OverallJudgements = Grades, OverallRule = "As for cohort studies, with exposure in place of outcome.",
            Conclude = assessed => OverallRules.Stars(CaseControlStars, assessed),
        },
        new()
        {
            Code = "amstar-2", Name = "AMSTAR 2", Version = "2017", For = "systematic reviews, in reviews of reviews", Aliases = ["amstar2", "amstar 2"],
            Reference = "Shea BJ, Reeves BC, Wells G, et al. BMJ 2017;358:j4008. doi:10.1136/bmj.j4008",
            Domains = [new("items", "Items", AmstarItems)], Answers = Fulfilment, OverallJudgements = Confidences,
            OverallRule = "Confidence: critically low with several critical flaws (items 2, 4, 7, 9, 11, 13, 15), low with one, moderate with several others, high otherwise.",
            Conclude = assessed => OverallRules.Confidence(AmstarItems, assessed),
        },
    ];

    /// <summary>The tool that a file means by a name, whatever its case, hyphens and underscores.</summary>
    /// <param name="name">Such as rob2, "RoB 2" or ROBINS-I.</param>
    /// <returns>The tool; null where its rules are not known, so that its judgements are shown as they are.</returns>
    public static RiskOfBiasTool? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var folded = JudgementWords.Fold(name);
        return All.FirstOrDefault(tool => JudgementWords.Fold(tool.Code) == folded || JudgementWords.Fold(tool.Name) == folded || tool.Aliases.Contains(folded));
    }

    private static RiskOfBiasQuestion[] Questions(params IReadOnlyList<string> questions) => Items(0, questions);

    private static RiskOfBiasQuestion[] Items(int most, params IReadOnlyList<string> items) =>
        [.. items.Select(item => new RiskOfBiasQuestion(item[..item.IndexOf(' ', StringComparison.Ordinal)], item[(item.IndexOf(' ', StringComparison.Ordinal) + 1)..], most))];

    private static IEnumerable<RiskOfBiasDomain> Named(params IReadOnlyList<string> domains) =>
        Questions(domains).Select(domain => new RiskOfBiasDomain(domain.Code, domain.About, []));

    /// <summary>A domain of QUADAS-2: low risk where every question is answered with yes; otherwise people judge.</summary>
    private static RiskOfBiasDomain AllMet(string code, string name, params IReadOnlyList<string> questions)
    {
        var asked = Questions(questions);
        RiskStep left = new EndStep(null);
        return new RiskOfBiasDomain(code, name, asked)
        {
            Ways = [asked.Reverse().Aggregate((RiskStep)new EndStep(RiskLevel.Low), (next, question) => new AskStep(question.Code, next, left, left, left))],
        };
    }

    private static IEnumerable<RiskOfBiasQuestion> Amstar(params IReadOnlyList<string> items) =>
        Questions(items).Select(item => item with { IsCritical = item.Code is "2" or "4" or "7" or "9" or "11" or "13" or "15" });
}
