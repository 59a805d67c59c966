namespace MetaSpine;

/// <summary>The computations of the tests of small-study effects.</summary>
internal static class AsymmetryKernels
{
    /// <summary>Fewer leave no residual to judge a line or an order by.</summary>
    public const int Fewest = 3;

    /// <summary>A residual sum of squares that is only rounding, against the sum of squares of the estimates.</summary>
    private const double NoResidual = 1e-26;

    /// <summary>A weighted line with an estimated residual variance, tested with t.</summary>
    /// <param name="data">The studies.</param>
    /// <param name="x">The predictor.</param>
    /// <param name="weights">The weights; a study of weight 0 has no part.</param>
    /// <param name="y">The estimates where they are not those of the studies.</param>
    /// <param name="growsWithSize">Whether the predictor grows with the study.</param>
    /// <param name="floor">The least residual variance.</param>
    public static AsymmetryFinding Line(
        FunnelData data, double[] x, double[] weights, double[]? y = null, bool growsWithSize = false, double floor = 0)
    {
        y ??= data.Y;
        int[] used = [.. Enumerable.Range(0, data.K).Where(i => weights[i] > 0)];
        string[] idle = [.. Enumerable.Range(0, data.K).Except(used).Select(i => data.Result.Studies[i].Effect.Label)];
        double[] usedX = Part(x);
        Check(used.Length, usedX, "predictor");
        var (usedY, usedWeights) = (Part(y), Part(weights));
        var line = FunnelLine.Fit(usedY, usedX, usedWeights);
        if (floor == 0 && line.Rss <= NoResidual * usedY.Zip(usedWeights, (value, weight) => weight * value * value).Sum())
        {
            throw new PoolingException("The estimates lie on a line but for rounding, which leaves no residual to test it by; a regression test with the model multiplicative or mixed effects does without one.");
        }

        var freedom = used.Length - 2;
        var dispersion = Math.Max(floor, line.Rss / freedom);
        var t = new ReferenceDistribution(freedom, data.Result.Options.Level);
        return new AsymmetryFinding(t.Coefficient("slope", line.Slope, Math.Sqrt(dispersion * line.SlopeVariance)), used.Length)
        {
            Limit = growsWithSize ? null : t.Coefficient("limit", line.Intercept, Math.Sqrt(dispersion * line.InterceptVariance)),
            Dispersion = dispersion,
            GrowsWithSize = growsWithSize,
            Uninformative = idle,
        };

        double[] Part(double[] values) => idle.Length == 0 ? values : Array.ConvertAll(used, i => values[i]);
    }

    /// <summary>A meta-regression on the predictor, by the method of the result.</summary>
    public static AsymmetryFinding Mixed(FunnelData data, double[] x, PoolingTest test, bool growsWithSize = false)
    {
        Check(data.K, x, "predictor");
        var rows = new double[data.Result.Effects.Count][];
        Array.Fill(rows, [1, double.NaN]);
        for (var i = 0; i < x.Length; i++)
        {
            rows[data.Result.Studies[i].Row] = [1, x[i]];
        }

        var fit = MetaAnalysis.Regress(data.Result.Effects, DesignMatrix.FromRows(["limit", "slope"], rows), data.Result.Options with { Test = test });
        return new AsymmetryFinding(fit.Coefficients[1], data.K)
        {
            Limit = growsWithSize ? null : fit.Coefficients[0],
            Tau2 = fit.Options.Method == PoolingMethod.EE ? null : fit.Tau2,
            GrowsWithSize = growsWithSize,
        };
    }

    /// <summary>The estimates, less their mean under equal effects and standardised, against the variances.</summary>
    public static AsymmetryFinding Begg(FunnelData data)
    {
        Check(data.K, data.V, "sampling variance");
        var weights = data.Precisions;
        var mean = FunnelLine.Mean(data.Y, weights);
        var standardised = new double[data.K];
        for (var i = 0; i < data.K; i++)
        {
            // v - 1/sum w without cancellation: the variance of the deviation is v times the others' share of the weight.
            double others = 0;
            for (var j = 0; j < data.K; j++)
            {
                others += j == i ? 0 : weights[j];
            }

            standardised[i] = (data.Y[i] - mean) / Math.Sqrt(data.V[i] * others / (others + weights[i]));
        }

        return Ranked(standardised, data.V, data.K);
    }

