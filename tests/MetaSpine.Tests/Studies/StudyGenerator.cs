using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace MetaSpine.Tests.Studies;

/// <summary>Makes studies that use every key, with texts that are hard on YAML.</summary>
internal static class StudyGenerator
{
    private static readonly string[] HardTexts =
    [
        "no", "NO", "yes", "y", "null", "~", "Null", "nr", "true", "12:30", "06", "25.0", "1e3", "0x1F", "-", "- a", "? b", "a: b", "a:", "a #b", "#b", "[a", "{a}",
        "a, b", "\"quoted\"", "it's", "'", "\\", "line\nbreak", "tab\there", " space ", "% x", "@ x", "`x`", "&x", "*x", "!x", "|", ">", "é", "日本", "😀", "a\u00a0b", "a\u2028b", "a\u0085b",
        "\u0001", "...", "---", "İstanbul", "--- a", "a ---", "<<", "=", "10.1186/s13018-018-0732-2", "b: c # d", "x\r\ny", "\ufeffbom", "trailing: ", "key:value", "? ", ", ", "]", "nan", "On",
    ];

    private static readonly Gen<string> Word = Gen.Elements("a", "pain", "oda2006", "upper_cervical", "x-1", "T.1", "no", "n", "y", "null", "1", "06");

    private static readonly Gen<string> Text = Gen.Frequency(
        (3, Gen.Elements(Array.FindAll(HardTexts, IsText))), (1, ArbMap.Default.GeneratorFor<NonEmptyString>().Select(s => s.Get).Where(IsText)), (2, Word));

    private static readonly Gen<Source?> Sources = Maybe(
        from kind in Gen.Elements(Enum.GetValues<SourceKind>())
        from texts in Text.ArrayOf(5)
        from digitised in Flag
        select new Source { Kind = kind, Where = texts[0], Page = texts[1], Table = texts[2], Quote = texts[3], How = texts[4], Digitised = digitised });

    private static Gen<bool?> Flag => Gen.Elements<bool?>(null, true, false);

    public static Gen<Study> Studies =>
        from id in Word
        from citation in Citations
        from design in Designs
        from population in Maybe(from n in Count(50) from age in Summaries select new Population { Enrolled = n, Age = age, Condition = "x" })
        from groups in Unique(Word, id => from n in Count(60) from label in Maybe(Text) from source in Sources
                                          select new PatientGroup { Id = id, N = n, Label = label, Source = source })
        from arms in Unique(Word, id => from n in Count(60) from text in Maybe(Text) from role in Gen.Elements<ArmRole?>(null, ArmRole.Control, ArmRole.Intervention)
                                        select new StudyArm { Id = id, N = n, Description = text, Indication = text, Role = role })
        from partitions in Many(from divider in Text from parts in Parts from unit in Gen.Elements(Enum.GetValues<PartitionUnit>())
                                select new Partition { By = divider, Parts = parts, Unit = unit, Total = 100 })
        from outcomes in Unique(Word, Outcomes)
        from risk in Many(from tool in Text from answers in Unique(Word, q => Text.Select(t => new Answer { Question = q, Text = t }))
                          from domains in Unique(Word, d => Text.Select(t => new DomainJudgement { Domain = d, Judgement = t, Justification = t }))
                          select new RiskOfBias { Tool = tool, Answers = answers, Domains = domains, Overall = tool })
        from moderators in Unique(Word, name => from text in Text from source in Sources select new Moderator { Name = name, Text = text, Source = source })
        from extractions in Many(Text.Select(t => new Extraction { By = t, Date = "2026-01-05", Notes = t }))
        from reconciled in Maybe(Text.Select(t => new Reconciliation { By = t, Differences = [new() { Path = t, A = t, B = "24", Kept = "nr", Reason = t }] }))
        from waivers in Maybe(Text.Select(t => new IntegritySettings { Waive = [new() { Rule = IntegrityRules.Percent, Path = t, Reason = t }] }))
        from notes in Maybe(Text)
        select new Study
        {
            Id = id, Label = notes, Citation = citation, Reports = [citation], Status = new() { Retracted = true, Erratum = notes }, Design = design,
            Population = population, Groups = groups, Arms = arms, Partitions = partitions, Outcomes = outcomes, RiskOfBias = risk, Moderators = moderators,
            Tests = [new() { About = notes, Statistic = TestStatistic.F, Value = new("<1"), Df = 2, Df2 = 28, P = new(">0.05"), OneSided = false }],
            BaselineP = [new() { Id = "age", Number = new("0.350") }],
            RaterAgreements = [new() { About = notes, Kappa = 0.85m, ObservedPercent = 92.86m, ExpectedPercent = 50, Both = 19, OnlyFirst = 1, OnlySecond = 2, Neither = 20 }],
            Timepoints = [new() { Id = "y1", Label = notes, Months = 12 }], Extractions = extractions, Reconciliation = reconciled, Integrity = waivers, Notes = notes,
        };

