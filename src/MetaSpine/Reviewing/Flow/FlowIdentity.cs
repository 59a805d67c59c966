namespace MetaSpine;

/// <summary>A count as a part of a rule.</summary>
/// <param name="Name">What is counted, as a sentence can say it.</param>
/// <param name="Value">How many; null where it is not given.</param>
/// <param name="Sign">1 where it is added, -1 where it is taken off.</param>
internal sealed record FlowTerm(string Name, long? Value, int Sign = 1)
{
    /// <summary>The field that holds the count; null for a sum.</summary>
    public PrismaField? Field { get; init; }

    /// <summary>The box of what was left out that it stands in; null for a count in the flow itself. A box without counts may be what a rule lacks.</summary>
    public string? Box { get; init; }
}

/// <summary>A rule by which some counts give another: the sum of the terms is the result.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Terms">The counts that give the result, the one that it cannot do without first.</param>
/// <param name="Result">The count that must be their sum.</param>
internal sealed record FlowIdentity(FlowRule Rule, IReadOnlyList<FlowTerm> Terms, FlowTerm Result)
{
    public bool IsKnown => Result.Value is not null && Terms[0].Value is not null;

    public long Expected => Terms.Sum(term => term.Sign * (term.Value ?? 0));

    public long Difference => Result.Value!.Value - Expected;

    public bool Holds => Difference == 0;

    /// <summary>The first count of a box without any that would make up the difference; null where there is none.</summary>
    public FlowTerm? Missing => Terms.Where(term => term.Box is not null).GroupBy(term => term.Box)
        .FirstOrDefault(box => box.All(term => term.Value is null) && box.First().Sign * Difference > 0)?.First();

    /// <summary>All rules of this kind between the counts of a diagram.</summary>
    public static IEnumerable<FlowIdentity> Of(PrismaCounts c)
    {
        yield return new(FlowRule.Databases, [Sum("records from each database", c.Databases)], Count("database_results", c.DatabaseRecords));
        yield return new(FlowRule.Registers, [Sum("records from each register", c.Registers)], Count("register_results", c.RegisterRecords));
        yield return new(FlowRule.Screened, [.. Found(c), .. Removed(c)], Count("records_screened", c.Screened));
        yield return new(FlowRule.Sought, [Count("records_screened", c.Screened), Less("records_excluded", c.Excluded)], Count("dbr_sought_reports", c.Sought));
        yield return new(FlowRule.Assessed, [Count("dbr_sought_reports", c.Sought), Less("dbr_notretrieved_reports", c.NotRetrieved)], Count("dbr_assessed", c.Assessed));
        yield return new(FlowRule.OtherAssessed, [Count("other_sought_reports", c.OtherSought), Less("other_notretrieved_reports", c.OtherNotRetrieved)], Count("other_assessed", c.OtherAssessed));
        yield return new(FlowRule.NewReports, Left(c), Count("new_reports", c.NewReports));
        yield return new(FlowRule.TotalStudies, [Count("new_studies", c.NewStudies), Count("previous_studies", c.PreviousStudies)], Count("total_studies", c.TotalStudies));
        yield return new(FlowRule.TotalReports, [Count("new_reports", c.NewReports), Count("previous_reports", c.PreviousReports)], Count("total_reports", c.TotalReports));
    }

    internal static FlowTerm Sum(string name, ValueList<PrismaCount> items) => new(name, Total(items));

    internal static long? Total(ValueList<PrismaCount> items) => items.Count == 0 ? null : items.Sum(item => (long)item.Count);

    private static FlowTerm Count(string key, long? value) => PrismaField.Find(key) is var field ? new(field!.Name, value) { Field = field } : throw new InvalidOperationException(key);

    private static FlowTerm Less(string key, long? value, string? box = null) => Count(key, value) with { Sign = -1, Box = box ?? key };

    private static FlowTerm[] Found(PrismaCounts c)
    {
        var databases = c.DatabaseRecords is null ? Sum("records from databases", c.Databases) : Count("database_results", c.DatabaseRecords);
        var registers = c.RegisterRecords is null ? Sum("records from registers", c.Registers) : Count("register_results", c.RegisterRecords);
        return databases.Value is null ? [registers, databases] : [databases, registers];
    }

    private static FlowTerm[] Removed(PrismaCounts c) =>
    [
        Less("duplicates", c.Duplicates, "removed"), Less("excluded_automatic", c.RemovedByAutomation, "removed"), Less("excluded_other", c.RemovedOtherwise, "removed"),
    ];

    /// <summary>What is left of the reports assessed, by either way; the way that has none is left out.</summary>
    private static FlowTerm[] Left(PrismaCounts c)
    {
        FlowTerm[] databases = [Count("dbr_assessed", c.Assessed), Sum("reports excluded", c.ReportsExcluded) with { Sign = -1, Box = c.Assessed > 0 ? "excluded" : null }];
        FlowTerm[] other = [Count("other_assessed", c.OtherAssessed), Sum("reports from other methods excluded", c.OtherReportsExcluded) with { Sign = -1, Box = c.OtherAssessed > 0 ? "other" : null }];
        return c.Assessed is null ? [.. other, .. databases] : [.. databases, .. other];
    }
}
