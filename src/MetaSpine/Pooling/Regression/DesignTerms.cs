namespace MetaSpine;

/// <summary>A term of a design matrix and the columns that it makes.</summary>
/// <param name="Name">Its name, as in "ablat:alloc"; "(Intercept)" for the intercept.</param>
/// <param name="First">Its first column.</param>
/// <param name="Count">The number of its columns.</param>
/// <param name="Variables">Its variables; none for the intercept.</param>
/// <param name="Full">For each variable, whether a category has a column for each of its levels.</param>
internal sealed record DesignTerm(string Name, int First, int Count, IReadOnlyList<int> Variables, IReadOnlyList<bool> Full)
{
    public IEnumerable<int> Columns => Enumerable.Range(First, Count);
}

/// <summary>What the columns of a design matrix mean, so that a row can be made for named values of the moderators.</summary>
internal sealed class DesignTerms
{
    public const string Intercept = "(Intercept)";

    /// <summary>A coefficient's name for readers.</summary>
    public static string Shown(string name) => name == Intercept ? "intercept" : name;

    /// <param name="moderators">The moderators by name.</param>
    /// <param name="variables">The variables, coded.</param>
    /// <param name="terms">The variables of each term, in the order of the columns; an empty set is the intercept.</param>
    public DesignTerms(IReadOnlyDictionary<string, Predictor> moderators, IReadOnlyList<ModelVariable> variables, IReadOnlyList<IReadOnlyList<int>> terms)
    {
        (Moderators, Variables) = (moderators, variables);
        var list = new List<DesignTerm>();
        var columns = new List<string>();
        var intercept = terms.Any(term => term.Count == 0);
        for (var t = 0; t < terms.Count; t++)
        {
            bool[] full = [.. terms[t].Select(variable => variables[variable].IsCategory && IsFull(terms, t, variable, intercept, variables))];
            var names = Names(terms[t], full);
            list.Add(new DesignTerm(
                terms[t].Count == 0 ? Intercept : string.Join(":", terms[t].Select(variable => variables[variable].Text)), columns.Count, names.Count, terms[t], full));
            columns.AddRange(names);
        }

        (Terms, Columns) = (list, columns);
        var used = new List<string>();
        foreach (var variable in terms.SelectMany(term => term).Distinct())
        {
            variables[variable].AddNames(used);
        }

        Used = [.. used.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The moderators on which the columns depend.</summary>
    public IReadOnlyList<string> Used { get; }

    public IReadOnlyDictionary<string, Predictor> Moderators { get; }

    public IReadOnlyList<ModelVariable> Variables { get; }

    public IReadOnlyList<DesignTerm> Terms { get; }

    public IReadOnlyList<string> Columns { get; }

    /// <summary>The row of the design matrix for some values of the moderators.</summary>
    public double[] Row(IModeratorSource source)
    {
        var row = new double[Columns.Count];
        foreach (var term in Terms)
        {
            double[] values = [1];
            for (var i = 0; i < term.Variables.Count; i++)
            {
                var next = Variables[term.Variables[i]].At(source, term.Full[i]);
                values = [.. next.SelectMany(value => values.Select(before => before * value))];
            }

            values.CopyTo(row, term.First);
        }

        return row;
    }

    /// <summary>The categories of a moderator; null where it is a number.</summary>
    public IReadOnlyList<string>? LevelsOf(string moderator) => Variables.OfType<CategoryVariable>().FirstOrDefault(variable => variable.Moderator == moderator)?.Levels;

    /// <summary>The moderator that a row lacks; null where it has all.</summary>
    public string? MissingIn(int row)
    {
        foreach (var (name, moderator) in Moderators)
        {
            if (moderator.IsMissing(row))
            {
                return name;
            }
        }

        return null;
    }

    /// <summary>
    /// R's rule (Chambers and Hastie 1992, Statistical Models in S, section 2.4.1): a category has one column less where an earlier term already holds
    /// what is left of its own term without it; without an intercept the first category has them all.
    /// </summary>
    private static bool IsFull(IReadOnlyList<IReadOnlyList<int>> terms, int t, int variable, bool intercept, IReadOnlyList<ModelVariable> variables)
    {
        int[] others = [.. terms[t].Where(other => other != variable)];
        if (!intercept && t == terms.ToList().FindIndex(term => term.Any(v => variables[v].IsCategory)) && variable == terms[t].First(v => variables[v].IsCategory))
        {
            return true;
        }

        return others.Length > 0 && !terms.Take(t).Any(earlier => others.All(earlier.Contains));
    }

    private List<string> Names(IReadOnlyList<int> term, bool[] full)
    {
        if (term.Count == 0)
        {
            return [Intercept];
        }

        List<string> names = [];
        for (var i = 0; i < term.Count; i++)
        {
            var variable = Variables[term[i]];
            var next = variable.Suffixes(full[i]).Select(suffix => variable.Text + suffix);
            names = i == 0 ? [.. next] : [.. next.SelectMany(name => names.Select(before => $"{before}:{name}"))];
        }

        return names;
    }
}
