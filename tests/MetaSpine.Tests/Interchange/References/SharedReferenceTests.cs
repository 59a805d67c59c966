using System.Text.Json;

namespace MetaSpine.Tests;

/// <summary>Files that databases, reference managers and other programs wrote.</summary>
public sealed class SharedReferenceTests
{
    [Theory]
    [InlineData("ris/asreview_embase.ris", 6, 0)]
    [InlineData("ris/asreview_faulty_year.ris", 1, 1)]
    [InlineData("ris/asreview_ovid_psycinfo.ris", 6, 0)]
    [InlineData("ris/asreview_pubmed_zotero.ris", 6, 0)]
    [InlineData("ris/asreview_scopus.ris", 6, 0)]
    [InlineData("ris/jabref_RisImporterCorrupted.ris", 1, 1)]
    [InlineData("ris/jabref_RisImporterTestScopus.ris", 1, 0)]
    [InlineData("ris/jabref_RisImporterTestWithEmptyER.ris", 1, 0)]
    [InlineData("ris/rispy_bom.ris", 1, 0)]
    [InlineData("ris/rispy_empty_tag.ris", 1, 0)]
    [InlineData("ris/rispy_extraneous_data.ris", 2, 0)]
    [InlineData("ris/rispy_full.ris", 2, 0)]
    [InlineData("ris/rispy_multiline.ris", 3, 0)]
    [InlineData("ris/rispy_utf_chars.ris", 1, 0)]
    [InlineData("ris/rispy_wos.ris", 2, 0)]
    [InlineData("nbib/medline-cancer.nbib", 20, 0)]
    [InlineData("nbib/jabref_NbibImporterTest.nbib", 1, 0)]
    [InlineData("nbib/pubmed_result1.txt", 1, 0)]
    [InlineData("same-library-5-formats/blue-light.ris", 102, 0)]
    [InlineData("same-library-5-formats/blue-light.nbib", 80, 0)]
    public void Each_file_gives_its_records_and_the_same_when_written_again(string file, int records, int faults)
    {
        var library = ReferenceFile.Load(SharedInputs.Path(file));
        library.References.Count.ShouldBe(records);
        library.Faults.Count.ShouldBe(faults, string.Join('\n', library.Faults));
        var writer = new StringWriter();
        ReferenceFile.Write(library.References, writer, library.Format);
        var again = ReferenceFile.Parse(writer.ToString(), "again", library.Format).References;
        again.Count.ShouldBe(records);
        foreach (var (reference, twin) in library.References.Zip(again))
        {
            (twin with { Position = reference.Position }).ShouldBe(reference);
        }
    }

    [Fact]
    public void The_same_library_has_the_same_titles_in_each_format()
    {
        var json = JsonDocument.Parse(File.ReadAllText(SharedInputs.Path("same-library-5-formats/blue-light.json"))).RootElement.EnumerateArray().ToList();
        var ris = ReferenceFile.Load(SharedInputs.Path("same-library-5-formats/blue-light.ris")).References;
        ris.Select(reference => Fold(reference.Title!)).ShouldBe(json.Select(record => Fold(record.GetProperty("title").GetString()!)));
        ris.Select(reference => reference.Year).ShouldBe(json.Select(record => (int?)int.Parse(record.GetProperty("year").GetString()!, System.Globalization.CultureInfo.InvariantCulture)));
        ris.Select(reference => reference.Doi?.ToUpperInvariant()).ShouldBe(json.Select(record => record.TryGetProperty("doi", out var doi) ? doi.GetString()!.ToUpperInvariant() : null));
        ris.Select(reference => reference.Authors.Count).ShouldBe(json.Select(record => record.TryGetProperty("authors", out var authors) ? authors.GetArrayLength() : 0));

        var medline = ReferenceFile.Load(SharedInputs.Path("same-library-5-formats/blue-light.nbib")).References;
        var byNumber = ris.Where(reference => reference.Pmid is not null).ToDictionary(reference => reference.Pmid!, StringComparer.Ordinal);
        foreach (var reference in medline)
        {
            var twin = byNumber[reference.Pmid!];
            Fold(reference.Title!).ShouldBe(Fold(twin.Title!));

            // EndNote wrote the article number CD007917 as Cd007917.
            (reference.Year, reference.Volume, reference.Pages?.ToUpperInvariant()).ShouldBe((twin.Year, twin.Volume, twin.Pages?.ToUpperInvariant()), reference.Title);
        }
    }

    private static string Fold(string title) => string.Concat(title.ToUpperInvariant().Where(char.IsLetterOrDigit));
}
