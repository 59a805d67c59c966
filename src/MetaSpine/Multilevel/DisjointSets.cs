namespace MetaSpine;

/// <summary>Things that fall into groups by links between them (Galler and Fischer 1964, doi:10.1145/364099.364331).</summary>
internal sealed class DisjointSets
{
    private readonly int[] _parent;

    public DisjointSets(int count)
    {
        _parent = new int[count];
        for (var i = 0; i < count; i++)
        {
            _parent[i] = i;
        }
    }

    /// <summary>The first member of a thing's group.</summary>
    public int Find(int i)
    {
        while (_parent[i] != i)
        {
            i = _parent[i] = _parent[_parent[i]];
        }

        return i;
    }

    /// <summary>Links two things; the group keeps the first of its members as its name.</summary>
    public void Join(int a, int b)
    {
        var (first, second) = (Find(a), Find(b));
        _parent[Math.Max(first, second)] = Math.Min(first, second);
    }

    /// <summary>The groups in the order of their first members.</summary>
    public IEnumerable<int[]> Groups() => Enumerable.Range(0, _parent.Length).GroupBy(Find).Select(group => group.ToArray());
}
