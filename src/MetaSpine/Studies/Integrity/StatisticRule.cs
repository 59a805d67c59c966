namespace MetaSpine;

/// <summary>What a study prints beside its results must be of one piece: p-values with their statistics, kappas with their agreement, baseline p-values with chance.</summary>
internal static class StatisticRule
{
    internal static void Check(IntegrityReport report)
    {
        var study = report.Study;
        for (var i = 0; i < study.Tests.Count; i++)
            Test(report, study.Tests[i], $"tests[{i}]");
        for (var i = 0; i < study.RaterAgreements.Count; i++)
            Agreement(report, study.RaterAgreements[i], $"rater_agreement[{i}]");
        var pValues = study.BaselineP.Select(p => p.Number.Text).Where(text => PrintedPValue.TryParse(text, out _)).ToList();
        if (study.Design?.Type == StudyType.RandomisedTrial && pValues.Count > 1)
            report.Add(BaselineCheck.Check(pValues), "baseline_p", study.PositionOf("baseline_p"), what: null);
    }

    private static void Test(IntegrityReport report, ReportedTest test, string path)
    {
        var (df, df2) = (test.Df?.Value ?? double.NaN, test.Df2?.Value ?? double.NaN);
        var number = test.Value.Text.TrimStart('<', '>');
        if (PrintedNumber.TryParse(number, out _) && PrintedPValue.TryParse(test.P.Text, out _)
            && (test.Statistic == TestStatistic.Z || df > 0) && (test.Statistic != TestStatistic.F || df2 > 0)
            && (test.Statistic != TestStatistic.R || Math.Abs(NumberText.Value(number.TrimStart()) ?? 2) <= 1))
            report.Add(StatisticCheck.Check(test.Statistic, test.Value.Text, df, test.P.Text, df2, test.OneSided == true), $"{path}.p", ResultWalk.At(test.P, test),
                test.About ?? "test");
    }

    private static void Agreement(IntegrityReport report, RaterAgreement agreement, string path)
    {
        if (ResultWalk.Printed(agreement.Kappa) is not { } kappa)
            return;
        var (at, what) = (ResultWalk.At(agreement.Kappa!, agreement), agreement.About ?? "agreement");
        if (ResultWalk.Printed(agreement.ObservedPercent) is { } observed && ResultWalk.Printed(agreement.ExpectedPercent) is { } expected)
            report.Add(KappaCheck.OfAgreement(kappa, observed + "%", expected + "%"), $"{path}.kappa", at, what);
        if (ResultWalk.Count(agreement.Both) is { } both && ResultWalk.Count(agreement.OnlyFirst) is { } first && ResultWalk.Count(agreement.OnlySecond) is { } second
            && ResultWalk.Count(agreement.Neither) is { } neither && both + first + second + neither > 0)
            report.Add(KappaCheck.OfTable(kappa, both, first, second, neither), $"{path}.kappa", at, what);
    }
}
