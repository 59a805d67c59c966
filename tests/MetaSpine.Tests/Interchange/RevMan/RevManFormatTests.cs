using System.Text;

namespace MetaSpine.Tests;

/// <summary>The three formats of the same review, and what each says besides the numbers.</summary>
public sealed class RevManFormatTests
{
    private const string Rm5 =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <COCHRANE_REVIEW>
        <COVER_SHEET><TITLE>Drug for pain</TITLE></COVER_SHEET>
        <STUDIES_AND_REFERENCES><STUDIES>
        <INCLUDED_STUDIES>
        <STUDY DATA_SOURCE="PUB" ID="STD-Kim-2001" NAME="Kim 2001" YEAR="2001">
        <REFERENCE PRIMARY="NO" TYPE="CONFERENCE_PROC"><AU>Kim J</AU><TI>Early result</TI><YR>2000</YR></REFERENCE>
        <REFERENCE PRIMARY="YES" TYPE="JOURNAL_ARTICLE"><AU>Kim J, O'Hara P</AU><TI>A trial of a <I>drug</I></TI><SO>Pain</SO><YR>2001</YR><VL>9</VL><NO>2</NO><PG>1-7</PG><IDENTIFIERS><IDENTIFIER TYPE="DOI" VALUE="https://doi.org/10.1000/xyz"/><IDENTIFIER TYPE="PUBMED" VALUE="12345"/></IDENTIFIERS></REFERENCE>
        </STUDY>
        <STUDY DATA_SOURCE="UNPUB" ID="STD-O_x0027_Hara-1999" NAME="O'Hara 1999" YEAR="1999"/>
        </INCLUDED_STUDIES>
        <EXCLUDED_STUDIES><STUDY ID="STD-X" NAME="X 1990" YEAR="1990"/></EXCLUDED_STUDIES>
        </STUDIES></STUDIES_AND_REFERENCES>
        <CHARACTERISTICS_OF_STUDIES><CHARACTERISTICS_OF_INCLUDED_STUDIES>
        <INCLUDED_CHAR STUDY_ID="STD-Kim-2001"><CHAR_METHODS><P>Randomised.</P><P>Blinded.</P></CHAR_METHODS><CHAR_PARTICIPANTS/><CHAR_NOTES><P>None</P></CHAR_NOTES></INCLUDED_CHAR>
        </CHARACTERISTICS_OF_INCLUDED_STUDIES></CHARACTERISTICS_OF_STUDIES>
        <QUALITY_ITEMS>
        <QUALITY_ITEM ID="QIT-01" LEVEL="STUDY" NO="1"><NAME>Allocation concealment (selection bias)</NAME><QUALITY_ITEM_DATA>
        <QUALITY_ITEM_DATA_ENTRY RESULT="YES" STUDY_ID="STD-Kim-2001"><DESCRIPTION><P>Sealed envelopes.</P></DESCRIPTION></QUALITY_ITEM_DATA_ENTRY>
        <QUALITY_ITEM_DATA_ENTRY RESULT="NO" STUDY_ID="STD-O_x0027_Hara-1999"><DESCRIPTION/></QUALITY_ITEM_DATA_ENTRY>
        </QUALITY_ITEM_DATA></QUALITY_ITEM>
        </QUALITY_ITEMS>
        <ANALYSES_AND_DATA>
        <COMPARISON ID="CMP-001" NO="1"><NAME>Drug or placebo</NAME>
        <DICH_OUTCOME ID="CMP-001.01" NO="1" EFFECT_MEASURE="RR" METHOD="MH" RANDOM="YES" TOTALS="YES" SWAP_EVENTS="NO" ESTIMABLE="YES"><NAME>Relief</NAME>
        <GROUP_LABEL_1>Drug</GROUP_LABEL_1><GROUP_LABEL_2>Placebo</GROUP_LABEL_2>
        <DICH_DATA EVENTS_1="20" TOTAL_1="50" EVENTS_2="11" TOTAL_2="49" STUDY_ID="STD-Kim-2001" ESTIMABLE="YES"><FOOTNOTE>Early stop</FOOTNOTE></DICH_DATA>
        <DICH_DATA EVENTS_1="7" TOTAL_1="1030" EVENTS_2="8" TOTAL_2="1029" STUDY_ID="STD-O_x0027_Hara-1999" ESTIMABLE="YES"/>
        </DICH_OUTCOME>
        <OTHER_OUTCOME ID="CMP-001.02" NO="2"><NAME>Remarks</NAME></OTHER_OUTCOME>
        <CONT_OUTCOME ID="CMP-001.03" NO="3" EFFECT_MEASURE="SMD" RANDOM="NO" TOTALS="YES" CI_TOTAL="90" ESTIMABLE="YES"><NAME>Score</NAME>
        <GROUP_LABEL_1>Drug</GROUP_LABEL_1><GROUP_LABEL_2>Placebo</GROUP_LABEL_2>
        <CONT_DATA MEAN_1="5.0" SD_1="1.25" TOTAL_1="50" MEAN_2="6.0" SD_2="1.5" TOTAL_2="49" STUDY_ID="STD-Kim-2001" ESTIMABLE="YES"/>
        </CONT_OUTCOME>
        </COMPARISON></ANALYSES_AND_DATA>
        </COCHRANE_REVIEW>
        """;

    private const string Csv =
        """
        Comparison Number,Outcome Number,Subgroup Number,Name,Data Type,Statistical Method,Effect Measure,Analysis Model,Events 1,Mean 1,SD 1,Total 1,Events 2,Mean 2,SD 2,Total 2,Effect Estimate,SE,CI Start,CI End,Weight,Q,P(Q),I²(Q),Tau²,Z,P(Z),Qint,P(Qint),I²(Qint),df,Total CI,Group Label 1,Group Label 2,Year of study
        1,0,0,Drug or placebo,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,
        1,1,0,Relief,DIC,MH,RR,Random,27,,,"1,080",19,,,"1,078",,,,,,,,,,,,,,,,95,Drug,Placebo,
        1,1,0,Kim 2001,,,,,20,0,0,50,11,0,0,49,,,,,,,,,,,,,,,,,,,2001
        1,1,0,O'Hara 1999,,,,,7,0,0,"1,030",8,0,0,"1,029",,,,,,,,,,,,,,,,,,,1999
        1,3,0,Score,CON,IV,SMD,Fixed,,,,50,,,,49,,,,,,,,,,,,,,,,90,Drug,Placebo,
        1,3,0,Kim 2001,,,,,0,5,1.25,50,0,6,1.5,49,,,,,,,,,,,,,,,,,,,2001
        """;

    private const string Settings =
        """
        Analysis group,Analysis number,Analysis name,Analysis group name,Data type,Log-scale data,Experimental group label,Control group label,Statistical method,Effect measure,Analysis model,Overall estimates,Swap event and non-event,Study CI,Estimate CI
        1,1,Relief,Drug or placebo,Dichotomous,true,Drug,Placebo,MH,Risk Ratio,Random effects,true,false,95%,95%
        1,3,Score,Drug or placebo,Continuous,false,Drug,Placebo,IV,Standardized Mean Difference,Fixed effect,true,false,95%,90%
        """;

    private const string Rows =
        """
        Analysis group,Analysis number,Analysis name,Subgroup,Applicability,Study,Study year,GIV Mean,GIV SE,Experimental mean,Experimental SD,Experimental cases,Experimental N,Control mean,Control SD,Control cases,Control N,O-E,Variance,Weight,Mean,CI start,CI end,Footnotes
        1,1,Relief,,SUBGROUP_AND_OVERALL,O'Hara 1999,1999,0.0,0.0,0.0,0.0,7,1030,0.0,0.0,8,1029,0.0,0.0,0,0,0,0,
        1,1,Relief,,SUBGROUP_AND_OVERALL,Kim 2001,2001,0.0,0.0,0.0,0.0,20,50,0.0,0.0,11,49,0.0,0.0,0,0,0,0,
        1,3,Score,,SUBGROUP_AND_OVERALL,Kim 2001,2001,0.0,0.0,5.0,1.25,0,50,6.0,1.5,0,49,0.0,0.0,0,0,0,0,
        """;

    private const string Bias =
        """
        Study,Domain (judgement): Allocation concealment (selection bias),Domain (support): Allocation concealment (selection bias)
        Kim 2001,Low risk,Sealed envelopes.
        O'Hara 1999,High risk,
        """;

    private static RevManReview Package => RevManFiles.Read(
        RevManFiles.Zip(("x-analysis-data/x-overall-estimates-and-settings.csv", "\uFEFF" + Settings), ("x-analysis-data/x-data-rows.csv", "\uFEFF" + Rows), ("x-study-data/x-risk-of-bias.csv", "\uFEFF" + Bias)), "x.zip");

    [EveryCultureFact]
    public void Three_formats_give_one_review()
    {
        var xml = Comparable(RevManFiles.Read(Rm5).ToReview());
        Comparable(RevManFiles.Read(Encoding.UTF8.GetBytes("\uFEFF" + Csv), "x.csv").ToReview()).ToYaml().ShouldBe(xml.ToYaml());
        Comparable(Package.ToReview()).ToYaml().ShouldBe(xml.ToYaml());
        Package.ToReview().Studies.Select(study => study.RiskOfBias).ShouldBe(RevManFiles.Read(Rm5).ToReview().Studies.Select(study => study.RiskOfBias));
    }

    [EveryCultureFact]
    public void An_rm5_file_says_more_than_numbers()
    {
        var source = RevManFiles.Read(Rm5);
        source.Notes.ShouldBe(["1 study (excluded) are not among the studies of the review", "analysis 1.2, Remarks, holds no numbers to pool (OTHER_OUTCOME) and is left out"]);
        var review = source.ToReview();
        (review.Title, review.Studies.Count).ShouldBe(("Drug for pain", 2));
        var kim = review.FindStudy("Kim-2001")!;
        kim.Citation.ShouldBe(new Citation { Authors = ["Kim J", "O'Hara P"], Title = "A trial of a drug", Journal = "Pain", Year = 2001, Volume = "9", Issue = "2", Pages = "1-7", Doi = "10.1000/xyz", Pmid = "12345" });
        kim.Reports.ShouldHaveSingleItem().Title.ShouldBe("Early result");
        kim.Notes.ShouldBe("Methods: Randomised.\nBlinded.\nNotes: None\nData source in RevMan: PUB");
        kim.RiskOfBias.ShouldHaveSingleItem().Domains.ShouldBe([new DomainJudgement { Domain = "Allocation_concealment_selection_bias", Judgement = "low", Justification = "Sealed envelopes." }]);
        kim.FindOutcome("1.1")!.Results[0].Notes.ShouldBe("Early stop");
        review.FindStudy("O-Hara-1999")!.Label.ShouldBe("O'Hara 1999");
        review.Analyses.Select(analysis => (analysis.Id, analysis.Measure, analysis.Model, analysis.Method, analysis.Test, analysis.Profile, analysis.Level))
            .ShouldBe([("1.1", "RR", null, "DL", "z", "revman5", null), ("1.3", "SMD", "inverse-variance", "EE", "z", "revman5", 0.9)]);
        Review.Parse(review.ToYaml()).ShouldBe(review);
    }

    /// <summary>The settings of RevMan since 2025, with results that metafor computed (stored-results.R), to six decimals as packages have them.</summary>
    [EveryCultureFact]
    public void A_package_of_today_has_REML_Hartung_Knapp_and_prediction()
    {
        var stored = RevManFiles.Stored["REML HKSJ"][0].Select(text => FormattableString.Invariant($"{RevManFiles.Number(text):F6}")).ToList();
        var settings = "Analysis group,Analysis number,Analysis name,Data type,Log-scale data,Statistical method,Effect measure,Analysis model,Heterogeneity estimator,Tau² CI,Prediction interval,CI method,CI/PI level,"
            + "Mean,CI start,CI end,Effect T,Effect P,Heterogeneity Chi²,Heterogeneity df,Heterogeneity P,Heterogeneity I²,Heterogeneity Tau²,PI start,PI end\n"
            + $"1,1,Death,Contrast level,true,IV,Hazard Ratio,Random effects,REML,true,true,HKSJ,95%,{string.Join(',', stored)}\n";
        const string rows = "Analysis group,Analysis number,Study,GIV Mean,GIV SE\n1,1,A,-0.4308,0.21\n1,1,B,-0.11,0.3\n1,1,C,0.25,0.18\n1,1,D,-0.6,0.4\n";
        var source = RevManFiles.Read(RevManFiles.Zip(("x-overall-estimates-and-settings.csv", settings), ("x-data-rows.csv", rows)), "x.zip");
        var analysis = source.ToReview().Analyses[0];
        (analysis.Profile, analysis.Method, analysis.Test, analysis.Prediction, analysis.Measure).ShouldBe(("cochrane", "REML", "knha", "t", "HR"));
        var agreement = source.Agreement();
        agreement.Different.Select(check => check.ToString()).ShouldBeEmpty();
        agreement.Checks.Count.ShouldBe(12);
        agreement.Summary.ShouldStartWith("Of 12 stored results of 1 analysis, ");
    }

    [EveryCultureFact]
    public void Rows_of_the_whole_beside_those_of_its_parts_become_two_analyses()
    {
        const string settings = "Analysis group,Analysis number,Analysis name,Data type,Statistical method,Effect measure,Analysis model\n1,1,Death,Dichotomous,MH,Odds Ratio,Fixed effect\n";
        const string rows = "Analysis group,Analysis number,Subgroup,Applicability,Study,Experimental cases,Experimental N,Control cases,Control N\n"
            + "1,1,Men,SUBGROUP_AND_OVERALL,A,4,50,9,48\n1,1,Men,SUBGROUP_ONLY,B,2,20,3,20\n1,1,Women,SUBGROUP_ONLY,B,3,20,5,21\n1,1,,OVERALL_ONLY,B,5,40,8,41\n";
        var review = RevManFiles.Read(RevManFiles.Zip(("x-overall-estimates-and-settings.csv", settings), ("x-data-rows.csv", rows)), "x.zip").ToReview();
        review.Analyses.Select(analysis => analysis.Id).ShouldBe(["1.1", "1.1-subgroups"]);
        review.Analyse("1.1").Stratified!.Studies.Select(study => study.Effect.Label).ShouldBe(["A", "B"]);
        var parts = review.Analyse("1.1-subgroups");
        parts.Subgroups.Select(group => (group.Name, group.Result.StudyCount)).ShouldBe([("Men", 2), ("Women", 1)]);
        Review.Parse(review.ToYaml()).ShouldBe(review);
    }

    /// <summary>The three files of Fleiss (1993) that came with RevMan's own results: one review, and every result to 1e-8 or the file's decimals.</summary>
    [EveryCultureFact]
    public void The_files_of_Fleiss_give_one_review_and_their_stored_results()
    {
        var folder = Path.Combine(TestFiles.RepositoryRoot, "..", "shared", "inputs", "revman");
        Assert.SkipUnless(Directory.Exists(folder), "the files of RevMan are not beside this checkout");
        var sources = new[] { "Fleiss1993.rm5", "Fleiss1993_CR.csv", "Fleiss1993.zip" }.Select(name => RevManReview.Load(Path.Combine(folder, name))).ToList();
        var reviews = sources.ConvertAll(source => Comparable(source.ToReview()));

        // The package has no names of the groups; the CSV was exported with the mean difference, the others hold the standardised one.
        reviews[1].Studies.ShouldBe(reviews[0].Studies);
        reviews[1].Analyses[0].ShouldBe(reviews[0].Analyses[0]);
        reviews[2].Studies.Select(Numbers).ShouldBe(reviews[0].Studies.Select(Numbers));
        reviews.ForEach(review => review.Analyses.Select(analysis => (analysis.Id, analysis.Model, analysis.Method)).ShouldBe([("1.1", "mantel-haenszel", null), ("1.2", "inverse-variance", "EE")]));

        var agreements = sources.ConvertAll(source => source.Agreement());
        agreements.ForEach(agreement => agreement.Different.Select(check => check.Quantity).Distinct().ShouldBeSubsetOf([RevManQuantity.HeterogeneityPValue]));
        agreements.ForEach(agreement => agreement.Different.All(check => Math.Abs(check.Difference!.Value) < 1e-7).ShouldBeTrue("RevMan's p-value of Q has about six digits"));
        agreements.ConvertAll(agreement => agreement.Checks.Count).ShouldBe([79, 84, 41]);
        agreements[0].Same.ShouldBe(78);
        agreements[0].Unchecked.ShouldBe(["1.2 Mental Health Treatment versus Control: RevMan has stored no result"]);
    }

    /// <summary>What all formats hold.</summary>
    private static Review Comparable(Review review) => review with
    {
        Title = null,
        Notes = null,
        Studies = [.. review.Studies.Select(study => study with
        {
            Notes = null,
            RiskOfBias = [],
            Reports = [],
            Citation = new Citation { Year = study.Citation.Year },
            Outcomes = [.. study.Outcomes.Select(outcome => outcome with { Results = [.. outcome.Results.Select(result => result with { Notes = null })] })],
        })],
    };

    private static string Numbers(Study study) =>
        string.Join(' ', study.Outcomes.SelectMany(outcome => outcome.Results.Select(result => (result with { Arm = null }).ToString())).Prepend($"{study.Id} {study.Citation.Year}"));
}
