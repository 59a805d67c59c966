using FsCheck;
using FsCheck.Fluent;

namespace MetaSpine.Tests;

/// <summary>References that were made in code or come from another format, written and read again.</summary>
public sealed class ReferenceRoundTripTests
{
    /// <summary>Texts that databases print, and such as look like what the formats use to divide.</summary>
    private static readonly Gen<string> Phrase = Gen.Elements(
        "a", "Pain: a trial (part II).", "TY  - JOUR", "ER  -", "PMID- 12", "PT J", "é ü “ß” 脊椎 🦴", "a | b", "A, B", "x - y", "10 years", "[in French]", "#1", "{x}");

    private static readonly Gen<PersonName> Person = Gen.Elements<PersonName>(
        new("Oda", "Ichiro"), new("van Houwelingen", "Hans C."), new("Smith", "John") { Suffix = "Jr" }, new("Li", "X"), new("Núñez", "José"), new("O'Brien-Hall", "Mary Jane"),
        new("Spine Study Group") { IsGroup = true }, new("World Health Organization, Geneva") { IsGroup = true }, new("SPORT") { IsGroup = true });

    private static readonly Gen<Reference> References =
        from title in Phrase.OrNull()
        from authors in Person.ListOf()
        from journal in Gen.Elements("Spine", "The Journal of Bone & Joint Surgery", null)
        from brief in Gen.Elements("J Bone Joint Surg", null)
        from year in Gen.Elements<int?>(1999, 2024, null)
        from date in Gen.Elements("Jun 1", "Winter", null)
        from volume in Gen.Elements("31", "31 Suppl 2", null)
        from issue in Gen.Elements("13", "Pt B", null)
        from pages in Gen.Elements("1439-1444", "S106-S111", "e12", "7", "xiv-xx", "12, 14-16", null)
        from doi in Gen.Elements("10.1097/01.brs.0000219789.25461.f4", "10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2", "10.1016/S0140-6736(10)60175-4", null)
        from pmid in Gen.Elements("16741452", "7", null)
        from pmcid in Gen.Elements("PMC1234567", null)
        from serial in Gen.Elements("0362-2436", "9781234567897").ListOf()
        from summary in Phrase.NonEmptyListOf().Select(lines => string.Join('\n', lines)).OrNull()
        from keywords in Gen.Elements("neck", "*Cervical Vertebrae/surgery", "pain, chronic").ListOf()
        from kinds in Gen.Elements("Journal Article", "Randomized Controlled Trial", "Retracted Publication").ListOf()
        from language in Gen.Elements("eng", null)
        from notices in Notice.ListOf()
        from notes in Phrase.Where(text => !text.Contains('|', StringComparison.Ordinal)).ListOf()
        from labels in Gen.Elements("RAYYAN-INCLUSION: {\"A\"=>\"Included\"}", "ASReview_relevant", "wave 2").ListOf()
        from urls in Gen.Elements("https://example.org/a", "http://x.org/?a=b&c").ListOf()
        select new Reference
        {
            Type = ReferenceType.JournalArticle, Title = BibliographicText.Line(title), Authors = [.. authors], Container = journal, ContainerAbbreviation = journal is null ? null : brief, Year = year,
            Date = year is null ? null : date, Volume = volume, Issue = issue, Pages = pages, Doi = doi, Pmid = pmid, Pmcid = pmcid, SerialNumbers = [.. serial.Distinct()],
            Abstract = summary, Keywords = [.. keywords.Distinct()], PublicationTypes = [.. kinds.Distinct()], Language = language,
            Notices = [.. notices.Distinct()], Notes = [.. notes], Labels = [.. labels.Distinct()], Urls = [.. urls.Distinct()],
        };

    private static Gen<PublicationNotice> Notice =>
        from kind in Gen.Elements(Enum.GetValues<NoticeKind>())
        from place in Gen.Elements("Spine. 2010;35:1", "Lancet. 2010 Feb 6;375(9713):445", null)
        from pmid in Gen.Elements("20137807", null)
        from doi in Gen.Elements("10.1016/S0140-6736(10)60175-4", null)
        select new PublicationNotice(kind) { Where = place, Pmid = pmid, Doi = doi };

    [Fact]
    public void RIS_has_a_place_for_everything() => Check(ReferenceFormat.Ris, reference => reference);

    [Fact]
    public void MEDLINE_has_one_for_what_PubMed_knows() => Check(ReferenceFormat.Medline, reference => reference with
    {
        Id = reference.Pmid, Urls = [],

        // Without a journal MEDLINE does not tell an article; its lines are those that fit; a screening label looks like one, others are remarks.
        Type = reference.Container is null ? ReferenceType.Other : reference.Type,
        Date = reference.Date is null ? null : FormattableString.Invariant($"{reference.Year} {reference.Date}"),
        Abstract = BibliographicText.Line(reference.Abstract),
        Notes = [.. reference.Notes.Select(note => BibliographicText.Line(note)!).Concat(reference.Labels.Where(label => label == "wave 2")).Distinct()], Labels = [.. reference.Labels.Where(label => label != "wave 2")],
    });

    [Fact]
    public void Web_of_Science_has_one_for_what_it_knows() => Check(ReferenceFormat.WebOfScience, reference => reference with
    {
        Pmcid = null, Urls = [], Labels = [], Notes = [],
        Notices = reference.PublicationTypes.Contains("Retracted Publication") ? [new(NoticeKind.Retraction)] : [],

        // Groups stand behind people there.
        Authors = [.. reference.Authors.OrderBy(author => author.IsGroup)],
    });

    private static void Check(ReferenceFormat format, Func<Reference, Reference> carried) =>
        Prop.ForAll(References.ListOf().ToArbitrary(), references =>
        {
            var writer = new StringWriter();
            ReferenceFile.Write(references, writer, format);
            var library = ReferenceFile.Parse(writer.ToString(), "written", format);
            library.Faults.ShouldBeEmpty(writer.ToString());
            var read = library.References.Select(reference => reference with { Position = default, Other = [] }).ToList();
            read.Count.ShouldBe(references.Count, writer.ToString());
            foreach (var (twin, reference) in read.Zip(references))
            {
                twin.ShouldBe(NoticeText.Completed(carried(reference)), $"{reference}\n{writer}");
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400).WithReplay(1, 1));
}
