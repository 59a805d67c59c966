namespace MetaSpine;

/// <summary>Fits meta-regressions of equally many studies and coefficients, eight at a time, for the statistics of their tests.</summary>
/// <param name="options">How; without weights of studies.</param>
/// <param name="studies">The studies of each.</param>
/// <param name="coefficients">The coefficients of each.</param>
/// <param name="tested">Those that are tested together.</param>
internal sealed class EightRegressionFits(PoolingOptions options, int studies, int coefficients, int[] tested)
{
    private readonly EightRegressions _problems = new(studies, coefficients);
    private readonly double[][] _statistics = [.. Enumerable.Range(0, EightLanes.Lanes).Select(_ => new double[coefficients + 1])];
    private int _count;

    public bool IsFull => _count == EightLanes.Lanes;

    /// <summary>Takes a problem, where there is room; its design row by row.</summary>
    public void Add(ReadOnlySpan<double> y, ReadOnlySpan<double> v, ReadOnlySpan<double> x) => _problems.Set(_count++, y, v, x);

    /// <summary>Of each problem taken since the last time the statistics of its coefficients, then the Wald statistic of those tested together.</summary>
    public ReadOnlySpan<double[]> Take()
    {
        var count = _count;
        _count = 0;
        if (count > 0)
        {
            _problems.Prepare(count);
            var tau2 = EightTau2.Estimate(_problems, options, _problems.SpreadAt(default));
            var rss = _problems.Solve(tau2);
            for (var lane = 0; lane < count; lane++)
            {
                Test(lane, Inference.Factor(options.Test, rss[lane] / _problems.Freedom));
            }
        }

        return _statistics.AsSpan(0, count);
    }

    private void Test(int lane, double factor)
    {
        var (estimates, covariance, statistics) = (_problems.Coefficients, _problems.Covariance, _statistics[lane]);
        for (var j = 0; j < coefficients; j++)
        {
            statistics[j] = estimates[j][lane] / Math.Sqrt(factor * covariance[j * coefficients + j][lane]);
        }

        statistics[coefficients] = WaldTest.Statistic(
            Array.ConvertAll(tested, j => estimates[j][lane]), (i, j) => factor * covariance[tested[i] * coefficients + tested[j]][lane]) ?? double.NaN;
    }
}
