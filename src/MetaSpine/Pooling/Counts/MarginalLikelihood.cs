namespace MetaSpine;

/// <summary>One count of a study: its linear predictor is Baseline (alpha + sigma v) + Effect delta + Spread (its part of the effect's deviation).</summary>
internal readonly record struct CountArm(CountLikelihood Likelihood, double Baseline, double Effect, double Spread);

/// <summary>A linear predictor Center + U u + V v, in standard normal u and v.</summary>
internal readonly record struct RandomPredictor(CountLikelihood Likelihood, Jet Center, Jet U, Jet V);

/// <summary>
/// The logarithm of the mean of a study's likelihood over its normal random effects, by adaptive Gauss-Hermite quadrature about the
/// mode: Pinheiro and Bates (1995), Journal of Computational and Graphical Statistics 4:12, doi:10.1080/10618600.1995.10474663. One point is
/// Laplace's approximation.
/// </summary>
/// <remarks>All likelihoods are concave, so that the integrand has one mode and Newton's method with halving finds it.</remarks>
internal static class MarginalLikelihood
{
    private const int Limit = 200;

    /// <summary>An integrand whose logarithm is lower by this adds nothing, not to a second derivative either.</summary>
    private const double Negligible = 50;

    /// <summary>Without random effects.</summary>
    public static Jet Fixed(ReadOnlySpan<RandomPredictor> arms)
    {
        Jet sum = 0;
        foreach (var arm in arms)
        {
            sum += arm.Likelihood.At(arm.Center.Value).Of(arm.Center);
        }

        return sum;
    }

    /// <summary>Over u alone.</summary>
    public static Jet OverOne(ReadOnlySpan<RandomPredictor> arms, QuadratureRule rule)
    {
        if (rule.IsEven)
        {
            return OnEqualSteps(arms, rule.Count);
        }

        Jet mode = ModeOf(arms, two: false).U;
        Jet curvature = 0;

        // Two steps of Newton's method from the solution give it the two derivatives that a jet carries.
        for (var step = 0; step < 3; step++)
        {
            Jet slope = -1 * mode;
            curvature = 1;
            foreach (var arm in arms)
            {
                var predictor = arm.Center + arm.U * mode;
                var at = arm.Likelihood.At(predictor.Value);
                slope += arm.U * at.SlopeOf(predictor);
                curvature -= arm.U * arm.U * at.CurvatureOf(predictor);
            }

            mode += step < 2 ? slope / curvature : 0;
        }

        var scale = Jet.Power(0.5 * curvature, -0.5);
        var moved = new RandomPredictor[arms.Length];
        for (var i = 0; i < arms.Length; i++)
        {
            moved[i] = arms[i] with { Center = arms[i].Center + arms[i].U * mode, U = arms[i].U * scale };
        }

        Jet sum = 0;
        var reference = double.NaN;
        for (var q = -1; q < rule.Count; q++)
        {
            var x = q < 0 ? 0 : rule.Nodes[q];
            var u = Jet.Combine(mode, x, scale);
            var exponent = -0.5 * (u * u);
            foreach (var arm in moved)
            {
                var predictor = Jet.Combine(arm.Center, x, arm.U);
                exponent += arm.Likelihood.At(predictor.Value).Of(predictor);
            }

            if (q < 0)
            {
                reference = exponent.Value;
                continue;
            }

            sum = Jet.Combine(sum, rule.Weights[q], Jet.Exp(exponent - reference));
        }

        return Jet.Log(sum) + Jet.Log(scale) + (reference - Math.Log(2 * Math.PI) / 2);
    }

    /// <summary>
    /// Over u alone, on equal steps. A count of zero under a large tau makes the integrand a normal density cut off by a wall, which no few nodes of
    /// Gauss and Hermite resolve; here the error falls exponentially with the points.
    /// </summary>
    private static Jet OnEqualSteps(ReadOnlySpan<RandomPredictor> arms, int count)
    {
        var mode = ModeOf(arms, two: false).U;
        var top = LogIntegrand(arms, mode);
        var (from, to) = (mode - Reach(arms, mode, top, -1), mode + Reach(arms, mode, top, 1));
        var step = (to - from) / (count - 1);
        Jet sum = 0;
        for (var point = 0; point < count; point++)
        {
            var u = from + point * step;
            Jet exponent = -u * u / 2 - top;
            foreach (var arm in arms)
            {
                var predictor = Jet.Combine(arm.Center, u, arm.U);
                exponent += arm.Likelihood.At(predictor.Value).Of(predictor);
            }

            sum += Jet.Exp(exponent);
        }

        return Jet.Log(sum) + (top + Math.Log(step) - Math.Log(2 * Math.PI) / 2);
    }

    private static double LogIntegrand(ReadOnlySpan<RandomPredictor> arms, double u)
    {
        var value = -u * u / 2;
        foreach (var arm in arms)
        {
            value += arm.Likelihood.At(arm.Center.Value + arm.U.Value * u).Value;
        }

        return value;
    }

