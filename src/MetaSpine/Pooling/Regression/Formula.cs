namespace MetaSpine;

/// <summary>
/// A formula of moderators in the language of R: "~ ablat + year", "~ factor(alloc) * ablat", "~ ns(dose, 3)", "~ 0 + alloc". Terms are
/// joined by +, : (interaction) and * (both and their interaction); - takes a term away, "- 1" the intercept. Variables are moderators,
/// factor(x), factor(x, ref = "a"), relevel(x, "a"), poly(x, 2) (orthogonal; raw = TRUE for powers), ns(x, df) and ns(x, knots = c(...)), rcs(x, knots),
/// log, log2, log10, log1p, exp, sqrt, abs, pmin, pmax, and arithmetic inside I(). x^2 is the square of x, I(x^2).
/// </summary>
public sealed class Formula
{
    private readonly IReadOnlyList<FormulaVariable> _variables;
    private readonly IReadOnlyList<ulong> _terms;
    private readonly IReadOnlyDictionary<string, int> _columns;

    private Formula(string text, IReadOnlyList<FormulaVariable> variables, IReadOnlyList<ulong> terms, IReadOnlyDictionary<string, int> columns)
    {
        Text = text;
        (_variables, _terms, _columns) = (variables, terms, columns);
        Moderators = [.. columns.OrderBy(entry => entry.Value).Select(entry => entry.Key)];
    }

    /// <summary>The formula as it was written.</summary>
    public string Text { get; }

    /// <summary>The moderators that it names, in order.</summary>
    public IReadOnlyList<string> Moderators { get; }

    /// <summary>Its terms but the intercept, in the order of the coefficients: lower orders first.</summary>
    public IReadOnlyList<string> Terms => [.. _terms.Where(term => term != 0).Select(term => string.Join(":", VariablesOf(term).Select(v => _variables[v].Text)))];

    /// <summary>Whether it has an intercept: unless taken away by "- 1" or "+ 0".</summary>
    public bool HasIntercept => _terms.Contains(0UL);

    /// <summary>Reads a formula.</summary>
    /// <param name="text">The formula; the tilde may be left out.</param>
    /// <exception cref="FormulaException">It cannot be read; the message says where and why.</exception>
    public static Formula Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (variables, terms, columns) = FormulaParser.Parse(text);
        return new Formula(text, variables, terms, columns);
    }

    /// <summary>
    /// The design matrix of a set of studies, its columns named as R names them. Categories are sorted (numbers by size, words by the alphabet), and the
    /// first is the reference unless the formula or the moderator names another. Categories, knots and polynomials come from the studies that have all moderators.
    /// </summary>
    /// <param name="moderators">The moderators, one value per study; those that the formula does not name are ignored.</param>
    /// <exception cref="FormulaException">A moderator does not exist or does not fit its place.</exception>
    /// <exception cref="ArgumentException">The moderators differ in length, or there is none.</exception>
    public DesignMatrix Design(params IReadOnlyList<Predictor> moderators)
    {
        ArgumentNullException.ThrowIfNull(moderators);
        return moderators.Count == 0
            ? throw new ArgumentException("Give the moderators that the formula names; they say how many studies there are.", nameof(moderators))
            : Design(moderators, moderators[0].Count, _ => true);
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>The design matrix, with categories, knots and polynomials from the included studies only.</summary>
    internal DesignMatrix Design(IReadOnlyList<Predictor> moderators, int count, Func<int, bool> include, Func<ulong, bool>? keep = null)
    {
        var data = FormulaData.Of(Text, moderators, _columns, count, include);
        var variables = new List<ModelVariable>();
        foreach (var variable in _variables)
        {
            var fitted = variable.Fitted(data);
            if (fitted is NumberVariable number)
            {
                _ = data.Values(number.Expression, number.Text, variable.Column);
            }
            else if (fitted is CategoryVariable { Levels.Count: 1 } category)
            {
                throw data.Fault(variable.Column, $"'{category.Moderator}' is '{category.Levels[0]}' in every study that can be used, so it explains nothing: leave it out.");
            }

            variables.Add(fitted);
        }

        var terms = new DesignTerms(data.Moderators, variables, [.. _terms.Where(term => keep?.Invoke(term) ?? true).Select(VariablesOf)]);
        return DesignMatrix.Of(terms, count);
    }

    /// <summary>The terms as sets of variables.</summary>
    internal IReadOnlyList<ulong> TermSets => _terms;

    private static IReadOnlyList<int> VariablesOf(ulong term) => [.. Enumerable.Range(0, 64).Where(bit => (term >> bit & 1) == 1)];
}
