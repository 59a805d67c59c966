namespace MetaSpine.Tests;

public sealed class CslJsonTests
{
    private const string Item = """
        [
          {"id": "oda", "type": "article-journal", "title": "Role of <i>TP53</i> &amp; H<sub>2</sub>O", "container-title": "Spine (Phila Pa 1976)", "container-title-short": "Spine",
           "author": [{"family": "Oda", "given": "Ichiro"}, {"family": "Berg", "given": "Jan", "non-dropping-particle": "van den", "suffix": "Jr"}, {"family": "Fontaine", "dropping-particle": "de", "non-dropping-particle": "La"}, {"literal": "Spine Group"}],
           "editor": [{"family": "Ed", "given": "Itor"}], "issued": {"date-parts": [["2006", 6, "1"]]}, "volume": 31, "issue": "13", "page": "1439-44", "DOI": "https://doi.org/10.1000/X", "PMID": 16741452, "PMCID": "PMC1",
           "ISSN": "0362-2436, 1528-1159", "keyword": "spine, metastasis", "language": "en", "publisher-place": "London", "URL": "https://example.org", "source": "PubMed", "note": "PMID: 5\nErratum in: Spine. 2007",
           "genre": "Review", "categories": ["mine"], "accessed": {"date-parts": [[2020, 1, 2]]}, "archive": "kept", "number-of-pages": 12.50}
        ]
        """;

    [Fact]
    public void An_item_gives_its_fields()
    {
        var library = ReferenceFile.Parse(Item, "a.json");
        library.Format.ShouldBe(ReferenceFormat.CslJson);
        library.Faults.ShouldBeEmpty();
        var reference = library.References.ShouldHaveSingleItem();
        reference.Title.ShouldBe("Role of TP53 & H2O");
        reference.Authors.ShouldBe([new("Oda", "Ichiro"), new("van den Berg", "Jan") { Suffix = "Jr" }, new("de La Fontaine"), new("Spine Group") { IsGroup = true }]);
        reference.Editors.ShouldBe([new("Ed", "Itor")]);
        (reference.Id, reference.Type, reference.Container, reference.ContainerAbbreviation).ShouldBe(("oda", ReferenceType.JournalArticle, "Spine (Phila Pa 1976)", "Spine"));
        (reference.Year, reference.Date, reference.Volume, reference.Issue, reference.Pages).ShouldBe((2006, "2006 Jun 1", "31", "13", "1439-1444"));
        (reference.Doi, reference.Pmid, reference.Pmcid, reference.Database).ShouldBe(("10.1000/X", "16741452", "PMC1", "PubMed"));
        reference.SerialNumbers.ShouldBe(["0362-2436", "1528-1159"]);
        reference.Keywords.ShouldBe(["spine", "metastasis"]);
        reference.Labels.ShouldBe(["mine"]);
        reference.Notices.ShouldBe([new(NoticeKind.Erratum) { Where = "Spine. 2007" }]);
        reference.PublicationTypes.ShouldBe(["Review"]);
        reference.Position.ToString().ShouldBe("a.json:2:3");
    }

    [Fact]
    public void Written_again_it_keeps_markup_numbers_and_unknown_fields()
    {
        var library = ReferenceFile.Parse(Item, "a.json");
        var writer = new StringWriter();
        ReferenceFile.Write(library.References, writer, ReferenceFormat.CslJson);
        var text = writer.ToString();
        foreach (var part in new[] { "<i>TP53</i>", "\"archive\":\"kept\"", "\"number-of-pages\":12.50", "\"accessed\":{\"date-parts\":[[2020,1,2]]}", "\"volume\":31", "\"non-dropping-particle\":\"van den\"" })
        {
            text.ShouldContain(part);
        }

        (ReferenceFile.Parse(text, "a.json").References[0] with { Position = library.References[0].Position }).ShouldBe(library.References[0]);
    }

