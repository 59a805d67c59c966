namespace MetaSpine;

/// <summary>Weights that are constant on intervals of z, which may differ between studies. Everything is in closed form.</summary>
internal sealed class StepWeights : SelectionWeights
{
    private readonly double[] _given;
    private readonly int[] _parameter;
    private readonly (int Weight, double From, double To)[][] _parts;
    private readonly int[] _own;
    private readonly double[] _current;

    private StepWeights(IReadOnlyList<double> given, (int Weight, double From, double To)[][] parts, int[] own)
        : base(given.Count(double.IsNaN))
    {
        _given = [.. given];
        _parts = parts;
        _own = own;
        _current = [.. given];
        _parameter = new int[given.Count];
        var next = 0;
        for (var j = 0; j < given.Count; j++)
        {
            _parameter[j] = double.IsNaN(given[j]) ? next++ : -1;
        }
    }

    public override double[] None => Filled(1);

    public override double[] Lowest => Filled(0);

    public override IEnumerable<double[]> Starts
    {
        get
        {
            foreach (var first in new[] { .5, .1, 4 })
            {
                yield return [.. Enumerable.Range(1, Parameters).Select(j => Math.Pow(first, j <= 2 ? j : 2))];
            }
        }
    }

    /// <summary>The interval of the p-value that each study lies in, from 0.</summary>
    public IReadOnlyList<int> Own => _own;

    public static StepWeights OfPValues(SelectionFunction function, SelectionSide side, double[] z)
    {
        // The farthest point from the null that belongs to an interval, as a distance in the favoured direction.
        var cuts = function.Cuts;
        double[] ends = [double.PositiveInfinity, .. cuts.Select(cut => cut == 1
            ? side == SelectionSide.Both ? 0 : double.NegativeInfinity
            : NormalDistribution.UpperQuantile(side == SelectionSide.Both ? cut / 2 : cut))];
        var parts = new List<(int Weight, double From, double To)>();
        for (var j = 0; j < cuts.Count; j++)
        {
            if (side != SelectionSide.Less)
            {
                parts.Add((j, ends[j + 1], ends[j]));
            }

            if (side != SelectionSide.Greater)
            {
                parts.Add((j, -ends[j], -ends[j + 1]));
            }
        }

        var own = Array.ConvertAll(z, value =>
        {
            var p = PValue(value, side);
            var j = 0;
            while (p > cuts[j])
            {
                j++;
            }

            return j;
        });
        (int Weight, double From, double To)[] shared = [.. parts];
        return new StepWeights(function.Weights, Array.ConvertAll(z, _ => shared), own);
    }

    public static StepWeights OfEstimates(double cut, SelectionSide side, double[] z, double[] v)
    {
        var sign = side == SelectionSide.Less ? -1 : 1;
        var parts = new (int Weight, double From, double To)[z.Length][];
        var own = new int[z.Length];
        for (var i = 0; i < z.Length; i++)
        {
            var at = cut / Math.Sqrt(v[i]);
            var (above, below) = ((at, double.PositiveInfinity), (double.NegativeInfinity, at));
            parts[i] = sign > 0
                ? [(0, above.at, above.PositiveInfinity), (1, below.NegativeInfinity, below.at)]
                : [(0, below.NegativeInfinity, below.at), (1, above.at, above.PositiveInfinity)];
            own[i] = sign * z[i] > sign * at ? 0 : 1;
        }

        return new StepWeights([1, double.NaN], parts, own);
    }

    /// <summary>The p-value of z against the alternative that selection favours.</summary>
    public static double PValue(double z, SelectionSide side) => side switch
    {
        SelectionSide.Greater => NormalDistribution.Upper(z),
        SelectionSide.Less => NormalDistribution.Lower(z),
        _ => NormalDistribution.TwoSided(z),
    };

    public override void Set(ReadOnlySpan<double> parameters)
    {
        for (var j = 0; j < _given.Length; j++)
        {
            _current[j] = _parameter[j] < 0 ? _given[j] : Math.Max(0, parameters[_parameter[j]]);
        }
    }

    public override void Term(int i, double m, double u, SelectionTerm term)
    {
        term.Clear();
        var s = Math.Sqrt(u);
        Span<double> moments = stackalloc double[5];
        foreach (var (weight, from, to) in _parts[i])
        {
            Moments(from, to, m, s, moments);
            term.AddStep(_current[weight], _parameter[weight], moments);
        }

        term.Finish(u, 0);
        term.AddLogStep(_current[_own[i]], _parameter[_own[i]]);
    }

    private double[] Filled(double value)
    {
        var filled = new double[Parameters];
        Array.Fill(filled, value);
        return filled;
    }
}
