using FsCheck;
using FsCheck.Fluent;

namespace MetaSpine.Tests;

public sealed class RisTests
{
    private const string Whole =
        """
        TY  - JOUR
        ID  - 17
        AU  - Oda, Ichiro
        AU  - van Houwelingen, Hans C., Jr.
        AU  - Spine Study Group
        TI  - Stability after
        surgery
        T2  - Spine Reports
        J2  - Spine Rep
        PY  - 2006
        DA  - 2006/06/01
        VL  - 31
        IS  - 13
        SP  - 1439
        EP  - 44
        DO  - https://doi.org/10.1097/01.brs.0000219789.25461.f4
        M3  - Article
        AB  - First line.

        Second paragraph.
        KW  - neck
        spine
        KW  - metastasis
        SN  - 0362-2436 (Print) 1528-1159 (Electronic)
        LA  - eng
        PB  - Wilkins
        CY  - Philadelphia
        UR  - https://example.org/a
        DB  - Medline
        AN  - 16741452
        C2  - PMC1234567
        N1  - seen twice | RAYYAN-INCLUSION: {"A"=>"Included"} | RAYYAN-LABELS: cervical
        N1  - ASReview_relevant
        LB  - wave 2
        N1  - Retraction in: Spine Rep. 2010;35:1. doi: 10.1000/retraction. PMID: 20000001
        U2  - L44003991
        XX  - one
        two
        ER  - 


        """;

    [EveryCultureFact]
    public void Every_field_finds_its_place()
    {
        var reference = Read(Whole).ShouldHaveSingleItem();
        reference.Position.ToString().ShouldBe("a.ris:1:1");
        reference.Id.ShouldBe("17");
        reference.Type.ShouldBe(ReferenceType.JournalArticle);
        reference.Authors.ShouldBe([new("Oda", "Ichiro"), new("van Houwelingen", "Hans C.") { Suffix = "Jr." }, new("Spine Study Group") { IsGroup = true }]);
        reference.Title.ShouldBe("Stability after surgery");
        (reference.Container, reference.ContainerAbbreviation).ShouldBe(("Spine Reports", "Spine Rep"));
        (reference.Year, reference.Date).ShouldBe((2006, "2006/06/01"));
        (reference.Volume, reference.Issue, reference.Pages).ShouldBe(("31", "13", "1439-1444"));
        (reference.Doi, reference.Pmid, reference.Pmcid).ShouldBe(("10.1097/01.brs.0000219789.25461.f4", "16741452", "PMC1234567"));
        reference.Abstract.ShouldBe("First line.\n\nSecond paragraph.");
        reference.Keywords.ShouldBe(["neck", "spine", "metastasis"]);
        reference.SerialNumbers.ShouldBe(["0362-2436", "1528-1159"]);
        (reference.Language, reference.Publisher, reference.Place, reference.Database).ShouldBe(("eng", "Wilkins", "Philadelphia", "Medline"));
        reference.PublicationTypes.ShouldBe(["Article"]);
        reference.Urls.ShouldBe(["https://example.org/a"]);
        reference.Labels.ShouldBe(["RAYYAN-INCLUSION: {\"A\"=>\"Included\"}", "RAYYAN-LABELS: cervical", "ASReview_relevant", "wave 2"]);
        reference.Notes.ShouldBe(["seen twice"]);
        reference.Notices.ShouldBe([new(NoticeKind.Retraction) { Where = "Spine Rep. 2010;35:1", Doi = "10.1000/retraction", Pmid = "20000001" }]);
        reference.Other.ShouldBe([new(ReferenceFormat.Ris, "U2", "L44003991"), new(ReferenceFormat.Ris, "XX", "one\ntwo")]);
    }

    [EveryCultureFact]
    public void What_was_written_is_read_as_the_same_reference()
    {
        var reference = Read(Whole)[0];
        Read(Written([reference])).ShouldBe([reference]);
    }

    [EveryCultureTheory]
    [InlineData("Y1  - 2020/11//Nov/Dec2020", 2020, "2020/11//Nov/Dec2020")]
    [InlineData("PY  - 2001/09/01/", 2001, "2001/09/01")]
    [InlineData("DA  - 2019/10//undefined", 2019, "2019/10")]
    [InlineData("Y1  - 2014//", 2014, null)]
    [InlineData("PY  - 2018\nDA  - Apr 2", 2018, "Apr 2")]
    [InlineData("DP  - NLM", null, null)]
    public void Dates_are_read_as_databases_write_them(string line, int? year, string? date) =>
        (One(line).Year, One(line).Date).ShouldBe((year, date));

