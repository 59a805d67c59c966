using System.Globalization;

namespace MetaSpine;

/// <summary>Says which columns of a design matrix collide.</summary>
internal static class Collinearity
{
    /// <summary>A weight below this share of the column is rounding.</summary>
    private const double Rounding = 1e-8;

    /// <param name="x">The design matrix of the usable studies, row by row.</param>
    /// <param name="columns">The names.</param>
    /// <param name="dependent">The first column that is a combination of those before it.</param>
    public static string Describe(double[] x, IReadOnlyList<string> columns, int dependent)
    {
        var p = columns.Count;
        var k = x.Length / p;
        double[] Column(int j) => [.. Enumerable.Range(0, k).Select(i => x[i * p + j])];
        var target = Column(dependent);
        if (Array.TrueForAll(target, value => value == 0))
        {
            return FormattableString.Invariant($"The column '{columns[dependent]}' of the design matrix is 0 in all {k} usable studies: leave it out, or merge the category with another.");
        }

        // The columns before it are independent, so least squares on them gives the one combination that there is.
        var before = new double[k * dependent];
        for (var i = 0; i < k; i++)
        {
            Array.Copy(x, i * p, before, i * dependent, dependent);
        }

        double[] ones = [.. Enumerable.Repeat(1.0, k)];
        var (weights, _) = new RegressionProfile(target, ones, before, dependent).Solve(Weighting.Unit, 0);
        var size = target.Max(Math.Abs);
        var parts = new List<string>();
        for (var j = 0; j < dependent; j++)
        {
            if (Math.Abs(weights[j]) * Column(j).Max(Math.Abs) > Rounding * size)
            {
                var sign = weights[j] < 0 ? parts.Count == 0 ? "-" : "- " : parts.Count == 0 ? "" : "+ ";
                var factor = Math.Abs(Math.Abs(weights[j]) - 1) < Rounding ? "" : Math.Abs(weights[j]).ToString("G4", CultureInfo.InvariantCulture) + " x ";
                parts.Add($"{sign}{factor}{columns[j]}");
            }
        }

        return FormattableString.Invariant(
            $"The moderators cannot be told apart: in the {k} usable studies '{columns[dependent]}' equals {string.Join(" ", parts)}. Leave out one of these columns.");
    }
}
