namespace MetaSpine;

/// <summary>What must hold between the parts of a study file before anything can be computed from it.</summary>
internal static class StudyRules
{
    internal static void Check(Study study, Reading reading)
    {
        var groups = study.Groups.Select(g => g.Id).ToList();
        foreach (var group in study.Groups)
            if (Known("group", group.Within, groups, group.PositionOf("within"), reading) && Cycle(study, group) is { } cycle)
                reading.Fault(group.PositionOf("within"), $"the group '{group.Id}' is within itself: {string.Join(" within ", cycle)}");
        foreach (var partition in study.Partitions)
            CheckPartition(partition, groups, reading);
        var seen = new Dictionary<string, Outcome>(StringComparer.Ordinal);
        foreach (var outcome in study.Outcomes)
        {
            if (outcome.Id.Length > 0 && !seen.TryAdd(outcome.Id, outcome))
                reading.Fault(outcome.PositionOf("id"),
                    $"the outcome '{outcome.Id}' stands here and already on line {seen[outcome.Id].Position.Line}; give its results under one entry");
            ResultRules.Check(study, outcome, reading);
        }
        foreach (var assessment in study.RiskOfBias)
            Known("outcome", assessment.Outcome, [.. seen.Keys], assessment.PositionOf("outcome"), reading);
    }

    /// <summary>Whether the name is known (or absent); a fault where it is not.</summary>
    internal static bool Known(string what, string? name, IReadOnlyCollection<string> known, SourcePosition at, Reading reading)
    {
        if (name is null or "" || known.Contains(name))
            return true;
        reading.Fault(at, known.Count == 0 ? $"unknown {what} '{name}': the study names no {what}s (add it under {what}s:)"
            : $"unknown {what} '{name}'{NearestName.Hint(name, known)}");
        return false;
    }

    private static void CheckPartition(Partition partition, List<string> groups, Reading reading)
    {
        Known("group", partition.Of, groups, partition.PositionOf("of"), reading);
        if (partition is { Of: null, Total: null, Unit: PartitionUnit.Counts })
            reading.Fault(partition.Position, "the whole of this partition is missing: name a group (of: all) or give a total");
        foreach (var part in partition.Parts)
            if (partition.Unit == PartitionUnit.Counts && part.Number.Value is { } n && n != Math.Floor(n))
                reading.Fault(part.Number.Position, $"found {part.Number.Text}, expected a count; write unit: percent for a partition in percent");
    }

    /// <summary>The groups from this one back to itself; null where there is no way back, or where an earlier group tells of it.</summary>
    private static List<string>? Cycle(Study study, PatientGroup start)
    {
        var names = new List<string> { start.Id };
        for (var group = start; names.Count <= study.Groups.Count + 1 && study.FindGroup(group.Within) is { } next; group = next)
        {
            names.Add(next.Id);
            if (next.Id == start.Id)
                return study.Groups.First(g => names.Contains(g.Id)).Id == start.Id ? names : null;
        }
        return null;
    }
}
