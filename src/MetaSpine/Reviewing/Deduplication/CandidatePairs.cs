using System.Globalization;
using System.Runtime.InteropServices;

namespace MetaSpine;

/// <summary>
/// The pairs of records that are worth comparing: those that share an identifier, a beginning or an end of the title, or two facts of where
/// and when they were published. A block of records that share such a key is compared whole while it is small. In a large one each
/// record meets its neighbours, by title and by author (Hernández and Stolfo 1995, doi:10.1145/223784.223807), so that no key makes
/// the work grow with its square.
/// </summary>
internal static class CandidatePairs
{
    private const int WholeBlock = 60, Neighbours = 20, TitleLetters = 20;

    /// <summary>The pairs, each once and in order, as two numbers of nodes in one: the lower one in the upper half.</summary>
    /// <param name="nodes">The records, sorted by their keys, which begin with the title.</param>
    public static ulong[] Of(IReadOnlyList<ReferenceFeatures> nodes)
    {
        var byAuthor = Ranks(nodes);
        var keys = new List<(ulong Key, int Node)>(nodes.Count * 6);
        for (var i = 0; i < nodes.Count; i++)
        {
            AddKeys(keys, nodes[i], i);
        }

        var sorted = keys.ToArray();
        Array.Sort(sorted);
        var pairs = new List<ulong>();
        for (var start = 0; start < sorted.Length;)
        {
            var end = start + 1;
            while (end < sorted.Length && sorted[end].Key == sorted[start].Key)
            {
                end++;
            }

            if (end - start > 1)
            {
                AddPairs(pairs, [.. sorted[start..end].Select(item => item.Node).Distinct()], byAuthor);
            }

            start = end;
        }

        return Distinct(pairs);
    }

    private static void AddKeys(List<(ulong Key, int Node)> keys, ReferenceFeatures node, int i)
    {
        var author = node.Authors.Length > 0 ? node.Authors[0] : "";
        var page = node.Pages.IsNone ? "" : node.Pages.First.ToString(CultureInfo.InvariantCulture);
        var year = node.Year?.ToString(CultureInfo.InvariantCulture) ?? "";
        Add("doi", node.Doi, "-");
        Add("pmid", node.Pmid, "-");
        Add("version", node.Version.Base ?? "", "-");
        Add("begin", node.Title.Length <= TitleLetters ? node.Title : node.Title[..TitleLetters], "-");
        Add("end", node.Title.Length <= TitleLetters ? "" : node.Title[^TitleLetters..], "-");
        Add("place", node.Volume, page);
        Add("author", year, author);
        Add("page", year, page);
        if (node.Pages.IsDate)
        {
            // Which of the two numbers was the first page is unknown.
            Add("place", node.Volume, node.Pages.Last.ToString(CultureInfo.InvariantCulture));
        }

        void Add(string kind, string first, string second)
        {
            if (first.Length > 0 && second.Length > 0)
            {
                keys.Add((Hash(kind, first, second), i));
            }
        }
    }

    private static void AddPairs(List<ulong> pairs, int[] block, int[] byAuthor)
    {
        if (block.Length <= WholeBlock)
        {
            AddNear(pairs, block, block.Length);
            return;
        }

        Array.Sort(block);
        AddNear(pairs, block, Neighbours);
        Array.Sort(block, (x, y) => byAuthor[x].CompareTo(byAuthor[y]));
        AddNear(pairs, block, Neighbours);
    }

    private static void AddNear(List<ulong> pairs, int[] block, int reach)
    {
        for (var i = 0; i < block.Length; i++)
        {
            for (var j = i + 1; j < block.Length && j - i <= reach; j++)
            {
                var (low, high) = (Math.Min(block[i], block[j]), Math.Max(block[i], block[j]));
                pairs.Add(((ulong)low << 32) | (uint)high);
            }
        }
    }

    private static ulong[] Distinct(List<ulong> pairs)
    {
        var all = CollectionsMarshal.AsSpan(pairs);
        all.Sort();
        var count = 0;
        for (var i = 0; i < all.Length; i++)
        {
            if (i == 0 || all[i] != all[i - 1])
            {
                all[count++] = all[i];
            }
        }

        return all[..count].ToArray();
    }

    /// <summary>The place of each node when they are sorted by author, page and title.</summary>
    private static int[] Ranks(IReadOnlyList<ReferenceFeatures> nodes)
    {
        var order = Enumerable.Range(0, nodes.Count).ToArray();
        Array.Sort(order, (x, y) =>
        {
            var (a, b) = (nodes[x], nodes[y]);
            var author = string.CompareOrdinal(a.Authors.FirstOrDefault(""), b.Authors.FirstOrDefault(""));
            var page = author != 0 ? author : a.Pages.First.CompareTo(b.Pages.First);
            var volume = page != 0 ? page : string.CompareOrdinal(a.Volume, b.Volume);
            return volume != 0 ? volume : x.CompareTo(y);
        });
        var ranks = new int[order.Length];
        for (var i = 0; i < order.Length; i++)
        {
            ranks[order[i]] = i;
        }

        return ranks;
    }

    /// <summary>The hash of Fowler, Noll and Vo in 64 bits: the same on each machine, unlike that of strings. Two keys with one hash cost a comparison, nothing else.</summary>
    private static ulong Hash(params ReadOnlySpan<string> parts)
    {
        var hash = 14695981039346656037UL;
        foreach (var part in parts)
        {
            foreach (var c in part)
            {
                hash = (hash ^ c) * 1099511628211UL;
            }

            hash = (hash ^ '\u001f') * 1099511628211UL;
        }

        return hash;
    }
}
