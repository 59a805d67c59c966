namespace MetaSpine.Tests;

public sealed class PubMedXmlTests
{
    private const string Article = """
        <?xml version="1.0" ?>
        <!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">
        <PubmedArticleSet><PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">101</PMID>
        <Article PubModel="Print"><Journal><ISSN IssnType="Electronic">1528-1159</ISSN><JournalIssue CitedMedium="Internet"><Volume>31</Volume><Issue>13</Issue>
        <PubDate><Year>2006</Year><Month>06</Month><Day>01</Day></PubDate></JournalIssue><Title>Spine</Title><ISOAbbreviation>Spine (Phila Pa 1976)</ISOAbbreviation></Journal>
        <ArticleTitle>Role of <i>TP53</i> in H<sub>2</sub>O at 10<sup>-3</sup> <mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML"><mml:mi>η</mml:mi></mml:math> &#x3b2;.</ArticleTitle>
        <Pagination><StartPage>1439</StartPage><EndPage>1444</EndPage><MedlinePgn>1439-44</MedlinePgn></Pagination>
        <ELocationID EIdType="pii" ValidYN="Y">X1</ELocationID><ELocationID EIdType="doi" ValidYN="N">10.1000/wrong</ELocationID><ELocationID EIdType="doi" ValidYN="Y">10.1000/right</ELocationID>
        <Abstract><AbstractText Label="METHODS" NlmCategory="METHODS">We <b>did</b>.</AbstractText><AbstractText Label="RESULTS">It &lt; 0.05.</AbstractText><CopyrightInformation>(c)</CopyrightInformation></Abstract>
        <AuthorList CompleteYN="Y"><Author ValidYN="Y"><LastName>Oda</LastName><ForeName>Ichiro</ForeName><Initials>I</Initials><Suffix>Jr</Suffix><AffiliationInfo><Affiliation>Sapporo</Affiliation></AffiliationInfo></Author>
        <Author><LastName>Abe</LastName><Initials>Y</Initials></Author><Author><CollectiveName>Spine Group</CollectiveName></Author></AuthorList><Language>eng</Language>
        <PublicationTypeList><PublicationType UI="D016428">Journal Article</PublicationType><PublicationType UI="D016441">Retracted Publication</PublicationType></PublicationTypeList></Article>
        <MedlineJournalInfo><Country>United States</Country><MedlineTA>Spine (Phila Pa 1976)</MedlineTA><ISSNLinking>0362-2436</ISSNLinking></MedlineJournalInfo>
        <CommentsCorrectionsList><CommentsCorrections RefType="CommentIn"><RefSource>BMJ. 2007</RefSource></CommentsCorrections>
        <CommentsCorrections RefType="RetractionIn"><RefSource>Spine. 2008 Feb 6;33(2):445. doi: 10.1000/retraction</RefSource><PMID Version="1">202</PMID></CommentsCorrections>
        <CommentsCorrections RefType="ErratumIn"><RefSource>Spine. 2007;32:1</RefSource></CommentsCorrections>
        <CommentsCorrections RefType="ExpressionOfConcernIn"><RefSource>Spine. 2007;32:2</RefSource></CommentsCorrections>
        <CommentsCorrections RefType="ErratumFor"><RefSource>another</RefSource></CommentsCorrections></CommentsCorrectionsList>
        <MeshHeadingList><MeshHeading><DescriptorName UI="D1" MajorTopicYN="N">Spinal Neoplasms</DescriptorName><QualifierName MajorTopicYN="Y">secondary</QualifierName><QualifierName MajorTopicYN="N">surgery</QualifierName></MeshHeading>
        <MeshHeading><DescriptorName MajorTopicYN="Y">Humans</DescriptorName></MeshHeading></MeshHeadingList><KeywordList Owner="NOTNLM"><Keyword MajorTopicYN="N">cervical</Keyword></KeywordList></MedlineCitation>
        <PubmedData><PublicationStatus>ppublish</PublicationStatus><ArticleIdList><ArticleId IdType="pubmed">101</ArticleId><ArticleId IdType="pmc">PMC9</ArticleId></ArticleIdList>
        <ReferenceList><Reference><Citation>x</Citation><ArticleIdList><ArticleId IdType="doi">10.1000/cited</ArticleId></ArticleIdList></Reference></ReferenceList></PubmedData></PubmedArticle></PubmedArticleSet>
        """;