    [EveryCultureTheory]
    [InlineData("SP  - 1439\nEP  - 44", "1439-1444")]
    [InlineData("SP  - 1439-44", "1439-1444")]
    [InlineData("SP  - S106-s11; discussion 111", "S106-S111; discussion 111")]
    [InlineData("SP  - S106\nEP  - 11", "S106-S111")]
    [InlineData("SP  - 53\nEP  - 53", "53")]
    [InlineData("SP  - 044504", "044504")]
    [InlineData("SP  - e0815", "e0815")]
    [InlineData("C7  - 4711", "4711")]
    [InlineData("SP  - No\nEP  - Specified", null)]
    [InlineData("SP  -\nEP  -", null)]
    public void The_last_page_is_given_in_full(string lines, string? pages) => One(lines).Pages.ShouldBe(pages);

    [EveryCultureTheory]
    [InlineData("C7  - 44\nSP  - ;\nSP  - 44\nEP  - 50")]
    [InlineData("EP  - 12\nC7  - 12\nEP  - S10")]
    [InlineData("SP  - x\ny/\nEP  - y/\nEP  - y/")]
    public void Pages_that_stand_twice_are_read_again_as_they_were(string lines)
    {
        var reference = One(lines);
        Read(Written([reference])).ShouldBe([reference]);
    }

    [EveryCultureTheory]
    [InlineData("DO  - http://dx.doi.org/10.1002/cpp.2398", "10.1002/cpp.2398")]
    [InlineData("DO  - doi:10.1016/S0140-6736(10)60175-4.", "10.1016/S0140-6736(10)60175-4")]
    [InlineData("UR  - https://doi.org/10.1002%2Fcncr.20369", "10.1002/cncr.20369")]
    [InlineData("UR  - http://dx.doi.org/10.1023/A:1017379030770", "10.1023/A:1017379030770")]
    [InlineData("M3  - doi: 10.1063/1.4814070", "10.1063/1.4814070")]
    [InlineData("L3  - 10.1063/1.4814070", "10.1063/1.4814070")]
    [InlineData("N1  - Adv Biomed Res. 2018 Mar 27;7:53. doi: 10.4103/abr.abr_99_17. eCollection 2018.", "10.4103/abr.abr_99_17")]
    [InlineData("N1  - Comment on: Spine 2006. doi: 10.1000/other", null)]
    [InlineData("DO  - 10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2", "10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2")]
    [InlineData("UR  - https://doi.org/10.1002/(SICI)1097-0258(19980815)17:15%3C1661::AID-SIM968%3E3.0.CO;2-2", "10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2")]
    [InlineData("UR  - <a href='x'>10.1000/x<br>", "10.1000/x")]
    [InlineData("DO  - none", null)]
    public void The_identifier_is_found_and_cleaned(string line, string? doi) => One(line).Doi.ShouldBe(doi);

    [EveryCultureTheory]
    [InlineData("AN  - 29657938\nDP  - NLM", "29657938", null)]
    [InlineData("AN  - PMID: 29657938", "29657938", null)]
    [InlineData("AN  - 104632871\nDP  - EBSCOhost", null, "104632871")]
    [InlineData("AN  - 2019-65183-001", null, "2019-65183-001")]
    [InlineData("AN  - WOS:000221807500019", null, "WOS:000221807500019")]
    [InlineData("C2  - 15059301", "15059301", null)]
    [InlineData("U2  - L39097156\nC5  - 15368318\nDB  - Embase", "15368318", null)]
    [InlineData("C5  - 15368318", null, null)]
    [InlineData("AN  - CN-01234567\nC3  - PUBMED 31234567,EMBASE 2001", "31234567", "CN-01234567")]
    public void PubMed_numbers_are_told_from_those_of_other_databases(string lines, string? pmid, string? accession) =>
        (One(lines).Pmid, One(lines).AccessionNumber).ShouldBe((pmid, accession));

    [EveryCultureFact]
    public void A_line_ends_at_a_return_or_a_line_feed_and_at_no_other_character()
    {
        Read("TY  - JOUR\nAB  - a\u2028b\u0085c\u000cd\nER  - \n")[0].Abstract.ShouldBe("a\u2028b\u0085c\u000cd");

        // A return that another format left within a text begins no tag, and a NUL would cost the whole line.
        var written = Written([new() { Title = "A\rTY  - JOUR", Abstract = "a\u2028b\r\nc\0d" }]);
        written.ShouldBe("TY  - GEN\nTI  - A\n      TY  - JOUR\nAB  - a\u2028b\ncd\nER  - \n\n");
    }

