using MathNet.Numerics.Integration;

namespace MetaSpine;

/// <summary>
/// The density of the score B(t) = z sqrt t of a sequence that has not stopped yet, on a grid, by the recursion of Armitage, McPherson and Rowe
/// (1969, Journal of the Royal Statistical Society A 132:235, doi:10.2307/2343787) from look to look.
/// </summary>
internal sealed class ScoreDensity
{
    private const int Points = 16;

    /// <summary>Standard deviations beyond which a normal density adds nothing.</summary>
    private const double Reach = 9;

    /// <summary>More panels than any sensible look needs; closer looks than these are integrated less exactly, not endlessly.</summary>
    private const int MostPanels = 400;

    private static readonly GaussLegendreRule Rule = new(-1, 1, Points);

    private readonly double _time;
    private readonly double[] _at;
    private readonly double[] _mass;

    private ScoreDensity(double time, double[] at, double[] mass) => (_time, _at, _mass) = (time, at, mass);

    /// <summary>Before the first look: all mass at 0.</summary>
    public static ScoreDensity Start { get; } = new(0, [0], [1]);

    /// <summary>The probability that the sequence is still going and its score at a later time is above a value.</summary>
    public double Above(double time, double value, double drift) => Beyond(time, value, drift, 1);

    /// <summary>The probability that the sequence is still going and its score at a later time is below a value.</summary>
    public double Below(double time, double value, double drift) => Beyond(time, value, drift, -1);

    private double Beyond(double time, double value, double drift, double sign)
    {
        var (move, spread) = (drift * (time - _time), Math.Sqrt(time - _time));
        double sum = 0;
        for (var j = 0; j < _at.Length; j++)
        {
            sum += _mass[j] * NormalDistribution.Upper(sign * (value - _at[j] - move) / spread);
        }

        return sum;
    }

    /// <summary>The density at a later time within some intervals, where the sequence goes on.</summary>
    /// <param name="time">The later time.</param>
    /// <param name="within">The intervals of the score.</param>
    /// <param name="drift">The score's drift.</param>
    /// <param name="next">The time of the look after, whose kernel the grid must resolve.</param>
    public ScoreDensity Continue(double time, IEnumerable<(double From, double To)> within, double drift, double next)
    {
        var (move, spread) = (drift * (time - _time), Math.Sqrt(time - _time));
        var (middle, reach) = (drift * time, Reach * Math.Sqrt(time));
        var width = 2 * Math.Min(spread, Math.Sqrt(next - time));
        var (at, mass) = (new List<double>(), new List<double>());
        foreach (var (from, to) in within)
        {
            var (lower, upper) = (Math.Max(from, middle - reach), Math.Min(to, middle + reach));
            if (!(upper > lower))
            {
                continue;
            }

            var panels = Math.Clamp((int)Math.Ceiling((upper - lower) / width), 1, MostPanels);
            var half = (upper - lower) / panels / 2;
            for (var n = 0; n < panels * Points; n++)
            {
                var x = lower + half * (2 * (n / Points) + 1 + Rule.GetAbscissa(n % Points));
                double density = 0;
                for (var j = 0; j < _at.Length; j++)
                {
                    var h = (x - _at[j] - move) / spread;
                    density += Math.Abs(h) < Reach ? _mass[j] * Math.Exp(-h * h / 2) : 0;
                }

                at.Add(x);
                mass.Add(half * Rule.GetWeight(n % Points) * density / (spread * Math.Sqrt(2 * Math.PI)));
            }
        }

        return new ScoreDensity(time, [.. at], [.. mass]);
    }
}
