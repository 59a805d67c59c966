namespace MetaSpine;

/// <summary>How often two raters chose each pair of categories: a row for each category of the first rater, a column for each of the second.</summary>
public sealed class AgreementTable
{
    private readonly int[,] _counts;

    /// <summary>A table of counts.</summary>
    /// <param name="categories">The categories, at least two; in their order where weights are to mean something.</param>
    /// <param name="counts">The counts, row by row, as many of each as there are categories.</param>
    /// <param name="first">The name of the rater whose categories are rows. <value>Default "rater A".</value></param>
    /// <param name="second">The name of the rater whose categories are columns. <value>Default "rater B".</value></param>
    /// <exception cref="ArgumentException">The table is not square, is empty, or holds a negative count.</exception>
    /// <example><code>
    /// new AgreementTable(["include", "exclude"], [[20, 5], [10, 15]]).Agreement()
    /// </code></example>
    public AgreementTable(IReadOnlyList<string> categories, IReadOnlyList<IReadOnlyList<int>> counts, string first = "rater A", string second = "rater B")
    {
        ArgumentNullException.ThrowIfNull(categories);
        ArgumentNullException.ThrowIfNull(counts);
        var size = categories.Count;
        if (size < 2 || counts.Count != size || counts.Any(row => row is null || row.Count != size))
        {
            throw new ArgumentException(FormattableString.Invariant($"The table needs as many rows and columns as categories, which are {size}, and at least two."), nameof(counts));
        }

        _counts = new int[size, size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                _counts[i, j] = counts[i][j] >= 0
                    ? counts[i][j]
                    : throw new ArgumentException(FormattableString.Invariant($"The count of {categories[i]} and {categories[j]} is {counts[i][j]}: counts are not negative."), nameof(counts));
                Total += _counts[i, j];
            }
        }

        if (Total == 0)
        {
            throw new ArgumentException("The table is empty: no record was judged by both raters.", nameof(counts));
        }

        (Categories, First, Second) = (categories.ToValueList(), first, second);
    }

    /// <summary>The categories.</summary>
    public ValueList<string> Categories { get; }

    /// <summary>The rater whose categories are rows.</summary>
    public string First { get; }

    /// <summary>The rater whose categories are columns.</summary>
    public string Second { get; }

    /// <summary>How many records both raters judged.</summary>
    public long Total { get; }

    /// <summary>How many records the first rater put into one category and the second into another.</summary>
    /// <param name="row">The first rater's category, from 0.</param>
    /// <param name="column">The second rater's category, from 0.</param>
    public int this[int row, int column] => _counts[row, column];

    /// <summary>How many records the first rater put into a category.</summary>
    public long RowTotal(int row) => Enumerable.Range(0, Categories.Count).Sum(column => (long)_counts[row, column]);

    /// <summary>How many records the second rater put into a category.</summary>
    public long ColumnTotal(int column) => Enumerable.Range(0, Categories.Count).Sum(row => (long)_counts[row, column]);

    /// <summary>Every coefficient of agreement of the table.</summary>
    /// <param name="level">The level of the intervals. <value>Default 0.95.</value></param>
    /// <exception cref="ArgumentOutOfRangeException">The level is not between 0 and 1.</exception>
    public AgreementResult Agreement(double level = 0.95) => AgreementResult.Of(this, AgreementKernel.Level(level));
}