    [EveryCultureTheory]
    [InlineData("JF  - Cancer\nJO  - Cancer", "Cancer", null)]
    [InlineData("T2  - The Journal of Chemical Physics\nJF  - The Journal of Chemical Physics\nJO  - J. Chem. Phys.", "The Journal of Chemical Physics", "J. Chem. Phys.")]
    [InlineData("JA  - Lorem", "Lorem", null)]
    [InlineData("J2  - Prz Gastroenterol\nT2  - Przeglad gastroenterologiczny", "Przeglad gastroenterologiczny", "Prz Gastroenterol")]
    public void The_journal_has_many_tags(string lines, string? full, string? brief) =>
        (One(lines).Container, One(lines).ContainerAbbreviation).ShouldBe((full, brief));

    [EveryCultureFact]
    public void The_series_of_a_book_is_not_what_it_stands_in()
    {
        var book = Read("TY  - BOOK\nBT  - Spine\nT2  - A series\nER  - \n")[0];
        (book.Type, book.Title, book.Container).ShouldBe((ReferenceType.Book, "Spine", null));
        Read(Written([book])).ShouldBe([book]);
    }

    [EveryCultureTheory]
    [InlineData("Liu R.", "Liu", "R.")]
    [InlineData("Eltoum I.A.", "Eltoum", "I.A.")]
    [InlineData("Shi,Yu", "Shi", "Yu")]
    [InlineData("Dobrokhotova, Yu E.", "Dobrokhotova", "Yu E.")]
    [InlineData("de la Cruz JM", "de la Cruz", "JM")]
    [InlineData("World Health Organization,", "World Health Organization", null)]
    public void Names_have_many_forms(string text, string family, string? given)
    {
        var name = One($"AU  - {text}").Authors.ShouldHaveSingleItem();
        (name.Family, name.Given).ShouldBe((family, given));
        name.IsGroup.ShouldBe(given is null);
    }

    [EveryCultureFact]
    public void A_line_of_text_that_begins_with_ER_ends_no_record()
    {
        var read = Read("TY  - JOUR\nN2  - first,\n      ER then second\n      the last\nER  -\n\nTY  - JOUR\nER  -\n");
        read.Select(reference => reference.Abstract).ShouldBe(["first,\nER then second\nthe last", null]);
    }

    [EveryCultureFact]
    public void Text_between_records_is_passed_over_and_a_tag_there_belongs_to_the_record_before()
    {
        const string text = "Record #1 of 2\nProvider: X\n1.\nTY  - JOUR\nTI  - One\nER  - \nNL  - Clin Psychol\n\nLink to the Ovid Full Text: https://x\n\n2.\nTY  - JOUR\nTI  - Two\nER  - \n";
        var read = Read(text);
        read.Select(reference => reference.Title).ShouldBe(["One", "Two"]);
        read[0].Other.ShouldBe([new(ReferenceFormat.Ris, "NL", "Clin Psychol")]);
    }

    [EveryCultureTheory]
    [InlineData("TY - JOUR\nTI - One\nER -\n")]
    [InlineData("TY  -JOUR\nTI  -One\nER  -\n")]
    [InlineData("\uFEFFTY  - JOUR\r\nTI  - One\r\nER  - \r\n")]
    [InlineData("TY  - JOUR\rTI  - One\rER  - \r")]
    [InlineData("\n\n  \nTY  - JOUR\n\nTI  - One\nER  - ")]
    public void Spaces_and_line_ends_do_not_matter(string text) => Read(text).ShouldHaveSingleItem().Title.ShouldBe("One");

