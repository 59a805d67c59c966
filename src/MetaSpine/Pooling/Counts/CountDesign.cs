namespace MetaSpine;

/// <summary>A design matrix with orthogonal columns of mean square 1, in which a search is well conditioned, and the way back.</summary>
internal sealed class CountDesign
{
    /// <summary>A column that loses this much of its length to those before it is a combination of them.</summary>
    private const double Dependent = 1e-9;

    private readonly double[,] _factor;

    /// <summary>Gram-Schmidt, twice, so that the columns are orthogonal to rounding.</summary>
    public CountDesign(double[][] rows, IReadOnlyList<string> columns)
    {
        var (k, p) = (rows.Length, columns.Count);
        Columns = columns;
        Rows = Array.ConvertAll(rows, row => (double[])row.Clone());
        _factor = new double[p, p];
        for (var j = 0; j < p; j++)
        {
            var before = Norm(j);
            for (var pass = 0; pass < 2; pass++)
            {
                for (var i = 0; i < j; i++)
                {
                    var product = Enumerable.Range(0, k).Sum(row => Rows[row][i] * Rows[row][j]) / k;
                    _factor[i, j] += product;
                    Array.ForEach(Rows, row => row[j] -= product * row[i]);
                }
            }

            var norm = Norm(j);
            if (!(norm > Dependent * before))
            {
                throw new PoolingException($"The column '{columns[j]}' of the design matrix is a combination of the columns before it in the usable studies: leave it out.");
            }

            _factor[j, j] = norm;
            Array.ForEach(Rows, row => row[j] /= norm);
        }

        double Norm(int column) => Math.Sqrt(Rows.Sum(row => row[column] * row[column]) / k);
    }

    public double[][] Rows { get; }

    public IReadOnlyList<string> Columns { get; }

    /// <summary>The coefficients of the columns as they were given, and their covariance.</summary>
    public (double[] Coefficients, double[,] Covariance) Back(double[] coefficients, double[,] covariance)
    {
        var p = Columns.Count;
        var b = Solve(coefficients);
        var half = new double[p, p];
        var result = new double[p, p];
        for (var column = 0; column < p; column++)
        {
            var solved = Solve([.. Enumerable.Range(0, p).Select(row => covariance[row, column])]);
            for (var row = 0; row < p; row++)
            {
                half[row, column] = solved[row];
            }
        }

        for (var row = 0; row < p; row++)
        {
            var solved = Solve([.. Enumerable.Range(0, p).Select(column => half[row, column])]);
            for (var column = 0; column < p; column++)
            {
                result[row, column] = solved[column];
            }
        }

        return (b, result);
    }

    private double[] Solve(double[] right)
    {
        var x = (double[])right.Clone();
        for (var i = x.Length - 1; i >= 0; i--)
        {
            for (var j = i + 1; j < x.Length; j++)
            {
                x[i] -= _factor[i, j] * x[j];
            }

            x[i] /= _factor[i, i];
        }

        return x;
    }
}
