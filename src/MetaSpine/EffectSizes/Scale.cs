namespace MetaSpine;

/// <summary>The scale that a measure is analysed on: how to get there and back.</summary>
public sealed class Scale
{
    private readonly Func<double, double, double> _forward;
    private readonly Func<double, double, double> _back;

    internal Scale(string name, Func<double, double> forward, Func<double, double> back)
        : this(name, (x, _) => forward(x), (x, _) => back(x), false)
    {
    }

    internal Scale(string name, Func<double, double, double> forward, Func<double, double, double> back, bool needsSize = true)
    {
        Name = name;
        NeedsSize = needsSize;
        _forward = forward;
        _back = back;
    }

    /// <summary>The scale's name: "log", "logit", "identity".</summary>
    public string Name { get; }

    /// <summary>Whether going there and back takes the study's size, as with the Freeman-Tukey double arcsine.</summary>
    public bool NeedsSize { get; }

    /// <summary>From the scale that people read to the analysis scale.</summary>
    /// <param name="value">For example an odds ratio or a proportion.</param>
    /// <param name="size">Participants or person-time; only where <see cref="NeedsSize"/>.</param>
    public double Forward(double value, double size = double.NaN) => _forward(value, size);

    /// <summary>From the analysis scale to the scale that people read. Values beyond the end of a bounded scale give its end.</summary>
    /// <param name="value">For example a log odds ratio or a logit.</param>
    /// <param name="size">Participants or person-time; only where <see cref="NeedsSize"/>.</param>
    public double Back(double value, double size = double.NaN) => _back(value, size);

    internal static readonly Scale Identity = new("identity", x => x, x => x);
    internal static readonly Scale Log = new("log", Math.Log, Math.Exp);
    internal static readonly Scale Logit = new("logit", p => Math.Log(p / (1 - p)), x => 1 / (1 + Math.Exp(-x)));
    internal static readonly Scale Probit = new("probit", NormalDistribution.Quantile, NormalDistribution.Lower);
    internal static readonly Scale FisherZ = new("Fisher z", Math.Atanh, Math.Tanh);
    internal static readonly Scale SquareRoot = new("square root", Math.Sqrt, x => x < 0 ? 0 : x * x);

    internal static readonly Scale Arcsine = new("arcsine square root", p => Math.Asin(Math.Sqrt(p)), x => Square(Math.Sin(Math.Clamp(x, 0, Math.PI / 2))));

    internal static readonly Scale FreemanTukey = new("Freeman-Tukey double arcsine", DoubleArcsine, DoubleArcsineBack);
    internal static readonly Scale FreemanTukeyRate = new("Freeman-Tukey square root", DoubleSquareRoot, DoubleSquareRootBack);

    private static double Square(double x) => x * x;

    private static double DoubleArcsine(double proportion, double n) =>
        (Math.Asin(Math.Sqrt(proportion * n / (n + 1))) + Math.Asin(Math.Sqrt((proportion * n + 1) / (n + 1)))) / 2;

    /// <summary>Miller (1978), The American Statistician 32:138; outside the range that n participants can give, the end of it.</summary>
    private static double DoubleArcsineBack(double value, double n)
    {
        if (double.IsNaN(value) || double.IsNaN(n))
        {
            return double.NaN;
        }

        if (value <= DoubleArcsine(0, n))
        {
            return 0;
        }

        if (value >= DoubleArcsine(1, n))
        {
            return 1;
        }

        var (sin, cos) = Math.SinCos(2 * value);
        var inner = sin + (sin - 1 / sin) / n;
        return (1 - Math.Sign(cos) * Math.Sqrt(Math.Max(0, 1 - inner * inner))) / 2;
    }

    private static double DoubleSquareRoot(double rate, double time) =>
        (Math.Sqrt(rate) + Math.Sqrt(rate + 1 / time)) / 2;

    /// <summary>The exact inverse: with u = (a + b) / 2 and b^2 - a^2 = 1/t, a = u - 1/(4 u t).</summary>
    private static double DoubleSquareRootBack(double value, double time) =>
        value <= DoubleSquareRoot(0, time) ? 0 : Square(value - 1 / (4 * value * time));
}