    [EveryCultureTheory]
    [InlineData("TY  - JOUR\nTI  - A\nTY  - JOUR\nTI  - B\nER  - \n", "a.ris:1:1: the record has no ER", "A|B")]
    [InlineData("TY  - JOUR\nTI  - A\nER  - \nTY  - JOUR\nTI  - B\n", "a.ris:4:1: the file ends within the record", "A|B")]
    [InlineData("TY  - JOUR\nTI  - A\nER  - \nAU  - X\nTI  - B\nER  - \n", "a.ris:4:1: the record does not begin with TY", "A|B")]
    [InlineData("TY  - JOUR\nPY  - 10 15\nTI  - A\nER  - \n", "a.ris:2:1: found '10 15' as the year", "A")]
    [InlineData("AU  - X\nTY  - JOUR\nTI  - A\nER  - \n", "a.ris:1:1: these fields stand before the first TY", "A")]
    [InlineData("TY  - JOUR\nTI  - A\nAB  - x\0y\nER  - \n", "a.ris:3:1: the line holds a NUL", "A")]
    public void A_broken_record_is_told_and_the_rest_is_read(string text, string fault, string titles)
    {
        var library = ReferenceFile.Parse(text, "a.ris", ReferenceFormat.Ris);
        library.Faults.ShouldHaveSingleItem().ToString().ShouldStartWith(fault);
        string.Join('|', library.References.Select(reference => reference.Title)).ShouldBe(titles);
    }

    [Fact]
    public void Whatever_a_file_says_survives_being_written_and_read_again()
    {
        var tag = Gen.Elements("TI", "T1", "AU", "A1", "A2", "ED", "JF", "JO", "T2", "J2", "BT", "PY", "Y1", "DA", "VL", "IS", "SP", "EP", "C7", "DO", "M3", "AB", "N2", "KW",
            "SN", "LA", "PB", "CY", "UR", "DB", "DP", "AN", "C2", "C5", "N1", "LB", "ID", "U2", "L2", "ST", "XY", "Z9");
        var word = Gen.Elements("a", "Smith, John", "Smith J", "Li, X, Jr", "WHO,", "2014//", "2019/10/", "1439", "44", "S10", "10.1000/x(1)2", "https://doi.org/10.1000/y",
            "16741452", "PMID: 12", "PMC12", "Retracted Publication", "RAYYAN-LABELS: b", "note | RAYYAN-INCLUSION: {}", "ASReview_relevant", "Erratum in: J. 2001;1:2", "TI  - not a tag", "ER", "TY - x",
            "1234-5678 (Print)", "1234-567X 2345-6789", "NLM", "Embase", "L12", "é ü", ",", ";", "[3300]", "x [12]", "10 15", "Preprint");
        var text = word.NonEmptyListOf().Select(words => string.Join('\n', words.Take(3).Select((w, i) => i > 0 ? "      " + w : w)));
        var fields = tag.SelectMany(t => text.Select(x => (Tag: t, Text: x))).ListOf();
        var type = Gen.Elements("JOUR", "EJOUR", "BOOK", "CHAP", "GEN", "UNPB", "Journal Article", "ODD");
        Prop.ForAll(type.SelectMany(t => fields.Select(f => (Type: t, Fields: f))).ToArbitrary(), record =>
        {
            var file = $"TY  - {record.Type}\n{string.Concat(record.Fields.Select(field => $"{field.Tag}  - {field.Text}\n"))}ER  - \n";
            var read = ReferenceFile.Parse(file, "a.ris", ReferenceFormat.Ris).References;
            var written = Written(read);
            ReferenceFile.Parse(written, "a.ris", ReferenceFormat.Ris).References.ShouldBe(read, $"{file}\n---\n{written}");

            // Nothing is lost on the way, but for the forms of what is understood: pages, dates, identifiers, serial numbers.
            string[] cleaned = ["SP", "EP", "C7", "PY", "Y1", "DA", "DO", "M3", "SN", "AN", "C2", "C5"];
            foreach (var line in record.Fields.Where(field => !cleaned.Contains(field.Tag)).SelectMany(field => field.Text.Split('\n')))
            {
                if (line.Trim() is "a" or "é ü" or "[3300]" or "Embase" or "L12" or "ASReview_relevant" or "RAYYAN-LABELS: b" or "https://doi.org/10.1000/y")
                {
                    written.ShouldContain(line.Trim(), Case.Sensitive, file);
                }
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(1, 1));
    }

    private static Reference One(string lines) => Read($"TY  - JOUR\n{lines}\nER  - \n").ShouldHaveSingleItem();

    private static ValueList<Reference> Read(string text)
    {
        var library = ReferenceFile.Parse(text, "a.ris");
        (library.Format, library.Faults).ShouldBe((ReferenceFormat.Ris, []));
        return library.References;
    }

    private static string Written(IEnumerable<Reference> references)
    {
        var writer = new StringWriter();
        ReferenceFile.Write(references, writer, ReferenceFormat.Ris);
        return writer.ToString();
    }
}
