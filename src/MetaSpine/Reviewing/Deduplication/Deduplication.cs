namespace MetaSpine;

/// <summary>
/// Finds the records that are one report, so that a study is counted once. Rules in order decide on pairs of records
/// (<see cref="DuplicateRule.All"/>); what they cannot decide is a question for a person and stays apart.
/// </summary>
/// <remarks>
/// The rules grew from those of rule-based programs that were compared on labelled libraries: Hair et al. 2023, BMC Biology 21:189,
/// doi:10.1186/s12915-023-01686-z; Lobbestael 2023, DedupEndNote; Rathbone et al. 2015, Systematic Reviews 4:6,
/// doi:10.1186/2046-4053-4-6; Forbes et al. 2024, Systematic Reviews 13:206, doi:10.1186/s13643-024-02619-9.
/// </remarks>
public static class Deduplication
{
    private const int Chunk = 4096;

    /// <summary>Finds duplicates. The result does not depend on the order of the records, but for their places in it.</summary>
    /// <param name="references">The records, of one or several files.</param>
    /// <param name="options">How; <see langword="null"/> for the defaults.</param>
    /// <param name="progress">Receives the share of the comparisons that is done, from 0 to 1, from any thread.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one processor.</exception>
    /// <exception cref="ArgumentException">A record is null.</exception>
    /// <example><code>
    /// var found = Deduplication.Of([.. ReferenceFile.Load("embase.ris").References, .. ReferenceFile.Load("pubmed.nbib").References]);
    /// </code></example>
    public static DeduplicationResult Of(IEnumerable<Reference> references, DeduplicationOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(references);
        options ??= new();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Processors ?? 1, 1, nameof(options));
        var given = references.ToValueList();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Processors ?? Environment.ProcessorCount, CancellationToken = cancellation };
        var features = new ReferenceFeatures[given.Count];
        Parallel.For(0, given.Count, parallel, i => features[i] = ReferenceFeatures.Of(given[i] ?? throw new ArgumentException(FormattableString.Invariant($"Reference {i + 1} is missing."), nameof(references))));

        var rules = new PairRules(options);
        var copies = Copies(features, given);
        ReferenceFeatures[] nodes = [.. copies.Select(places => features[places[0]])];
        var edges = Edges(nodes, rules, parallel, progress);
        cancellation.ThrowIfCancellationRequested();
        var (clusters, merges, questions) = ReferenceClusters.Grow(nodes, rules, edges);
        return Result(given, features, copies, rules, clusters, merges, questions);
    }

    /// <summary>
    /// The places of the records that no rule can tell apart, sorted by their keys, and among themselves by what they say, so that the one
    /// that stands for them does not depend on the order of the file.
    /// </summary>
    private static List<List<int>> Copies(ReferenceFeatures[] features, ValueList<Reference> given)
    {
        var order = Enumerable.Range(0, features.Length).ToArray();
        Array.Sort(order, (x, y) => string.CompareOrdinal(features[x].Key, features[y].Key) is not 0 and var key ? key : x.CompareTo(y));
        var copies = new List<List<int>>();
        foreach (var place in order)
        {
            if (copies.Count > 0 && features[copies[^1][0]].Key == features[place].Key)
            {
                copies[^1].Add(place);
            }
            else
            {
                copies.Add([place]);
            }
        }

        return [.. copies.Select(places => places.Count == 1 ? places : [.. places.OrderBy(place => ReferenceMerge.Content(given[place]), StringComparer.Ordinal).ThenBy(place => place)])];
    }

    private static List<ReferenceEdge> Edges(ReferenceFeatures[] nodes, PairRules rules, ParallelOptions parallel, IProgress<double>? progress)
    {
        var pairs = CandidatePairs.Of(nodes);
        var found = new List<ReferenceEdge>[(pairs.Length + Chunk - 1) / Chunk];
        var done = 0;
        Parallel.For(0, found.Length, parallel, chunk =>
        {
            var edges = found[chunk] = [];
            for (var i = chunk * Chunk; i < Math.Min(pairs.Length, (chunk + 1) * Chunk); i++)
            {
                var (low, high) = ((int)(pairs[i] >> 32), (int)(uint)pairs[i]);
                var pair = new PairComparison(nodes[low], nodes[high]);
                var rule = rules.Judge(pair, out var title);
                if (rule.Verdict != DuplicateVerdict.Different)
                {
                    edges.Add(new(low, high, rule, pair.Strength(title)));
                }
            }

            progress?.Report((double)Interlocked.Increment(ref done) / found.Length);
        });
        return [.. found.SelectMany(edges => edges)];
    }

    private static DeduplicationResult Result(
        ValueList<Reference> given, ReferenceFeatures[] features, List<List<int>> copies, PairRules rules, ReferenceClusters clusters, List<ReferenceEdge> merges, List<ReferenceEdge> questions)
    {
        DuplicatePair Pair(int first, int second, DuplicateRule rule) => new(Math.Min(first, second), Math.Max(first, second), rule, new PairComparison(features[first], features[second]).Similarity());

        var joined = merges.ToLookup(edge => clusters.Root(edge.Low), edge => Pair(copies[edge.Low][0], copies[edge.High][0], edge.Rule));
        var asked = questions.Select(edge => Pair(copies[edge.Low][0], copies[edge.High][0], edge.Rule)).ToList();
        var found = new List<DuplicateCluster>();
        foreach (var group in Enumerable.Range(0, copies.Count).GroupBy(clusters.Root))
        {
            var (members, reasons) = (new List<int>(), joined[group.Key].ToList());
            foreach (var places in group.Select(node => copies[node]))
            {
                members.Add(places[0]);
                if (places.Count == 1)
                {
                    continue;
                }

                var rule = rules.Judge(new(features[places[0]], features[places[0]]), out _);
                var pairs = places.Skip(1).Select(place => Pair(places[0], place, rule));
                if (rule.Verdict == DuplicateVerdict.Duplicate)
                {
                    members.AddRange(places.Skip(1));
                    reasons.AddRange(pairs);
                }
                else if (rule.Verdict == DuplicateVerdict.Ask)
                {
                    asked.AddRange(pairs);
                }
            }

            if (members.Count > 1)
            {
                var byFullness = ReferenceMerge.ByFullness(members, given, features);
                found.Add(new([.. members.Order()], byFullness[0], ReferenceMerge.Of([.. byFullness.Select(place => given[place])]), [.. reasons.OrderBy(pair => pair.First).ThenBy(pair => pair.Second)]));
            }
        }

        var ordered = found.OrderBy(cluster => cluster.Members[0]).ToList();
        var removed = ordered.SelectMany(cluster => cluster.Members.Skip(1)).ToHashSet();
        var merged = ordered.ToDictionary(cluster => cluster.Members[0], cluster => cluster.Merged);
        return new()
        {
            References = given, Clusters = [.. ordered], Questions = [.. asked.OrderBy(pair => pair.First).ThenBy(pair => pair.Second)],
            Unique = [.. Enumerable.Range(0, given.Count).Where(place => !removed.Contains(place)).Select(place => merged.GetValueOrDefault(place) ?? given[place])],
        };
    }
}
