namespace MetaSpine;

/// <summary>Which records are one report, and which a person has to look at.</summary>
public sealed partial record DeduplicationResult
{
    /// <summary>The records, as they were given.</summary>
    public required ValueList<Reference> References { get; init; }

    /// <summary>The reports that have more than one record, by their first record.</summary>
    public required ValueList<DuplicateCluster> Clusters { get; init; }

    /// <summary>What a person has to look at, one pair for each two reports; nothing of it is merged.</summary>
    public required ValueList<DuplicatePair> Questions { get; init; }

    /// <summary>One record for each report, in the order of their first records.</summary>
    public required ValueList<Reference> Unique { get; init; }

    /// <summary>How many records were merged into others.</summary>
    public int Removed => References.Count - Unique.Count;

    /// <summary>How well this agrees with labels that people gave: a record is a duplicate if it has any other record of its report, the one that is kept included.</summary>
    /// <param name="isDuplicate">Whether a record was labelled as having a duplicate.</param>
    public DeduplicationAccuracy Accuracy(Func<Reference, bool> isDuplicate)
    {
        ArgumentNullException.ThrowIfNull(isDuplicate);
        var found = Clusters.SelectMany(cluster => cluster.Members).ToHashSet();
        var labelled = References.Select(isDuplicate).ToList();
        var places = Enumerable.Range(0, References.Count);
        return new()
        {
            TruePositives = places.Count(i => labelled[i] && found.Contains(i)), TrueNegatives = places.Count(i => !labelled[i] && !found.Contains(i)),
            Missed = [.. places.Where(i => labelled[i] && !found.Contains(i))], Wrong = [.. places.Where(i => !labelled[i] && found.Contains(i))],
        };
    }
}

/// <summary>How well duplicates that were found agree with labels, counted by record.</summary>
public sealed partial record DeduplicationAccuracy
{
    /// <summary>How many labelled records were found to have a duplicate.</summary>
    public required int TruePositives { get; init; }

    /// <summary>How many records without a label were left alone.</summary>
    public required int TrueNegatives { get; init; }

    /// <summary>The places of labelled records that were left alone.</summary>
    public required ValueList<int> Missed { get; init; }

    /// <summary>The places of records without a label that were merged.</summary>
    public required ValueList<int> Wrong { get; init; }

    /// <summary>The share of labelled records that were found; <see langword="null"/> where there are none.</summary>
    public double? Sensitivity => Share(TruePositives, Missed.Count);

    /// <summary>The share of records without a label that were left alone; <see langword="null"/> where there are none.</summary>
    public double? Specificity => Share(TrueNegatives, Wrong.Count);

    private static double? Share(int right, int wrong) => right + wrong == 0 ? null : (double)right / (right + wrong);
}
