namespace MetaSpine;

/// <summary>What must hold between the parts of a study file before anything can be computed from it.</summary>
internal static class StudyRules
{
    internal static void Check(Study study, Reading reading)
    {
        var groups = study.Groups.Select(g => g.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var group in study.Groups)
            Known("group", group.Within, groups, group.PositionOf("within"), reading);
        CheckCycles(study, reading);
        foreach (var partition in study.Partitions)
            CheckPartition(partition, groups, reading);
        var results = new ResultRules(study, groups, reading);
        var seen = new Dictionary<string, Outcome>(StringComparer.Ordinal);
        foreach (var outcome in study.Outcomes)
        {
            if (outcome.Id.Length > 0 && !seen.TryAdd(outcome.Id, outcome))
                reading.Fault(outcome.PositionOf("id"),
                    $"the outcome '{outcome.Id}' stands here and already on line {seen[outcome.Id].Position.Line}; give its results under one entry");
            results.Check(outcome);
        }
        foreach (var (_, estimate, _) in ResultWalk.Of<EstimateResult>(study))
            Known("outcome", estimate.Of, seen.Keys, estimate.PositionOf("of"), reading);
        foreach (var test in study.Tests)
            CheckTest(test, reading);
        foreach (var assessment in study.RiskOfBias)
            Known("outcome", assessment.Outcome, seen.Keys, assessment.PositionOf("outcome"), reading);
    }

    /// <summary>A fault where a name is given that is not known.</summary>
    internal static void Known(string what, string? name, ICollection<string> known, SourcePosition at, Reading reading)
    {
        if (name is null or "" || known.Contains(name))
            return;
        reading.Fault(at, known.Count == 0 ? $"unknown {what} '{name}': the study names no {what}s (add it under {what}s:)"
            : $"unknown {what} '{name}'{(reading.IsFull ? "" : NearestName.Hint(name, known))}");
    }

    private static void CheckPartition(Partition partition, HashSet<string> groups, Reading reading)
    {
        Known("group", partition.Of, groups, partition.PositionOf("of"), reading);
        if (partition is { Of: null, Total: null, Unit: PartitionUnit.Counts })
            reading.Fault(partition.Position, "the whole of this partition is missing: name a group (of: all) or give a total");
        foreach (var part in partition.Parts)
            if (partition.Unit == PartitionUnit.Counts && part.Number.Value is { } n && n != Math.Floor(n))
                reading.Fault(part.Number.Position, $"found {part.Number.Text}, expected a count; write unit: percent for a partition in percent");
    }

    private static void CheckTest(ReportedTest test, Reading reading)
    {
        var name = StatisticCheck.Codec.Word(test.Statistic);
        if (test.Statistic != TestStatistic.Z && test.Df is null && test.PositionOf("df") == test.Position)
            reading.Fault(test.Position, $"the test has no df: {name} needs its degrees of freedom (nr where they are not reported)");
        if (test.Statistic == TestStatistic.F && test.Df2 is null && test.PositionOf("df2") == test.Position)
            reading.Fault(test.Position, "the test has no df2: F needs two degrees of freedom (nr where they are not reported)");
        if (test.Statistic == TestStatistic.R && Math.Abs(test.Value.Value ?? 0) > 1)
            reading.Fault(test.Value.Position, $"found {test.Value}, expected a correlation from -1 to 1");
    }

    // Each group is walked over once: a walk that comes back to a group of its own has gone in a circle.
    private static void CheckCycles(Study study, Reading reading)
    {
        var byId = study.Groups.ToDictionary(g => g.Id, StringComparer.Ordinal);
        var walkOf = new Dictionary<string, PatientGroup>(StringComparer.Ordinal);
        foreach (var start in study.Groups)
        {
            var way = new List<string>();
            var at = start;
            while (at is not null && walkOf.TryAdd(at.Id, start))
            {
                way.Add(at.Id);
                at = at.Within is null ? null : byId.GetValueOrDefault(at.Within);
            }
            if (at is null || walkOf[at.Id] != start)
                continue;
            var circle = way[way.IndexOf(at.Id)..];
            if (circle.Count > 8)
                circle = [.. circle[..4], "...", .. circle[^3..]];
            reading.Fault(at.PositionOf("within"), $"the group '{at.Id}' is within itself: {string.Join(" within ", circle)} within {at.Id}");
        }
    }
}
