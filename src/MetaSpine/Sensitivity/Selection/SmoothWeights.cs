using MathNet.Numerics.Integration;

namespace MetaSpine;

/// <summary>
/// Weights that are a smooth function of the p-value. The mean weight is integrated over z by Gauss-Legendre rules on panels no wider than one
/// standard error, between the points where the function has an edge; beyond the grid the p-value no longer changes the weight.
/// </summary>
internal sealed class SmoothWeights : SelectionWeights
{
    private const int Points = 16;

    /// <summary>Beyond this distance a p-value (1e-19) changes no weight, except where a high root of it counts.</summary>
    private const double Far = 9;

    /// <summary>The last point whose tail probability is a normal number.</summary>
    private const double Farthest = 37;

    /// <summary>Standard deviations beyond which a normal density adds nothing: 1e-20 of its mass.</summary>
    private const double Reach = 9.3;

    private static readonly GaussLegendreRule Rule = new(-1, 1, Points);

    private readonly SelectionFunction _function;
    private readonly SelectionSide _side;
    private readonly PValuePoint[] _own;
    private readonly double[] _nodes;
    private readonly double[] _lengths;
    private readonly PValuePoint[] _points;
    private readonly WeightJet[] _weights;
    private readonly (PValuePoint Point, double From, double To)[] _tails;
    private readonly WeightJet[] _tailWeights = new WeightJet[2];
    private readonly double[] _parameters;
    private double _logScale;

    public SmoothWeights(SelectionFunction function, SelectionSide side, double[] z)
        : base(function.Parameters.Count)
    {
        (_function, _side) = (function, side);
        _parameters = new double[Parameters];
        _own = Array.ConvertAll(z, PointAt);
        var edges = Edges();
        var (nodes, lengths) = (new List<double>(), new List<double>());
        for (var e = 1; e < edges.Length; e++)
        {
            var (middle, half) = ((edges[e] + edges[e - 1]) / 2, (edges[e] - edges[e - 1]) / 2);
            for (var n = 0; n < Points; n++)
            {
                nodes.Add(middle + half * Rule.GetAbscissa(n));
                lengths.Add(half * Rule.GetWeight(n));
            }
        }

        (_nodes, _lengths) = ([.. nodes], [.. lengths]);
        _points = Array.ConvertAll(_nodes, PointAt);
        _weights = new WeightJet[_nodes.Length];
        _tails = [(PointAt(edges[0]), double.NegativeInfinity, edges[0]), (PointAt(edges[^1]), edges[^1], double.PositiveInfinity)];
    }

    public override double[] None => _function.Kind switch
    {
        SelectionKind.Beta => [1, 1],
        SelectionKind.NegativeExponentialPower => [0, 1],
        _ => [0],
    };

    /// <summary>The root of the p-value must stay above 0, where the function is no longer one.</summary>
    public override double[] Lowest => _function.Kind == SelectionKind.NegativeExponentialPower ? [0, .01] : new double[Parameters];

    public override IEnumerable<double[]> Starts => _function.Kind switch
    {
        SelectionKind.Beta => [[1.5, 1], [1, 1.5], [.5, 1], [1, .5], [.3, 2.5], [2.5, .3]],
        SelectionKind.NegativeExponentialPower => [[1, 1], [4, 1], [4, 3], [2, 10], [10, .3], [60, .1]],
        SelectionKind.Power => [[.2], [.7], [3], [15]],
        _ => [[.5], [2], [6], [30]],
    };

    public override void Set(ReadOnlySpan<double> parameters)
    {
        parameters.CopyTo(_parameters);
        _logScale = double.NegativeInfinity;
        for (var j = 0; j < _points.Length; j++)
        {
            _weights[j] = Log(_points[j]);
            _logScale = Math.Max(_logScale, _weights[j].Value);
        }

        for (var j = 0; j < _points.Length; j++)
        {
            _weights[j] = _weights[j].Exp(_logScale);
        }

        for (var t = 0; t < 2; t++)
        {
            _tailWeights[t] = Log(_tails[t].Point).Exp(_logScale);
        }
    }

    public override void Term(int i, double m, double u, SelectionTerm term)
    {
        term.Clear();
        var s = Math.Sqrt(u);
        Span<double> moments = stackalloc double[5];
        for (var t = 0; t < 2; t++)
        {
            Moments(_tails[t].From, _tails[t].To, m, s, moments);
            term.Add(_tailWeights[t], moments);
        }

        var scale = 1 / (s * Math.Sqrt(2 * Math.PI));
        for (var j = First(m - Reach * s); j < _nodes.Length && _nodes[j] <= m + Reach * s; j++)
        {
            var h = (_nodes[j] - m) / s;
            var square = h * h;
            var density = _lengths[j] * scale * Math.Exp(-square / 2);
            moments[0] = density;
            moments[1] = h * density;
            moments[2] = (square - 1) * density;
            moments[3] = h * (square - 3) * density;
            moments[4] = (square * (square - 6) + 3) * density;
            term.Add(_weights[j], moments);
        }

        term.Finish(u, _logScale);
        term.AddLog(Log(_own[i]));
    }

    private int First(double from)
    {
        var index = Array.BinarySearch(_nodes, from);
        return index < 0 ? ~index : index;
    }

