namespace MetaSpine;

/// <summary>Two records held against each other, field by field.</summary>
internal readonly ref struct PairComparison(ReferenceFeatures a, ReferenceFeatures b)
{
    private const int ShortestContained = 25;

    public ReferenceFeatures A { get; } = a;

    public ReferenceFeatures B { get; } = b;

    public FieldMatch Doi => Text(A.Doi, B.Doi);

    public FieldMatch Pmid => Text(A.Pmid, B.Pmid);

    public FieldMatch Pages => A.Pages.Match(B.Pages);

    public FieldMatch Issue => Text(A.Issue, B.Issue);

    /// <summary>The volumes. A year in the place of a volume is none.</summary>
    public FieldMatch Volume => Text(A.Volume, B.Volume) is var match && match == FieldMatch.Different && (IsYear(A, B) || IsYear(B, A)) ? FieldMatch.Unknown : match;

    public FieldMatch Journal => Sharing(A.Serials, B.Serials) ? FieldMatch.Same
        : A.Journals.Length == 0 || B.Journals.Length == 0 ? FieldMatch.Unknown
        : JournalNames.AreSame(A.Journals, B.Journals) ? FieldMatch.Same : FieldMatch.Different;

    /// <summary>How many years apart; null where one has none.</summary>
    public int? YearsApart => A.Year is { } x && B.Year is { } y ? Math.Abs(x - y) : null;

    /// <summary>The titles' pairs of letters in common.</summary>
    public double Dice()
    {
        var (x, y) = (A.Bigrams, B.Bigrams);
        if (x.Length == 0 || y.Length == 0)
        {
            return 0;
        }

        if (ReferenceEquals(x, y) || A.Title == B.Title)
        {
            return 1;
        }

        int i = 0, j = 0, common = 0;
        while (i < x.Length && j < y.Length)
        {
            var (p, q) = (x[i], y[j]);
            common += p == q ? 1 : 0;
            i += p <= q ? 1 : 0;
            j += q <= p ? 1 : 0;
        }

        return 2.0 * common / (x.Length + y.Length);
    }

    /// <summary>Whether one title is a part of the other that is long enough to be no accident.</summary>
    public bool IsContained => Math.Min(A.Title.Length, B.Title.Length) > ShortestContained
        && (A.Title.Length < B.Title.Length ? B.Title.Contains(A.Title, StringComparison.Ordinal) : A.Title.Contains(B.Title, StringComparison.Ordinal));

    /// <summary>The first family name, or the share of names in common where that is more; null where one has no authors.</summary>
    public double? Authors()
    {
        if (A.Authors.Length == 0 || B.Authors.Length == 0)
        {
            return null;
        }

        var first = Names(A.Authors[0], B.Authors[0]);
        return first == 1 ? 1 : Math.Max(first, Overlap());
    }

    /// <summary>The family names in common over those of the shorter list; of a single name over those of the longer.</summary>
    public double Overlap()
    {
        var (few, many) = A.Authors.Length <= B.Authors.Length ? (A.Authors, B.Authors) : (B.Authors, A.Authors);
        if (few.Length == 0)
        {
            return 0;
        }

        var common = 0;
        foreach (var name in few)
        {
            foreach (var other in many)
            {
                if (Names(name, other) > 0.85)
                {
                    common++;
                    break;
                }
            }
        }

        return few.Length == 1 ? (double)common / many.Length : (double)common / few.Length;
    }

    /// <summary>How much supports that the two are one: identifiers count twice.</summary>
    public double Strength(double title) =>
        title + (Authors() ?? 0) + (2 * One(Doi)) + (2 * One(Pmid)) + One(Pages) + One(Volume) + (0.5 * One(Journal)) + (YearsApart == 0 ? 0.5 : 0);

    /// <summary>The agreement of every field.</summary>
    public FieldSimilarity Similarity() => new()
    {
        Title = A.Title.Length == 0 || B.Title.Length == 0 ? null : Dice(), Authors = Authors(),
        Journal = Share(Journal) is 0 ? JournalNames.Similarity(A.Journals, B.Journals) : Share(Journal),
        Year = YearsApart switch { null => null, 0 => 1, 1 => 0.5, _ => 0 }, Volume = Share(Volume), Issue = Share(Issue), Pages = Share(Pages), Doi = Share(Doi), Pmid = Share(Pmid),
    };

    private static double One(FieldMatch match) => match == FieldMatch.Same ? 1 : 0;

    private static double? Share(FieldMatch match) => match switch { FieldMatch.Same => 1, FieldMatch.Different => 0, _ => null };

    /// <summary>Family names: the same, "Peter" for "St Peter", or one letter apart.</summary>
    private static double Names(string x, string y)
    {
        if (x == y)
        {
            return 1;
        }

        if (x.Contains(' ', StringComparison.Ordinal) || y.Contains(' ', StringComparison.Ordinal))
        {
            if (IsPartOf(x, y) || IsPartOf(y, x))
            {
                return 0.9;
            }

            (x, y) = (x.Replace(" ", "", StringComparison.Ordinal), y.Replace(" ", "", StringComparison.Ordinal));
            if (x == y)
            {
                return 1;
            }
        }

        var (brief, full) = x.Length <= y.Length ? (x, y) : (y, x);
        return brief.Length >= 5 && full.Length - brief.Length <= 1 && IsOneApart(brief, full) ? 0.9 : 0;
    }

    private static bool IsPartOf(string part, string whole) => part.Length >= 3 && whole.Length > part.Length
        && ((whole.StartsWith(part, StringComparison.Ordinal) && whole[part.Length] == ' ') || (whole.EndsWith(part, StringComparison.Ordinal) && whole[^(part.Length + 1)] == ' '));

    private static bool IsOneApart(string brief, string full)
    {
        var start = brief.AsSpan().CommonPrefixLength(full);
        return brief.Length == full.Length ? brief.AsSpan(start + 1).SequenceEqual(full.AsSpan(start + 1)) : brief.AsSpan(start).SequenceEqual(full.AsSpan(start + 1));
    }

    private static bool IsYear(ReferenceFeatures x, ReferenceFeatures y) => x.Volume.Length == 4 && int.TryParse(x.Volume, out var volume) && (volume == x.Year || volume == y.Year);

    private static bool Sharing(string[] x, string[] y)
    {
        foreach (var number in x)
        {
            if (Array.IndexOf(y, number) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    private static FieldMatch Text(string x, string y) => x.Length == 0 || y.Length == 0 ? FieldMatch.Unknown : x == y ? FieldMatch.Same : FieldMatch.Different;
}
