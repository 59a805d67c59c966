namespace MetaSpine.Tests;

/// <summary>The same library in each of the seven formats gives the same references.</summary>
public sealed class SevenFormatsTests
{
    private const string Ris = """
        TY  - JOUR
        AU  - Oda, Ichiro
        AU  - van der Berg, Jan P., Jr
        AU  - Spine Study Group
        TI  - Metastasis of the cervical spine: Größe & more
        T2  - Spine
        J2  - Spine (Phila Pa 1976)
        PY  - 2006
        DA  - 2006 Jun 1
        VL  - 31
        IS  - 13
        SP  - 1439
        EP  - 1444
        DO  - 10.1000/oda.2006
        M3  - Journal Article
        M3  - Retracted Publication
        AB  - We treated 32 patients.
        KW  - Spine
        KW  - Surgery, elective
        SN  - 0362-2436
        LA  - eng
        CY  - United States
        AN  - PMID: 101
        C2  - PMC9
        N1  - Retraction in: Spine. 2008;33(2):445. doi: 10.1000/r. PMID: 202
        ER  -

        TY  - JOUR
        AU  - Abe, Yuichiro
        TI  - A second report
        T2  - Eur Spine J
        PY  - 1999
        VL  - 8
        SP  - e12
        AN  - PMID: 102
        ER  -

        """;

    private const string Medline = """
        PMID- 101
        IS  - 0362-2436 (Print)
        VI  - 31
        IP  - 13
        DP  - 2006 Jun 1
        TI  - Metastasis of the cervical spine: Größe & more
        PG  - 1439-44
        AB  - We treated 32 patients.
        FAU - Oda, Ichiro
        AU  - Oda I
        FAU - van der Berg, Jan P. Jr
        AU  - van der Berg JP Jr
        CN  - Spine Study Group
        LA  - eng
        PT  - Journal Article
        PT  - Retracted Publication
        PL  - United States
        JT  - Spine
        TA  - Spine (Phila Pa 1976)
        RIN - Spine. 2008;33(2):445. doi: 10.1000/r. PMID: 202
        OT  - Spine
        OT  - Surgery, elective
        PMC - PMC9
        AID - 10.1000/oda.2006 [doi]

        PMID- 102
        VI  - 8
        DP  - 1999
        TI  - A second report
        PG  - e12
        FAU - Abe, Yuichiro
        AU  - Abe Y
        JT  - Eur Spine J

        """;

    private const string WebOfScience = """
        FN Clarivate
        VR 1.0
        PT J
        AU Oda, I
           van der Berg, JP
        AF Oda, Ichiro
           van der Berg, Jan P., Jr
        CA Spine Study Group
        TI Metastasis of the cervical spine: Größe & more
        SO Spine
        LA eng
        DT Journal Article; Retracted Publication
        DE Spine; Surgery, elective
        AB We treated 32 patients.
        PI United States
        SN 0362-2436
        JI Spine (Phila Pa 1976)
        PD 2006 Jun 1
        PY 2006
        VL 31
        IS 13
        BP 1439
        EP 1444
        DI 10.1000/oda.2006
        PM 101
        ER

        PT J
        AU Abe, Y
        AF Abe, Yuichiro
        TI A second report
        SO Eur Spine J
        PY 1999
        VL 8
        AR e12
        PM 102
        ER

        EF
        """;

