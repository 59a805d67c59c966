namespace MetaSpine;

/// <summary>
/// A marginal likelihood whose random effects are normal with a variance that itself varies: for each study the logarithm of a sum of normal
/// densities, with exact first and second derivatives in its fitted value and the parameters of the shape.
/// </summary>
/// <remarks>With terms exp(L) of shares s the gradient is the mean of L' under the shares, and the Hessian the mean of L'' + L'L'' less the squared gradient.</remarks>
internal abstract class HeavyTails(ModelData data, int shapes)
{
    public ModelData Data { get; } = data;

    /// <summary>Parameters: the coefficients, then those of the shape.</summary>
    public int Dimension => Data.P + Shapes;

    protected int Shapes { get; } = shapes;

    /// <summary>Where each parameter of the shape is bounded below by 0, its position among all.</summary>
    public abstract IReadOnlyList<int> Bounded { get; }

    /// <summary>Sets the shape; false where it is beyond what can be computed.</summary>
    protected abstract bool Prepare(ReadOnlySpan<double> shape);

    /// <summary>One study's log-likelihood, and where they are wanted the means that its derivatives are made of.</summary>
    protected abstract double Study(double residual, double v, bool derivatives, ref Sums sums);

    public double Value(double[] x) => At(x, null, null);

    public (double[] Gradient, double[] Hessian) Derivatives(double[] x)
    {
        var (gradient, hessian) = (new double[Dimension], new double[Dimension * Dimension]);
        At(x, gradient, hessian);
        return (gradient, hessian);
    }

    /// <summary>For each study the sum of shares over variances, which is its weight in the equation of the coefficients, and the share of a group of terms.</summary>
    public (double[] Weights, double[] Shares) Posterior(double[] x)
    {
        var (weights, shares) = (new double[Data.K], new double[Data.K]);
        Prepare(x.AsSpan(Data.P));
        for (var i = 0; i < weights.Length; i++)
        {
            var sums = default(Sums);
            Study(Residual(x, i), Data.V[i], true, ref sums);
            (weights[i], shares[i]) = (sums.Precision, sums.Marked);
        }

        return (weights, shares);
    }

    private double Residual(double[] x, int i) => Data.Y[i] - OrthogonalFit.Dot(Data.X.AsSpan(i * Data.P, Data.P), x.AsSpan(0, Data.P));

    private double At(double[] x, double[]? gradient, double[]? hessian)
    {
        var (p, n) = (Data.P, Dimension);
        if (!Prepare(x.AsSpan(p)))
        {
            return double.NegativeInfinity;
        }

        double total = 0;
        for (var i = 0; i < Data.K; i++)
        {
            var sums = default(Sums);
            total += Study(Residual(x, i), Data.V[i], gradient is not null, ref sums);
            if (gradient is null || hessian is null)
            {
                continue;
            }

            // Parameter a of all is variable 0, the fitted value, times a moderator, or a variable of the shape.
            for (var a = 0; a < n; a++)
            {
                var (va, xa) = a < p ? (0, Data.X[i * p + a]) : (a - p + 1, 1);
                gradient[a] += xa * sums.Gradient[va];
                for (var b = 0; b < n; b++)
                {
                    var (vb, xb) = b < p ? (0, Data.X[i * p + b]) : (b - p + 1, 1);
                    hessian[a * n + b] += xa * xb * (sums.Hessian[4 * va + vb] - sums.Gradient[va] * sums.Gradient[vb]);
                }
            }
        }

        return double.IsNaN(total) ? double.NegativeInfinity : total;
    }

    /// <summary>Means under the shares, in up to four variables: the fitted value and the shape's.</summary>
    protected struct Sums
    {
        public Four Gradient;
        public Sixteen Hessian;
        public double Precision;
        public double Marked;

        /// <summary>Adds a normal term with a share, from the derivatives of its logarithm.</summary>
        public void Add(double share, ReadOnlySpan<double> slope, ReadOnlySpan<double> curvature)
        {
            for (var a = 0; a < 4; a++)
            {
                Gradient[a] += share * slope[a];
                for (var b = 0; b < 4; b++)
                {
                    Hessian[4 * a + b] += share * (curvature[4 * a + b] + slope[a] * slope[b]);
                }
            }
        }
    }

    [System.Runtime.CompilerServices.InlineArray(4)]
    protected struct Four
    {
        private double _first;
    }

    [System.Runtime.CompilerServices.InlineArray(16)]
    protected struct Sixteen
    {
        private double _first;
    }
}
