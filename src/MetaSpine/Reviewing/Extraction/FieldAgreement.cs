namespace MetaSpine;

/// <summary>How far two extractions agree on fields of one name: on the events of all results, on the answers to one tool.</summary>
public sealed record FieldAgreement
{
    private const int FewestPairs = 3;

    /// <summary>The fields: <c>outcomes.events</c>, <c>risk_of_bias.minors answers</c>, <c>citation (texts)</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What they hold.</summary>
    public required FieldKind Kind { get; init; }

    /// <summary>How many both give.</summary>
    public required int Both { get; init; }

    /// <summary>How many of these are alike; the same number in another form is.</summary>
    public required int Agreed { get; init; }

    /// <summary>How many only the first gives.</summary>
    public required int OnlyA { get; init; }

    /// <summary>How many only the second gives.</summary>
    public required int OnlyB { get; init; }

    /// <summary>How many fields there are.</summary>
    public int Fields => Both + OnlyA + OnlyB;

    /// <summary>Of numbers, how many could be roundings of each other: they differ by no more than half a unit of the last digit of the shorter one.</summary>
    public int? WithinRounding { get; init; }

    /// <summary>Of numbers, the mean of their absolute differences; <see langword="null"/> where there are none.</summary>
    public double? MeanAbsoluteDifference { get; init; }

    /// <summary>
    /// Of numbers, Lin's concordance correlation, 2 s_ab / (s_a^2 + s_b^2 + (mean_a - mean_b)^2) with sums over n (Lin 1989, doi:10.2307/2532051).
    /// <see langword="null"/> with fewer than three pairs and where no number differs from another, so that there is nothing to measure.
    /// </summary>
    public double? Concordance { get; init; }

    /// <summary>Of categories, Cohen's kappa and its kin on the fields that both give, with the table; <see langword="null"/> with fewer than three and where only one category was used.</summary>
    public AgreementResult? Kappa { get; init; }

    /// <summary>The agreement by name, numbers before categories before texts, each in the order of the first file.</summary>
    internal static ValueList<FieldAgreement> Of(IReadOnlyList<ComparedField> fields, string a, string b) =>
        fields.GroupBy(field => field.Group, StringComparer.Ordinal).Select(group => Of(group.Key, [.. group], a, b)).OrderBy(group => group.Kind).ToValueList();

    private static FieldAgreement Of(string name, List<ComparedField> fields, string a, string b)
    {
        // A moderator that one person writes as a word and the other as a number is compared as words.
        var kind = fields.Max(field => field.Kind);
        var both = fields.FindAll(field => field is { A: not null, B: not null });
        var numbers = kind == FieldKind.Number ? both.Where(field => NumberText.Value(field.A!) is not null && NumberText.Value(field.B!) is not null).ToList() : [];
        double[] first = [.. numbers.Select(field => NumberText.Value(field.A!)!.Value)], second = [.. numbers.Select(field => NumberText.Value(field.B!)!.Value)];
        return new()
        {
            Name = name, Kind = kind, Both = both.Count, Agreed = both.Count(field => field.Agrees),
            OnlyA = fields.Count(field => field.B is null), OnlyB = fields.Count(field => field.A is null),
            WithinRounding = kind == FieldKind.Number ? both.Count(field => field.Agrees || AreRoundings(field.A!, field.B!)) : null,
            MeanAbsoluteDifference = numbers.Count == 0 ? null : first.Zip(second, (x, y) => Math.Abs(x - y)).Average(),
            Concordance = numbers.Count < FewestPairs ? null : Lin(first, second),
            Kappa = kind == FieldKind.Category ? Agree(both, a, b) : null,
        };
    }

    private static bool AreRoundings(string a, string b)
    {
        if (NumberText.Value(a) is not { } x || NumberText.Value(b) is not { } y || a.AsSpan().ContainsAny('e', 'E') || b.AsSpan().ContainsAny('e', 'E'))
        {
            return false;
        }

        // 0.35 has no exact binary form, so a difference of exactly half a unit may come out a few bits larger.
        var half = 0.5 * Math.Pow(10, -Math.Min(NumberText.Decimals(a), NumberText.Decimals(b)));
        return Math.Abs(x - y) <= half + 1e-15 * Math.Max(Math.Abs(x), Math.Abs(y));
    }

    private static double? Lin(double[] a, double[] b)
    {
        var (meanA, meanB) = (a.Average(), b.Average());
        double aa = 0, bb = 0, ab = 0;
        for (var i = 0; i < a.Length; i++)
        {
            aa += (a[i] - meanA) * (a[i] - meanA) / a.Length;
            bb += (b[i] - meanB) * (b[i] - meanB) / a.Length;
            ab += (a[i] - meanA) * (b[i] - meanB) / a.Length;
        }

        var all = aa + bb + (meanA - meanB) * (meanA - meanB);
        return all > 0 && double.IsFinite(all) ? 2 * ab / all : null;
    }

    private static AgreementResult? Agree(List<ComparedField> both, string a, string b)
    {
        var pairs = both.ConvertAll(field => (A: NodeComparison.Folded(field.A!), B: NodeComparison.Folded(field.B!)));
        List<string> categories = [.. pairs.SelectMany(pair => new[] { pair.A, pair.B }).Distinct(StringComparer.Ordinal)];
        return both.Count < FewestPairs || categories.Count < 2 ? null : new AgreementTable(
            categories, [.. categories.Select(row => categories.Select(column => pairs.Count(pair => pair.A == row && pair.B == column)).ToArray())], a, b).Agreement();
    }
}
