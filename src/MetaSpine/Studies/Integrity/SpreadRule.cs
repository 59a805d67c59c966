namespace MetaSpine;

/// <summary>What two arms of one outcome print as standard deviations must be alike; one that is not may be a standard error.</summary>
internal static class SpreadRule
{
    internal static void Check(IntegrityReport report)
    {
        var study = report.Study;
        var arms = ResultWalk.Of<ContinuousResult>(study).Where(r => r.Result.Arm is not null && r.Result.Comparison is null)
            .GroupBy(r => (r.Outcome.Id, r.Result.Group, r.Result.Timepoint, r.Result.ChangeFromBaseline == true));
        foreach (var same in arms)
        {
            var known = same.Where(r => ResultWalk.Printed(r.Result.Sd) is not null && ResultWalk.Size(study, r.Result) > 0).ToList();
            for (var i = 1; i < known.Count; i++)
                Compare(report, known[0].Result, known[i].Result, known[i].Path, known[i].Outcome.Label ?? known[i].Outcome.Id);
        }
    }

    private static void Compare(IntegrityReport report, ContinuousResult first, ContinuousResult second, string path, string what)
    {
        var (n1, n2) = (ResultWalk.Size(report.Study, first)!.Value, ResultWalk.Size(report.Study, second)!.Value);
        report.Add(SpreadCheck.Check(first.Sd!.Text, n1, second.Sd!.Text, n2, ResultWalk.Printed(first.Mean), ResultWalk.Printed(second.Mean)),
            $"{path}.sd", ResultWalk.At(second.Sd, second), $"{what}, {first.Arm} and {second.Arm}");
    }
}