    /// <summary>How far from the mode the integrand matters on one side: it is log-concave, so that beyond it never does again.</summary>
    private static double Reach(ReadOnlySpan<RandomPredictor> arms, double mode, double top, int side)
    {
        double near = 0, far = 1;
        while (LogIntegrand(arms, mode + side * far) > top - Negligible)
        {
            (near, far) = (far, 2 * far);
        }

        while (far - near > far / 16)
        {
            var middle = (near + far) / 2;
            (near, far) = LogIntegrand(arms, mode + side * middle) > top - Negligible ? (middle, far) : (near, middle);
        }

        return far;
    }

    /// <summary>Over u and v, on the grid of the rule's nodes turned and stretched to the curvature at the mode.</summary>
    public static Jet OverTwo(ReadOnlySpan<RandomPredictor> arms, QuadratureRule rule)
    {
        var (modeU, modeV) = ModeOf(arms, two: true);
        Jet u = modeU, v = modeV, uu = 0, uv = 0, vv = 0;
        for (var step = 0; step < 3; step++)
        {
            Jet slopeU = -1 * u, slopeV = -1 * v;
            (uu, uv, vv) = (1, 0, 1);
            foreach (var arm in arms)
            {
                var predictor = arm.Center + arm.U * u + arm.V * v;
                var at = arm.Likelihood.At(predictor.Value);
                var (slope, second) = (at.SlopeOf(predictor), at.CurvatureOf(predictor));
                slopeU += arm.U * slope;
                slopeV += arm.V * slope;
                uu -= arm.U * arm.U * second;
                uv -= arm.U * arm.V * second;
                vv -= arm.V * arm.V * second;
            }

            if (step < 2)
            {
                var inverse = Jet.Power(uu * vv - uv * uv, -1);
                u += inverse * (vv * slopeU - uv * slopeV);
                v += inverse * (uu * slopeV - uv * slopeU);
            }
        }

        // The curvature is L L' with L lower triangular; u = mode + root 2 L'^-1 x.
        var scaleU = Jet.Power(0.5 * uu, -0.5);
        var slant = uv / uu;
        var scaleV = Jet.Power(0.5 * (vv - slant * uv), -0.5);
        var slanted = -1 * slant * scaleV;
        var moved = new RandomPredictor[arms.Length];
        for (var i = 0; i < arms.Length; i++)
        {
            var arm = arms[i];
            moved[i] = arm with { Center = arm.Center + arm.U * u + arm.V * v, U = arm.U * scaleU, V = arm.U * slanted + arm.V * scaleV };
        }

        var reference = -(u.Value * u.Value + v.Value * v.Value) / 2;
        foreach (var arm in moved)
        {
            reference += arm.Likelihood.At(arm.Center.Value).Value;
        }

        Jet sum = 0;
        var lines = new Jet[arms.Length];
        for (var r = 0; r < rule.Count; r++)
        {
            var y = rule.Nodes[r];
            var lineU = Jet.Combine(u, y, slanted);
            var lineV = Jet.Combine(v, y, scaleV);
            var priorV = -0.5 * (lineV * lineV) - reference;
            for (var i = 0; i < lines.Length; i++)
            {
                lines[i] = Jet.Combine(moved[i].Center, y, moved[i].V);
            }

            for (var q = 0; q < rule.Count; q++)
            {
                var x = rule.Nodes[q];
                var atU = Jet.Combine(lineU, x, scaleU);
                var exponent = Jet.Combine(priorV, -0.5, atU * atU);
                for (var i = 0; i < lines.Length; i++)
                {
                    var predictor = Jet.Combine(lines[i], x, moved[i].U);
                    exponent += moved[i].Likelihood.At(predictor.Value).Of(predictor);
                }

                sum = Jet.Combine(sum, rule.Weights[r] * rule.Weights[q], Jet.Exp(exponent));
            }
        }

        return Jet.Log(sum) + Jet.Log(scaleU) + Jet.Log(scaleV) + (reference - Math.Log(2 * Math.PI));
    }

    private static (double U, double V) ModeOf(ReadOnlySpan<RandomPredictor> arms, bool two)
    {
        double u = 0, v = 0, best = double.NegativeInfinity, stepU = 0, stepV = 0;
        for (var i = 0; i < Limit; i++)
        {
            double value = -(u * u + v * v) / 2, slopeU = -u, slopeV = -v, uu = 1, uv = 0, vv = 1;
            foreach (var arm in arms)
            {
                var (a, b) = (arm.U.Value, two ? arm.V.Value : 0);
                var at = arm.Likelihood.At(arm.Center.Value + a * u + b * v);
                value += at.Value;
                slopeU += a * at.First;
                slopeV += b * at.First;
                uu -= a * a * at.Second;
                uv -= a * b * at.Second;
                vv -= b * b * at.Second;
            }

            // Downhill, or out of the range of doubles: half the way back.
            if (!(value >= best - 1e-12 * Math.Abs(best)))
            {
                (stepU, stepV) = (stepU / 2, stepV / 2);
                (u, v) = (u - stepU, v - stepV);
                continue;
            }

            best = value;
            var determinant = uu * vv - uv * uv;
            (stepU, stepV) = ((vv * slopeU - uv * slopeV) / determinant, (uu * slopeV - uv * slopeU) / determinant);
            (u, v) = (u + stepU, v + stepV);
            if (Math.Abs(stepU) + Math.Abs(stepV) < 1e-9 * (1 + Math.Abs(u) + Math.Abs(v)))
            {
                break;
            }
        }

        return (u, v);
    }
}