    private const string PubMed = """
        <?xml version="1.0" ?>
        <PubmedArticleSet>
        <PubmedArticle><MedlineCitation><PMID Version="1">101</PMID><Article><Journal><ISSN IssnType="Print">0362-2436</ISSN><JournalIssue><Volume>31</Volume><Issue>13</Issue><PubDate><Year>2006</Year><Month>Jun</Month><Day>1</Day></PubDate></JournalIssue><Title>Spine</Title></Journal>
        <ArticleTitle>Metastasis of the <b>cervical</b> spine: Größe &amp; more</ArticleTitle><Pagination><MedlinePgn>1439-44</MedlinePgn></Pagination><ELocationID EIdType="doi">10.1000/oda.2006</ELocationID><Abstract><AbstractText>We treated 32 patients.</AbstractText></Abstract>
        <AuthorList><Author><LastName>Oda</LastName><ForeName>Ichiro</ForeName></Author><Author><LastName>van der Berg</LastName><ForeName>Jan P.</ForeName><Suffix>Jr</Suffix></Author><Author><CollectiveName>Spine Study Group</CollectiveName></Author></AuthorList><Language>eng</Language>
        <PublicationTypeList><PublicationType>Journal Article</PublicationType><PublicationType>Retracted Publication</PublicationType></PublicationTypeList></Article><MedlineJournalInfo><Country>United States</Country><MedlineTA>Spine (Phila Pa 1976)</MedlineTA></MedlineJournalInfo>
        <CommentsCorrectionsList><CommentsCorrections RefType="RetractionIn"><RefSource>Spine. 2008;33(2):445. doi: 10.1000/r</RefSource><PMID>202</PMID></CommentsCorrections></CommentsCorrectionsList>
        <KeywordList><Keyword>Spine</Keyword><Keyword>Surgery, elective</Keyword></KeywordList></MedlineCitation><PubmedData><ArticleIdList><ArticleId IdType="pmc">PMC9</ArticleId></ArticleIdList></PubmedData></PubmedArticle>
        <PubmedArticle><MedlineCitation><PMID>102</PMID><Article><Journal><JournalIssue><Volume>8</Volume><PubDate><Year>1999</Year></PubDate></JournalIssue><Title>Eur Spine J</Title></Journal><ArticleTitle>A second report</ArticleTitle><Pagination><StartPage>e12</StartPage></Pagination>
        <AuthorList><Author><LastName>Abe</LastName><ForeName>Yuichiro</ForeName></Author></AuthorList></Article></MedlineCitation></PubmedArticle>
        </PubmedArticleSet>
        """;

    private const string EndNote = """
        <?xml version="1.0" encoding="UTF-8" ?><xml><records>
        <record><ref-type name="Journal Article">17</ref-type><contributors><authors><author><style face="normal">Oda, Ichiro</style></author><author>van der Berg, Jan P., Jr</author><author>Spine Study Group</author></authors></contributors>
        <titles><title><style face="normal">Metastasis of the </style><style face="bold">cervical</style><style face="normal"> spine: Größe &amp; more</style></title><secondary-title>Spine (Phila Pa 1976)</secondary-title></titles><periodical><full-title>Spine (Phila Pa 1976)</full-title></periodical>
        <pages>1439-44</pages><volume>31</volume><number>13</number><keywords><keyword>Spine</keyword><keyword>Surgery, elective</keyword></keywords><dates><year>2006</year><pub-dates><date>2006 Jun 1</date></pub-dates></dates><pub-location>United States</pub-location>
        <isbn>0362-2436</isbn><accession-num>PMID: 101</accession-num><abstract>We treated 32 patients.</abstract><notes>Retraction in: Spine. 2008;33(2):445. doi: 10.1000/r. PMID: 202</notes><work-type>Journal Article&#xD;Retracted Publication</work-type><language>eng</language>
        <custom2>PMC9</custom2><electronic-resource-num>10.1000/oda.2006</electronic-resource-num></record>
        <record><ref-type name="Journal Article">17</ref-type><contributors><authors><author>Abe, Yuichiro</author></authors></contributors><titles><title>A second report</title><secondary-title>Eur Spine J</secondary-title></titles><pages>e12</pages><volume>8</volume><dates><year>1999</year></dates><accession-num>PMID: 102</accession-num></record>
        </records></xml>
        """;

    private const string BibTex = """
        @article{oda, author = {Oda, Ichiro and van der Berg, Jr, Jan P. and {Spine Study Group}}, title = {Metastasis of the {\bf cervical} spine: Gr{\"o}{\ss}e \& more}, journal = {Spine}, shortjournal = {Spine (Phila Pa 1976)},
          year = 2006, month = jun, day = 1, volume = 31, number = 13, pages = {1439--1444}, doi = {10.1000/oda.2006}, pmid = {101}, pmcid = {PMC9}, issn = {0362-2436}, type = {Journal Article; Retracted Publication}, abstract = {We treated 32 patients.},
          keywords = {Spine; Surgery, elective}, language = {eng}, address = {United States}, note = {Retraction in: Spine. 2008;33(2):445. doi: 10.1000/r. PMID: 202}}
        @article{abe, author = {Abe, Yuichiro}, title = {A second report}, journal = {Eur Spine J}, year = {1999}, volume = {8}, eid = {e12}, pmid = {102}}
        """;

