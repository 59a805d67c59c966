using FsCheck;
using FsCheck.Fluent;

namespace MetaSpine.Tests;

public sealed class MedlineTests
{
    private const string Record =
        """

        PMID- 16741452
        OWN - NLM
        IS  - 0362-2436 (Print)
        IS  - 1528-1159 (Electronic)
        VI  - 31
        IP  - 13
        DP  - 2006 Jun 1
        TI  - Stability of the cervical spine after surgery for metastases: a series of thirty-two
              patients.
        PG  - 1439-44
        LID - S0000-1 [pii]
        AB  - BACKGROUND: One. METHODS: Two two two two two two two two two two two two two two two
              three.
        CI  - (c) 2006 Ourselves.
        FAU - Oda, Ichiro
        AU  - Oda I
        AUID- ORCID: 0000-0000-0000-0001
        AD  - One place.
        AD  - Another place.
        FAU - Wheeler, W Joe Jr
        AU  - Wheeler WJ Jr
        AD  - A third place.
        FAU - Núñez, José
        AU  - Nunez J
        CN  - Spine Study Group
        LA  - eng
        PT  - Journal Article
        PT  - Retracted Publication
        PL  - United States
        TA  - Spine (Phila Pa 1976)
        JT  - Spine
        JID - 7610646
        RIN - Spine. 2010 Feb 6;35(3):445. doi: 10.1097/retracted. PMID: 20137807
        EIN - Spine. 2007;32:1
        PRIN- Spine. 2009;34:2. PMID: 19000001
        CIN - Spine. 2006;31:1445. PMID: 16741453
        PMC - PMC1234567
        MH  - *Cervical Vertebrae/surgery
        MH  - Humans
        OTO - NOTNLM
        OT  - metastasis
        AID - 10.1097/01.brs.0000219789.25461.f4 [doi]
        SO  - Spine (Phila Pa 1976). 2006 Jun 1;31(13):1439-44.

        """;

    [EveryCultureFact]
    public void Every_field_finds_its_place()
    {
        var reference = Read(Record).ShouldHaveSingleItem();
        reference.Position.ToString().ShouldBe("a.nbib:2:1");
        (reference.Id, reference.Pmid, reference.Pmcid, reference.Doi).ShouldBe(("16741452", "16741452", "PMC1234567", "10.1097/01.brs.0000219789.25461.f4"));
        reference.Type.ShouldBe(ReferenceType.JournalArticle);
        reference.Title.ShouldBe("Stability of the cervical spine after surgery for metastases: a series of thirty-two patients.");
        reference.Authors.ShouldBe([new("Oda", "Ichiro"), new("Wheeler", "W Joe") { Suffix = "Jr" }, new("Núñez", "José"), new("Spine Study Group") { IsGroup = true }]);
        (reference.Container, reference.ContainerAbbreviation).ShouldBe(("Spine", "Spine (Phila Pa 1976)"));
        (reference.Year, reference.Date, reference.Volume, reference.Issue, reference.Pages).ShouldBe((2006, "2006 Jun 1", "31", "13", "1439-1444"));
        reference.SerialNumbers.ShouldBe(["0362-2436", "1528-1159"]);
        reference.Keywords.ShouldBe(["*Cervical Vertebrae/surgery", "Humans", "metastasis"]);
        reference.PublicationTypes.ShouldBe(["Journal Article", "Retracted Publication"]);
        reference.Notices.ShouldBe(
        [
            new(NoticeKind.Retraction) { Where = "Spine. 2010 Feb 6;35(3):445", Doi = "10.1097/retracted", Pmid = "20137807" },
            new(NoticeKind.Erratum) { Where = "Spine. 2007;32:1" },
            new(NoticeKind.Retraction) { Where = "Spine. 2009;34:2", Pmid = "19000001" },
        ]);
        reference.Other.Select(field => field.Tag).ShouldBe(
            ["OWN", "LID", "CI", "AUID/1", "AD/1", "AD/1", "AD/2", "AU/3", "PRIN", "CIN", "JID", "MH", "MH", "OTO", "SO"], ignoreOrder: true);
    }

    [EveryCultureFact]
    public void What_was_written_is_read_as_the_same_reference_and_each_address_stays_with_its_author()
    {
        var reference = Read(Record)[0];
        var written = Written([reference]);
        Read(written).ShouldBe([reference with { Position = new("a.nbib", 1, 1) }]);
        written.ShouldContain("FAU - Wheeler, W Joe Jr\nAU  - Wheeler WJ Jr\nAD  - A third place.\nFAU - Núñez, José\nAU  - Nunez J\nCN  - Spine Study Group\n");
        written.Split('\n').ShouldAllBe(line => line.Length <= 94);
    }

    [EveryCultureFact]
    public void Through_RIS_goes_what_RIS_can_say()
    {
        var reference = Read(Record)[0];
        var writer = new StringWriter();
        ReferenceFile.Write([reference], writer, ReferenceFormat.Ris);
        var read = ReferenceFile.Parse(writer.ToString(), "a.nbib").References.ShouldHaveSingleItem();
        read.ShouldBe(reference with { Other = [], Position = new("a.nbib", 1, 1) });
    }

