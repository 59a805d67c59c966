using System.Collections.Concurrent;
using MathNet.Numerics.LinearAlgebra;

namespace MetaSpine;

/// <summary>
/// How an integral over the whole line is added up. By Gauss and Hermite's rule it is about the sum of Weights[i] f(Nodes[i]), exact where f is exp(-x^2) times a
/// polynomial of degree 2n - 1; on equal steps it is the sum over the interval where f matters, which suits any f (Trefethen and Weideman 2014, SIAM Review
/// 56:385, doi:10.1137/130932132).
/// </summary>
internal sealed class QuadratureRule
{
    private static readonly ConcurrentDictionary<int, QuadratureRule> Known = new();

    private QuadratureRule(int count, double[] nodes, double[] weights)
    {
        Count = count;
        Nodes = nodes;
        Weights = weights;
    }

    public int Count { get; }

    /// <summary>Whether the points lie at equal steps, so that there are no nodes before the integrand is known.</summary>
    public bool IsEven => Nodes.Length == 0;

    public double[] Nodes { get; }

    /// <summary>With the factor exp(x^2) in them.</summary>
    public double[] Weights { get; }

    public static QuadratureRule Even(int points) => new(points, [], []);

    public static QuadratureRule Hermite(int points) => Known.GetOrAdd(points, Create);

    /// <summary>
    /// Golub and Welsch (1969), Mathematics of Computation 23:221, doi:10.1090/S0025-5718-69-99647-1: the nodes are eigenvalues. A Newton
    /// step on the Hermite function of order n makes them exact, and the sum of squares of the functions below it is 1 / weight.
    /// </summary>
    private static QuadratureRule Create(int points)
    {
        var jacobi = Matrix<double>.Build.Dense(points, points, (i, j) => Math.Abs(i - j) == 1 ? Math.Sqrt(Math.Max(i, j) / 2.0) : 0);
        var nodes = jacobi.Evd(Symmetricity.Symmetric).EigenValues.Select(value => value.Real).Order().ToArray();
        var weights = new double[points];
        for (var i = 0; i < points; i++)
        {
            var (function, slope, _) = Hermite(nodes[i], points);
            nodes[i] -= function / slope;
            weights[i] = 1 / Hermite(nodes[i], points).SumOfSquares;
        }

        return new QuadratureRule(points, nodes, weights);
    }

    /// <summary>The normalised Hermite function of order n, its slope, and the sum of squares of those of lower order.</summary>
    private static (double Value, double Slope, double SumOfSquares) Hermite(double x, int n)
    {
        double before = 0, value = Math.Pow(Math.PI, -0.25) * Math.Exp(-x * x / 2), squares = 0;
        for (var order = 0; order < n; order++)
        {
            squares += value * value;
            (before, value) = (value, x * Math.Sqrt(2.0 / (order + 1)) * value - Math.Sqrt(order / (order + 1.0)) * before);
        }

        return (value, Math.Sqrt(2.0 * n) * before - x * value, squares);
    }
}