    private const string Csl = """
        [{"id": "oda", "type": "article-journal", "author": [{"family": "Oda", "given": "Ichiro"}, {"family": "Berg", "non-dropping-particle": "van der", "given": "Jan P.", "suffix": "Jr"}, {"literal": "Spine Study Group"}],
          "title": "Metastasis of the <b>cervical</b> spine: Größe &amp; more", "container-title": "Spine", "container-title-short": "Spine (Phila Pa 1976)", "issued": {"date-parts": [[2006, 6, 1]]}, "volume": "31", "issue": 13, "page": "1439-1444",
          "DOI": "10.1000/oda.2006", "PMID": "101", "PMCID": "PMC9", "ISSN": "0362-2436", "genre": "Journal Article; Retracted Publication", "abstract": "We treated 32 patients.", "keyword": "Spine; Surgery, elective", "language": "eng",
          "publisher-place": "United States", "note": "Retraction in: Spine. 2008;33(2):445. doi: 10.1000/r. PMID: 202"},
         {"id": "abe", "type": "article-journal", "author": [{"family": "Abe", "given": "Yuichiro"}], "title": "A second report", "container-title": "Eur Spine J", "issued": {"raw": "1999"}, "volume": "8", "page": "e12", "PMID": 102}]
        """;

    public static TheoryData<string, ReferenceFormat> Libraries => new()
    {
        { Ris, ReferenceFormat.Ris }, { Medline, ReferenceFormat.Medline }, { WebOfScience, ReferenceFormat.WebOfScience }, { PubMed, ReferenceFormat.PubMedXml }, { EndNote, ReferenceFormat.EndNoteXml }, { BibTex, ReferenceFormat.BibTeX }, { Csl, ReferenceFormat.CslJson },
    };

    [Theory]
    [MemberData(nameof(Libraries))]
    public void The_same_library_gives_the_same_references(string text, ReferenceFormat format)
    {
        var library = ReferenceFile.Parse(text, "a library");
        library.Format.ShouldBe(format);
        library.Faults.ShouldBeEmpty();

        // The name of a record is the format's own; Web of Science has no place for a PubMed Central number and for where a retraction stands.
        // EndNote's filters put the full and the short name of a journal into fields that do not tell which is which.
        var expected = Expected;
        if (format == ReferenceFormat.WebOfScience)
        {
            expected = [expected[0] with { Pmcid = null, Notices = [new(NoticeKind.Retraction)] }, expected[1]];
        }
        else if (format == ReferenceFormat.EndNoteXml)
        {
            expected = [expected[0] with { Container = expected[0].ContainerAbbreviation, ContainerAbbreviation = null }, expected[1]];
        }

        library.References.Select(reference => reference with { Id = null, Other = [], Position = default }).ShouldBe(expected);
    }

    private static Reference[] Expected =>
    [
        new()
        {
            Type = ReferenceType.JournalArticle, Title = "Metastasis of the cervical spine: Größe & more",
            Authors = [new("Oda", "Ichiro"), new("van der Berg", "Jan P.") { Suffix = "Jr" }, new("Spine Study Group") { IsGroup = true }],
            Container = "Spine", ContainerAbbreviation = "Spine (Phila Pa 1976)", Year = 2006, Date = "2006 Jun 1", Volume = "31", Issue = "13", Pages = "1439-1444",
            Doi = "10.1000/oda.2006", Pmid = "101", Pmcid = "PMC9", SerialNumbers = ["0362-2436"], Abstract = "We treated 32 patients.", Keywords = ["Spine", "Surgery, elective"],
            PublicationTypes = ["Journal Article", "Retracted Publication"], Language = "eng", Place = "United States",
            Notices = [new(NoticeKind.Retraction) { Where = "Spine. 2008;33(2):445", Doi = "10.1000/r", Pmid = "202" }],
        },
        new()
        {
            Type = ReferenceType.JournalArticle, Title = "A second report", Authors = [new("Abe", "Yuichiro")], Container = "Eur Spine J", Year = 1999, Volume = "8", Pages = "e12", Pmid = "102",
        },
    ];
}