    /// <summary>The weight of a p-value.</summary>
    public static double At(SelectionFunction function, double[] parameters, double p)
    {
        var weights = new SmoothWeights(function, SelectionSide.Greater, []);
        parameters.CopyTo(weights._parameters, 0);
        p = Math.Clamp(p, function.Lowest, function.Highest);
        return Math.Exp(weights.Log(new PValuePoint(p, Math.Log(p), Math.Log(1 - p))).Value);
    }

    /// <summary>ln w(p), where p lies beyond the point from which selection begins; otherwise ln 1.</summary>
    private WeightJet Log(PValuePoint point)
    {
        var (after, d) = (_function.After, Math.Max(0, _parameters[0]));
        if (point.P <= after && _function.Kind != SelectionKind.Beta)
        {
            return default;
        }

        switch (_function.Kind)
        {
            case SelectionKind.Beta:
                return new WeightJet((d - 1) * point.LogP + (Math.Max(0, _parameters[1]) - 1) * point.LogQ, point.LogP, point.LogQ, 0, 0, 0);
            case SelectionKind.HalfNormal:
                return Linear(d, after * after - point.P * point.P);
            case SelectionKind.NegativeExponential:
                return Linear(d, after - point.P);
            case SelectionKind.Power:
                return Linear(d, point.LogQ - Math.Log(1 - after));
            case SelectionKind.Logistic:
                var (at, from) = (Logistic(d, point.P), Logistic(d, after));
                return new WeightJet(at.Value - from.Value, at.S0 - from.S0, 0, at.C00 - from.C00, 0, 0);
            default:
                var root = Math.Max(1e-3, _parameters[1]);
                var (p, a) = (Root(point.LogP, root), after == 0 ? default : Root(Math.Log(after), root));
                return new WeightJet(d * (a.Value - p.Value), a.Value - p.Value, d * (a.Slope - p.Slope), 0, a.Slope - p.Slope, d * (a.Curve - p.Curve));
        }
    }

    private static WeightJet Linear(double d, double slope) => new(d * slope, slope, 0, 0, 0, 0);

    /// <summary>-ln(1 + exp(d p)) and its derivatives in d.</summary>
    private static WeightJet Logistic(double d, double p)
    {
        var share = 1 / (1 + Math.Exp(-d * p));
        return new WeightJet(-(d * p + Math.Log(1 + Math.Exp(-d * p))), -p * share, 0, -p * p * share * (1 - share), 0, 0);
    }

    /// <summary>p^(1 / root) and its derivatives in the root.</summary>
    private static (double Value, double Slope, double Curve) Root(double logP, double root)
    {
        var value = Math.Exp(logP / root);
        var slope = -logP / (root * root);
        return (value, value * slope, value * (slope * slope + 2 * logP / (root * root * root)));
    }

    /// <summary>The p-value at z, kept within what the function allows and within the grid.</summary>
    private PValuePoint PointAt(double z)
    {
        var far = IsRoot ? Farthest : Far;
        z = Math.Clamp(_side == SelectionSide.Less ? -z : z, -far, far);
        var (p, q) = _side == SelectionSide.Both
            ? (NormalDistribution.TwoSided(z), 1 - NormalDistribution.TwoSided(z))
            : (NormalDistribution.Upper(z), NormalDistribution.Lower(z));
        return p < _function.Lowest ? new PValuePoint(_function.Lowest, Math.Log(_function.Lowest), Math.Log(1 - _function.Lowest))
            : p > _function.Highest ? new PValuePoint(_function.Highest, Math.Log(_function.Highest), Math.Log(1 - _function.Highest))
            : new PValuePoint(p, Math.Log(p), Math.Log(q));
    }

    private bool IsRoot => _function.Kind == SelectionKind.NegativeExponentialPower;

    /// <summary>The ends of the panels: where p-values are cut off, where selection begins, and no more than one apart.</summary>
    private double[] Edges()
    {
        var far = IsRoot ? Farthest : Far;
        var two = _side == SelectionSide.Both;
        var edges = new List<double> { -far, far, 0 };
        foreach (var p in new[] { _function.Lowest, _function.Highest, _function.After })
        {
            if (p is > 0 and < 1)
            {
                var z = NormalDistribution.UpperQuantile(two ? p / 2 : p);
                edges.Add(_side == SelectionSide.Less ? -z : z);
                if (two)
                {
                    edges.Add(-z);
                }
            }
        }

        // Two-sided p-values have an edge at 0, and the weights may change within a small part of a standard error from it.
        for (var z = 1e-5; two && z < 1; z *= 4)
        {
            edges.AddRange([-z, z]);
        }

        var corners = edges.Distinct().Order().ToList();
        var panels = new List<double> { corners[0] };
        for (var c = 1; c < corners.Count; c++)
        {
            var pieces = (int)Math.Ceiling(corners[c] - corners[c - 1]);
            for (var n = 1; n <= pieces; n++)
            {
                panels.Add(n == pieces ? corners[c] : corners[c - 1] + n * (corners[c] - corners[c - 1]) / pieces);
            }
        }

        return [.. panels];
    }

    private readonly record struct PValuePoint(double P, double LogP, double LogQ);
}
