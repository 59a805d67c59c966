using MetaSpine.Benchmarks;

namespace MetaSpine.Tests;

/// <summary>The rules on records that are composed for them: each veto, each question, each reason to merge.</summary>
public sealed class DeduplicationTests
{
    private const string Title = "Decompressive surgery and radiotherapy for spinal metastases: a prospective cohort study";

    /// <summary>A record that has everything.</summary>
    private static readonly Reference Full = new()
    {
        Type = ReferenceType.JournalArticle, Title = Title, Authors = [new("Hartmann", "Jana"), new("Okonkwo", "B"), new("Lind", "C")], Container = "Journal of Spinal Oncology", Year = 2014,
        Volume = "21", Issue = "3", Pages = "301-309", Doi = "10.5555/jso.2014.301", SerialNumbers = ["1234-5679"], Abstract = "Background.",
    };

    /// <summary>The same as databases without identifiers have it.</summary>
    private static readonly Reference Plain = Full with { Doi = null, SerialNumbers = [], Abstract = null };

    /// <summary>Little more than a title.</summary>
    private static readonly Reference Bare = Plain with { Volume = null, Issue = null, Pages = null };

    private sealed class Shares : List<double>, IProgress<double>
    {
        public void Report(double value) => Add(value);
    }

    [Fact]
    public void Long_work_tells_how_far_it_is()
    {
        var shares = new Shares();
        Deduplication.Of([Full, Plain], progress: shares, cancellation: TestContext.Current.CancellationToken);
        shares.ShouldBe([1.0]);
    }

