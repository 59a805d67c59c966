namespace MetaSpine.Tests;

/// <summary>The textbook formulas with full matrices in exact numbers: what the kernels would give without any rounding.</summary>
internal sealed class ExactTwin
{
    private readonly Fraction[] _y;
    private readonly Fraction[] _v;
    private readonly Fraction[][] _x;

    public ExactTwin(double[] y, double[] v, double[][] rows)
    {
        _y = Array.ConvertAll(y, value => (Fraction)value);
        _v = Array.ConvertAll(v, value => (Fraction)value);
        _x = Array.ConvertAll(rows, row => Array.ConvertAll(row, value => (Fraction)value));
    }

    private int K => _y.Length;

    /// <summary>The weights 1/(v + tau^2).</summary>
    public Fraction[] Weights(double tau2) => Array.ConvertAll(_v, v => (Fraction)1 / (v + tau2));

    /// <summary>P = W - WX(X'WX)^-1X'W, and what the estimators take from it.</summary>
    public (Traces Traces, double PPy) At(Fraction[] weights)
    {
        var p = P(weights);
        var py = Array.ConvertAll(p, row => Sum(row.Zip(_y, (a, b) => a * b)));
        var pv = Array.ConvertAll(p, row => row.Zip(_v, (a, v) => a * v).ToArray());
        return (new Traces(
            Sum(py.Zip(_y, (a, b) => a * b)).Rounded(), Diagonal(p), Product(p, p), Diagonal(pv), Product(pv, p), Product(pv, pv)),
            Sum(py.Select(value => value * value)).Rounded());
    }

    /// <summary>tr AB.</summary>
    private double Product(Fraction[][] a, Fraction[][] b) =>
        Sum(Enumerable.Range(0, K).SelectMany(i => Enumerable.Range(0, K).Select(j => a[i][j] * b[j][i]))).Rounded();

    private double Diagonal(Fraction[][] a) => Sum(Enumerable.Range(0, K).Select(i => a[i][i])).Rounded();

    private Fraction[][] P(Fraction[] weights)
    {
        var p = _x[0].Length;
        var wx = Enumerable.Range(0, K).Select(i => Array.ConvertAll(_x[i], value => weights[i] * value)).ToArray();
        var system = Enumerable.Range(0, p)
            .Select(a => Enumerable.Range(0, p).Select(b => Sum(Enumerable.Range(0, K).Select(i => _x[i][a] * wx[i][b])))
                .Concat(Enumerable.Range(0, K).Select(i => wx[i][a])).ToArray())
            .ToArray();
        for (var column = 0; column < p; column++)
        {
            var pivot = Enumerable.Range(column, p - column).First(row => !system[row][column].IsZero);
            (system[column], system[pivot]) = (system[pivot], system[column]);
            for (var row = 0; row < p; row++)
            {
                var factor = system[row][column] / system[column][column];
                for (var j = 0; row != column && j < system[row].Length; j++)
                {
                    system[row][j] -= factor * system[column][j];
                }
            }
        }

        return
        [
            .. Enumerable.Range(0, K).Select(i => Enumerable.Range(0, K).Select(j =>
                (i == j ? weights[i] : 0) - Sum(Enumerable.Range(0, p).Select(a => wx[i][a] * (system[a][p + j] / system[a][a])))).ToArray()),
        ];
    }

    private static Fraction Sum(IEnumerable<Fraction> terms) => terms.Aggregate(Fraction.Zero, (sum, term) => sum + term);
}
