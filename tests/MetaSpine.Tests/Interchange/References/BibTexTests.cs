namespace MetaSpine.Tests;

public sealed class BibTexTests
{
    private const string Library = """
        % A comment, to be passed over by a@b.org
        @comment{jabref-meta: databaseType:bibtex;}
        @preamble{"\newcommand{\noopsort}[1]{}"}
        @string{spine = "Spine"}
        @STRING(long = spine # { (Phila Pa 1976)})

        @Article{oda2006,
          Author    = {Oda, Ichiro and van der Berg, Jan P. and Hall, Jr, H. K. and {Spine Study Group} and Ludwig van Beethoven and N{\'u}{\~n}ez-Ortiz, Jos{\'e} and others},
          title     = {{Spinal} Metastasis of the {C}ervical \& Thoracic Spine: {\"O}ne \emph{small} $\alpha$-study -- part~{II}},
          journal   = long,
          year      = 2006, month = jun, day = 1,
          volume = "31", number = {13}, pages = {1439--44},
          doi = {https://doi.org/10.1000/a\_b},
          issn = {0362-2436, 1528-1159},
          keywords = {spine, metastasis},
          abstract = {First
            line.

            Second {line}.},
          note = {RAYYAN-INCLUSION: {"A"=>"Included"}},
          file = {Full Text PDF:/tmp/a.pdf:application/pdf},
          urldate = {2020-01-02},
        }

        @phdthesis(abe, title = "A {"}quoted{"} thesis", author = {Abe, Y.}, school = {Hokkaido}, year = 1999)
        @incollection{chap, title = {Chapter}, booktitle = {The Book}, editor = {Ed, Itor}, publisher = {P}, address = {London}, date = {2010-05-03}}
        @misc{pre, title = {Pre}, eprint = {2001.00001}, archiveprefix = {arXiv}, year = {2020}}
        """;

    [Fact]
    public void Entries_give_their_fields()
    {
        var library = ReferenceFile.Parse(Library, "a.bib");
        library.Format.ShouldBe(ReferenceFormat.BibTeX);
        library.Faults.ShouldBeEmpty(string.Join('\n', library.Faults));
        library.References.Count.ShouldBe(4);
        var reference = library.References[0];
        reference.Title.ShouldBe("Spinal Metastasis of the Cervical & Thoracic Spine: Öne small α-study – part II");
        reference.Authors.ShouldBe(
        [
            new("Oda", "Ichiro"), new("van der Berg", "Jan P."), new("Hall", "H. K.") { Suffix = "Jr" }, new("Spine Study Group") { IsGroup = true }, new("van Beethoven", "Ludwig"), new("Núñez-Ortiz", "José"),
        ]);
        (reference.Id, reference.Type, reference.Container, reference.Year, reference.Date).ShouldBe(("oda2006", ReferenceType.JournalArticle, "Spine (Phila Pa 1976)", 2006, "2006 Jun 1"));
        (reference.Volume, reference.Issue, reference.Pages, reference.Doi).ShouldBe(("31", "13", "1439-1444", "10.1000/a_b"));
        reference.SerialNumbers.ShouldBe(["0362-2436", "1528-1159"]);
        reference.Keywords.ShouldBe(["spine", "metastasis"]);
        reference.Abstract.ShouldBe("First line.\nSecond line.");
        reference.Position.ToString().ShouldBe("a.bib:7:1");
        reference.Other.ShouldContain(new ReferenceField(ReferenceFormat.BibTeX, "file", "Full Text PDF:/tmp/a.pdf:application/pdf"));
        reference.Other.ShouldContain(new ReferenceField(ReferenceFormat.BibTeX, "urldate", "2020-01-02"));
        (library.References[1].Type, library.References[1].Title, library.References[1].Publisher, library.References[1].Year).ShouldBe((ReferenceType.Thesis, "A \"quoted\" thesis", "Hokkaido", 1999));
        (library.References[2].Type, library.References[2].Container, library.References[2].Year, library.References[2].Date).ShouldBe((ReferenceType.BookChapter, "The Book", 2010, "2010-05-03"));
        library.References[2].Editors.ShouldBe([new("Ed", "Itor")]);
        library.References[3].Type.ShouldBe(ReferenceType.Preprint);
    }

    [Fact]
    public void Written_again_it_keeps_braces_commands_and_unknown_fields()
    {
        var library = ReferenceFile.Parse(Library, "a.bib");
        var writer = new StringWriter();
        ReferenceFile.Write(library.References, writer, ReferenceFormat.BibTeX);
        var text = writer.ToString();
        foreach (var part in new[] { "{{Spinal} Metastasis of the {C}ervical", "and others}", "month = jun", "file = {Full Text PDF", "urldate = {2020-01-02}", "@phdthesis{abe,", "eprint = {2001.00001}", "date = {2010-05-03}" })
        {
            text.ShouldContain(part);
        }

        foreach (var (reference, twin) in library.References.Zip(ReferenceFile.Parse(text, "a.bib").References))
        {
            (twin with { Position = reference.Position }).ShouldBe(reference);
        }
    }

