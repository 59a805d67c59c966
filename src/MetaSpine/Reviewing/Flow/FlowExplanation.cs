namespace MetaSpine;

/// <summary>The nearest thing that would make contradicting counts agree. It is a place to look at, not a correction.</summary>
internal static class FlowExplanation
{
    /// <summary>Fewer digits than these look alike by chance.</summary>
    private const int Telling = 3;

    public static string? Of(FlowIdentity identity, PrismaCounts counts) => Miscounted(identity) ?? OneCount(identity, counts);

    /// <summary>A count of the sum that seems to be left out, or to be there twice.</summary>
    private static string? Miscounted(FlowIdentity identity)
    {
        foreach (var part in Parts(identity).Skip(1).Where(part => part.Value > 0))
        {
            if (identity.Difference == -part.Sign * part.Value)
            {
                return $"The difference is the number of {part.Name}: it seems not to have been {(part.Sign < 0 ? "taken off" : "added")}.";
            }

            if (identity.Difference == part.Sign * part.Value)
            {
                return $"The difference is the number of {part.Name}: it seems to have been {(part.Sign < 0 ? "taken off" : "added")} twice.";
            }
        }

        return null;
    }

    /// <summary>The terms; in the rule of new reports, what is left of each way is one part.</summary>
    private static IEnumerable<FlowTerm> Parts(FlowIdentity identity)
    {
        if (identity.Rule != FlowRule.NewReports)
        {
            return identity.Terms;
        }

        var left = identity.Terms.Chunk(2).Select(way => new FlowTerm("", way.Sum(term => term.Sign * (term.Value ?? 0)))).ToList();
        return [left[0], left[1] with { Name = "reports from other methods that are left" }];
    }

    /// <summary>The one count that settles most: where another number in its place breaks the fewest rules, and then looks most like it.</summary>
    private static string? OneCount(FlowIdentity identity, PrismaCounts counts)
    {
        var candidates = new List<(string Name, long Is, long Should, int Broken, int Likeness)>();
        foreach (var term in identity.Terms.Append(identity.Result with { Sign = -1 }))
        {
            if (term is { Field: { } field, Value: { } value } && value + term.Sign * identity.Difference is >= 0 and <= int.MaxValue and var should)
            {
                var broken = FlowCheck.Broken(field.With(counts, (int)should));
                candidates.Add((term.Name, value, should, broken, Likeness(value, should)));
            }
        }

        var before = FlowCheck.Broken(counts);
        var best = candidates.Where(candidate => candidate.Broken < before).OrderBy(candidate => candidate.Broken).ThenByDescending(candidate => candidate.Likeness).ToList();
        if (best.Count == 0)
        {
            return null;
        }

        var (name, _, target, left, likeness) = best[0];
        var looks = likeness switch { 3 => ", the same digits with two of them swapped", 2 => ", which differ in one digit", 1 => ", with one digit more or fewer", _ => "" };
        var also = best.Count > 1 && best[1].Broken == left && best[1].Likeness == likeness ? $", or {FlowCheck.N(best[1].Should)} {best[1].Name}" : "";
        return $"With {FlowCheck.N(target)} {name}{looks}{also}, {(left > 0 ? "this rule would hold and no other be broken by it" : before == 1 ? "every rule would hold" : "all contradictions would be gone")}.";
    }

    private static int Likeness(long a, long b)
    {
        var (one, other) = (FormattableString.Invariant($"{a}"), FormattableString.Invariant($"{b}"));
        if (one.Length == other.Length)
        {
            var differing = Enumerable.Range(0, one.Length).Where(i => one[i] != other[i]).ToList();
            return differing is [var i, var j] && j == i + 1 && one[i] == other[j] && one[j] == other[i] ? 3 : differing.Count == 1 && one.Length >= Telling ? 2 : 0;
        }

        var (longer, shorter) = one.Length > other.Length ? (one, other) : (other, one);
        return longer.Length > Telling && longer.Length == shorter.Length + 1 && Enumerable.Range(0, longer.Length).Any(i => longer.Remove(i, 1) == shorter) ? 1 : 0;
    }
}
