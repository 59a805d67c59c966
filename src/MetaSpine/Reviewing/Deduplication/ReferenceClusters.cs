namespace MetaSpine;

/// <summary>An answer of the rules that joins two nodes or asks about them.</summary>
/// <param name="Low">The lower node.</param>
/// <param name="High">The higher node.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Strength">How much supports it.</param>
internal readonly record struct ReferenceEdge(int Low, int High, DuplicateRule Rule, double Strength);

/// <summary>
/// Grows clusters from the strongest pair to the weakest. Two clusters are joined only if no record of the one contradicts a record of
/// the other, so that A and C do not meet over B; a pair that is refused becomes a question.
/// </summary>
internal sealed class ReferenceClusters
{
    /// <summary>Clusters with more kinds of record than this are not joined without a person: such a number of variants of one report does not occur.</summary>
    private const int MostVariants = 64;

    private readonly IReadOnlyList<ReferenceFeatures> _nodes;
    private readonly PairRules _rules;
    private readonly int[] _parent;

    /// <summary>Of each cluster, one node for each variant of the fields that can contradict.</summary>
    private readonly List<int>[] _variants;

    private ReferenceClusters(IReadOnlyList<ReferenceFeatures> nodes, PairRules rules)
    {
        (_nodes, _rules) = (nodes, rules);
        _parent = [.. Enumerable.Range(0, nodes.Count)];
        _variants = [.. _parent.Select(i => new List<int> { i })];
    }

    /// <summary>The pairs that joined clusters, and the questions: one for each two clusters, the strongest.</summary>
    public static (ReferenceClusters Clusters, List<ReferenceEdge> Merges, List<ReferenceEdge> Questions) Grow(IReadOnlyList<ReferenceFeatures> nodes, PairRules rules, List<ReferenceEdge> edges)
    {
        var clusters = new ReferenceClusters(nodes, rules);
        var (merges, asked) = (new List<ReferenceEdge>(), new List<ReferenceEdge>());
        edges.Sort(static (x, y) => y.Strength.CompareTo(x.Strength) is not 0 and var strength ? strength : x.Low != y.Low ? x.Low.CompareTo(y.Low) : x.High.CompareTo(y.High));
        foreach (var edge in edges)
        {
            if (edge.Rule.Verdict != DuplicateVerdict.Duplicate)
            {
                asked.Add(edge);
                continue;
            }

            var (a, b) = (clusters.Root(edge.Low), clusters.Root(edge.High));
            if (a == b)
            {
                continue;
            }

            if (clusters.Contradict(a, b))
            {
                asked.Add(edge with { Rule = DuplicateRule.Find("joined", DuplicateVerdict.Ask) });
            }
            else
            {
                clusters.Join(a, b);
                merges.Add(edge);
            }
        }

        var seen = new HashSet<(int, int)>();
        var questions = asked.OrderBy(edge => edge.Rule.Code == "joined" ? 0 : 1).ThenByDescending(edge => edge.Strength).ThenBy(edge => edge.Low).ThenBy(edge => edge.High).Where(edge =>
        {
            var (a, b) = (clusters.Root(edge.Low), clusters.Root(edge.High));
            return a != b && seen.Add((Math.Min(a, b), Math.Max(a, b)));
        }).ToList();
        return (clusters, merges, questions);
    }

    /// <summary>The node that stands for the cluster of a node.</summary>
    public int Root(int node)
    {
        while (_parent[node] != node)
        {
            node = _parent[node] = _parent[_parent[node]];
        }

        return node;
    }

    private bool Contradict(int a, int b)
    {
        if (_variants[a].Count + _variants[b].Count > MostVariants)
        {
            return true;
        }

        foreach (var x in _variants[a])
        {
            foreach (var y in _variants[b])
            {
                if (_rules.Judge(new(_nodes[x], _nodes[y]), out _).IsContradiction)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private void Join(int a, int b)
    {
        var (root, other) = a < b ? (a, b) : (b, a);
        _parent[other] = root;
        foreach (var node in _variants[other])
        {
            if (!_variants[root].Exists(known => IsSameVariant(_nodes[known], _nodes[node])))
            {
                _variants[root].Add(node);
            }
        }

        _variants[other] = [];
    }

    private static bool IsSameVariant(ReferenceFeatures x, ReferenceFeatures y) =>
        x.Title == y.Title && x.Doi == y.Doi && x.Pmid == y.Pmid && x.Pages == y.Pages && x.Volume == y.Volume && x.Year == y.Year && x.Role == y.Role && x.RoleByType == y.RoleByType
        && x.Registration == y.Registration && x.Version == y.Version && x.IsSupplement == y.IsSupplement && x.Authors.AsSpan().SequenceEqual(y.Authors);
}