    [EveryCultureFact]
    public void A_record_is_retracted_by_its_kind_alone()
    {
        Read("PMID- 1\nTI  - A\nPT  - Retracted Publication\n")[0].Notices.ShouldBe([new(NoticeKind.Retraction)]);
        Read("PMID- 1\nTI  - A\nPT  - Retraction of Publication\n")[0].Notices.ShouldBeEmpty();
        Read("PMID- 1\nTI  - RETRACTED: A\n")[0].Notices.ShouldBe([new(NoticeKind.Retraction)]);
        Read("PMID- 1\nTI  - Retraction: A\n")[0].Notices.ShouldBeEmpty();
        Read("PMID- 1\nTI  - Why papers are retracted: a survey\n")[0].Notices.ShouldBeEmpty();
    }

    [EveryCultureFact]
    public void Authors_without_full_names_and_alike_are_all_there() =>
        Read("PMID- 1\nTI  - A\nAU  - Li X\nAU  - Li XY\nAU  - Smith J 3rd\n")[0].Authors
            .ShouldBe([new("Li", "X"), new("Li", "XY"), new("Smith", "J") { Suffix = "3rd" }]);

    [EveryCultureFact]
    public void Remarks_and_labels_stand_in_the_general_notes()
    {
        var read = Read("PMID- 1\nTI  - A\nGN  - seen twice\nGN  - ASReview_relevant\n");
        (read[0].Notes, read[0].Labels).ShouldBe((["seen twice"], ["ASReview_relevant"]));
        Read(Written(read)).ShouldBe(read);
    }

    [EveryCultureFact]
    public void A_book_and_its_chapter()
    {
        var read = Read("PMID- 1\nBTI - Book\n\nPMID- 2\nBTI - Book\nTI  - Chapter\nISBN- 9781234567897\n");
        read.Select(reference => (reference.Type, reference.Title, reference.Container)).ShouldBe([(ReferenceType.Book, "Book", "Book"), (ReferenceType.BookChapter, "Chapter", "Book")]);
        Read(Written(read)).Select(reference => reference with { Position = default }).ShouldBe(read.Select(reference => reference with { Position = default }));
    }

    [EveryCultureTheory]
    [InlineData("TI  - A\n\nPMID- 2\nTI  - B\n", "a.nbib:1:1: the record begins with TI", 2)]
    [InlineData("PMID- 1\nTI  - A\nSO  - X\n\nPMID- 2\nTI  - B\n", "a.nbib:5:1: the file ends within the record", 2)]
    public void A_broken_record_is_told_and_the_rest_is_read(string text, string fault, int records)
    {
        var library = ReferenceFile.Parse(text, "a.nbib");
        library.Faults.ShouldHaveSingleItem().ToString().ShouldStartWith(fault);
        library.References.Count.ShouldBe(records);
    }

    [Fact]
    public void Whatever_a_file_says_survives_being_written_and_read_again()
    {
        var tag = Gen.Elements("TI", "AU", "FAU", "CN", "FED", "AD", "JT", "TA", "DP", "VI", "IP", "PG", "LID", "AID", "AB", "MH", "OT", "PT", "LA", "PL", "PB", "IS", "ISBN", "PMC", "RIN", "EIN", "CRI", "ECI", "RPI", "XYZ", "GR");
        var text = Gen.Elements("a", "Smith, John", "Smith J", "Smith, John Jr", "Smith J Jr", "2014", "2014 Jan", "Spring", "1439-44", "10.1000/x [doi]", "S1 [pii]", "PMC12", "Retracted Publication",
            "J. 2001;1:2. PMID: 12", "doi: 10.1000/z", "Preprint", "1234-5678 (Print)", "é ü", new string('w', 200), string.Join(' ', Enumerable.Repeat("word", 60)));
        Prop.ForAll(tag.SelectMany(t => text.Select(x => (Tag: t, Text: x))).ListOf().Select(list => list.DistinctBy(field => field.Tag is "JT" or "TA" or "DP" ? field.Tag : field.ToString())).ToArbitrary(), fields =>
        {
            var file = $"PMID- 7\n{string.Concat(fields.Select(field => $"{field.Tag,-4}- {field.Text}\n"))}";
            var once = Read(Written(Read(file)));
            var twice = Read(Written(once));
            twice.ShouldBe(once, file);
            Same(once[0]).ShouldBe(Same(Read(file)[0]), file);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(1, 1));

        // Fields in another order than PubMed's come back in PubMed's.
        static Reference Same(Reference reference) => reference with
        {
            Other = [.. reference.Other.OrderBy(field => field.Tag, StringComparer.Ordinal).ThenBy(field => field.Text, StringComparer.Ordinal)],
            Keywords = [.. reference.Keywords.Order(StringComparer.Ordinal)], Notices = [.. reference.Notices.OrderBy(notice => notice.Kind).ThenBy(notice => notice.Where, StringComparer.Ordinal)],
            SerialNumbers = [.. reference.SerialNumbers.Order(StringComparer.Ordinal)],
        };
    }

    private static ValueList<Reference> Read(string text)
    {
        var library = ReferenceFile.Parse(text, "a.nbib");
        (library.Format, library.Faults).ShouldBe((ReferenceFormat.Medline, []));
        return library.References;
    }

    private static string Written(IEnumerable<Reference> references)
    {
        var writer = new StringWriter();
        ReferenceFile.Write(references, writer, ReferenceFormat.Medline);
        return writer.ToString();
    }
}