    public static TheoryData<string, string, string, Reference, Reference> Pairs
    {
        get
        {
            var data = new TheoryData<string, string, string, Reference, Reference>();
            void Add(string why, DuplicateVerdict verdict, string code, Reference first, Reference second) => data.Add(why, verdict.ToString(), code, first, second);
            const DuplicateVerdict Same = DuplicateVerdict.Duplicate, Ask = DuplicateVerdict.Ask, No = DuplicateVerdict.Different;

            Add("an accent, an entity and markup", Same, "doi", Full with { Title = "Wirkung von Zöledronat &amp; CO<sub>2</sub> auf Knochenmetastasen" }, Full with { Title = "Wirkung von Zoledronat and CO2 auf Knochenmetastasen." });
            Add("a Greek letter by name", Same, "place", Plain with { Title = "Interferon-α and TNF-β in vertebral metastases" }, Plain with { Title = "Interferon alpha and TNF beta in vertebral metastases" });
            Add("an abbreviated journal", Same, "venue", Bare, Bare with { Container = "J Spinal Oncol" });
            Add("one ISSN under two names", Same, "venue", Bare with { SerialNumbers = ["1234-5679"], Container = "Zeitschrift" }, Bare with { SerialNumbers = ["12345679"] });
            Add("initials of a journal", Same, "venue", Bare with { Container = "BMJ" }, Bare with { Container = "British Medical Journal (Clinical research ed.)" });
            Add("a spreadsheet's date", Same, "place", Plain with { Pages = "1-6" }, Plain with { Pages = "01-Jun" });
            Add("a spreadsheet's date, American", Same, "place", Plain with { Pages = "1-6" }, Plain with { Pages = "6-Jan" });
            Add("a spreadsheet's date of other pages", No, "pages", Plain with { Pages = "7-12", Volume = "22" }, Plain with { Pages = "01-Jun" });
            Add("a supplement's page with and without its letter", Same, "place", Plain with { Pages = "S123-S130" }, Plain with { Pages = "123-30" });
            Add("pages of the version ahead of print", Same, "volume", Plain with { Pages = "1-9" }, Plain);
            Add("a title cut off", Same, "place", Plain, Plain with { Title = "Decompressive surgery and radiotherapy for spinal metastases" });
            Add("a year off with place", Same, "place", Plain, Plain with { Year = 2015 });
            Add("an umlaut in a name", Same, "venue", Bare with { Authors = [new("Müller", "A")] }, Bare with { Authors = [new("Mueller", "Anna")] });
            Add("part of a name", Same, "venue", Bare with { Authors = [new("St Peter", "A")] }, Bare with { Authors = [new("Peter", "A")] });
            Add("a retracted article is itself", Same, "doi", Full, Full with { Title = "RETRACTED: " + Title });
            Add("a reworded title in one place", Same, "reworded", Plain, Plain with { Title = "Decompressive surgery with radiotherapy in metastases of the spine. A cohort" });
            Add("PubMed's number", Same, "pmid", Bare with { Pmid = "11112222", Year = 2013 }, Full with { Pmid = "11112222" });
            Add("online one year, in its issue the next", Same, "ahead", Bare with { Year = 2013 }, Plain);

            Add("an author's reply", No, "notice", Plain, Plain with { Title = Title + ": authors' reply", Pages = "310" });
            Add("a comment", No, "notice", Full, Plain with { Title = "Re: " + Title, Pages = "311", Authors = [new("Sato", "K")] });
            Add("an erratum", No, "notice", Full, Plain with { Title = "Erratum: " + Title, Pages = "480" });
            Add("an erratum by its kind alone", No, "notice", Plain, Bare with { PublicationTypes = ["Published Erratum"] });
            Add("a notice of retraction", No, "notice", Full, Bare with { Title = "Retraction: " + Title, Year = 2015 });
            Add("a notice with the article's place", Ask, "notice-place", Full, Full with { Title = "Re: " + Title });
            Add("numbered parts", No, "part", Plain with { Title = Title + ". Part I" }, Plain with { Title = Title + ". Part II", Pages = "310-320" });
            Add("parts in letters", No, "part", Bare with { Title = Title + " (part A)" }, Bare with { Title = Title + " (part B)" });
            Add("a part and no part", Ask, "part-one", Bare with { Title = Title + ". Part 1" }, Bare);
            Add("a number in a title mistyped", Ask, "part-place", Plain with { Title = Title + " of 125 patients" }, Plain with { Title = Title + " of 152 patients" });
            Add("the same number in words", Same, "place", Plain with { Title = Title + ": two-year results" }, Plain with { Title = Title + ": 2-year results" });
            Add("Roman numerals", Same, "place", Plain with { Title = Title + ", phase II" }, Plain with { Title = Title + ", phase 2" });
            Add("abstracts under one identifier", No, "doi-shared", Full with { Pages = "S34" }, Full with { Title = "Stereotactic radiosurgery of renal metastases", Pages = "S35-S36", Authors = [new("Ito", "M")] });
            Add("abstracts of one group under one identifier", Ask, "doi-abstracts", Full with { Title = Title + " in men", Pages = "S34", Issue = "Suppl 1" }, Full with { Title = Title + " in women over forty", Pages = "S35", Issue = "Suppl 1" });
            Add("two abstracts on one page", Ask, "doi-title", Full with { Pages = "S34" }, Full with { Pages = "S34", Title = "Costs of stereotactic radiosurgery" });
            Add("an identifier shared beyond years", Ask, "doi-years", Full, Full with { Year = 2019 });
            Add("Cochrane versions", No, "version", Full with { Doi = "10.1002/14651858.CD001234.pub2" }, Full with { Doi = "10.1002/14651858.CD001234.pub3", Year = 2016 });
            Add("a Cochrane review without its version", Ask, "version-unknown", Full with { Doi = "10.1002/14651858.CD001234.pub2", Pages = "CD001234" }, Plain with { Pages = "CD001234", Year = 2012 });
            Add("preprint versions", No, "version", Bare with { Doi = "10.21203/rs.3.rs-5555/v1" }, Bare with { Doi = "10.21203/rs.3.rs-5555/v2" });
            Add("a preprint and its article", Ask, "dois-same", Bare with { Doi = "10.1101/2013.05.05.5555" }, Full);
            Add("two identifiers and other pages", No, "dois", Full, Full with { Doi = "10.5555/other", Pages = "12-19", Volume = "4" });
            Add("two numbers of PubMed", No, "pmids", Bare with { Pmid = "11112222" }, Bare with { Pmid = "11112223" });
            Add("two numbers of PubMed, one place", Ask, "pmids-same", Full with { Pmid = "11112222" }, Full with { Pmid = "11112223" });
            Add("one number of PubMed, other titles", Ask, "pmid-title", Full with { Pmid = "11112222" }, Bare with { Pmid = "11112222", Title = "Costs", Authors = [new("Ito")] });
            Add("a trial's entry and its article", No, "register", Plain, new() { Title = Title, Type = ReferenceType.TrialRegistration, Container = "https://clinicaltrials.gov/show/NCT00000001", Year = 2014, Authors = [new("Nct")] });
            Add("journal and conference", Ask, "venues", Bare, Bare with { Type = ReferenceType.ConferencePaper, Container = "Proceedings of the Congress of Spinal Oncology" });
            Add("a year off and nothing else", Ask, "year", Bare, Bare with { Year = 2015 });
            Add("years apart", No, "years", Bare, Bare with { Year = 2016 });
            Add("a page mistyped", Ask, "pages-same", Plain, Plain with { Pages = "391-399" });
            Add("other pages in another volume", No, "pages", Plain, Plain with { Pages = "12-19", Volume = "22" });
            Add("other authors", No, "authors", Bare, Bare with { Authors = [new("Ito", "M")] });
            Add("titles alone", Ask, "title-only", new() { Title = Title }, new() { Title = Title, Abstract = "Background." });
            Add("a short title in two issues", No, "pages", Plain with { Title = "Editorial" }, Plain with { Title = "Editorial", Volume = "22", Pages = "1" });
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void The_rules_decide(string why, string verdict, string code, Reference first, Reference second)
    {
        var (a, b) = (ReferenceFeatures.Of(first), ReferenceFeatures.Of(second));
        var rules = new PairRules(new());
        var rule = rules.Judge(new(a, b), out _);
        $"{rule.Verdict} {rule.Code}".ShouldBe($"{verdict} {code}", why);
        rules.Judge(new(b, a), out _).ShouldBe(rule, "the order of the two does not matter");

        var result = Duplicates.In([first, second]);
        result.Clusters.Count.ShouldBe(rule.Verdict == DuplicateVerdict.Duplicate ? 1 : 0, why);
        result.Questions.Select(pair => pair.Rule).ShouldBe(rule.Verdict == DuplicateVerdict.Ask ? [rule] : [], why);
        result.Unique.Count.ShouldBe(2 - result.Clusters.Count);
    }

    [Fact]
    public void Every_rule_is_shown_by_a_pair()
    {
        // 'title' is what all unlike pairs are; 'version' as a merge and 'joined' have tests of their own; the rest are variants in one condition of rules that are shown.
        var shown = Pairs.Select(row => row.Data.Item3).ToHashSet();
        DuplicateRule.All.Select(rule => rule.Code).Where(code => !shown.Contains(code)).Distinct()
            .ShouldBe(["reworded-abstracts", "title", "volumes-same", "volumes", "authors-place", "venue-unknown", "unsupported", "joined"]);
        DuplicateRule.All.Select(rule => (rule.Code, rule.Verdict)).Distinct().Count().ShouldBe(DuplicateRule.All.Count);
    }

    [Fact]
    public void The_page_has_the_rules_as_they_are()
    {
        var page = File.ReadAllText(Path.Combine(TestFiles.RepositoryRoot, "src", "MetaSpine", "docs", "deduplication.md"));
        var rows = DuplicateRule.All.Select(rule => $"| `{rule.Code}` | {(rule.Verdict == DuplicateVerdict.Ask ? "ask" : rule.Verdict == DuplicateVerdict.Duplicate ? "duplicate" : "different")} | {rule.Meaning} | {rule.Purpose} |");
        page.ReplaceLineEndings("\n").ShouldContain(string.Join('\n', rows));
    }

    [EveryCultureFact]
    public void Versions_are_duplicates_only_by_option()
    {
        Reference[] versions = [Full with { Doi = "10.1002/14651858.CD001234" }, Full with { Doi = "10.1002/14651858.cd001234.PUB3", Year = 2018 }];
        Duplicates.In(versions).Clusters.ShouldBeEmpty();
        var cluster = Duplicates.In(versions, new() { MergeVersions = true }).Clusters.ShouldHaveSingleItem();
        cluster.Merges.Single().Rule.Code.ShouldBe("version");
    }

    /// <summary>B could be A or C, which are two parts: it joins neither silently over the other.</summary>
    [EveryCultureFact]
    public void A_record_between_two_that_contradict_each_other_does_not_join_them()
    {
        var (a, b, c) = (Plain with { Doi = "10.5555/a" }, Bare, Plain with { Pages = "12-19", Volume = "20", Doi = "10.5555/c" });
        var result = Duplicates.In([a, b, c]);
        result.Clusters.ShouldHaveSingleItem().Members.Count.ShouldBe(2);
        result.Questions.ShouldHaveSingleItem().Rule.Code.ShouldBe("joined");
        result.Unique.Count.ShouldBe(2);
        Same(result, Duplicates.In([c, b, a])).ShouldBeTrue();
    }

    [EveryCultureFact]
    public void The_fullest_record_is_kept_and_filled_in_from_the_others()
    {
        var embase = Plain with { Database = "Embase", Abstract = "A long abstract.", Labels = ["included"], Id = "1" };
        var pubmed = Bare with { Database = "MEDLINE", Pmid = "11112222", Keywords = ["spine"], Id = "2" };
        var copy = pubmed with { Id = "3", Labels = ["seen"] };
        var result = Duplicates.In([pubmed, copy, embase]);
        var cluster = result.Clusters.ShouldHaveSingleItem();
        cluster.Members.ShouldBe([0, 1, 2]);
        cluster.Kept.ShouldBe(2);
        cluster.Merges.Count.ShouldBe(2);
        cluster.Merged.ShouldBe(embase with { Pmid = "11112222", Keywords = ["spine"], Database = "Embase; MEDLINE", Labels = ["included", "seen"] });
        result.Unique.ShouldBe([cluster.Merged]);
        result.Removed.ShouldBe(2);
    }

    [EveryCultureFact]
    public void Nothing_and_records_without_anything_are_no_duplicates()
    {
        Duplicates.In([]).ToString().ShouldContain("0 records: 0 reports");
        var empty = Duplicates.In([new(), new(), new() { Title = "\ud800 \u0301" }, new() { Title = "&#xD800;<i>" }]);
        empty.Clusters.ShouldBeEmpty();
        empty.Questions.ShouldBeEmpty();
        Should.Throw<ArgumentNullException>(() => Duplicates.In(null!));
        Should.Throw<ArgumentOutOfRangeException>(() => Duplicates.In([], new() { Processors = 0 }));
        Should.Throw<Exception>(() => Duplicates.In([null!])).ToString().ShouldContain("Reference 1 is missing.");
    }

    /// <summary>A record is found if it has any other record of its report, whichever of them is kept: counting removals would halve the sensitivity of pairs.</summary>
    [EveryCultureFact]
    public void Accuracy_counts_every_member_of_a_group()
    {
        var result = Duplicates.In([Full with { Labels = ["D"] }, Plain with { Labels = ["D"] }, Full with { Title = "Costs of surgery for renal metastases", Doi = "10.5555/x", Pages = "44-50", Labels = ["D"] }, new() { Title = "Another report altogether" }]);
        var accuracy = result.Accuracy(reference => reference.Labels.Contains("D"));
        (accuracy.TruePositives, accuracy.TrueNegatives).ShouldBe((2, 1));
        accuracy.Missed.ShouldBe([2]);
        accuracy.Wrong.ShouldBeEmpty();
        accuracy.ToString().ShouldBe("Against the labels: sensitivity 0.6667 (2 of 3 labelled records); specificity 1.0000 (1 of 1 other record).");
    }

    /// <summary>The same clusters, questions and merged records by content, whatever the order and the number of processors.</summary>
    [Fact]
    public void The_order_of_the_records_and_the_processors_do_not_matter()
    {
        var records = Pairs.SelectMany(row => new[] { row.Data.Item4, row.Data.Item5 }).Concat(SyntheticLibrary.Of(600, 11)).ToList();
        for (var i = 0; i < records.Count; i++)
        {
            records[i] = records[i] with { AccessionNumber = FormattableString.Invariant($"A{i}") };
        }

        var first = Duplicates.In(records, new() { Processors = 1 });
        first.Clusters.Count.ShouldBeGreaterThan(50);
        foreach (var seed in Enumerable.Range(1, 8))
        {
            var shuffled = records.ToArray();
            new Random(seed).Shuffle(shuffled);
            Same(first, Duplicates.In(shuffled)).ShouldBeTrue();
        }
    }

    /// <summary>No cluster holds two records that a rule with a veto tells apart; every merge and every question is one that the rules make.</summary>
    [Fact]
    public void No_cluster_holds_a_contradiction()
    {
        Reference[] records = [.. Pairs.SelectMany(row => new[] { row.Data.Item4, row.Data.Item5 })];
        var (result, rules) = (Duplicates.In(records), new PairRules(new()));
        DuplicateRule Rule(int x, int y) => rules.Judge(new(ReferenceFeatures.Of(records[x]), ReferenceFeatures.Of(records[y])), out _);
        foreach (var cluster in result.Clusters)
        {
            cluster.Merges.Count.ShouldBe(cluster.Members.Count - 1);
            cluster.Members.ShouldContain(cluster.Kept);
            cluster.Merges.All(pair => pair.Rule.Verdict == DuplicateVerdict.Duplicate && Rule(pair.First, pair.Second) == pair.Rule).ShouldBeTrue();
            foreach (var (x, y) in cluster.Members.SelectMany(x => cluster.Members.Select(y => (x, y))))
            {
                Rule(x, y).IsContradiction.ShouldBeFalse($"{records[x]} {records[y]}");
            }
        }

        result.Questions.All(pair => pair.Rule.Code == "joined" || Rule(pair.First, pair.Second) == pair.Rule).ShouldBeTrue();
        result.Clusters.SelectMany(cluster => cluster.Members).ShouldBeUnique();
    }

    private static bool Same(DeduplicationResult x, DeduplicationResult y) => Written(x).SequenceEqual(Written(y));

    private static IEnumerable<string> Written(DeduplicationResult result)
    {
        string Name(int place) => $"{result.References[place].AccessionNumber} {result.References[place].Title} {result.References[place].Doi} {result.References[place].Pages}";
        return result.Clusters.Select(cluster => string.Join('|', cluster.Members.Select(Name).Order(StringComparer.Ordinal)) + "=>" + Name(cluster.Kept) + cluster.Merged.Pmid + cluster.Merged.Abstract)
            .Concat(result.Questions.Select(pair => string.Join('?', new[] { Name(pair.First), Name(pair.Second) }.Order(StringComparer.Ordinal)) + pair.Rule.Code)).Order(StringComparer.Ordinal);
    }
}
