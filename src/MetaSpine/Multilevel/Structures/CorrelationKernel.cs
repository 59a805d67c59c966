namespace MetaSpine;

/// <summary>A correlation as a function of the distance of two effects and one number.</summary>
/// <param name="Parameter">The number.</param>
/// <param name="Correlation">The correlation at a distance.</param>
/// <param name="Slope">Its derivative by the number.</param>
internal sealed record CorrelationKernel(ComponentParameter Parameter, Func<double, double, double> Correlation, Func<double, double, double> Slope)
{
    /// <summary>CS: one correlation, at every distance, of n effects; a smaller one than -1/(n - 1) is impossible among them all.</summary>
    public static CorrelationKernel CompoundSymmetry(int n) => new(new("", ParameterKind.Correlation, n > 1 ? -1.0 / (n - 1) : 0, 1, .5), (_, rho) => rho, (_, _) => 1);

    /// <summary>AR: rho to the power of the number of steps.</summary>
    public static CorrelationKernel Autoregressive { get; } = new(new("", ParameterKind.Correlation, -1, 1, .5), (d, rho) => Math.Pow(rho, d), PowerSlope);

    /// <summary>CAR: rho to the power of the time between, which need not be whole.</summary>
    public static CorrelationKernel ContinuousAutoregressive { get; } = new(new("", ParameterKind.Correlation, 0, 1, .5), (d, rho) => Math.Pow(rho, d), PowerSlope);

    /// <summary>SPEXP: exp(-d/rho).</summary>
    public static CorrelationKernel Exponential(double start) => new(Range(start), (d, rho) => Math.Exp(-d / rho), (d, rho) => d / (rho * rho) * Math.Exp(-d / rho));

    /// <summary>SPGAU: exp(-d^2/rho^2).</summary>
    public static CorrelationKernel Gaussian(double start) =>
        new(Range(start), (d, rho) => Math.Exp(-Square(d / rho)), (d, rho) => 2 * Square(d / rho) / rho * Math.Exp(-Square(d / rho)));

    /// <summary>SPLIN: 1 - d/rho, and 0 beyond rho.</summary>
    public static CorrelationKernel Linear(double start) => new(Range(start), (d, rho) => Math.Max(0, 1 - d / rho), (d, rho) => d < rho ? d / (rho * rho) : 0);

    /// <summary>SPRAT: 1/(1 + d^2/rho^2).</summary>
    public static CorrelationKernel Rational(double start) =>
        new(Range(start), (d, rho) => 1 / (1 + Square(d / rho)), (d, rho) => 2 * Square(d / rho) / rho / Square(1 + Square(d / rho)));

    /// <summary>SPSPH: 1 - 1.5 d/rho + 0.5 (d/rho)^3, and 0 beyond rho.</summary>
    public static CorrelationKernel Spherical(double start) => new(
        Range(start),
        (d, rho) => d < rho ? 1 - 1.5 * d / rho + .5 * Square(d / rho) * (d / rho) : 0,
        (d, rho) => d < rho ? 1.5 * (d / rho - Square(d / rho) * (d / rho)) / rho : 0);

    private static ComponentParameter Range(double start) => new("", ParameterKind.Range, 0, double.PositiveInfinity, start);

    private static double PowerSlope(double distance, double rho) => distance == 0 ? 0 : distance * Math.Pow(rho, distance - 1);

    private static double Square(double value) => value * value;
}