    /// <summary>The efficient score Z of a log odds ratio of 0 over its variance V, on 1/sqrt(V), with weights V.</summary>
    public static AsymmetryFinding Harbord(FunnelData data)
    {
        var tables = data.Tables();
        var v = Array.ConvertAll(tables, t => t.N1 * t.N2 / (t.Size * t.Size) * (t.A + t.C) * (t.B + t.D) / (t.Size - 1));
        double[] score = [.. tables.Select((t, i) => v[i] > 0 ? (t.A - t.N1 * t.P) / v[i] : 0)];
        return Line(data, Array.ConvertAll(v, value => value > 0 ? 1 / Math.Sqrt(value) : 0), v, score);
    }

    /// <summary>A line on the size, with weights from the event proportion of both groups together.</summary>
    public static AsymmetryFinding Pooled(FunnelData data, Func<double, double> predictor, bool growsWithSize)
    {
        var tables = data.Tables();
        return Line(
            data,
            Array.ConvertAll(tables, t => predictor(t.Size)),
            Array.ConvertAll(tables, t => t.Size * t.P * (1 - t.P)),
            growsWithSize: growsWithSize);
    }

    public static AsymmetryFinding Deeks(FunnelData data)
    {
        var effective = Array.ConvertAll(data.Groups(), n => 4 * n.N1 * n.N2 / (n.N1 + n.N2));
        return Line(data, Array.ConvertAll(effective, ess => 1 / Math.Sqrt(ess)), effective);
    }

    /// <summary>The events of the first group, standardised given the margins and the Mantel-Haenszel odds ratio, against the inverse of their variance.</summary>
    public static AsymmetryFinding Schwarzer(FunnelData data)
    {
        var tables = data.Tables();
        double above = 0, below = 0;
        foreach (var table in tables)
        {
            above += table.A * table.D / table.Size;
            below += table.B * table.C / table.Size;
        }

        if (!(above > 0 && below > 0))
        {
            throw new PoolingException("The Mantel-Haenszel odds ratio of these studies is 0 or infinite, so the expected events of this rank test are not defined.");
        }

        var moments = Array.ConvertAll(tables, table => EventsGivenMargins(table, Math.Log(above / below)));
        int[] used = [.. Enumerable.Range(0, data.K).Where(i => moments[i].Variance > 0)];
        var precision = Array.ConvertAll(used, i => 1 / moments[i].Variance);
        Check(used.Length, precision, "variance of the events");
        return Ranked(Array.ConvertAll(used, i => (tables[i].A - moments[i].Mean) / Math.Sqrt(moments[i].Variance)), precision, used.Length) with
        {
            Uninformative = [.. Enumerable.Range(0, data.K).Except(used).Select(i => data.Result.Studies[i].Effect.Label)],
        };
    }

    /// <summary>Mean and variance of the noncentral hypergeometric distribution, by its terms from the mode outwards.</summary>
    private static (double Mean, double Variance) EventsGivenMargins(TwoByTwo table, double logOddsRatio)
    {
        double events = table.A + table.C, least = Math.Ceiling(Math.Max(0, events - table.N2)), most = Math.Floor(Math.Min(table.N1, events));
        var count = (int)Math.Max(1, most - least + 1);
        var logs = new double[count];
        double highest = 0;
        for (var i = 1; i < count; i++)
        {
            var x = least + i;
            logs[i] = logs[i - 1] + Math.Log((table.N1 - x + 1) * (events - x + 1) / (x * (table.N2 - events + x))) + logOddsRatio;
            highest = Math.Max(highest, logs[i]);
        }

        double sum = 0, mean = 0, square = 0;
        for (var i = 0; i < count; i++)
        {
            var weight = Math.Exp(logs[i] - highest);
            sum += weight;
            mean += weight * i;
        }

        mean /= sum;
        for (var i = 0; i < count; i++)
        {
            square += Math.Exp(logs[i] - highest) * (i - mean) * (i - mean);
        }

        return (least + mean, square / sum);
    }

    private static AsymmetryFinding Ranked(double[] x, double[] y, int k) => new(null, k) { Rank = KendallRank.Test(x, y) };

    /// <exception cref="PoolingException">There are too few studies, or they are all of one size.</exception>
    public static void Check(int k, ReadOnlySpan<double> x, string predictor, string method = "A test of small-study effects")
    {
        if (k < Fewest)
        {
            throw new PoolingException(FormattableString.Invariant(
                $"{method} needs at least {Fewest} studies, and 10 to be of use; there {(k == 1 ? "is 1" : $"are {k}")}."));
        }

        if (FunnelLine.IsFlat(x))
        {
            throw new PoolingException($"The {predictor} is the same in all studies, so that small and large studies cannot be compared: the funnel plot has no height.");
        }
    }
}
