using System.Globalization;

namespace MetaSpine.Benchmarks;

/// <summary>Libraries of references that resemble the exports of several databases: each report in one to four records, written a little differently.</summary>
internal static class SyntheticLibrary
{
    private static readonly string[] Subjects = ["surgery", "radiotherapy", "denosumab", "vertebroplasty", "steroids", "chemotherapy", "exercise", "radiosurgery", "education", "zoledronate", "fixation", "embolisation"];
    private static readonly string[] Patients = ["spinal metastases", "cord compression", "breast cancer", "renal carcinoma", "myeloma", "lung cancer", "older adults", "children", "back pain", "prostate cancer", "fractures", "sarcoma"];
    private static readonly string[] Outcomes = ["survival", "pain", "ambulation", "quality of life", "costs", "complications", "local control", "readmission", "function", "mortality", "bleeding", "infection"];
    private static readonly string[] Designs = ["a randomised trial", "a cohort study", "a systematic review", "a case series", "a registry study", "a protocol", "a survey", "a pilot study"];
    private static readonly string[] Syllables = ["ha", "lin", "mor", "ke", "tan", "sil", "va", "ro", "den", "gu", "pet", "zim", "or", "bas", "nel", "wi", "chu", "fer", "lo", "das"];
    private static readonly (string Full, string Brief)[] Journals =
    [
        ("Journal of Spinal Oncology", "J Spinal Oncol"), ("European Annals of Surgery", "Eur Ann Surg"), ("International Review of Radiotherapy", "Int Rev Radiother"), ("Archives of Bone Disease", "Arch Bone Dis"),
        ("Clinical Trials in Cancer", "Clin Trials Cancer"), ("Acta Neurologica", "Acta Neurol"), ("Pain and Function", "Pain Funct"), ("Health Economics Letters", "Health Econ Lett"),
    ];

    /// <summary>A library of the size given, the same for the same seed; <see cref="Reference.Id"/> names the report.</summary>
    public static List<Reference> Of(int count, int seed)
    {
        var random = new Random(seed);
        var records = new List<Reference>(count);
        for (var report = 0; records.Count < count; report++)
        {
            var whole = Report(random, report);
            for (var copies = random.NextDouble() switch { < 0.6 => 1, < 0.85 => 2, < 0.95 => 3, _ => 4 }; copies > 0 && records.Count < count; copies--)
            {
                records.Add(Copy(random, whole));
            }
        }

        var all = records.ToArray();
        random.Shuffle(all);
        return [.. all];
    }

    private static Reference Report(Random random, int report)
    {
        var (journal, year, page) = (Journals[random.Next(Journals.Length)], random.Next(1985, 2025), random.Next(1, 1800));
        return new()
        {
            Id = report.ToString(CultureInfo.InvariantCulture), Type = ReferenceType.JournalArticle,
            Title = $"{Capital(Name(random))} {Pick(random, Subjects)} and {Name(random)} {Pick(random, Subjects)} for {Pick(random, Outcomes)} in {Pick(random, Patients)} with {Pick(random, Patients)}: {Pick(random, Designs)}",
            Authors = [.. Enumerable.Range(0, random.Next(1, 8)).Select(_ => new PersonName(Capital(Name(random)), ((char)('A' + random.Next(26))).ToString()))],
            Container = journal.Full, ContainerAbbreviation = journal.Brief, Year = year, Volume = (year - 1960).ToString(CultureInfo.InvariantCulture), Issue = random.Next(1, 13).ToString(CultureInfo.InvariantCulture),
            Pages = FormattableString.Invariant($"{page}-{page + 8}"), Doi = FormattableString.Invariant($"10.5555/syn.{report}"), Pmid = FormattableString.Invariant($"{10_000_000 + report}"),
        };
    }

    private static Reference Copy(Random random, Reference whole) => whole with
    {
        Title = random.Next(3) switch { 0 => whole.Title!.ToUpperInvariant(), 1 => whole.Title + ".", _ => whole.Title },
        Container = random.Next(2) == 0 ? whole.Container : whole.ContainerAbbreviation, ContainerAbbreviation = null,
        Doi = random.Next(3) == 0 ? null : whole.Doi, Pmid = random.Next(2) == 0 ? null : whole.Pmid, Issue = random.Next(4) == 0 ? null : whole.Issue,
        Pages = random.Next(3) == 0 ? whole.Pages!.Split('-')[0] : whole.Pages, Abstract = random.Next(2) == 0 ? null : "Background and methods.",
    };

    private static string Name(Random random) => string.Concat(Enumerable.Range(0, random.Next(2, 4)).Select(_ => Pick(random, Syllables)));

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static string Pick(Random random, string[] texts) => texts[random.Next(texts.Length)];
}
