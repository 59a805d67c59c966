namespace MetaSpine;

/// <summary>A selection function on a set of studies.</summary>
internal abstract class SelectionWeights(int parameters)
{
    /// <summary>How many parameters are estimated.</summary>
    public int Parameters { get; } = parameters;

    /// <summary>Their values under no selection.</summary>
    public abstract double[] None { get; }

    /// <summary>The smallest values that they can have.</summary>
    public abstract double[] Lowest { get; }

    /// <summary>Values to begin the search from, beside <see cref="None"/>.</summary>
    public abstract IEnumerable<double[]> Starts { get; }

    /// <summary>Prepares the terms at some values of the parameters.</summary>
    public abstract void Set(ReadOnlySpan<double> parameters);

    /// <summary>Study i's term, where z is normal with mean m and variance u before selection.</summary>
    public abstract void Term(int i, double m, double u, SelectionTerm term);

    /// <summary>The selection function on studies with z = y / sqrt(v).</summary>
    public static SelectionWeights Of(SelectionFunction function, SelectionSide side, double[] y, double[] v)
    {
        double[] z = [.. y.Select((value, i) => value / Math.Sqrt(v[i]))];
        return function.Kind switch
        {
            SelectionKind.Step => StepWeights.OfPValues(function, side, z),
            SelectionKind.Truncation => StepWeights.OfEstimates(function.Cut, side, z, v),
            _ => new SmoothWeights(function, side, z),
        };
    }

    /// <summary>
    /// The integrals from a to b of the normal density with mean m and standard deviation s, times the Hermite polynomials in
    /// (z - m) / s of order 0 to 4: the integral of the n-th is minus the one before times the density.
    /// </summary>
    protected static void Moments(double a, double b, double m, double s, Span<double> moments)
    {
        var (from, to) = ((a - m) / s, (b - m) / s);
        moments[0] = from > 0 ? NormalDistribution.Upper(from) - NormalDistribution.Upper(to) : NormalDistribution.Lower(to) - NormalDistribution.Lower(from);
        moments[1..].Clear();
        End(from, 1, moments);
        End(to, -1, moments);

        static void End(double h, double sign, Span<double> moments)
        {
            var density = sign * NormalDistribution.Density(h);
            if (density == 0)
            {
                return;
            }

            moments[1] += density;
            moments[2] += h * density;
            moments[3] += (h * h - 1) * density;
            moments[4] += h * (h * h - 3) * density;
        }
    }
}