    [Theory]
    [InlineData("{\\\"o}{\\\"{o}}\\\"o\\\"{o}", "öööö")]
    [InlineData("\\'e\\`e\\^e\\~n\\=a\\.z\\u{g}\\v{s}\\H{o}\\c{c}\\k{a}\\r{a}\\d{s}\\b{d}", "éèêñāżğšőçąåṣḏ")]
    [InlineData("\\c c \\v s", "ç š")]
    [InlineData("\\'{\\i}\\\"\\i\\v{\\j}", "íïǰ")]
    [InlineData("Stra{\\ss}e \\O re {\\L}\\'od\\'z \\ae\\oe\\aa", "Straße Øre Łódź æœå")]
    [InlineData("Erd{\\H o}s, \\'{E}cole, {\\AA}rhus", "Erdős, École, Århus")]
    [InlineData("50\\% \\& \\$5 \\#1 a\\_b \\{x\\}", "50% & $5 #1 a_b {x}")]
    [InlineData("a~b -- c --- d ``e'' \\ldots", "a b – c — d “e” …")]
    [InlineData("$p \\leq 0.05$, H$_{2}$O, 10$^{-3}$, $\\beta$-x, $\\mu$g", "p ≤0.05, H2O, 10-3, β-x, μg")]
    [InlineData("\\textit{in vivo} {\\em y} \\textsuperscript{2} \\textbackslash{} \\texttrademark", "in vivo y 2 \\ ™")]
    [InlineData("unknown \\foo{x} stays", "unknown \\foox stays")]
    [InlineData("line\nbroken  here", "line broken here")]
    [InlineData("{\\'", "")]
    [InlineData("\\", "\\")]
    [InlineData("q̃ \\~q", "q̃ q\u0303")]
    public void Commands_of_latex_are_understood(string latex, string text) => LatexText.Decode(latex).ShouldBe(text);

    [Theory]
    [InlineData("Donald E. Knuth", "Knuth", "Donald E.")]
    [InlineData("de la Fuente, Maria", "de la Fuente", "Maria")]
    [InlineData("Charles Louis Xavier Joseph de la Vall{\\'e}e Poussin", "de la Vallée Poussin", "Charles Louis Xavier Joseph")]
    [InlineData("Plato", "Plato", null)]
    [InlineData("{Barnes and Noble}, Inc", "Barnes and Noble", "Inc")]
    [InlineData("{\\O}stergaard, S{\\o}ren", "Østergaard", "Søren")]
    [InlineData("Jean-Paul {Du Bois}", "Du Bois", "Jean-Paul")]
    public void Names_are_parted_as_bibtex_does(string name, string family, string? given)
    {
        var author = ReferenceFile.Parse($"@misc{{a, author = {{{name}}}}}").References[0].Authors.ShouldHaveSingleItem();
        (author.Family, author.Given, author.IsGroup).ShouldBe((family, given, false));
    }

    [Theory]
    [InlineData("Hall, Jr., H. K.")]
    [InlineData("Hall, H. K., Jr.")]
    public void A_suffix_stands_before_or_behind_the_given_names(string name) =>
        ReferenceFile.Parse($"@misc{{a, author = {{{name}}}}}").References[0].Authors.ShouldBe([new("Hall", "H. K.") { Suffix = "Jr." }]);

    [Theory]
    [InlineData("{World Health Organization}")]
    [InlineData("Cochrane Collaboration")]
    public void Groups_are_known(string name) => ReferenceFile.Parse($"@misc{{a, author = {{{name} and B, C}}}}").References[0].Authors.Select(author => author.IsGroup).ShouldBe([true, false]);

    [Fact]
    public void A_broken_entry_is_told_with_its_place_and_the_others_are_read()
    {
        const string text = """
            @article{a, title = {A}, year = {soon}}
            @article{b, title = {B
            @article{c, title = {C}, journal = jcr, year 2000}
            @article{d,
              title = {D}
              journal = nowhere}
            @article{e, title = "E}"}
            @article{f, title = {F}}
            @article{g, title = {G
            """;
        var library = ReferenceFile.Parse(text, "x.bib");
        library.References.Select(reference => reference.Title).ShouldBe(["A", "D", "F"]);
        library.Faults.Select(fault => fault.ToString()).ShouldBe(
        [
            "x.bib:1:1: found 'soon' as the year of publication, expected four digits: the record was read without it",
            "x.bib:2:1: this @article has no closing brace before the next entry begins: it was left out",
            "x.bib:3:36: 'jcr' stands without braces, and no @string before it defines it: it was read as the text itself",
            "x.bib:3:41: found 'year 2000' in this @article, expected a field such as year = {2006}: the entry was left out",
            "x.bib:6:3: expected a comma behind the field 'title': it was read as if there were one",
            "x.bib:6:13: 'nowhere' stands without braces, and no @string before it defines it: it was read as the text itself",
            "x.bib:7:21: this text has no end: the entry was left out",
            "x.bib:9:1: the file ends within this @article, before its }: it may have been cut off, and was left out",
        ]);
    }

    [Fact]
    public void Records_without_a_key_get_one_of_their_own()
    {
        var writer = new StringWriter();
        Reference oda = new() { Authors = [new("Óda B", "I")], Year = 2006 };
        ReferenceFile.Write([oda, oda, new(), oda with { Id = "a key, {odd}" }], writer, ReferenceFormat.BibTeX);
        ReferenceFile.Parse(writer.ToString()).References.Select(reference => reference.Id).ShouldBe(["daB2006", "daB2006-2", "reference", "a-key---odd-"]);
    }
}
