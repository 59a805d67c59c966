namespace MetaSpine;

/// <summary>
/// The matrix V of effects that share groups. A group adds to V the outer product of the roots of its parts of the variances, negative where it is the second
/// group, so that V has no negative eigenvalue.
/// </summary>
internal sealed class SharedGroupMatrix
{
    private readonly EffectSizes _effects;
    private readonly GroupPart?[] _parts;
    private readonly string[] _first;
    private readonly string[] _second;
    private readonly Dictionary<int, double>? _people;

    private SharedGroupMatrix(EffectSizes effects, GroupPart?[] parts, string[] first, string[] second, Dictionary<int, double>? people) =>
        (_effects, _parts, _first, _second, _people) = (effects, parts, first, second, people);

    public static SamplingCovariance Of(EffectSizes effects, Predictor study, Predictor control, Predictor? treatment, bool commonSpread)
    {
        if (commonSpread && effects.Measure is not MeasureOf<TwoGroups>)
        {
            throw new ArgumentException($"A standard deviation of all groups of a study (commonSpread) is for SMD, not for {effects.Measure.Code}.", nameof(commonSpread));
        }

        var parts = GroupParts.Of(effects);
        int[] rows = [.. Enumerable.Range(0, parts.Length).Where(row => parts[row] is not null)];
        foreach (var column in new[] { study, control, treatment }.OfType<Predictor>())
        {
            CovarianceInput.Check(column, effects.Count, rows);
        }

        // A number is no name that a treatment group without one could be confused with: names of the user's own get a mark.
        string[] first = [.. parts.Select((part, row) => part is null ? "" : treatment is null ? FormattableString.Invariant($"row {row}") : $"'{treatment.Category(row)}'")];
        string[] second = [.. parts.Select((part, row) => part is null ? "" : $"'{control.Category(row)}'")];
        var people = commonSpread ? new Dictionary<int, double>() : null;
        var links = new DisjointSets(parts.Length);
        foreach (var ofStudy in rows.GroupBy(study.Category))
        {
            var groups = Groups(ofStudy, $"{study.Name} {ofStudy.Key}", parts, first, second);
            int[][] linked = commonSpread ? [[.. ofStudy]] : [.. groups.Values.Select(group => group.Rows)];
            foreach (var row in linked.SelectMany(together => together.Skip(1).Select(row => (together[0], row))))
            {
                links.Join(row.Item1, row.row);
            }

            foreach (var row in commonSpread ? ofStudy : Enumerable.Empty<int>())
            {
                people![row] = groups.Values.Sum(group => group.Size);
            }
        }

        var matrix = new SharedGroupMatrix(effects, parts, first, second, people);
        return SamplingCovariance.Of(parts.Length, links.Groups(), matrix.Covariance);
    }

    private double Covariance(int i, int j)
    {
        if (_parts[i] is not { } a || _parts[j] is not { } b)
        {
            return double.NaN;
        }

        if (_people is null && i == j)
        {
            return _effects.Studies[i].Variance;
        }

        var turned = Math.Sign(GroupParts.Factor(_effects, i)) * Math.Sign(GroupParts.Factor(_effects, j));
        var sameWay = (double)Math.Sign(_effects.Studies[i].Estimate) * Math.Sign(_effects.Studies[j].Estimate);
        double Shared(string one, string other, double meanA, double meanB, double spreadA, double spreadB, int roles) =>
            one == other ? turned * roles * Math.Sqrt(meanA * meanB) + (_people is null ? sameWay * Math.Sqrt(spreadA * spreadB) : 0) : 0;
        var groups = Shared(_first[i], _first[j], a.Mean1, b.Mean1, a.Spread1, b.Spread1, 1) + Shared(_second[i], _second[j], a.Mean2, b.Mean2, a.Spread2, b.Spread2, 1)
            + Shared(_first[i], _second[j], a.Mean1, b.Mean2, a.Spread1, b.Spread2, -1) + Shared(_second[i], _first[j], a.Mean2, b.Mean1, a.Spread2, b.Spread1, -1);
        return groups + (_people is { } people ? _effects.Studies[i].Estimate * _effects.Studies[j].Estimate / (2 * people[i]) : 0);
    }

    /// <summary>The groups of a study with their rows, once it is sure that each has the same numbers everywhere.</summary>
    private static Dictionary<string, (int[] Rows, double Size)> Groups(IEnumerable<int> rows, string study, GroupPart?[] parts, string[] first, string[] second)
    {
        var found = new Dictionary<string, (List<int> Rows, double[] Known, double Size)>(StringComparer.Ordinal);
        var compared = new Dictionary<(string, string), int>();
        foreach (var row in rows)
        {
            if (first[row] == second[row])
            {
                throw new ArgumentException(FormattableString.Invariant($"Row {row + 1} ({study}) compares the group {first[row]} with itself; SamplingCovariance.Assumed has comparisons of one group at two times."));
            }

            var pair = string.CompareOrdinal(first[row], second[row]) < 0 ? (first[row], second[row]) : (second[row], first[row]);
            if (!compared.TryAdd(pair, row))
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"Rows {compared[pair] + 1} and {row + 1} ({study}) both compare {first[row]} and {second[row]}: with one outcome only one of them is needed; effects of several outcomes need assumed correlations (SamplingCovariance.Assumed)."));
            }

            var part = parts[row]!;
            foreach (var (name, known, size) in new[] { (first[row], part.Known1, part.Size1), (second[row], part.Known2, part.Size2) })
            {
                if (!found.TryGetValue(name, out var group))
                {
                    found[name] = group = ([], known, size);
                }
                else if (!group.Known.AsSpan().SequenceEqual(known))
                {
                    throw new ArgumentException(FormattableString.Invariant(
                        $"The group {name} of {study} is ({string.Join(", ", group.Known)}) in row {group.Rows[0] + 1}, but ({string.Join(", ", known)}) in row {row + 1}: give different groups different names, and effects of different outcomes assumed correlations (SamplingCovariance.Assumed)."));
                }

                group.Rows.Add(row);
            }
        }

        return found.ToDictionary(group => group.Key, group => ((int[])[.. group.Value.Rows], group.Value.Size), StringComparer.Ordinal);
    }
}