    [Fact]
    public void Crossref_is_read_from_its_answers_to_one_and_to_many()
    {
        const string work = """
            {"type": "journal-article", "title": ["Main title"], "subtitle": ["the rest"], "container-title": ["The Journal"], "short-container-title": ["J"], "author": [{"given": "A", "family": "B", "sequence": "first", "affiliation": []}, {"name": "A Group"}],
             "published-print": {"date-parts": [[2021, 8]]}, "issued": {"date-parts": [[null]]}, "ISSN": ["1234-5678", "8765-4321"], "DOI": "10.1000/y", "article-number": "e12", "original-title": [],
             "abstract": "<jats:title>Abstract</jats:title><jats:p>One &lt; two,\n  <jats:italic>x</jats:italic>.</jats:p><jats:p>Two.</jats:p>", "subject": ["Surgery"],
             "updated-by": [{"type": "retraction", "DOI": "10.1000/r", "label": "Retraction"}, {"type": "new_version", "DOI": "10.1000/n"}]}
            """;
        foreach (var text in new[] { work, $"{{\"status\":\"ok\",\"message-type\":\"work\",\"message\":{work}}}", $"{{\"status\":\"ok\",\"message\":{{\"facets\":{{}},\"items\":[{work}],\"total-results\":1}}}}", $"{{\"items\": [{work}]}}" })
        {
            var library = ReferenceFile.Parse(text, "crossref.json");
            library.Faults.ShouldBeEmpty();
            var reference = library.References.ShouldHaveSingleItem();
            (reference.Type, reference.Title, reference.Container, reference.ContainerAbbreviation).ShouldBe((ReferenceType.JournalArticle, "Main title: the rest", "The Journal", "J"));
            (reference.Year, reference.Date, reference.Pages, reference.Abstract).ShouldBe((2021, "2021 Aug", "e12", "Abstract\nOne < two, x.\nTwo."));
            reference.Authors.ShouldBe([new("B", "A"), new("A Group") { IsGroup = true }]);
            reference.Notices.ShouldBe([new(NoticeKind.Retraction) { Doi = "10.1000/r" }]);
            reference.Keywords.ShouldBe(["Surgery"]);
            reference.SerialNumbers.ShouldBe(["1234-5678", "8765-4321"]);
        }
    }

    [Theory]
    [InlineData("{\"date-parts\":[[2006]]}", 2006, null)]
    [InlineData("{\"date-parts\":[[2006,6]]}", 2006, "2006 Jun")]
    [InlineData("{\"date-parts\":[[2006,6,1],[2006,7]]}", 2006, "2006 Jun 1 - 2006 Jul")]
    [InlineData("{\"date-parts\":[[2006]],\"season\":2}", 2006, "2006 Summer")]
    [InlineData("{\"raw\":\"2006-06-01\"}", 2006, "2006-06-01")]
    [InlineData("{\"literal\":\"about 2006\"}", 2006, "about 2006")]
    [InlineData("{\"raw\":\"2006\"}", 2006, null)]
    [InlineData("\"2006\"", 2006, null)]
    [InlineData("2006", 2006, null)]
    [InlineData("{\"date-parts\":[[]]}", null, null)]
    [InlineData("null", null, null)]
    [InlineData("{\"date-parts\":[[2006,13,\"x\"]]}", 2006, "2006 13 x")]
    public void Dates_have_many_forms(string issued, int? year, string? date)
    {
        var reference = ReferenceFile.Parse($"[{{\"type\":\"book\",\"issued\":{issued}}}]").References[0];
        (reference.Year, reference.Date).ShouldBe((year, date));
    }

    [Fact]
    public void A_broken_item_is_told_with_its_place_and_the_others_are_read()
    {
        const string text = "[\n {\"title\": \"A\",},\n {\"title\": \"ß\", \"x\": tru},\n {\"title\": \"C\", \"author\": [],\n {\"title\": \"D\"},\n 7,\n {\"x\": 1},\n {\"title\": \"open\n \"},\n {\"title\": \"E \\ud800\", \"issued\": {\"raw\": \"1. 5.\"}}]";
        var library = ReferenceFile.Parse(text, "x.json");
        library.References.Select(reference => reference.Title).ShouldBe(["A", "D", "E \ufffd"]);
        library.Faults.Select(fault => fault.ToString().Split(':')[1]).ShouldBe(["3", "4", "6", "7", "8", "10"], customMessage: string.Join('\n', library.Faults));
        library.Faults[0].ToString().ShouldStartWith("x.json:3:25: the record is not well-formed JSON");
        library.Faults[1].Message.ShouldBe("the record has no } at its end before the next one begins: it was left out");
    }
}
