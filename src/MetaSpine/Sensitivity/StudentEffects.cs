namespace MetaSpine;

/// <summary>
/// A t distribution of scale tau with 1/delta degrees of freedom, as a normal one whose variance is tau^2/g, g gamma with mean 1: the integral over ln g
/// by the trapezoidal rule, whose error vanishes faster than any power of the step, as the integrand is analytic in a strip and dies at both ends.
/// Shape: ln(tau^2) and ln(delta), each above its <see cref="LowestScale"/> and <see cref="LowestShape"/>.
/// </summary>
internal sealed class StudentEffects(ModelData data) : HeavyTails(data, 2)
{
    /// <summary>Terms below e^-60 of the whole are left out.</summary>
    private const double Nothing = -60;

    /// <summary>ln(delta) where the t distribution is normal to six digits, and where its tails are heavier than any data can tell.</summary>
    public const double LowestShape = -14, HighestShape = 7;

    private double[] _nodes = [];
    private double[] _base = [];
    private double[] _terms = [];
    private double _tau2;
    private double _half;
    private double _baseLog;
    private double _baseMean;
    private double _baseSquare;

    /// <summary>ln(tau^2) so far below the smallest sampling variance that only tails of a hundredth of a degree of freedom would reach beyond it.</summary>
    public double LowestScale { get; } = Math.Log(data.V.Min()) - 60;

    public override IReadOnlyList<int> Bounded => [Data.P, Data.P + 1];

    protected override bool Prepare(ReadOnlySpan<double> shape)
    {
        var (scale, shaped) = (shape[0] + LowestScale, shape[1] + LowestShape);
        if (!(shaped <= HighestShape && scale < 200))
        {
            return false;
        }

        _tau2 = Math.Exp(scale);
        _half = Math.Exp(-shaped) / 2;
        var (step, turn) = (Math.Min(.3, .4 / Math.Sqrt(_half)), scale - Math.Log(Data.V.Max()));
        double Size(double s) => _half * Below(s) + .5 * Math.Min(0, s - Math.Min(0, turn));
        int left = 0, right = 0;
        while (Size(-left * step) > Nothing)
        {
            left++;
        }

        while (_half * Below(right * step) > Nothing)
        {
            right++;
        }

        if (_nodes.Length != left + right + 1)
        {
            (_nodes, _base, _terms) = (new double[left + right + 1], new double[left + right + 1], new double[left + right + 1]);
        }

        double sum = 0, mean = 0, square = 0;
        for (var c = 0; c < _nodes.Length; c++)
        {
            var s = (c - left) * step;
            var shift = Below(s);
            (_nodes[c], _base[c]) = (Math.Exp(-s), shift);
            var weight = Math.Exp(_half * shift);
            sum += weight;
            mean += weight * shift;
            square += weight * shift * shift;
        }

        // To the left the weights alone fall slowly, as e^(half s): a geometric series, whose sums are known.
        var (first, ratio) = (Below(-left * step), Math.Exp(-_half * step));
        var scaled = Math.Exp(_half * first);
        var (series, once, twice) = (ratio / (1 - ratio), ratio / Math.Pow(1 - ratio, 2), ratio * (1 + ratio) / Math.Pow(1 - ratio, 3));
        sum += scaled * series;
        mean += scaled * (first * series - step * once);
        square += scaled * (first * first * series - 2 * first * step * once + step * step * twice);
        (_baseLog, _baseMean, _baseSquare) = (Math.Log(sum), mean / sum, square / sum);
        return true;
    }

    protected override double Study(double residual, double v, bool derivatives, ref Sums sums)
    {
        var highest = double.NegativeInfinity;
        for (var c = 0; c < _terms.Length; c++)
        {
            var variance = v + _tau2 * _nodes[c];
            _terms[c] = _half * _base[c] - .5 * Math.Log(variance) - residual * residual / (2 * variance);
            highest = Math.Max(highest, _terms[c]);
        }

        double total = 0;
        for (var c = 0; c < _terms.Length; c++)
        {
            total += _terms[c] = Math.Exp(_terms[c] - highest);
        }

        if (derivatives)
        {
            Derive(residual, v, total, ref sums);
        }

        return highest + Math.Log(total) - _baseLog + NormalDistribution.LogDensity(0);
    }

    /// <summary>The means over the nodes: of the slopes of a term's logarithm, and of their products with the curvatures added.</summary>
    private void Derive(double residual, double v, double total, ref Sums sums)
    {
        double fit = 0, scale = 0, shape = 0, fitFit = 0, fitScale = 0, fitShape = 0, scaleScale = 0, scaleShape = 0, shapeShape = 0, precision = 0;
        for (var c = 0; c < _terms.Length; c++)
        {
            var share = _terms[c] / total;
            var inverse = 1 / (v + _tau2 * _nodes[c]);
            var random = _tau2 * _nodes[c] * inverse;
            var square = residual * residual * inverse;
            var a = residual * inverse;
            var b = random * (square - 1) / 2;
            var d = -_half * _base[c];
            fit += share * a;
            scale += share * b;
            shape += share * d;
            fitFit += share * (a * a - inverse);
            fitScale += share * (a * b - random * a);
            fitShape += share * a * d;
            scaleScale += share * (b * b + b + random * random * (.5 - square));
            scaleShape += share * b * d;
            shapeShape += share * (d * d - d);
            precision += share * inverse;
        }

        // The weights of the gamma distribution are normalised on the same grid, which takes their own slope and curvature away.
        var own = -_half * _baseMean;
        shapeShape += own - _half * _half * _baseSquare + 2 * own * (own - shape);
        (fitShape, scaleShape) = (fitShape - own * fit, scaleShape - own * scale);
        (sums.Gradient[0], sums.Gradient[1], sums.Gradient[2]) = (fit, scale, shape - own);
        (sums.Hessian[0], sums.Hessian[5], sums.Hessian[10]) = (fitFit, scaleScale, shapeShape);
        sums.Hessian[1] = sums.Hessian[4] = fitScale;
        sums.Hessian[2] = sums.Hessian[8] = fitShape;
        sums.Hessian[6] = sums.Hessian[9] = scaleShape;
        sums.Precision = precision;
    }

    /// <summary>1 + s - e^s, by its series where it is small: sixteen terms reach the last digit below 1/2.</summary>
    private static double Below(double s)
    {
        if (Math.Abs(s) > .5)
        {
            return 1 + s - Math.Exp(s);
        }

        double sum = 0;
        for (var n = 18; n >= 3; n--)
        {
            sum = (1 + sum) * s / n;
        }

        return -s * s / 2 * (1 + sum);
    }
}
