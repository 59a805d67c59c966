namespace MetaSpine.Tests;

public sealed class EndNoteXmlTests
{
    private const string Record = """
        <?xml version="1.0" encoding="UTF-8" ?><xml><records><record><database name="My.enl" path="C:\My.enl">My.enl</database><rec-number>12</rec-number>
        <ref-type name="Journal Article">17</ref-type><contributors><authors>
        <author><style face="normal" font="default" size="100%">Oda, Ichiro</style></author><author><style face="normal" font="default" size="100%">Spine Study Group</style></author></authors></contributors>
        <titles><title><style face="normal" font="default">Effect of </style><style face="italic" font="default">in vivo</style><style face="normal" font="default"> H</style><style face="subscript">2</style><style face="normal">O &amp; more</style></title>
        <secondary-title><style face="normal">Spine (Phila Pa 1976)</style></secondary-title></titles><periodical><full-title>Spine (Phila Pa 1976)</full-title><abbr-1>Spine</abbr-1></periodical>
        <pages>1439-44</pages><volume>31</volume><number>13</number><keywords><keyword>Cervical&#xD;Metastasis</keyword></keywords>
        <dates><year>2006</year><pub-dates><date>Jun 1</date></pub-dates></dates><isbn>0362-2436 (Print)&#xD;1528-1159 (Electronic)</isbn><accession-num>16741452</accession-num>
        <notes><style face="normal">First line&#xD;RAYYAN-INCLUSION: {"A"=>"Included"}&#xD;Erratum in: Spine. 2007;32:1. PMID: 5</style></notes>
        <urls><related-urls><url>https://example.org/a</url></related-urls></urls><custom2>PMC123</custom2><custom7>kept</custom7>
        <electronic-resource-num>https://doi.org/10.1000/x.1</electronic-resource-num><remote-database-provider>NLM</remote-database-provider><language>eng</language></record></records></xml>
        """;

    [Fact]
    public void A_record_gives_its_fields_with_runs_of_style_joined()
    {
        var library = ReferenceFile.Parse(Record, "my.xml");
        library.Format.ShouldBe(ReferenceFormat.EndNoteXml);
        library.Faults.ShouldBeEmpty();
        var reference = library.References.ShouldHaveSingleItem();
        reference.Title.ShouldBe("Effect of in vivo H2O & more");
        reference.Authors.ShouldBe([new("Oda", "Ichiro"), new("Spine Study Group") { IsGroup = true }]);
        (reference.Id, reference.Type, reference.Container, reference.ContainerAbbreviation).ShouldBe(("12", ReferenceType.JournalArticle, "Spine (Phila Pa 1976)", "Spine"));
        (reference.Year, reference.Date, reference.Volume, reference.Issue, reference.Pages).ShouldBe((2006, "Jun 1", "31", "13", "1439-1444"));
        (reference.Doi, reference.Pmid, reference.Pmcid, reference.Language).ShouldBe(("10.1000/x.1", "16741452", "PMC123", "eng"));
        reference.SerialNumbers.ShouldBe(["0362-2436", "1528-1159"]);
        reference.Keywords.ShouldBe(["Cervical", "Metastasis"]);
        reference.Notes.ShouldBe(["First line"]);
        reference.Labels.ShouldBe(["RAYYAN-INCLUSION: {\"A\"=>\"Included\"}"]);
        reference.Notices.ShouldBe([new(NoticeKind.Erratum) { Where = "Spine. 2007;32:1", Pmid = "5" }]);
        reference.Urls.ShouldBe(["https://example.org/a"]);
        reference.Position.ToString().ShouldBe("my.xml:1:54");
    }

    [Fact]
    public void Written_again_it_keeps_italics_unknown_fields_and_the_ends_of_lines()
    {
        var library = ReferenceFile.Parse(Record, "my.xml");
        var writer = new StringWriter();
        ReferenceFile.Write(library.References, writer, ReferenceFormat.EndNoteXml);
        var text = writer.ToString();
        text.ShouldContain("<style face=\"italic\" font=\"default\">in vivo</style>");
        text.ShouldContain("<custom7><style face=\"normal\" font=\"default\" size=\"100%\">kept</style></custom7>");
        text.ShouldContain("<pages><style face=\"normal\" font=\"default\" size=\"100%\">1439-44</style></pages>");
        text.ShouldContain("0362-2436 (Print)&#xD;1528-1159 (Electronic)");
        text.ShouldContain("<database name=\"My.enl\" path=\"C:\\My.enl\">My.enl</database>");
        (ReferenceFile.Parse(text, "my.xml").References[0] with { Position = library.References[0].Position }).ShouldBe(library.References[0]);
    }

    [Theory]
    [InlineData("Book", 6, ReferenceType.Book)]
    [InlineData("Book Section", 5, ReferenceType.BookChapter)]
    [InlineData("Thesis", 32, ReferenceType.Thesis)]
    [InlineData("Conference Proceedings", 10, ReferenceType.ConferencePaper)]
    [InlineData("Web Page", 12, ReferenceType.WebPage)]
    [InlineData("A type of my own", 27, ReferenceType.Report)]
    [InlineData("Chart or Table", 38, ReferenceType.Other)]
    public void The_type_is_known_by_its_name_else_by_its_number(string name, int number, ReferenceType type) =>
        ReferenceFile.Parse($"<xml><records><record><ref-type name=\"{name}\">{number}</ref-type></record></records></xml>").References[0].Type.ShouldBe(type);

    [Fact]
    public void A_broken_record_is_told_with_its_place_and_the_others_are_read()
    {
        var library = ReferenceFile.Parse(
            "<xml><records>\n<record><titles><title>A</title></titles></record>\n<record>\n  <titles><title>B</titel></titles>\n</record>\n"
            + "<record><titles><title>C&nbsp;c</title></titles></record>\n<record><titles><title>D\n<record><titles><title>E</title></titles><dates><year>in press</year></dates></record></records></xml>", "my.xml");
        library.References.Select(reference => reference.Title).ShouldBe(["A", "E"]);
        library.Faults.Select(fault => fault.ToString()[..12]).ShouldBe(["my.xml:4:21:", "my.xml:6:26:", "my.xml:7:1: ", "my.xml:8:1: "], ignoreOrder: false, customMessage: string.Join('\n', library.Faults));
        library.Faults[1].Message.ShouldContain("write the character itself in place of the entity");
        library.Faults[2].Message.ShouldBe("the record has no </record> before the next one begins: it was left out");
        library.Faults[3].Message.ShouldBe("found 'in press' as the year of publication, expected four digits: the record was read without it");
    }
}
