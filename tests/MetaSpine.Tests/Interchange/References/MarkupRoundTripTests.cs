namespace MetaSpine.Tests;

/// <summary>What is written is read again as the same, as far as a format has a place for it.</summary>
public sealed class MarkupRoundTripTests
{
    private static readonly string[] Words =
    [
        "Größe", "& Maß", "<5%>", "a_b", "x^2", "~y", "{curly}", "}{", "\\alpha", "$5", "“so”", "C:\\dir\\", "--", "---", "''", "``", "#1", "100%", "𝛼", "🦴", "and", "]]>", "et al.", "α-TNF", "p = 0.05", "\"so\"", "it's",
        "naïve", "Łódź", "Ångström", "e\u0301", "@article{", "\\&", "a,b", "50 % of", "1-2", "TY - JOUR", "A;B", "\\textbf{x}",
    ];

    public static TheoryData<ReferenceFormat> Formats => [ReferenceFormat.EndNoteXml, ReferenceFormat.PubMedXml, ReferenceFormat.BibTeX, ReferenceFormat.CslJson];

    [Theory]
    [MemberData(nameof(Formats))]
    public void What_is_written_is_read_again_as_the_same(ReferenceFormat format)
    {
        var random = new Random(6);
        for (var round = 0; round < 300; round++)
        {
            var references = Enumerable.Range(0, random.Next(0, 5)).Select(i => Carried(Any(random, i), format)).ToList();
            var writer = new StringWriter();
            ReferenceFile.Write(references, writer, format);
            var library = ReferenceFile.Parse(writer.ToString(), "again", format);
            library.References.Count.ShouldBe(references.Count, writer.ToString());
            library.Faults.Count.ShouldBe(references.Count == 0 && format == ReferenceFormat.BibTeX ? 1 : 0, $"{string.Join('\n', library.Faults)}\n{writer}");
            foreach (var (read, written) in library.References.Zip(references))
            {
                (read with { Position = default }).ShouldBe(written, writer.ToString());
            }
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_reference_that_was_changed_is_written_with_the_change_and_keeps_the_rest(ReferenceFormat format)
    {
        var text = format switch
        {
            ReferenceFormat.EndNoteXml => "<xml><records><record><ref-type name=\"Journal Article\">17</ref-type><titles><title><style face=\"italic\">In vivo</style><style face=\"normal\"> study</style></title></titles><custom7>kept</custom7></record></records></xml>",
            ReferenceFormat.PubMedXml => "<PubmedArticleSet><PubmedArticle><MedlineCitation Status=\"MEDLINE\"><PMID Version=\"1\">1</PMID><Article><ArticleTitle><i>In vivo</i> study</ArticleTitle><GrantList><Grant>kept</Grant></GrantList></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>",
            ReferenceFormat.BibTeX => "@article{a, title = {{\\em In vivo} {S}tudy}, file = {kept:kept.pdf:application/pdf}}",
            _ => "[{\"id\":\"a\",\"type\":\"article-journal\",\"title\":\"<i>In vivo</i> study\",\"shelf\":{\"kept\":[1]}}]",
        };
        var reference = ReferenceFile.Parse(text, "a", format).References.ShouldHaveSingleItem();
        reference.Title!.ToUpperInvariant().ShouldBe("IN VIVO STUDY");
        Written(reference, format).ShouldContain("vivo");
        Written(reference, format).ToUpperInvariant().ShouldNotContain(">IN VIVO STUDY<");
        var changed = reference with { Title = "In vitro study" };
        var written = Written(changed, format);
        written.ShouldContain("In vitro study");
        written.ShouldNotContain("In vivo");
        written.ShouldContain("kept");
        ReferenceFile.Parse(written, "a", format).References.ShouldHaveSingleItem().Title.ShouldBe("In vitro study");
    }

    private static string Written(Reference reference, ReferenceFormat format)
    {
        var writer = new StringWriter();
        ReferenceFile.Write([reference], writer, format);
        return writer.ToString();
    }

    private static Reference Any(Random random, int number)
    {
        string Text(int most = 4) => string.Join(' ', Enumerable.Range(0, random.Next(1, most + 1)).Select(_ => Words[random.Next(Words.Length)]));
        T? Maybe<T>(Func<T> value) where T : class => random.Next(3) > 0 ? value() : null;
        ValueList<T> Some<T>(Func<int, T> value, int most) => [.. Enumerable.Range(0, random.Next(most + 1)).Select(value)];
        PersonName Person(int i) => (i % 5) switch
        {
            0 => new("van der Berg", "Jan P."),
            1 => new("Núñez-Ortiz", "J") { Suffix = "Jr" },
            2 => new("Collaboration, the Spine & Bone") { IsGroup = true },
            3 => new("Plato"),
            _ => new("Hand", "Anders Andy"),
        };
        var container = Maybe(() => "The journal " + Text());
        var year = random.Next(3) > 0 ? random.Next(1900, 2030) : (int?)null;
        return new()
        {
            Id = $"key{number}", Type = (ReferenceType)random.Next(14), Title = Maybe(() => Text(8)), Authors = Some(Person, 6), Editors = Some(i => Person(i + 1), 3),
            Container = container, ContainerAbbreviation = container is null ? null : Maybe(() => "J"),
            Year = year, Date = year is null ? null : random.Next(4) switch { 0 => $"{year} Jun 1", 1 => $"{year} Dec", 2 => $"{year} Jul-Aug", _ => null },
            Volume = Maybe(() => "12"), Issue = Maybe(() => "3 Suppl 1"), Pages = Maybe(() => random.Next(3) switch { 0 => "1439-1444", 1 => "S106-S111; discussion S112", _ => "e12" }),
            Doi = Maybe(() => "10.1002/(SICI)1097-0258(19960229)15:4<361::AID-SIM168>3.0.CO;2-4".Replace("<", "", StringComparison.Ordinal).Replace(">", "", StringComparison.Ordinal)),
            Pmid = Maybe(() => $"{random.Next(1, 99999)}"), Pmcid = Maybe(() => $"PMC{random.Next(1, 99999)}"),
            SerialNumbers = random.Next(2) == 0 ? [] : ["1234-5678", "8765-432X", "978-3-16-148410-0"],
            Abstract = Maybe(() => random.Next(2) == 0 ? Text(20) : $"BACKGROUND: {Text()}\nMETHODS: {Text()}\nx {Text()}"), Keywords = Some(i => $"{i} *Spine, {i}/surgery", 4),
            PublicationTypes = random.Next(4) switch { 0 => [], 1 => ["Journal Article", "Randomized Controlled Trial"], 2 => ["Retracted Publication"], _ => ["Research Support, Non-U.S. Gov't"] },
            Language = Maybe(() => "eng"), Publisher = Maybe(() => Text()), Place = Maybe(() => "Århus"), Urls = Some(i => $"https://example.org/{i}?a=b&c=%20d_e~f#g{{h}}", 3),
            Database = Maybe(() => "Embase"), AccessionNumber = Maybe(() => "L123"),
            Notices = random.Next(4) switch
            {
                0 => [new(NoticeKind.Erratum) { Where = "Lancet. 2010 Feb 6;375(9713):445", Doi = "10.1016/S0140-6736(10)60175-4", Pmid = "20137807" }],
                1 => [new(NoticeKind.Retraction) { Pmid = "1" }, new(NoticeKind.ExpressionOfConcern) { Where = "BMJ. 2011" }],
                _ => [],
            },
            Labels = Some(i => $"label {i}", 3), Notes = random.Next(2) == 0 ? [] : ["a remark\nof lines " + Text()],
        };
    }

    /// <summary>What a format has a place for. The kind of work that stands for a type which a format lacks is one of the kinds of publication when it is read.</summary>
    private static Reference Carried(Reference reference, ReferenceFormat format)
    {
        var (type, types) = (reference.Type, reference.PublicationTypes);
        if (format == ReferenceFormat.PubMedXml)
        {
            type = type is ReferenceType.Book or ReferenceType.BookChapter or ReferenceType.Preprint or ReferenceType.PressArticle ? type : ReferenceType.JournalArticle;
            reference = reference with { Id = reference.Pmid, Urls = [], Labels = [], Notes = [], Database = null, AccessionNumber = null };
            if (type is ReferenceType.Book or ReferenceType.BookChapter)
            {
                type = type == ReferenceType.BookChapter && reference.Container is not null && reference.Title is not null ? type : ReferenceType.Book;
                reference = reference with { Container = type == ReferenceType.Book ? null : reference.Container, ContainerAbbreviation = null, Issue = null, Notices = [] };
            }
            else if (type == ReferenceType.JournalArticle && reference.Container is null)
            {
                type = ReferenceType.Other;
            }
        }
        else if (type is ReferenceType.Book or ReferenceType.Thesis && format != ReferenceFormat.CslJson)
        {
            reference = reference with { Container = null, ContainerAbbreviation = null };
        }

        var kind = (format, type) switch
        {
            (ReferenceFormat.PubMedXml or ReferenceFormat.BibTeX or ReferenceFormat.EndNoteXml, ReferenceType.Preprint) => "Preprint",
            (ReferenceFormat.PubMedXml, ReferenceType.PressArticle) => "Newspaper Article",
            (ReferenceFormat.BibTeX, ReferenceType.PressArticle) => "Newspaper article",
            (not ReferenceFormat.PubMedXml, ReferenceType.TrialRegistration) => "Trial registry record",
            (not ReferenceFormat.PubMedXml, ReferenceType.ConferenceAbstract) => "Conference abstract",
            _ => null,
        };
        types = kind is null ? types : [.. types, kind];
        var notices = types.Contains("Retracted Publication") && !reference.Notices.Any(notice => notice.Kind == NoticeKind.Retraction) ? [.. reference.Notices, new(NoticeKind.Retraction)] : reference.Notices;
        return reference with { Type = type, PublicationTypes = types, Notices = notices };
    }
}
