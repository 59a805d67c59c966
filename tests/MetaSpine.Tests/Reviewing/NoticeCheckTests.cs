namespace MetaSpine.Tests;

public sealed class NoticeCheckTests
{
    private const string Text =
        """
        schema: metaspine/review/1
        studies:
          - id: oda2006
            citation: {authors: [Oda I], year: 2006, pmid: 16741452}
          - id: rao2009
            citation: {authors: [Rao S], year: 2009, doi: 10.1000/Rao}
            reports:
              - {authors: [Rao S], year: 2011, pmcid: PMC77}
          - id: spine1999
            citation: {journal: Spine, year: 1999}
          - id: lee2012
            citation: {authors: [Lee K], year: 2012, pmid: 22222222}
          - id: roe2001
            citation: {authors: [Roe R], year: 2001, pmid: 11111111}
            status: {retracted: true, erratum: 'Spine 2002;27:9'}
        """;

    private static readonly Review Review = Review.Parse(Text, "review.yaml");

    [EveryCultureFact]
    public void A_study_whose_report_was_retracted_is_warned_of_at_its_number()
    {
        var references = Parsed("PMID- 16741452\nTI  - Stability\nPT  - Retracted Publication\nRIN - Spine. 2010;35:1. PMID: 20000001\n");
        var report = NoticeCheck.Run(Review.Studies, references);
        var finding = report.Findings.First(finding => finding.StudyId == "oda2006");
        finding.ToString().ShouldBe(
            "review.yaml:4:52: warning retraction: Oda 2006 was retracted (Spine. 2010;35:1, PMID 20000001), says library:1:1; decide whether it may stay in the review, and say why");
        (finding.Rule, finding.Path, finding.Reference!.Title).ShouldBe(("retraction", "citation", "Stability"));
    }

    [EveryCultureFact]
    public void What_could_not_be_looked_up_is_said()
    {
        var report = NoticeCheck.Run(Review.Studies, Parsed("PMID- 16741452\nTI  - A\n\nPMID- 999\nTI  - B\nAID - 10.1000/RAO [doi]\n"));
        report.Found.ShouldBe(["oda2006", "rao2009"]);
        report.NotFound.ShouldBe(["lee2012", "roe2001"]);
        report.WithoutNumber.ShouldBe(["spine1999"]);
        report.Findings.ShouldAllBe(finding => finding.StudyId == "roe2001");
    }

    [EveryCultureFact]
    public void The_study_file_itself_may_say_so()
    {
        var findings = NoticeCheck.Run(Review.Studies);
        findings.Select(finding => finding.ToString()).ShouldBe(
        [
            "review.yaml:15:25: warning retraction: Roe 2001 was retracted, as its study file says; decide whether it may stay in the review, and say why",
            "review.yaml:15:40: warning erratum: the study file of Roe 2001 names an erratum or an expression of concern: Spine 2002;27:9; see that its numbers are those after the correction",
        ]);
        NoticeCheck.Run(Review.Studies, []).Findings.ShouldBe(findings.ToValueList());
    }

    [EveryCultureFact]
    public void What_file_and_reference_both_know_is_one_finding()
    {
        var findings = NoticeCheck.Run(Review.Studies, Parsed("PMID- 11111111\nTI  - A\nRIN - Spine. 2003;1:1\n")).Findings;
        findings.Select(finding => (finding.Rule, finding.Path)).ShouldBe([("erratum", "status.erratum"), ("retraction", "citation")]);
    }

    [EveryCultureFact]
    public void A_file_that_denies_it_is_told()
    {
        var review = Review.Parse(Text.Replace("retracted: true", "retracted: false", StringComparison.Ordinal), "review.yaml");
        NoticeCheck.Run(review.Studies, Parsed("PMID- 11111111\nTI  - A\nRIN - Spine. 2003;1:1\n")).Findings
            .ShouldContain(finding => finding.Sentence.Contains("says library:1:1; its study file says that it was not;", StringComparison.Ordinal));
    }

    [EveryCultureFact]
    public void A_further_report_counts_too()
    {
        var finding = NoticeCheck.Run(Review.Studies, Parsed("PMID- 5\nTI  - A\nPMC - PMC77\nECI - Spine. 2012;1:1\n")).Findings[0];
        (finding.StudyId, finding.Rule, finding.Path).ShouldBe(("rao2009", "concern", "reports[0]"));
        finding.Sentence.ShouldStartWith("a further report of Rao 2009 (Rao 2011) has an expression of concern (Spine. 2012;1:1), says library:1:1");
    }

    [EveryCultureFact]
    public void The_same_notice_from_two_libraries_is_told_once_by_the_one_that_says_more()
    {
        var poor = Parsed("TY  - JOUR\nTI  - RETRACTED: A\nAN  - PMID: 16741452\nN1  - Erratum in: doi: 10.1000/e\nER  - \n");
        var rich = Parsed("PMID- 16741452\nTI  - A\nRIN - Spine. 2010;35:1\nEIN - Spine. 2007;32:1. doi: 10.1000/E\nEIN - Spine. 2008;33:1. PMID: 3\n");
        foreach (var references in new[] { poor.Concat(rich), rich.Concat(poor) })
        {
            NoticeCheck.Run([Review.Studies[0]], references).Findings.Select(finding => (finding.Notice.Kind, finding.Notice.Where)).ShouldBe(
                [(NoticeKind.Retraction, "Spine. 2010;35:1"), (NoticeKind.Erratum, "Spine. 2007;32:1"), (NoticeKind.Erratum, "Spine. 2008;33:1")]);
        }
    }

    private static ValueList<Reference> Parsed(string text) => ReferenceFile.Parse(text, "library").References;
}