    public static Gen<Review> Reviews =>
        from study in Studies
        from text in Text
        from level in Gen.Elements<double?>(null, 0.9, 0.95)
        let outcome = new Outcome { Id = "shared", Type = OutcomeType.Dichotomous }
        let whole = study with { Id = "s1", Outcomes = [outcome], Moderators = [new() { Name = "region", Text = text }] }
        select new Review
        {
            Title = text, Question = new() { Population = text, Outcome = "no" }, Protocol = new() { Registration = "CRD42026000001", Doi = "10.1000/x" },
            Searches = [new() { Source = text, Date = "2026-02", Records = 1234, Query = text }], Studies = [whole], Notes = text,
            Screening = [new() { Record = text, Reviewer = text, Decision = ScreeningVerdict.Maybe }, new() { Record = text, Reviewer = "final", Stage = ScreeningStage.FullText, Decision = ScreeningVerdict.Exclude, Reason = text }],
            Flow = new() { Databases = [new(text, 3)], Duplicates = 0, Screened = 1234, ReportsExcluded = [new(text, 2), new("b", 0)], StudiesInMetaAnalysis = 4 },
            Outcomes = [new() { Id = "shared", Label = text, Direction = OutcomeDirection.Neutral }],
            Analyses =
            [
                new()
                {
                    Id = "a1", Title = text, Outcome = "shared", Measure = "PLO", Method = "REML", Level = level, Add = 0.5, Drop00 = false, Subgroup = "region",
                    Moderators = ["region"], Timepoint = new() { Prefer = ["y1"], Take = TimepointRule.Latest, Why = text },
                    Exclude = [new() { Study = "s1", Reason = text }],
                },
            ],
        };

    private static Gen<Citation> Citations =>
        from texts in Text.ArrayOf(6)
        from year in Gen.Elements<int?>(null, 1999, 2026)
        select new Citation
        {
            Authors = [texts[0], texts[1]], Title = texts[2], Journal = texts[3], Volume = texts[4], Issue = "06", Pages = texts[5], Year = year,
            Pmid = "016741452", Doi = "10.1002/(sici)1097-0258(19990215)18:3<321::aid-sim28>3.0.co;2-p", Pmcid = "PMC1", Url = "https://example.org/#a",
        };

    private static Gen<StudyDesign?> Designs => Maybe(
        from type in Gen.Elements(Enum.GetValues<StudyType>())
        from timing in Gen.Elements(Enum.GetValues<StudyTiming>())
        from flag in Flag
        from text in Text
        select new StudyDesign
        {
            Type = type, Timing = timing, Comparative = flag, Consecutive = flag, Country = text, Allocation = text, EnrolledFrom = "2001", EnrolledTo = "2005-12", Centres = 2,
        });

    private static Gen<Outcome> Outcomes(string id) =>
        from type in Gen.Elements(Enum.GetValues<OutcomeType>())
        from label in Maybe(Text)
        from direction in Gen.Elements<OutcomeDirection?>(null, OutcomeDirection.LowerIsBetter, OutcomeDirection.HigherIsBetter)
        from result in Results(type)
        from source in Sources
        from notes in Maybe(Text)
        select new Outcome { Id = id, Type = type, Label = label, Unit = notes, Definition = notes, Scale = new() { Values = ScaleValues.Binary, Items = 3, Low = 0, High = 1.50m }, Direction = direction, Results = [result with { Source = source, Notes = notes, Timepoint = "y1" }] };

