namespace MetaSpine.Tests;

public sealed class WebOfScienceTests
{
    private const string File =
        """
        FN Clarivate Analytics Web of Science
        VR 1.0
        PT J
        AU Oda, I
           Smith, JK
        AF Oda, Ichiro
           Smith, John K., Jr.
        CA Spine Study Grp
        TI Stability after surgery of
           the spine
        SO SPINE
        LA English
        DT Article; Retracted Publication
        DE neck; metastasis
        ID CERVICAL SPINE; RANDOM
           EFFECTS
        AB One paragraph.
           Another.
        C1 [Oda, Ichiro] One Univ, Sapporo, Japan.
           [Smith, John K.] Another Univ, Leeds, England.
        CR DOE J, 1999, SPINE, V1, P2
           ROE R, 2001, SPINE, V3, P4
        PU WILKINS
        PI PHILADELPHIA
        SN 0362-2436
        EI 1528-1159
        J9 SPINE
        JI Spine
        PD JUN 1
        PY 2006
        VL 31
        IS 13
        BP 1439
        EP 1444
        DI 10.1097/01.brs.0000219789.25461.f4
        UT WOS:000238000000001
        PM 16741452
        ER

        PT J
        AU Roe, R
        TI Another
        SO CANCER
        PY 2007
        AR e12
        ER

        EF
        """;

    [EveryCultureFact]
    public void Every_field_finds_its_place_though_the_tags_of_RIS_mean_other_things()
    {
        var read = Read(File);
        read.Count.ShouldBe(2);
        var reference = read[0];
        reference.Position.ToString().ShouldBe("a.ciw:3:1");
        reference.Type.ShouldBe(ReferenceType.JournalArticle);
        reference.Title.ShouldBe("Stability after surgery of the spine");
        reference.Authors.ShouldBe([new("Oda", "Ichiro"), new("Smith", "John K.") { Suffix = "Jr." }, new("Spine Study Grp") { IsGroup = true }]);
        (reference.Container, reference.ContainerAbbreviation).ShouldBe(("SPINE", "Spine"));
        (reference.Year, reference.Date, reference.Volume, reference.Issue, reference.Pages).ShouldBe((2006, "JUN 1", "31", "13", "1439-1444"));
        (reference.Doi, reference.Pmid, reference.AccessionNumber).ShouldBe(("10.1097/01.brs.0000219789.25461.f4", "16741452", "WOS:000238000000001"));
        reference.Keywords.ShouldBe(["neck", "metastasis", "CERVICAL SPINE", "RANDOM EFFECTS"]);
        reference.Abstract.ShouldBe("One paragraph.\nAnother.");
        reference.SerialNumbers.ShouldBe(["0362-2436", "1528-1159"]);
        reference.Notices.ShouldBe([new(NoticeKind.Retraction)]);
        reference.Other.Select(field => field.Tag).ShouldBe(["ID", "C1", "CR", "J9"]);
        read[1].Pages.ShouldBe("e12");
    }

    [EveryCultureFact]
    public void What_was_written_is_read_as_the_same_references()
    {
        var read = Read(File);
        var writer = new StringWriter();
        ReferenceFile.Write(read, writer, ReferenceFormat.WebOfScience);
        Read(writer.ToString()).Select(reference => reference with { Position = default }).ShouldBe(read.Select(reference => reference with { Position = default }));
    }

    [EveryCultureTheory]
    [InlineData("PT J\nTI A\nPT J\nTI B\nER\nEF\n", "a.ciw:1:1: the record has no ER", 2)]
    [InlineData("PT J\nTI A\nER\nPT J\nTI B\n", "a.ciw:4:1: the file ends within the record", 2)]
    [InlineData("FN x\nTI A\nPT J\nTI B\nER\n", "a.ciw:2:1: TI stands outside of a record", 1)]
    public void A_broken_record_is_told_and_the_rest_is_read(string text, string fault, int records)
    {
        var library = ReferenceFile.Parse(text, "a.ciw");
        library.Faults.ShouldHaveSingleItem().ToString().ShouldStartWith(fault);
        library.References.Count.ShouldBe(records);
    }

    private static ValueList<Reference> Read(string text)
    {
        var library = ReferenceFile.Parse(text, "a.ciw");
        (library.Format, library.Faults).ShouldBe((ReferenceFormat.WebOfScience, []));
        return library.References;
    }
}
