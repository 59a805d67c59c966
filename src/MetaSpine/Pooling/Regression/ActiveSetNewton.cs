namespace MetaSpine;

/// <summary>A maximum, and how it was reached.</summary>
/// <param name="At">The point.</param>
/// <param name="Value">The value there.</param>
/// <param name="Active">The constraints that hold it, by index.</param>
/// <param name="Curvature">The negative Hessian, row by row.</param>
/// <param name="Iterations">The steps taken.</param>
/// <param name="Converged">Whether the gradient vanishes, to rounding, along the active constraints.</param>
internal sealed record NewtonMaximum(double[] At, double Value, IReadOnlyList<int> Active, double[] Curvature, int Iterations, bool Converged);

/// <summary>
/// Maximises a smooth function, optionally under linear constraints a'x >= b (b is 0 where not given), by Newton steps along the constraints that are active (Nocedal and Wright
/// 2006, Numerical Optimization, 2nd ed., sections 3.4 and 16.5, doi:10.1007/978-0-387-40065-5): damped where the function is not concave, shortened until it rises.
/// </summary>
internal sealed class ActiveSetNewton(
    int dimension,
    Func<double[], double> value,
    Func<double[], (double[] Gradient, double[] Hessian)> derivatives,
    IReadOnlyList<double[]> constraints,
    IReadOnlyList<double>? limits = null,
    int mostSteps = 300)
{
    /// <summary>The shortest part of a step that is tried.</summary>
    private const double Shortest = 1e-14;

    /// <summary>A squared Newton step, in units of the function, below which only rounding is left.</summary>
    private const double Solved = 1e-22;

    /// <summary>Below this the function's own rounding decides whether it rises, so full steps are taken.</summary>
    private const double Near = 1e-9;

    /// <summary>So many steps near the maximum and yet another: it lies at infinity, where each goes as far as the last.</summary>
    private const int MostNear = 40;

    public NewtonMaximum From(double[] start)
    {
        double[] x = [.. start];
        var active = new List<int>();
        var current = value(x);
        var (nearSteps, smallest) = (0, double.PositiveInfinity);
        var basis = NullSpace(active);
        for (var step = 0; step < mostSteps; step++)
        {
            var (gradient, hessian) = derivatives(x);
            if (!Array.TrueForAll(gradient, double.IsFinite) || !Array.TrueForAll(hessian, double.IsFinite))
            {
                // So far out that squares overflow: there is no way to go on.
                return new NewtonMaximum(x, double.NegativeInfinity, active, Array.ConvertAll(hessian, h => -h), step, false);
            }

            if (Direction(basis, gradient, hessian) is not var (direction, decrement))
            {
                return new NewtonMaximum(x, current, active, Array.ConvertAll(hessian, h => -h), step, false);
            }

            nearSteps = decrement < Near * (1 + Math.Abs(current)) ? nearSteps + 1 : 0;
            if (decrement <= Solved || (nearSteps > 3 && decrement >= smallest) || nearSteps > MostNear)
            {
                if (Releasable(active, gradient) is not { } release)
                {
                    return new NewtonMaximum(x, value(x), active, Array.ConvertAll(hessian, h => -h), step, true);
                }

                active.RemoveAt(release);
                basis = NullSpace(active);
                (nearSteps, smallest) = (0, double.PositiveInfinity);
                continue;
            }

            smallest = nearSteps > 0 ? decrement : double.PositiveInfinity;
            var (longest, blocking) = Longest(x, direction, active);
            var length = Math.Min(1, longest);
            var next = Along(x, direction, length);
            var reached = value(next);
            while (nearSteps == 0 && !(reached >= current + 1e-4 * length * decrement) && length > Shortest)
            {
                (length, blocking) = (length / 2, -1);
                next = Along(x, direction, length);
                reached = value(next);
            }

            if (nearSteps == 0 && blocking < 0 && length <= Shortest && !(reached >= current))
            {
                // No step along this direction rises, however short: the same would be tried again.
                return new NewtonMaximum(x, current, active, Array.ConvertAll(hessian, h => -h), step, false);
            }

            (x, current) = (next, reached);
            if (blocking >= 0 && length == longest)
            {
                active.Add(blocking);
                basis = NullSpace(active);
                (nearSteps, smallest) = (0, double.PositiveInfinity);
            }
        }

        return new NewtonMaximum(x, current, active, Array.ConvertAll(derivatives(x).Hessian, h => -h), mostSteps, false);
    }

    /// <summary>Lower-triangular Cholesky factor, row by row; null unless positive definite.</summary>
    public static double[,]? Cholesky(double[,] matrix)
    {
        var n = matrix.GetLength(0);
        var lower = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = matrix[i, j];
                for (var m = 0; m < j; m++)
                {
                    sum -= lower[i, m] * lower[j, m];
                }

                if (i == j && !(sum > 1e-12 * Math.Abs(matrix[i, i]) && sum > 0))
                {
                    return null;
                }

                lower[i, j] = i == j ? Math.Sqrt(sum) : sum / lower[j, j];
            }
        }

        return lower;
    }

    /// <summary>Solves LL'x = b.</summary>
    public static double[] Solve(double[,] lower, double[] right)
    {
        double[] x = [.. right];
        var n = x.Length;
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < i; j++)
            {
                x[i] -= lower[i, j] * x[j];
            }

            x[i] /= lower[i, i];
        }

        for (var i = n - 1; i >= 0; i--)
        {
            for (var j = i + 1; j < n; j++)
            {
                x[i] -= lower[j, i] * x[j];
            }

            x[i] /= lower[i, i];
        }

        return x;
    }

    private static double[] Along(double[] x, double[] direction, double length)
    {
        var at = new double[x.Length];
        for (var i = 0; i < x.Length; i++)
        {
            at[i] = x[i] + length * direction[i];
        }

        return at;
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    /// <summary>The Newton direction within the null space, damped until it climbs, and gradient times direction; null where the curvature overflows and no damping helps.</summary>
    private (double[] Direction, double Decrement)? Direction(List<double[]> basis, double[] gradient, double[] hessian)
    {
        var r = basis.Count;
        if (r == 0)
        {
            return (new double[dimension], 0);
        }

        var right = new double[r];
        var matrix = new double[r, r];
        double size = 0;
        var bent = new double[dimension];
        for (var a = 0; a < r; a++)
        {
            right[a] = Dot(basis[a], gradient);
            for (var j = 0; j < dimension; j++)
            {
                bent[j] = 0;
                for (var i = 0; i < dimension; i++)
                {
                    bent[j] += basis[a][i] * hessian[i * dimension + j];
                }
            }

            for (var b = 0; b < r; b++)
            {
                matrix[a, b] = -Dot(bent, basis[b]);
                size = Math.Max(size, Math.Abs(matrix[a, b]));
            }
        }

        var factor = Cholesky(matrix);
        for (var damping = Math.Max(size, 1e-8) * 1e-4; factor is null; damping *= 4)
        {
            if (!double.IsFinite(damping))
            {
                return null;
            }

            for (var a = 0; a < r; a++)
            {
                matrix[a, a] += damping;
            }

            factor = Cholesky(matrix);
        }

        var solved = Solve(factor, right);
        var direction = new double[dimension];
        for (var a = 0; a < r; a++)
        {
            for (var i = 0; i < dimension; i++)
            {
                direction[i] += solved[a] * basis[a][i];
            }
        }

        return (direction, Dot(right, solved));
    }

    /// <summary>The longest step that keeps every constraint, and the constraint that ends it.</summary>
    private (double Length, int Blocking) Longest(double[] x, double[] direction, List<int> active)
    {
        var (longest, blocking) = (double.PositiveInfinity, -1);
        for (var i = 0; i < constraints.Count; i++)
        {
            var slope = Dot(constraints[i], direction);
            if (slope >= -1e-12 * Math.Sqrt(Dot(constraints[i], constraints[i]) * Dot(direction, direction)) || active.Contains(i))
            {
                continue;
            }

            var length = Math.Max(0, ((limits?[i] ?? 0) - Dot(constraints[i], x)) / slope);
            if (length < longest)
            {
                (longest, blocking) = (length, i);
            }
        }

        return (longest, blocking);
    }

    /// <summary>The active constraint against which the gradient pulls inwards most; null where all hold the maximum.</summary>
    private int? Releasable(List<int> active, double[] gradient)
    {
        int? release = null;
        double strongest = 1e-9 * Math.Sqrt(Dot(gradient, gradient));
        for (var a = 0; a < active.Count; a++)
        {
            // What is left of the constraint along the others: the direction that leaves this one alone.
            double[] own = [.. constraints[active[a]]];
            foreach (var unit in Orthonormal(active.Where((_, b) => b != a)))
            {
                var projection = Dot(unit, own);
                own = Along(own, unit, -projection);
            }

            var inwards = Dot(own, gradient) / Math.Sqrt(Dot(own, own));
            if (inwards > strongest)
            {
                (release, strongest) = (a, inwards);
            }
        }

        return release;
    }

    private List<double[]> Orthonormal(IEnumerable<int> indices)
    {
        var units = new List<double[]>();
        foreach (var index in indices)
        {
            AddUnit(units, constraints[index]);
        }

        return units;
    }

    private List<double[]> NullSpace(List<int> active)
    {
        var units = Orthonormal(active);
        var held = units.Count;
        for (var i = 0; i < dimension; i++)
        {
            AddUnit(units, [.. Enumerable.Range(0, dimension).Select(j => i == j ? 1.0 : 0)]);
        }

        return units[held..];
    }

    private static void AddUnit(List<double[]> units, double[] vector)
    {
        double[] left = [.. vector];
        for (var pass = 0; pass < 2; pass++)
        {
            foreach (var unit in units)
            {
                left = Along(left, unit, -Dot(unit, left));
            }
        }

        var norm = Math.Sqrt(Dot(left, left));
        if (norm > 1e-8 * Math.Sqrt(Dot(vector, vector)))
        {
            units.Add(Array.ConvertAll(left, value => value / norm));
        }
    }
}
