using System.Globalization;
using System.Text.Json;

namespace MetaSpine.Tests;

/// <summary>Files of XML and JSON that databases, reference managers and other programs wrote.</summary>
public sealed class SharedXmlReferenceTests
{
    [Theory]
    [InlineData("endnote-xml/EndnoteXmlImporterTestArticle.xml", 1)]
    [InlineData("endnote-xml/Reflib_multipart.xml", 1)]
    [InlineData("endnote-xml/endnote-sm.xml", 5)]
    [InlineData("same-library-5-formats/blue-light.xml", 102)]
    [InlineData("pubmed-xml/MedlineImporterTestArticleItalics.xml", 1)]
    [InlineData("pubmed-xml/MedlineImporterTestBookArticleSet.xml", 2)]
    [InlineData("pubmed-xml/MedlineImporterTestMathML.xml", 1)]
    [InlineData("pubmed-xml/pubmed-29768149.xml", 1)]
    [InlineData("pubmed-xml/pubmed1.xml", 2)]
    public void Each_file_gives_its_records_and_the_same_when_written_again(string file, int records)
    {
        var library = ReferenceFile.Load(SharedInputs.Path(file));
        library.References.Count.ShouldBe(records);
        library.Faults.ShouldBeEmpty(string.Join('\n', library.Faults));
        ShouldBeSame(library);
    }

    [Fact]
    public void Works_of_crossref_are_read()
    {
        var works = JsonDocument.Parse(File.ReadAllText(SharedInputs.Path("csl-json/citationjs_test_data_api_doi.json"))).RootElement.EnumerateObject().SelectMany(entry => entry.Value.EnumerateArray()).Where(work => work.ValueKind == JsonValueKind.Object).ToList();
        var library = ReferenceFile.Parse($"[{string.Join(",\n", works.Select(work => work.GetRawText()))}]", "crossref");
        library.Faults.ShouldBeEmpty(string.Join('\n', library.Faults));
        library.References.Count.ShouldBe(works.Count);
        library.References.Select(reference => reference.Doi?.ToUpperInvariant()).ShouldBe(works.Select(work => work.TryGetProperty("DOI", out var doi) ? doi.GetString()!.ToUpperInvariant() : null));
        var first = library.References[0];
        (first.Type, first.Title, first.Pages, first.Year, first.Date).ShouldBe((ReferenceType.JournalArticle, "Correlation of the Base Strengths of Amines1", "5441-5444", 1957, "1957 Oct"));
        first.Authors.ShouldBe([new("Hall", "H. K.") { Suffix = "Jr." }]);
        library.References[1].Type.ShouldBe(ReferenceType.Preprint);
        library.References[1].Abstract!.ShouldStartWith("Abstract\nHigh COVID-19 mortality");
        ShouldBeSame(library);
    }

    [Fact]
    public void The_same_library_is_the_same_in_xml_as_in_ris_and_json_and_in_medline()
    {
        var xml = ReferenceFile.Load(SharedInputs.Path("same-library-5-formats/blue-light.xml")).References;
        var ris = ReferenceFile.Load(SharedInputs.Path("same-library-5-formats/blue-light.ris")).References;
        var json = JsonDocument.Parse(File.ReadAllText(SharedInputs.Path("same-library-5-formats/blue-light.json"))).RootElement.EnumerateArray().ToList();
        xml.Count.ShouldBe(102);
        xml.Select(reference => Fold(reference.Title!)).ShouldBe(json.Select(record => Fold(record.GetProperty("title").GetString()!)));
        xml.Select(reference => Fold(reference.Title!)).ShouldBe(ris.Select(reference => Fold(reference.Title!)));
        xml.Select(reference => reference.Id).ShouldBe(json.Select(record => record.GetProperty("recNumber").GetString()));
        xml.Select(reference => (reference.Year, reference.Volume, reference.Issue, reference.Doi, reference.Pages, reference.Pmcid)).ShouldBe(ris.Select(reference => (reference.Year, reference.Volume, reference.Issue, reference.Doi, reference.Pages, reference.Pmcid)));
        xml.Select(reference => reference.Authors).ShouldBe(ris.Select(reference => reference.Authors));
        xml.Select(reference => reference.Keywords).ShouldBe(ris.Select(reference => reference.Keywords));
        var medline = ReferenceFile.Load(SharedInputs.Path("same-library-5-formats/blue-light.nbib")).References;
        var byNumber = xml.Where(reference => reference.Pmid is not null).ToDictionary(reference => reference.Pmid!, StringComparer.Ordinal);
        medline.Count.ShouldBe(80);
        medline.Select(reference => Fold(reference.Title!)).ShouldBe(medline.Select(reference => Fold(byNumber[reference.Pmid!].Title!)));
    }

    [Theory]
    [InlineData(ReferenceFormat.EndNoteXml)]
    [InlineData(ReferenceFormat.BibTeX)]
    [InlineData(ReferenceFormat.CslJson)]
    public void A_library_of_ris_survives_each_other_format(ReferenceFormat format)
    {
        var ris = ReferenceFile.Load(SharedInputs.Path("same-library-5-formats/blue-light.ris")).References;
        var writer = new StringWriter();
        ReferenceFile.Write(ris, writer, format);
        var library = ReferenceFile.Parse(writer.ToString(), "converted");
        (library.Format, library.References.Count, library.Faults.Count).ShouldBe((format, 102, 0));
        foreach (var (reference, twin) in ris.Zip(library.References))
        {
            (twin.Title, twin.Authors, twin.Year, twin.Doi, twin.Pmid, twin.Pages, twin.Volume).ShouldBe((reference.Title, reference.Authors, reference.Year, reference.Doi, reference.Pmid, reference.Pages, reference.Volume));
            twin.Keywords.ShouldBe(reference.Keywords);
        }
    }

    private static void ShouldBeSame(ReferenceLibrary library)
    {
        var writer = new StringWriter();
        ReferenceFile.Write(library.References, writer, library.Format);
        var again = ReferenceFile.Parse(writer.ToString(), "again", library.Format).References;
        again.Count.ShouldBe(library.References.Count);
        foreach (var (reference, twin) in library.References.Zip(again))
        {
            // A record without a name gets one where the format asks for it.
            (twin with { Position = reference.Position, Id = reference.Id is null ? null : twin.Id }).ShouldBe(reference);
        }
    }

    private static string Fold(string title) => string.Concat(title.ToUpper(CultureInfo.InvariantCulture).Where(char.IsLetterOrDigit));
}