    [Fact]
    public void An_article_gives_its_fields_and_the_notices_about_it()
    {
        var library = ReferenceFile.Parse(Article, "a.xml");
        library.Format.ShouldBe(ReferenceFormat.PubMedXml);
        library.Faults.ShouldBeEmpty();
        var reference = library.References.ShouldHaveSingleItem();
        reference.Title.ShouldBe("Role of TP53 in H2O at 10-3 η β.");
        reference.Abstract.ShouldBe("METHODS: We did.\nRESULTS: It < 0.05.");
        reference.Authors.ShouldBe([new("Oda", "Ichiro") { Suffix = "Jr" }, new("Abe", "Y"), new("Spine Group") { IsGroup = true }]);
        (reference.Id, reference.Pmid, reference.Pmcid, reference.Doi, reference.Type).ShouldBe(("101", "101", "PMC9", "10.1000/right", ReferenceType.JournalArticle));
        (reference.Container, reference.ContainerAbbreviation, reference.Place, reference.Language).ShouldBe(("Spine", "Spine (Phila Pa 1976)", "United States", "eng"));
        (reference.Year, reference.Date, reference.Volume, reference.Issue, reference.Pages).ShouldBe((2006, "2006 Jun 1", "31", "13", "1439-1444"));
        reference.SerialNumbers.ShouldBe(["1528-1159", "0362-2436"]);
        reference.Keywords.ShouldBe(["Spinal Neoplasms/*secondary/surgery", "*Humans", "cervical"]);
        reference.PublicationTypes.ShouldBe(["Journal Article", "Retracted Publication"]);
        reference.Notices.ShouldBe(
        [
            new(NoticeKind.Retraction) { Where = "Spine. 2008 Feb 6;33(2):445", Doi = "10.1000/retraction", Pmid = "202" },
            new(NoticeKind.Erratum) { Where = "Spine. 2007;32:1" }, new(NoticeKind.ExpressionOfConcern) { Where = "Spine. 2007;32:2" },
        ]);
        reference.Position.ToString().ShouldBe("a.xml:3:19");
    }

    [Fact]
    public void Written_again_it_keeps_all_that_the_file_says()
    {
        var library = ReferenceFile.Parse(Article, "a.xml");
        var writer = new StringWriter();
        ReferenceFile.Write(library.References, writer, ReferenceFormat.PubMedXml);
        var text = writer.ToString();
        foreach (var part in new[] { "<i>TP53</i>", "H<sub>2</sub>O", "RefType=\"CommentIn\"", "<Affiliation>Sapporo</Affiliation>", "UI=\"D016441\"", "10.1000/wrong", "<MedlinePgn>1439-44</MedlinePgn>", "NlmCategory", "<CopyrightInformation>", "10.1000/cited", "Status=\"MEDLINE\"" })
        {
            text.ShouldContain(part);
        }

        text.Split("cervical").Length.ShouldBe(2, "the keywords stand there once");
        text.Split("Spinal Neoplasms").Length.ShouldBe(2, "the headings are not keywords once more");
        (ReferenceFile.Parse(text, "a.xml").References[0] with { Position = library.References[0].Position }).ShouldBe(library.References[0]);
    }

    [Fact]
    public void A_book_and_a_chapter_are_told_apart()
    {
        const string book = "<Book><Publisher><PublisherName>P</PublisherName><PublisherLocation>London</PublisherLocation></Publisher><BookTitle book=\"x\">The Book</BookTitle><PubDate><Year>2009</Year><Month>02</Month></PubDate>"
            + "<AuthorList Type=\"authors\"><Author><CollectiveName>A Centre (UK)</CollectiveName></Author></AuthorList><AuthorList Type=\"editors\"><Author><LastName>Ed</LastName><ForeName>Itor</ForeName></Author></AuthorList><Isbn>9781860163593</Isbn></Book>";
        var references = ReferenceFile.Parse(
            $"<PubmedBookArticleSet><PubmedBookArticle><BookDocument><PMID>7</PMID>{book}<Language>eng</Language><PublicationType>Review</PublicationType></BookDocument></PubmedBookArticle>"
            + $"<PubmedBookArticle><BookDocument><PMID>8</PMID>{book}<ArticleTitle>The <i>Chapter</i></ArticleTitle><AuthorList Type=\"authors\"><Author><LastName>Chap</LastName><ForeName>Ter</ForeName></Author></AuthorList></BookDocument></PubmedBookArticle></PubmedBookArticleSet>").References;
        (references[0].Type, references[0].Title, references[0].Container, references[0].Authors[0].Family).ShouldBe((ReferenceType.Book, "The Book", null, "A Centre (UK)"));
        (references[0].Publisher, references[0].Place, references[0].Date, references[0].SerialNumbers[0]).ShouldBe(("P", "London", "2009 Feb", "9781860163593"));
        (references[1].Type, references[1].Title, references[1].Container, references[1].Authors[0].Family).ShouldBe((ReferenceType.BookChapter, "The Chapter", "The Book", "Chap"));
        references[1].Editors.ShouldBe([new("Ed", "Itor")]);
    }

    [Theory]
    [InlineData("<Year>1990</Year><Season>Spring</Season>", 1990, "1990 Spring")]
    [InlineData("<MedlineDate>2006 Jun-Jul</MedlineDate>", 2006, "2006 Jun-Jul")]
    [InlineData("<Year>2006</Year>", 2006, null)]
    [InlineData("<Year>2006</Year><Month>Sep</Month><Day>28</Day>", 2006, "2006 Sep 28")]
    [InlineData("", null, null)]
    public void Dates_are_those_of_medline(string date, int? year, string? written)
    {
        var reference = ReferenceFile.Parse($"<PubmedArticleSet><PubmedArticle><MedlineCitation><Article><Journal><JournalIssue><PubDate>{date}</PubDate></JournalIssue></Journal></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>").References[0];
        (reference.Year, reference.Date).ShouldBe((year, written));
    }
}