    private static Gen<OutcomeResult> Results(OutcomeType type) =>
        from n in Count(60)
        from x in Number
        from y in Number
        from positive in Number.Select(v => v is { Value: < 0 } ? null : v)
        from ci in Maybe(from low in Number from high in Number select new ReportedInterval { Level = 0.90m, Low = low, High = high })
        from range in Maybe(from low in Number from high in Number select new ReportedRange { Low = low, High = high })
        from parts in Parts
        from text in Text
        from flag in Flag
        from p in Gen.Elements("0.05", "<0.001", "nr", "> 0.9").Select(t => new ReportedNumber(t))
        select (OutcomeResult)(type switch
        {
            OutcomeType.Dichotomous => new DichotomousResult { Events = n, Total = 60, Occurrences = 70, ReportedPercent = 25.0m },
            OutcomeType.Continuous => new ContinuousResult
            {
                N = n, Mean = x, Median = y, Sd = positive, Se = positive, Ci = ci, Iqr = range, Range = range, ChangeFromBaseline = flag, BaselineCorrelation = -0.50m,
            },
            OutcomeType.TimeToEvent => new TimeToEventResult
            {
                N = n, Events = n, HazardRatio = positive, Ci = ci, Se = positive, P = p, Direction = FirstGroup.Higher, LogRank = new() { ObservedMinusExpected = x, Variance = positive }, MedianSurvival = positive,
                MedianCi = ci, SurvivalAt = [new() { Months = 12, Proportion = 0.30m, AtRisk = n }], AdjustedFor = [text],
            },
            OutcomeType.Rate => new RateResult { Events = n, PersonTime = positive, Per = text, N = n },
            OutcomeType.Correlation => new CorrelationResult { R = -0.10m, N = n, Kind = CorrelationKind.Spearman, AdjustedFor = [text] },
            OutcomeType.Diagnostic => new DiagnosticResult { Tp = n, Fp = n, Fn = n, Tn = n, Threshold = text, ReportedSensitivity = 99.9m, ReportedSpecificity = new("nr") },
            OutcomeType.Ordinal => new OrdinalResult { Scale = text, Total = n, Counts = [new() { Id = "A", Number = 3 }], Transitions = [new() { From = text, To = "no", N = n }] },
            _ => new EstimateResult { Measure = "OR", Scale = EstimateScale.Analysis, Value = x, Se = positive, Ci = ci, P = p, N = n, Adjusted = flag, Covariates = [text] },
        });

    private static Gen<NumberSummary?> Summaries =>
        Maybe(from mean in Number from median in Number select new NumberSummary { Mean = mean, Median = median, Range = new() { Low = mean, High = median } });

    private static Gen<ValueList<Part>> Parts => Unique(Word, id => Gen.Choose(0, 50).Select(n => new Part { Id = id, Number = n }));

    private static Gen<ReportedNumber?> Number =>
        from text in Gen.Frequency(
            (3, Gen.Choose(-99999, 99999).Select(i => (i / 100m).ToString(CultureInfo.InvariantCulture))), (1, Gen.Elements("nr", "na", "012.50", "1e-3", "+2", "5.", ".5")))
        from source in Sources
        from present in Gen.Elements(true, true, false)
        select present ? new ReportedNumber(text) { Source = source } : null;

    private static Gen<ReportedNumber?> Count(int most) =>
        from n in Gen.Choose(0, most)
        from source in Sources
        from present in Gen.Elements(true, true, false)
        select present ? new ReportedNumber(n.ToString(CultureInfo.InvariantCulture)) { Source = source } : null;

    // What the file cannot hold is no text: blank, half a surrogate pair, a NUL.
    private static bool IsText(string text) =>
        text.Trim().Length > 0 && !text.Contains('\0') && !text.Contains('\ufffd') && new System.Text.UTF8Encoding().GetString(System.Text.Encoding.UTF8.GetBytes(text)) == text;

    private static Gen<T?> Maybe<T>(Gen<T> gen) where T : class => Gen.Frequency((1, Gen.Constant<T?>(null)), (2, gen.Select(v => (T?)v)));

    private static Gen<ValueList<T>> Many<T>(Gen<T> gen) => gen.ArrayOf(2).Select(items => items.ToValueList());

    private static Gen<ValueList<T>> Unique<T>(Gen<string> names, Func<string, Gen<T>> of) =>
        names.ArrayOf(3).SelectMany(found => Gen.CollectToSequence(found.Distinct(), of)).Select(items => items.ToValueList());
}
